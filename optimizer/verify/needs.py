"""Demand, who may stand in for whom, and where goods are wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.goods import Substitution
from optimizer.verify.clock import Clock
from optimizer.verify.world import World

Use = tuple[str, str, str]
"""Item, site, end use."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Demand of the horizon and the substitutions that hold.

    ``wanted``: item and site, where the item may be used; ``asked_at`` and ``wanted_at``: item ->
    the sites of ``by_site`` and of ``wanted``; ``met_by``: item -> the demands that it may meet,
    its own and those for which it may stand in.
    """

    by_use: Mapping[Use, Mapping[int, float]]
    by_site: Mapping[tuple[str, str], Mapping[int, float]]
    substitutions: Mapping[tuple[str, str], tuple[Substitution, ...]]
    wanted: frozenset[tuple[str, str]]
    asked_at: Mapping[str, tuple[str, ...]]
    wanted_at: Mapping[str, tuple[str, ...]]
    met_by: Mapping[str, tuple[tuple[str, str], ...]]

    def of_use(self, use: Use, period: int, world: World) -> float:
        """Demand of one end use at a site in a period of an outcome."""
        quantity = self.by_use.get(use, {}).get(period, 0.0)
        return quantity * world.demand_factor(use[0], period)

    def at_site(self, item: str, site: str, period: int, world: World) -> float:
        """Demand of all end uses."""
        quantity = self.by_site.get((item, site), {}).get(period, 0.0)
        return quantity * world.demand_factor(item, period)

    def of_horizon(self, item: str, site: str | None) -> float:
        """Demand of an item over the horizon, at one site or at all, without outcome factors."""
        return sum(
            sum(self.by_site[item, s].values())
            for s in self.asked_at.get(item, ())
            if site in (None, s)
        )

    def own_demand(self, item: str, site: str) -> bool:
        """Whether the item itself is asked for at the site."""
        return any(q > 0 for q in self.by_site.get((item, site), {}).values())

    def substitution(self, item: str, substitute: str, site: str) -> Substitution | None:
        """The row under which one item may stand in for another at a site."""
        for row in self.substitutions.get((item, site), ()):
            if row.substitute == substitute:
                return row
        return None

    def earning_demand(self, item: str, first: int, clock: Clock, world: World) -> float:
        """Demand from a period on that the item may meet, its substitutions included."""
        total = 0.0
        for asked, site in self.met_by.get(item, ()):
            row = self.substitution(asked, item, site)
            for period in self.by_site[asked, site]:
                if period < first or not clock.inside(period):
                    continue
                if asked == item:
                    total += self.at_site(asked, site, period, world)
                elif row is not None and period >= row.from_period:
                    part = self.at_site(asked, site, period, world)
                    total += row.ratio * row.max_share * part
        return total


def needs_of(data: Data, clock: Clock) -> Needs:
    """From the input rows; what lies outside the horizon is left out."""
    by_use: defaultdict[Use, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    by_site: defaultdict[tuple[str, str], defaultdict[int, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for row in data.demand:
        if clock.inside(row.period):
            by_use[row.item, row.site, row.end_use][row.period] += row.quantity
            by_site[row.item, row.site][row.period] += row.quantity
    of_item: defaultdict[str, list[Substitution]] = defaultdict(list)
    for one in data.substitutions:
        of_item[one.item].append(one)
    rows = {(i, s): tuple(_holding(of_item.get(i, ()), s)) for i, s in by_site}
    wanted = set()
    for (item, site), periods in by_site.items():
        if any(q > 0 for q in periods.values()):
            wanted.add((item, site))
        for substitution in rows[item, site]:
            begins = substitution.from_period
            reachable = any(q > 0 and t >= begins for t, q in periods.items())
            if reachable and substitution.max_share > 0:
                wanted.add((substitution.substitute, site))
    met_by: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for place, substitutions in rows.items():
        for item in (place[0], *(one.substitute for one in substitutions)):
            met_by[item][place] = None
    return Needs(
        by_use, by_site, rows, frozenset(wanted), _sites(by_site), _sites(wanted),
        {item: tuple(places) for item, places in met_by.items()},
    )  # fmt: skip


def _sites(places: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Item -> its sites."""
    sites: defaultdict[str, list[str]] = defaultdict(list)
    for item, site in places:
        sites[item].append(site)
    return {item: tuple(names) for item, names in sites.items()}


def _holding(rows: Iterable[Substitution], site: str) -> Iterator[Substitution]:
    """The rows of an item for a site: one with the site replaces the one for all sites."""
    chosen: dict[str, Substitution] = {}
    for row in rows:
        if row.site == site or (row.site == "*" and row.substitute not in chosen):
            chosen[row.substitute] = row
    yield from chosen.values()
