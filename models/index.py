"""Sparse index sets derived from a problem, each worked out once.

Constraints loop over these instead of testing a dense product of sets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from models.order_index import Delivery, OrderIndex, grouped
from models.pools import pools
from models.problem import (
    FREE,
    NeedKey,
    OfferKey,
    ProjectOption,
    RuleScope,
    SubstitutionOption,
    offer_of,
)

Label = tuple[str, Any]
"""variable, index"""

Shelf = tuple[str, str, str]
"""item, site, pool: stock classes that may serve the same end uses (models.pools)"""


def entry(component: Any, index: Any, otherwise: float) -> Any:
    """The variable at an index, or a number where there is none."""
    if isinstance(component, dict):
        return component.get(index, otherwise)
    return component[index] if index in component else otherwise  # noqa: SIM401 - a Pyomo variable


class Index(OrderIndex):
    """The index sets of one problem.  ``bounds`` are the limits that keep links tight."""

    # --- stock ----------------------------------------------------------------------------------

    @cached_property
    def shelves(self) -> list[Shelf]:
        """Every (item, site, pool) in which goods can be."""
        found = set(self.opening)
        found.update((i, s, g) for i, s, g, _, _ in self.open_orders)
        found.update((l[1], l[2], self.pool_of(offer_of(l))) for l in self.periods_of_lane)
        return sorted(found)

    @cached_property
    def pools(self) -> Mapping[str, str]:
        """Stock class -> its pool."""
        return pools(self.problem)

    def pool_of(self, offer: OfferKey) -> str:
        """The pool that an offer delivers into."""
        return self.pools[self.class_of(offer)]

    @cached_property
    def opening(self) -> dict[Shelf, float]:
        """Opening stock by pool."""
        found: dict[Shelf, float] = defaultdict(float)
        for (i, s, g), quantity in self.problem.holdings.opening.items():
            found[i, s, self.pools[g]] += quantity
        return dict(found)

    @cached_property
    def open_orders(self) -> dict[tuple[str, str, str, int, str], float]:
        """What arrives of earlier orders by pool, period and outcome."""
        found: dict[tuple[str, str, str, int, str], float] = defaultdict(float)
        for (i, s, g, t, w), quantity in self.problem.holdings.open_orders.items():
            found[i, s, self.pools[g], t, w] += quantity
        return dict(found)

    def class_of(self, offer: OfferKey) -> str:
        """The stock class of what an offer delivers."""
        return self.problem.supply.stock_class.get(offer, FREE)

    @cached_property
    def classes_at(self) -> dict[tuple[str, str], list[str]]:
        """The pools that can be on the shelf of (item, site)."""
        return grouped(((i, s), g) for i, s, g in self.shelves)

    @cached_property
    def arrivals(self) -> dict[tuple[Shelf, int, str], list[Delivery]]:
        """What arrives at a shelf in a period of an outcome."""
        shelf = {l: (l[1], l[2], self.pool_of(offer_of(l))) for l in self.periods_of_lane}
        return grouped(((shelf[one.lane], one.arrival, one.w), one) for one in self.deliveries)

    def may_serve(self, stock_class: str, end_use: str) -> bool:
        """Whether goods of the class may be used for the end use."""
        return end_use not in self.eased.needs.bans.get(stock_class, frozenset())

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
        return [(need, g, t, w) for need, t, w in self.needs for g in self.classes_for[need]]

    @cached_property
    def classes_for(self) -> dict[NeedKey, list[str]]:
        """The classes on the shelf that may be used for a need."""
        return {
            need: [
                g for g in self.classes_at.get((need[0], need[1]), ()) if self.may_serve(g, need[2])
            ]
            for need in dict.fromkeys(need for need, _, _ in self.needs)
        }

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
