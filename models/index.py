"""Sparse index sets derived from a problem, each worked out once.

Constraints loop over these instead of testing a dense product of sets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import Any, TypeVar

from models.bounds import Bounds
from models.needs import uncertain_offers
from models.problem import (
    FREE,
    LaneKey,
    LinkKey,
    NeedKey,
    OfferKey,
    Problem,
    ProjectOption,
    RuleScope,
    SubstitutionOption,
    offer_of,
)

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Shelf = tuple[str, str, str]
"""item, site, stock class"""


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Lists of the values of each key, in the order given."""
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def entry(component: Any, index: Any, otherwise: float) -> Any:
    """The variable at an index, or a number where there is none."""
    if index in component:
        return component[index]
    return otherwise


class Index:
    """The index sets of one problem.  ``bounds`` are the limits that keep links tight."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.bounds = Bounds(problem)
        self._by_outcome: dict[str, dict[str, list[Any]]] = {}

    # --- ordering -------------------------------------------------------------------------------

    @cached_property
    def outcomes(self) -> list[str]:
        """Names of the outcomes."""
        return list(self.problem.outcomes)

    def by_outcome(self, name: str, keys: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
        """The indices of the variable of that name by their outcome, sorted once."""
        if name not in self._by_outcome:
            self._by_outcome[name] = grouped((key[-1], key) for key in keys)
        return self._by_outcome[name]

    def decided_in(self, t: int, w: str) -> str:
        """The outcome whose orders of period t outcome w shares: nothing known tells them apart."""
        return self.problem.shares_orders.get((t, w), w)

    @cached_property
    def deciding(self) -> dict[int, list[str]]:
        """The outcomes with orders of their own in each period."""
        return {
            t: [w for w in self.outcomes if self.decided_in(t, w) == w]
            for t in self.problem.horizon.numbers
        }

    @cached_property
    def late_periods(self) -> frozenset[int]:
        """The periods in which the orders of two outcomes may differ."""
        return frozenset(t for t, deciding in self.deciding.items() if len(deciding) > 1)

    @property
    def courses(self) -> list[str]:
        """One outcome for each course that orders can take: what is known only grows."""
        return self.deciding[self.problem.horizon.periods]

    @cached_property
    def orders(self) -> list[tuple[LaneKey, int, str]]:
        """(lane, period, outcome) of every possible order, once for outcomes that share it."""
        return [(l, t, w) for l, t in self.problem.supply.order_periods for w in self.deciding[t]]

    @cached_property
    def lanes_of_offer(self) -> dict[OfferKey, list[LaneKey]]:
        """The lanes that carry an offer."""
        return grouped((offer_of(lane), lane) for lane in self.problem.supply.lanes)

    @cached_property
    def periods_of_lane(self) -> dict[LaneKey, list[int]]:
        """The periods in which a lane can be ordered on."""
        return grouped(self.problem.supply.order_periods)

    @cached_property
    def lanes_of_order(self) -> dict[tuple[OfferKey, int], list[LaneKey]]:
        """The lanes of one order (an offer in a period)."""
        return grouped(((offer_of(l), t), l) for l, t in self.problem.supply.order_periods)

    @cached_property
    def lanes_of_supplier(self) -> dict[tuple[str, int], list[LaneKey]]:
        """The lanes of a supplier in a period."""
        return grouped(((l[0], t), l) for l, t in self.problem.supply.order_periods)

    @cached_property
    def lanes_of_row(self) -> dict[tuple[str, int], list[LaneKey]]:
        """The lanes that share a row of Lanes in a period."""
        rows = self.problem.supply.lane_row
        return grouped(((rows[l], t), l) for l, t in self.problem.supply.order_periods if l in rows)

    @cached_property
    def link_of_lane(self) -> dict[LaneKey, LinkKey]:
        """What the fixed cost of a lane is paid for, where it has one."""
        supply = self.problem.supply
        rows = supply.lane_row
        links = ((l, (rows[l], l[0], l[2])) for l in supply.lanes if l in rows)
        return {lane: link for lane, link in links if link in supply.lane_fixed_cost}

    # --- contracts under risk --------------------------------------------------------------------

    @cached_property
    def excused(self) -> set[tuple[OfferKey, str]]:
        """(offer, outcome) where some order would not be delivered in full: force majeure."""
        share = self.problem.supply.deliverable
        return {(o, w) for (o, _, w), part in share.items() if part < 1}

    @cached_property
    def uncertain(self) -> set[OfferKey]:
        """Offers that can be ordered and that some outcome does not deliver in full."""
        return {o for o in uncertain_offers(self.problem) if o in self.lanes_of_offer}

    # --- what carries a yes or no ---------------------------------------------------------------

    @cached_property
    def used_suppliers(self) -> list[str]:
        """Suppliers whose use costs something."""
        with_offers = {offer[0] for offer in self.lanes_of_offer}
        return sorted(k for k in self.problem.supply.supplier_cost if k in with_offers)

    @cached_property
    def awarded_offers(self) -> list[OfferKey]:
        """Offers whose award costs something or has a minimum."""
        supply = self.problem.supply
        return sorted(
            o for o in self.lanes_of_offer if o in supply.offer_cost or o in supply.min_award
        )

    @cached_property
    def placed_orders(self) -> list[tuple[OfferKey, int, str]]:
        """Orders that cost something or have a minimum, once for outcomes that share them."""
        supply = self.problem.supply
        return [
            (o, t, w)
            for o, t in self.lanes_of_order
            if o in supply.min_order or o in supply.order_cost
            for w in self.deciding[t]
        ]

    # --- stock ----------------------------------------------------------------------------------

    @cached_property
    def shelves(self) -> list[Shelf]:
        """Every (item, site, class) in which goods can be."""
        p = self.problem
        found = set(p.holdings.opening)
        found.update((i, s, g) for i, s, g, _, _ in p.holdings.open_orders)
        found.update((l[1], l[2], self.class_of(offer_of(l))) for l in self.periods_of_lane)
        return sorted(found)

    def class_of(self, offer: OfferKey) -> str:
        """The stock class of what an offer delivers."""
        return self.problem.supply.stock_class.get(offer, FREE)

    @cached_property
    def classes_at(self) -> dict[tuple[str, str], list[str]]:
        """The classes that can be on the shelf of (item, site)."""
        return grouped(((i, s), g) for i, s, g in self.shelves)

    @cached_property
    def arrivals(self) -> dict[tuple[Shelf, int, str], list[tuple[LaneKey, int]]]:
        """(lane, order period) of what arrives at a shelf in a period of an outcome."""
        return grouped(
            (((l[1], l[2], self.class_of(offer_of(l))), arrival, w), (l, t))
            for (l, t, w), arrival in self.problem.supply.arrival.items()
        )

    def may_serve(self, stock_class: str, end_use: str) -> bool:
        """Whether goods of the class may be used for the end use."""
        return end_use not in self.problem.needs.bans.get(stock_class, frozenset())

    # --- demand ---------------------------------------------------------------------------------

    @cached_property
    def needs(self) -> list[tuple[NeedKey, int, str]]:
        """Every demand row that has to be balanced.

        An item that may be met late is balanced in every period from its first demand on.
        """
        p = self.problem
        rows = set(p.needs.demand)
        first: dict[tuple[NeedKey, str], int] = {}
        for need, t, w in p.needs.demand:
            if need[0] in p.needs.backlog_cost:
                first[need, w] = min(t, first.get((need, w), t))
        for (need, w), start in first.items():
            rows.update((need, t, w) for t in range(start, p.horizon.periods + 1))
        return sorted(rows)

    @cached_property
    def issues(self) -> list[tuple[NeedKey, str, int, str]]:
        """(need, class, period, outcome) of everything that can be issued."""
        return [
            (need, g, t, w)
            for need, t, w in self.needs
            for g in self.classes_at.get((need[0], need[1]), ())
            if self.may_serve(g, need[2])
        ]

    @cached_property
    def issues_from(self) -> dict[tuple[Shelf, int, str], list[str]]:
        """The end uses that a shelf can serve in a period."""
        return grouped((((i, s, g), t, w), e) for (i, s, e), g, t, w in self.issues)

    @cached_property
    def replacements(self) -> list[tuple[str, str, str, str, int, str]]:
        """(substitution, site, class, end use, period, outcome) of every possible replacement."""
        p = self.problem
        wanted = grouped(
            ((need[0], need[1]), (need[2], t, w)) for need, t, w in sorted(p.needs.demand)
        )
        return [
            (option.name, site, g, e, t, w)
            for option in p.substitutions
            for site in option.sites
            for e, t, w in wanted.get((option.item, site), ())
            if t >= option.from_period
            for g in self.classes_at.get((option.substitute, site), ())
            if self.may_serve(g, e)
        ]

    @cached_property
    def replacements_from(self) -> dict[tuple[Shelf, int, str], list[tuple[str, str]]]:
        """(substitution, end use) that a shelf of the substitute can serve in a period."""
        substitute = {option.name: option.substitute for option in self.problem.substitutions}
        return grouped(
            (((substitute[n], s, g), t, w), (n, e)) for n, s, g, e, t, w in self.replacements
        )

    @cached_property
    def replacements_for(self) -> dict[tuple[NeedKey, int, str], list[tuple[str, str]]]:
        """(substitution, class) that can stand in for a need in a period."""
        asked = {option.name: option.item for option in self.problem.substitutions}
        return grouped((((asked[n], s, e), t, w), (n, g)) for n, s, g, e, t, w in self.replacements)

    # --- by item --------------------------------------------------------------------------------

    @cached_property
    def lanes_of_item(self) -> dict[str, int]:
        """How many lanes an item can be ordered on."""
        return Counter(lane[1] for lane in self.periods_of_lane)

    @cached_property
    def needs_of_item(self) -> dict[str, list[tuple[str, str, str, int, str]]]:
        """The demand rows of an item."""
        return grouped((need[0], (*need, t, w)) for need, t, w in self.needs)

    @cached_property
    def replacements_of_item(self) -> dict[str, list[tuple[str, str, str, str, int, str]]]:
        """The possible replacements of an item that is asked for."""
        return grouped((self.option_of[key[0]].item, key) for key in self.replacements)

    @cached_property
    def to_buy(self) -> dict[str, float]:
        """Demand of an item less its stock and open orders, expected over outcomes."""
        p = self.problem
        need: dict[str, float] = defaultdict(float)
        for ((item, _, _), _, w), quantity in p.needs.demand.items():
            need[item] += p.outcomes[w] * quantity
        for (item, _, _), quantity in p.holdings.opening.items():
            need[item] -= quantity
        for (item, _, _, _, w), quantity in p.holdings.open_orders.items():
            need[item] -= p.outcomes[w] * quantity
        return need

    # --- by name --------------------------------------------------------------------------------

    @cached_property
    def option_of(self) -> dict[str, SubstitutionOption]:
        """Substitutions by name."""
        return {option.name: option for option in self.problem.substitutions}

    @cached_property
    def ratio_of(self) -> dict[str, float]:
        """Units of the substitute for one unit, by substitution."""
        return {option.name: option.ratio for option in self.problem.substitutions}

    @cached_property
    def project_of(self) -> dict[str, ProjectOption]:
        """Projects by name."""
        return {project.name: project for project in self.problem.projects}

    @cached_property
    def scope_of(self) -> dict[tuple[str, str], RuleScope]:
        """Scopes of rules by (rule, item)."""
        return {scope.key: scope for scope in self.problem.rules}
