"""Projects: capacity that can be built, and the incentives that its deliveries earn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyomo.environ import quicksum

from models.index import Index
from models.problem import OfferKey, ProjectOption
from models.sourcing import ordered_in, share_delivered


def open_projects(ix: Index) -> list[ProjectOption]:
    """Projects that can be finished within the horizon, at suppliers that can be ordered from."""
    suppliers = {o[0] for o in ix.lanes_of_offer}
    return [
        p
        for p in ix.problem.projects
        if p.first_period <= ix.problem.horizon.periods and p.supplier in suppliers
    ]


def incentivised_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(project, item, outcome) of deliveries that can earn an incentive."""
    for project in open_projects(ix):
        if project.incentive > 0:
            for offer in ix.lanes_of_offer:
                if offer[0] == project.supplier:
                    for w in ix.outcomes:
                        yield project.name, offer[1], w


def project_needs_supplier_index(ix: Index) -> Iterator[str]:
    """Projects at suppliers whose use costs something."""
    used = set(ix.used_suppliers)
    yield from (p.name for p in open_projects(ix) if p.supplier in used)


def project_needs_supplier(m: Any, name: str) -> Any:
    r"""Capacity is built only at a supplier that is used.

    .. math:: modules_p \le max\_modules_p\, use_{k(p)}
    """
    project = m.ix.project_of[name]
    return m.modules[name] <= project.max_modules * m.use[project.supplier]


def incentive_deliveries_index(ix: Index) -> Iterator[tuple[str, str, int, str]]:
    """(supplier, item, first period, outcome) of projects with an incentive."""
    seen: dict[tuple[str, str, int, str], None] = {}
    for name, item, w in incentivised_index(ix):
        project = ix.project_of[name]
        seen[project.supplier, item, project.first_period, w] = None
    yield from seen


def incentive_deliveries(m: Any, k: str, i: str, first: int, w: str) -> Any:
    r"""An incentive is paid for goods delivered after the project is built, once for each unit.

    .. math:: \sum_{p: k(p)=k,\ b_p \ge b} incentivised_{p,i,w}
              \le \sum_{(l,t): o(l)=(k,i),\ t \ge b} \phi_{o(l),t,w}\, order_{l,t,w}

    Unit: quantity over the horizon; one row for each date b at which a project is built.
    """
    ix = m.ix
    offer: OfferKey = (k, i)
    earning = quicksum(
        m.incentivised[p.name, i, w]
        for p in open_projects(ix)
        if p.supplier == k and p.first_period >= first and (p.name, i, w) in m.incentivised
    )
    delivered = quicksum(
        share_delivered(ix, lane, t, w) * ordered_in(m, lane, t, w)
        for lane in ix.lanes_of_offer[offer]
        for t in ix.periods_of_lane.get(lane, ())
        if t >= first
    )
    return earning <= delivered


def incentive_demand_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(item, outcome) of items that can earn an incentive."""
    yield from {(item, w): None for _, item, w in incentivised_index(ix)}


def incentive_demand(m: Any, i: str, w: str) -> Any:
    r"""Incentives are paid for what is needed, not for what is bought to earn them.

    .. math:: \sum_p incentivised_{p,i,w} \le \sum_{t \ge \min b} \Big( demand_{i,t,w}
              + \sum_{n: j(n)=i} ratio_n\, max\_share_n\, demand_{i(n),t,w} \Big)

    Unit: quantity over the periods after the first of the item's projects is built.
    """
    ix, problem = m.ix, m.ix.problem
    names = [n for n, item, outcome in incentivised_index(ix) if (item, outcome) == (i, w)]
    first = min(ix.project_of[n].first_period for n in names)
    useful = 0.0
    for (need, t, outcome), quantity in problem.needs.demand.items():
        if outcome != w or t < first:
            continue
        if need[0] == i:
            useful += quantity
        useful += sum(
            option.ratio * option.max_share * quantity
            for option in problem.substitutions
            if option.substitute == i
            and option.item == need[0]
            and need[1] in option.sites
            and t >= option.from_period
        )
    return quicksum(m.incentivised[n, i, w] for n in names) <= useful


def incentive_capacity_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(project, outcome) of projects with an incentive."""
    yield from {(name, w): None for name, _, w in incentivised_index(ix)}


def incentive_capacity(m: Any, name: str, w: str) -> Any:
    r"""A project earns incentives for no more than it can make.

    .. math:: \sum_i incentivised_{p,i,w} \le (T - b_p + 1)\, capacity_p\, modules_p

    Unit: quantity over the horizon.
    """
    project = m.ix.project_of[name]
    remaining = m.ix.problem.horizon.periods - project.first_period + 1
    earning = quicksum(m.incentivised[n, i, o] for n, i, o in m.incentivised if (n, o) == (name, w))
    return earning <= remaining * project.capacity * m.modules[name]


def incentive_cap_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(project, outcome) of projects whose incentives are capped."""
    for name, w in incentive_capacity_index(ix):
        if ix.project_of[name].incentive_cap != float("inf"):
            yield name, w


def incentive_cap(m: Any, name: str, w: str) -> Any:
    r"""The scheme pays no more than its cap.

    .. math:: incentive_p \sum_i incentivised_{p,i,w} \le cap_p

    Unit: money over the horizon, not discounted.
    """
    project = m.ix.project_of[name]
    earning = quicksum(m.incentivised[n, i, o] for n, i, o in m.incentivised if (n, o) == (name, w))
    return project.incentive * earning <= project.incentive_cap
