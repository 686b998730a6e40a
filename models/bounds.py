"""How much an optimal plan can order: bounds that keep yes-or-no links tight.

A link ``order <= M x yes`` is the tighter the smaller M is, and wrong if M cuts off an optimum.
Every bound here is either physical (capacity, storage) or holds for at least one optimal plan.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from models.problem import LaneKey, Metric, OfferKey, Problem, RuleScope, Sense, offer_of

SMALLEST_SHARE = 0.001
"""Nobody dilutes a share more than a thousandfold."""


class Bounds:
    """Bounds of one problem.  All quantities in the unit, over the horizon unless said."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    @cached_property
    def most(self) -> Mapping[LaneKey, float]:
        """The most that is ordered on a lane over the horizon, in any outcome.

        The least of: what the capacities of its offer, supplier and lane row let through; and what
        the site can take, which is all demand the item can serve there, plus what can be kept:
        the storage, or where that is unlimited the largest quantity that anybody could be forced to
        buy (minimum awards, tiers, orders, cover, rules).
        """
        supply = self._problem.supply
        periods: dict[LaneKey, float] = defaultdict(float)
        for lane, t in supply.order_periods:
            periods[lane] += self.in_period(lane, t)
        return {lane: min(periods.get(lane, 0.0), self.takes(lane)) for lane in supply.lanes}

    def in_period(self, lane: LaneKey, t: int) -> float:
        """What capacities let through on a lane in one period (unit per period)."""
        supply = self._problem.supply
        offer = offer_of(lane)
        return min(
            supply.offer_capacity.get((offer, t), math.inf),
            supply.supplier_capacity.get((lane[0], t), math.inf) + self._buildable(lane[0], t),
            supply.row_capacity.get(supply.lane_row.get(lane, ""), math.inf),
        )

    def takes(self, lane: LaneKey) -> float:
        """What the lane's site can take of its item over the horizon, before capacities.

        An order that is delivered in part only has to be larger by as much.
        """
        offer = offer_of(lane)
        kept = self._storage(lane[2])
        if math.isinf(kept):
            kept = self._forced(offer)
        return (self._usable[lane[1], lane[2]] + kept) / self._least_delivered.get(offer, 1.0)

    def total(self, coefficients: Mapping[LaneKey, float]) -> float:
        """The most that a weighted sum of expected lane volumes can come to."""
        by_place: dict[tuple[str, str], float] = defaultdict(float)
        largest: dict[tuple[str, str], float] = defaultdict(float)
        place_limit: dict[tuple[str, str], float] = defaultdict(float)
        for lane, coefficient in coefficients.items():
            place = lane[1], lane[2]
            by_place[place] += coefficient * self.most[lane]
            largest[place] = max(largest[place], coefficient)
            place_limit[place] = max(place_limit[place], self.takes(lane))
        return sum(min(by_place[p], largest[p] * place_limit[p]) for p in by_place)

    def _buildable(self, supplier: str, t: int) -> float:
        factor = self._problem.supply.calendar_factor.get((supplier, t), 1.0)
        return factor * sum(
            p.max_modules * p.capacity
            for p in self._problem.projects
            if p.supplier == supplier and t >= p.first_period
        )

    def _storage(self, site: str) -> float:
        holdings = self._problem.holdings
        if site in holdings.overflow_cost:
            return math.inf
        return holdings.storage.get(site, math.inf)

    @cached_property
    def _least_delivered(self) -> Mapping[OfferKey, float]:
        least: dict[OfferKey, float] = {}
        for (offer, _, _), share in self._problem.supply.deliverable.items():
            if share > 0:
                least[offer] = min(share, least.get(offer, 1.0))
        return least

    @cached_property
    def _usable(self) -> Mapping[tuple[str, str], float]:
        """Demand that an item can serve at a site, also as a substitute, in the largest outcome."""
        problem = self._problem
        stands_in = defaultdict(list)
        for option in problem.substitutions:
            for site in option.sites:
                stands_in[option.item, site].append(option)
        by_outcome: dict[tuple[str, str, str], float] = defaultdict(float)
        for ((item, site, _), _, outcome), quantity in problem.needs.demand.items():
            by_outcome[item, site, outcome] += quantity
            for option in stands_in[item, site]:
                replaced = quantity * option.max_share
                by_outcome[option.substitute, site, outcome] += replaced * option.ratio
        usable: dict[tuple[str, str], float] = defaultdict(float)
        for (item, site, _), quantity in by_outcome.items():
            usable[item, site] = max(usable[item, site], quantity)
        return usable

    def _forced(self, offer: OfferKey) -> float:
        """The most of an offer that anything but demand can make a plan buy."""
        supply, holdings = self._problem.supply, self._problem.holdings
        tiers = self._problem.pricing.tiers.get(offer)
        cover = (v for (i, _, _, _), v in holdings.min_cover.items() if i == offer[1])
        return max(
            supply.min_award.get(offer, 0.0),
            supply.min_order.get(offer, 0.0),
            tiers.tiers[-1].start if tiers else 0.0,
            max(cover, default=0.0),
            max((self._forced_by(scope, offer) for scope in self._problem.rules), default=0.0),
        )

    def _forced_by(self, scope: RuleScope, offer: OfferKey) -> float:
        """The most of an offer that one rule can make a plan buy beyond demand.

        A quantity is asked for as it stands.  A share can be met by buying more of what dilutes it:
        the smaller the limit (or what it leaves), the more.
        """
        own = [c for lane, c in scope.total.items() if offer_of(lane) == offer and c > 0]
        if not own:
            return 0.0
        if scope.metric in (Metric.QUANTITY, Metric.SPEND):
            price = self._problem.pricing.list_price[offer] if scope.metric.of_spend else 1.0
            wanted = scope.limit if scope.sense is Sense.MIN else 0.0
            return wanted / (min(own) * price) if price > 0 else 0.0
        limit = min(1.0, scope.limit) if scope.metric is not Metric.RISK else scope.limit / 10.0
        if scope.metric is Metric.COUNT:
            limit = scope.counts_from
        parts = [part for part in (limit, 1.0 - limit) if part > 0]
        places = {(lane[1], lane[2]): c for lane, c in scope.total.items()}
        whole = sum(self._usable.get(place, 0.0) * c for place, c in places.items())
        return whole / min(own) / max(min(parts, default=1.0), SMALLEST_SHARE)
