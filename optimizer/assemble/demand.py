"""Demand: what is needed, where an item is wanted, and what it costs not to meet it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from models.problem import NeedKey, SubstitutionOption
from optimizer.assemble.effects import ByPeriod, Effects
from optimizer.assemble.ground import Ground

DEAREST_TIMES = 10.0
"""Default shortage cost: so many times the dearest landed unit cost."""


def demand_of(ground: Ground) -> Mapping[tuple[NeedKey, int], float]:
    """Demand per (item, site, end use) and period, where above 0 and inside the horizon.

    As on the sheet, without outcomes.
    """
    demand: dict[tuple[NeedKey, int], float] = {}
    for row in ground.data.demand:
        if row.quantity > 0 and ground.clock.holds(row.period):
            key = (row.item, row.site, row.end_use), row.period
            demand[key] = demand.get(key, 0.0) + row.quantity
    return dict(sorted(demand.items()))


def in_outcomes(
    demand: Mapping[tuple[NeedKey, int], float], effects: Effects
) -> Mapping[tuple[NeedKey, int, str], float]:
    """The demand of every outcome, where above 0."""
    factors: dict[str, list[tuple[str, ByPeriod]]] = {}
    found = {}
    for (need, period), quantity in demand.items():
        item = need[0]
        if item not in factors:
            factors[item] = [(name, effects.on_demand(item, name)) for name in effects.names]
        for outcome, by_period in factors[item]:
            if by_period[period - 1] > 0:
                found[need, period, outcome] = quantity * by_period[period - 1]
    return found


def by_site(
    demand: Mapping[tuple[NeedKey, int], float],
) -> Mapping[tuple[str, str], Mapping[int, float]]:
    """(item, site) -> period -> demand of all end uses."""
    sites: dict[tuple[str, str], dict[int, float]] = {}
    for ((item, site, _), period), quantity in demand.items():
        periods = sites.setdefault((item, site), {})
        periods[period] = periods.get(period, 0.0) + quantity
    return sites


def wanted_sites(
    places: Collection[tuple[str, str]], options: Iterable[SubstitutionOption]
) -> Mapping[str, tuple[str, ...]]:
    """Item -> the sites where there is demand for it, or for what it may directly stand in for."""
    wanted: dict[str, set[str]] = {}
    for item, site in places:
        wanted.setdefault(item, set()).add(site)
    for option in options:
        wanted.setdefault(option.substitute, set()).update(option.sites)
    return {item: tuple(sorted(sites)) for item, sites in sorted(wanted.items())}


def shortage_costs(
    ground: Ground, wanted: Iterable[str], dearest: Mapping[str, float]
) -> Mapping[str, float]:
    """Item -> cost of one unit short.

    ``dearest``: item -> the dearest landed unit cost of its offers; items without a lane take the
    dearest of all.
    """
    overall = max(dearest.values(), default=0.0)
    costs = {}
    for item in wanted:
        cost = ground.items[item].shortage_cost
        if cost is None:
            cost = ground.settings.shortage_cost
        if cost is None:
            cost = DEAREST_TIMES * dearest.get(item, overall)
        costs[item] = cost
    return costs


def backlog_costs(ground: Ground, wanted: Iterable[str]) -> Mapping[str, float]:
    """Item -> cost of one unit late for one period, of items that may be met late."""
    costs = {item: ground.items[item].backlog_cost for item in wanted}
    return {item: cost for item, cost in costs.items() if cost is not None}
