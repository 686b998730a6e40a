"""What can make a plan buy more than anybody needs: minimums, price breaks, cover, given awards
and rules.

Nothing is thrown away, so what is bought beyond demand stays in stock.  A rule on shares can make
that worth while: if K may have 30 % of everything and is the only source of one item, twice as much
of something else may be bought and kept, rather than go without.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from models.problem import (
    UNKNOWN,
    LaneKey,
    Metric,
    OfferKey,
    Problem,
    RuleScope,
    Sense,
    offer_of,
)

Usable: TypeAlias = Mapping[tuple[str, str], float]
"""(item, site) -> demand that the item can serve there over the horizon"""

LARGEST_DILUTION = 1000.0
"""Nobody buys a thousand times what is needed to please a rule."""
_SMALLEST_SHARE = 1e-9


def beyond_demand(problem: Problem, usable: Usable) -> Mapping[LaneKey, float]:
    """The most that each lane delivers, in any outcome, beyond what its site can use (unit).

    For at least one optimal plan, where storage is unlimited.  Rules that are kept in expectation
    may be kept by deliveries of a single outcome, as far as the award band lets it.
    """
    most: dict[LaneKey, float] = defaultdict(float)
    for rules in (problem.rules, *problem.scope.rules):
        for lane, beyond in _beyond(replace(problem, rules=rules), usable).items():
            most[lane] = max(most[lane], beyond)
    return most


def _beyond(problem: Problem, usable: Usable) -> Mapping[LaneKey, float]:
    spread = _Spread.of(problem, usable)
    direct = _direct(problem, spread)
    pushed: dict[LaneKey, float] = defaultdict(float)
    dilutions = [_Dilution.of(problem, scope, usable, direct) for scope in problem.rules]
    for dilution in dilutions:
        others = _pushing(dilutions, dilution)
        for lane, factor in dilution.factor.items():
            times = min(factor * others, LARGEST_DILUTION)
            bought = times * dilution.whole / dilution.least[lane]
            pushed[lane] = max(pushed[lane], spread.in_one(offer_of(lane), bought))
    return {lane: own + pushed.get(lane, 0.0) for lane, own in direct.items()}


@dataclass(frozen=True, slots=True)
class _Spread:
    """How unequal outcomes can be: the least likely has a share of what is expected, and more of
    an award can be called off in it than in the mean.

    ``needed``: what an offer's sites can use; ``owed``: what an outcome without use for it may
    still have to call off.
    """

    least_likely: float
    most: Mapping[OfferKey, float]
    needed: Mapping[OfferKey, float]
    owed: Mapping[OfferKey, float]

    @classmethod
    def of(cls, problem: Problem, usable: Usable) -> _Spread:
        """The spread of a problem; with one outcome there is none."""
        sites: dict[OfferKey, set[tuple[str, str]]] = defaultdict(set)
        for lane in problem.supply.lanes:
            sites[offer_of(lane)].add((lane[1], lane[2]))
        needed = {o: sum(usable.get(place, 0.0) for place in found) for o, found in sites.items()}
        bands = problem.supply.call_off if len(problem.outcomes) > 1 else {}
        return cls(
            least_likely=min(problem.outcomes.values()),
            most={o: band.most for o, band in bands.items()},
            needed=needed,
            owed={
                o: band.least * needed[o]
                for o, band in bands.items()
                if len(sites[o]) > 1  # at one site it is within what its largest outcome can use
            },
        )

    def in_one(self, offer: OfferKey, expected: float) -> float:
        """The most that one outcome orders of what is expected beyond need."""
        called = self.most.get(offer, math.inf) * (self.needed[offer] + expected)
        return min(expected / self.least_likely, called)


def _direct(problem: Problem, spread: _Spread) -> dict[LaneKey, float]:
    """What minimums, price tiers and cover can make a plan buy on a lane beyond demand."""
    supply, tiers = problem.supply, problem.pricing.tiers
    cover: dict[tuple[str, str], float] = defaultdict(float)
    for (item, site, _, _), want in problem.holdings.min_cover.items():
        cover[item, site] = max(cover[item, site], want)
    rounded_up = _orders_rounded_up(problem)
    given = _given(problem)
    direct = {}
    for lane in supply.lanes:
        offer = offer_of(lane)
        expected = max(
            supply.min_award.get(offer, 0.0),
            given.get(offer, 0.0),
            tiers[offer].tiers[-1].start if offer in tiers else 0.0,
            max((_least_quantity(problem, scope, lane) for scope in problem.rules), default=0.0),
        )
        direct[lane] = max(
            spread.in_one(offer, expected),
            spread.owed.get(offer, 0.0),
            supply.min_order.get(offer, 0.0) * rounded_up.get(offer, 0),
            cover.get((lane[1], lane[2]), 0.0),
        )
    for lane, along in _brought_along(problem, spread, direct).items():
        direct[lane] = max(direct[lane], along)
    return direct


def _given(problem: Problem) -> Mapping[OfferKey, float]:
    """Awards that are asked for whether anybody needs them or not."""
    given: dict[OfferKey, float] = defaultdict(float)
    for asked in (problem.held, problem.scope.awards):
        for offer, quantity in asked.items():
            given[offer] = max(given[offer], quantity)
    return given


def _brought_along(
    problem: Problem, spread: _Spread, direct: Mapping[LaneKey, float]
) -> Mapping[LaneKey, float]:
    """What a given split makes a plan buy beyond demand: who is needed brings the others along."""
    own: dict[OfferKey, float] = defaultdict(float)
    for lane, beyond in direct.items():
        own[offer_of(lane)] += beyond
    whole: dict[str, float] = defaultdict(float)
    most: dict[str, float] = defaultdict(float)
    for offer, share in _shares(problem, own).items():
        bought = spread.needed[offer] + own[offer]
        whole[offer[1]] = max(whole[offer[1]], bought / share)
        most[offer[1]] = max(most[offer[1]], bought)
    return {
        lane: spread.in_one(offer_of(lane), min(whole[lane[1]], LARGEST_DILUTION * most[lane[1]]))
        for lane in direct
        if lane[1] in whole
    }


def _shares(problem: Problem, offers: Iterable[OfferKey]) -> Mapping[OfferKey, float]:
    """Above 0, of items whose split is given; for who is not named, what is left for all such."""
    left: dict[str, float] = {item: 1.0 for _, item in problem.split}
    for (_, item), share in problem.split.items():
        left[item] -= share
    shares = {o: problem.split.get(o, left[o[1]]) for o in offers if o[1] in left}
    return {offer: share for offer, share in shares.items() if share > _SMALLEST_SHARE}


def _orders_rounded_up(problem: Problem) -> dict[OfferKey, int]:
    """How many orders of an offer may have been rounded up to the minimum order.

    With one site one of them: what is left of the one before is used first.  With several, what
    was left at one site is of no use at another.
    """
    minimum = problem.supply.min_order
    sites: dict[OfferKey, set[str]] = defaultdict(set)
    periods: dict[OfferKey, set[int]] = defaultdict(set)
    for lane, t in problem.supply.order_periods:
        if offer_of(lane) in minimum:
            sites[offer_of(lane)].add(lane[2])
            periods[offer_of(lane)].add(t)
    return {offer: 1 if len(sites[offer]) == 1 else len(periods[offer]) for offer in sites}


def _least_quantity(problem: Problem, scope: RuleScope, lane: LaneKey) -> float:
    """What a rule on a least quantity or a least spend asks for, if the lane alone meets it."""
    if scope.metric not in (Metric.QUANTITY, Metric.SPEND) or scope.sense is not Sense.MIN:
        return 0.0
    parts = [sum(scope.members[m].get(lane, 0.0) for m in group) for group in scope.groups]
    least = min((part for part in parts if part > 0), default=0.0)
    if least == 0:
        return 0.0
    price = min(_prices(problem, lane)) if scope.metric.of_spend else 1.0
    return scope.limit / (least * price) if price > 0 else 0.0


def _prices(problem: Problem, lane: LaneKey) -> list[float]:
    """The list price and the prices of the tiers of a lane's offer."""
    first = problem.pricing.list_price[offer_of(lane)]
    tiers = problem.pricing.tiers.get(offer_of(lane))
    return [first] + ([first - tier.discount for tier in tiers.tiers] if tiers else [])


