"""What can reach a demand at most, by when: sums of capacities, stock and what is on its way.

Every number is an upper bound, so what is more than it cannot be met whatever is bought.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.problem import NeedKey, OfferKey, Problem, offer_of

NOISE = 1e-6


@dataclass(frozen=True, slots=True)
class Group:
    """Demand that is looked at together.  ``name``: in words."""

    name: str
    needs: frozenset[NeedKey]
    parts: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What a group is short of by a period, at least.  ``sources``: offers that can reach it."""

    group: Group
    period: int
    wanted: float
    at_most: float
    sources: tuple[OfferKey, ...]


def groups_of(problem: Problem) -> Iterator[Group]:
    """All demand, with its items, their end uses, and their sites, as parts of each other.

    Items that another may stand in for are looked at with all the others only.
    """
    replaced = {option.item for option in problem.substitutions}
    needs = sorted({need for need, _, _ in problem.needs.demand})
    by_item: dict[str, list[NeedKey]] = defaultdict(list)
    for need in needs:
        if need[0] not in replaced:
            by_item[need[0]].append(need)
    items = []
    for item, of_item in sorted(by_item.items()):
        parts = (*_split(of_item, 2, f"{item} for"), *_split(of_item, 1, f"{item} at"))
        apart = {part.needs: part for part in parts}
        items.append(Group(item, frozenset(of_item), tuple(apart.values())))
    if replaced or len(items) < 2:
        yield from items
    else:
        yield Group("everything", frozenset(needs), tuple(items))


def _split(needs: list[NeedKey], place: int, name: str) -> tuple[Group, ...]:
    found: dict[str, list[NeedKey]] = defaultdict(list)
    for need in needs:
        found[need[place]].append(need)
    if len(found) < 2:
        return ()
    return tuple(Group(f"{name} {one}", frozenset(of)) for one, of in sorted(found.items()))


def lacks(problem: Problem) -> Iterator[Lack]:
    """What cannot be met, of the smallest groups that show it, in the first outcome that does."""
    for group in groups_of(problem):
        yield from _lacks(problem, group)


def _lacks(problem: Problem, group: Group) -> Iterator[Lack]:
    found = [lack for part in group.parts for lack in _lacks(problem, part)]
    if found:
        yield from found
        return
    for outcome in problem.outcomes:
        lack = _lack(problem, group, outcome)
        if lack is not None:
            yield lack
            return


def _lack(problem: Problem, group: Group, w: str) -> Lack | None:
    last = problem.horizon.periods
    wanted = [0.0] * (last + 1)
    for (need, t, outcome), quantity in problem.needs.demand.items():
        # What may be met late is only needed by the end.
        due = last if need[0] in problem.needs.backlog_cost else t
        if need in group.needs and outcome == w:
            wanted[due] += quantity
    supply = _Supply(problem, group, w)
    total = 0.0
    for t in problem.horizon.numbers:
        total += wanted[t]
        at_most = supply.by(t)
        if wanted[t] > 0 and total > at_most + NOISE * max(1.0, total):
            return Lack(group, t, total, at_most, supply.sources(t))
    return None


class _Supply:
    """What can be there for a group by a period of an outcome, at most."""

    def __init__(self, problem: Problem, group: Group, w: str) -> None:
        self._problem = problem
        self._w = w
        places = {(item, site) for item, site, _ in group.needs}
        self._uses = {end_use for _, _, end_use in group.needs}
        self._stock = [
            (1, quantity)
            for (item, site, g), quantity in problem.holdings.opening.items()
            if (item, site) in places and self._may(g)
        ] + [
            (t, quantity)
            for (item, site, g, t, outcome), quantity in problem.holdings.open_orders.items()
            if (item, site) in places and self._may(g) and outcome == w
        ]
        self._lanes = {
            lane
            for lane in problem.supply.lanes
            if (lane[1], lane[2]) in places
            and self._may(problem.supply.stock_class.get(offer_of(lane), ""))
        }

    def _may(self, stock_class: str) -> bool:
        banned = self._problem.needs.bans.get(stock_class, frozenset())
        return bool(self._uses - banned)

    def by(self, t: int) -> float:
        """All of it."""
        there = sum(quantity for when, quantity in self._stock if when <= t)
        orders = self._orders(t)
        return there + min(self._by_supplier(orders), self._by_licence(orders))

    def sources(self, t: int) -> tuple[OfferKey, ...]:
        """The offers of which anything can be there by then."""
        return tuple(sorted({offer for offer, _ in self._orders(t)}))

    def _orders(self, by: int) -> Mapping[tuple[OfferKey, int], float]:
        """(offer, period of the order) -> the most that can be there of it."""
        supply = self._problem.supply
        through: dict[tuple[OfferKey, int], float] = defaultdict(float)
        for (lane, t, outcome), arrival in supply.arrival.items():
            if outcome == self._w and arrival <= by and lane in self._lanes:
                row = supply.row_capacity.get(supply.lane_row.get(lane, ""), math.inf)
                through[offer_of(lane), t] += row
        return {
            (offer, t): min(most, supply.offer_capacity.get((offer, t), math.inf))
            * supply.deliverable.get((offer, t, self._w), 1.0)
            for (offer, t), most in through.items()
            if supply.deliverable.get((offer, t, self._w), 1.0) > 0
        }

    def _by_supplier(self, orders: Mapping[tuple[OfferKey, int], float]) -> float:
        together: dict[tuple[str, int], float] = defaultdict(float)
        for (offer, t), most in orders.items():
            together[offer[0], t] += most
        return sum(min(most, self._capacity(k, t)) for (k, t), most in together.items())

    def _by_licence(self, orders: Mapping[tuple[OfferKey, int], float]) -> float:
        supply, classes = self._problem.supply, self._problem.classes
        together: dict[str, float] = defaultdict(float)
        of_offer: dict[OfferKey, float] = defaultdict(float)
        for (offer, t), most in orders.items():
            of_offer[offer] += min(most, self._capacity(offer[0], t))
        for offer, most in of_offer.items():
            most = min(most, self._awarded(offer))
            together[supply.stock_class.get(offer, "")] += most
        return sum(
            min(most, *(supply.quota.get(x, math.inf) for x in classes.get(g, ())), math.inf)
            for g, most in together.items()
        )

    def _awarded(self, offer: OfferKey) -> float:
        """With several outcomes an award is a mean, which says nothing of a single one."""
        if len(self._problem.outcomes) > 1:
            return math.inf
        return self._problem.supply.max_award.get(offer, math.inf)

    def _capacity(self, supplier: str, t: int) -> float:
        supply = self._problem.supply
        built = sum(
            project.capacity * project.max_modules
            for project in self._problem.projects
            if project.supplier == supplier and t >= project.first_period
        )
        factor = supply.calendar_factor.get((supplier, t), 1.0)
        return supply.supplier_capacity.get((supplier, t), math.inf) + factor * built