@dataclass(frozen=True, slots=True)
class _Dilution:
    """What one rule can make a plan buy: ``whole`` x factor, in the units of its metric.

    ``least``: the metric of one unit on a lane; ``growth``: the largest factor.
    """

    whole: float
    growth: float
    factor: Mapping[LaneKey, float]
    least: Mapping[LaneKey, float]

    @classmethod
    def of(
        cls, problem: Problem, scope: RuleScope, usable: Usable, direct: Mapping[LaneKey, float]
    ) -> _Dilution:
        """The dilution of a scope; ``whole``: all that is in it without any dilution."""
        least, most = {}, {}
        for lane, unit in scope.total.items():
            prices = _prices(problem, lane) if scope.metric.of_spend else [1.0]
            least[lane], most[lane] = unit * min(prices), unit * max(prices)
        places: dict[tuple[str, str], float] = defaultdict(float)
        for lane, value in most.items():
            place = lane[1], lane[2]
            places[place] = max(places[place], value)
        needed = sum(usable.get(place, 0.0) * value for place, value in places.items())
        bought = sum(direct.get(lane, 0.0) * value for lane, value in most.items())
        factor = {lane: value for lane, value in _factors(scope).items() if least[lane] > 0}
        return cls(needed + bought, max(factor.values(), default=0.0), factor, least)


def _pushing(dilutions: list[_Dilution], one: _Dilution) -> float:
    """By how much other rules on the same goods may make a rule's whole grow."""
    factor = 1.0
    for other in dilutions:
        if other is not one and other.factor and not one.least.keys().isdisjoint(other.least):
            factor *= 1.0 + other.growth
    return factor


def _factors(scope: RuleScope) -> dict[LaneKey, float]:
    """Lane -> how much of it, for one of everything else, can be bought to please a rule."""
    factors: dict[LaneKey, float] = {}
    if scope.metric is Metric.HHI:
        # More of a member than of the largest one only makes it worse.
        return dict.fromkeys(scope.total, 1.0)
    if scope.metric is Metric.COUNT:
        taken = scope.limit * scope.counts_from
        if scope.sense is Sense.MIN and taken <= 1:
            rest = max(1.0 - taken, 1.0 / LARGEST_DILUTION)
            return dict.fromkeys(scope.total, scope.counts_from / rest)
        return factors
    for parts in _parts(scope):
        # A maximum looks at parts from above, a minimum from below: sign turns one into the other.
        sign = 1.0 if scope.sense is Sense.MAX else -1.0
        furthest = max(sign * (part - scope.limit) for part in parts.values())
        for lane, part in parts.items():
            room = sign * (scope.limit - part)
            if furthest > 0 and room > 0:
                factors[lane] = max(factors.get(lane, 0.0), furthest / room)
    return factors


def _parts(scope: RuleScope) -> Iterator[dict[LaneKey, float]]:
    """For each limit of a share or risk rule: the part (the mean score) of each lane."""
    lanes = {lane: total for lane, total in scope.total.items() if total > 0}
    if not lanes:
        return
    if scope.metric is Metric.RISK:
        weights = [{member: scope.score[member] for member in scope.counted}]
    elif scope.metric in (Metric.SHARE, Metric.SPEND_SHARE):
        unknown = (UNKNOWN,) if scope.sense is Sense.MAX and UNKNOWN in scope.members else ()
        weights = [dict.fromkeys((*group, *unknown), 1.0) for group in scope.groups]
    else:
        return
    for weight in weights:
        yield {
            lane: sum(w * scope.members.get(m, {}).get(lane, 0.0) for m, w in weight.items())
            / total
            for lane, total in lanes.items()
        }
