"""How well demand is served when something stops: two linear models of one outcome.

Both take the variables and constraints of the model itself.  Demand is what can be served as long
as nothing stops: `served`, (need, period) -> quantity.  Substitutes stay within their share of the
whole demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import pyomo.environ as pyo
from pyomo.environ import quicksum

from models import costs, service, stock
from models.build import build
from models.index import Index, Shelf, entry
from models.problem import LaneKey, NeedKey, OfferKey, Problem

Served: TypeAlias = Mapping[tuple[NeedKey, int], float]

_VOLUMES = frozenset(("lane_volume_definition", "volume_definition"))
"""Only rules and minimums look at volumes, and here there are none."""


def build_service(problem: Problem, served: Served) -> pyo.ConcreteModel:
    """The model whose optimum is the cost of shortage and lateness that cannot be avoided.

    The problem has one outcome and nothing to decide but orders (models.survival_scope).
    """
    m = _with_served(problem, served, _VOLUMES)
    w = _outcome(m.ix)
    m.cost.set_value(costs.late(m, w) + costs.shortage(m, w))
    return m


def build_last_part(problem: Problem, served: Served, allowed: float) -> pyo.ConcreteModel:
    """The model whose variable ``part`` is the share of the last period that can still be served.

    The horizon ends with that period (models.survival_scope.until); the periods before it are
    served, but for `allowed`, the solver's noise (quantity in all).
    """
    m = _with_served(problem, served, _VOLUMES | {"storage"})
    m.allowed = allowed
    m.part = pyo.Var(bounds=(0.0, 1.0))
    for index, rule in (
        (storage_before_index, stock.storage),
        (part_of_needs_index, part_of_needs),
        (part_of_suppliers_index, part_of_suppliers),
        (part_of_offers_index, part_of_offers),
        (part_of_lane_rows_index, part_of_lane_rows),
        (part_of_open_orders_index, part_of_open_orders),
    ):
        m.add_component(rule.__name__, pyo.Constraint(list(index(m.ix)), rule=rule))
    m.earlier_served = pyo.Constraint(rule=earlier_served)
    m.cost.set_value(-m.part)
    return m


def _with_served(problem: Problem, served: Served, without: frozenset[str]) -> Any:
    if not problem.supply.max_award:
        without |= {"award_definition"}
    m: Any = build(problem, without=without | {"demand_balance"})
    m.served = served
    m.served_balance = pyo.Constraint(list(service.need_index(m.ix)), rule=served_balance)
    return m


def _outcome(ix: Index) -> str:
    (outcome,) = ix.outcomes
    return outcome


# --- demand -------------------------------------------------------------------------------------


def served_balance(m: Any, i: str, s: str, e: str, t: int, w: str) -> Any:
    r"""What could be served if nothing stopped is met, met by a substitute, owed, or lost.

    .. math:: \sum_g issue_{g,t} + \sum_{n,g} replace_{n,g,t} / ratio_n + shortage_t + late_t
              = served_t + late_{t-1}

    Unit: quantity, for each item, site and end use.  Demand that is never met is no part of
    served, and demand that is always met late stands in the period in which it is met.
    """
    met, wanted = service.demand_balance(m, i, s, e, t, w).args
    demand = m.ix.problem.needs.demand.get(((i, s, e), t, w), 0.0)
    return met == wanted - (demand - m.served.get(((i, s, e), t), 0.0))


def unmet(m: Any, i: str, s: str, e: str, t: int, w: str) -> Any:
    """What is not met in its period: lost or late (quantity)."""
    key = (i, s, e, t, w)
    return m.shortage[key] + entry(m.late, key, 0.0)


def earlier_served(m: Any) -> Any:
    r"""Everything is met in its period before the last one.

    .. math:: \sum_{i,s,e} \sum_{t < T} (shortage_{i,s,e,t} + late_{i,s,e,t}) \le \epsilon

    Unit: quantity.
    """
    last = m.ix.problem.horizon.periods
    missing = [unmet(m, *key) for key in service.need_index(m.ix) if key[3] < last]
    return quicksum(missing) <= m.allowed if missing else pyo.Constraint.Feasible


# --- the last period, in part -------------------------------------------------------------------


def storage_before_index(ix: Index) -> Iterator[tuple[str, int, str]]:
    """Sites with a limited storage, before the last period: that one is not seen to its end."""
    last = ix.problem.horizon.periods
    yield from (key for key in stock.storage_index(ix) if key[1] < last)


def part_of_needs_index(ix: Index) -> Iterator[tuple[str, str, str, int, str]]:
    """Every demand of the last period."""
    last = ix.problem.horizon.periods
    yield from (key for key in service.need_index(ix) if key[3] == last)


def part_of_needs(m: Any, i: str, s: str, e: str, t: int, w: str) -> Any:
    r"""The same part of every demand is met.

    .. math:: shortage_{i,s,e,T} + late_{i,s,e,T} = (1 - part)\, served_{i,s,e,T}

    Unit: quantity per period.
    """
    return unmet(m, i, s, e, t, w) == (1 - m.part) * m.served.get(((i, s, e), t), 0.0)


def _arriving(ix: Index, lanes: list[LaneKey], t: int) -> list[LaneKey]:
    """The lanes that can be ordered on in period t and whose order arrives in the last period."""
    last, w = ix.problem.horizon.periods, _outcome(ix)
    arrival = ix.problem.supply.arrival
    return [l for l in lanes if (l, t, w) in ix.carried and arrival[l, t, w] == last]


def _part_of(m: Any, lanes: list[LaneKey], t: int, capacity: float) -> Any:
    w = _outcome(m.ix)
    return quicksum(m.order[(*l, t, w)] for l in _arriving(m.ix, lanes, t)) <= m.part * capacity


def part_of_suppliers_index(ix: Index) -> Iterator[tuple[str, int]]:
    """Suppliers with a limited capacity, in periods whose orders arrive in the last period."""
    for (k, t), lanes in ix.lanes_of_supplier.items():
        if (k, t) in ix.problem.supply.supplier_capacity and _arriving(ix, lanes, t):
            yield k, t


def part_of_suppliers(m: Any, k: str, t: int) -> Any:
    r"""Of a supplier's capacity, the same part arrives in the last period.

    .. math:: \sum_{l: k(l)=k,\ a(l,t)=T} order_{l,t} \le part\, C_{k,t}

    Unit: quantity per period of the order.
    """
    capacity = m.ix.problem.supply.supplier_capacity[k, t]
    return _part_of(m, m.ix.lanes_of_supplier[k, t], t, capacity)


def part_of_offers_index(ix: Index) -> Iterator[tuple[str, str, int]]:
    """Offers with a limited capacity, in periods whose orders arrive in the last period."""
    for (o, t), lanes in ix.lanes_of_order.items():
        if (o, t) in ix.problem.supply.offer_capacity and _arriving(ix, lanes, t):
            yield *o, t


def part_of_offers(m: Any, k: str, i: str, t: int) -> Any:
    r"""Of an offer's capacity, the same part arrives in the last period.

    .. math:: \sum_{l: o(l)=o,\ a(l,t)=T} order_{l,t} \le part\, C_{o,t}

    Unit: quantity per period of the order.
    """
    o: OfferKey = (k, i)
    return _part_of(m, m.ix.lanes_of_order[o, t], t, m.ix.problem.supply.offer_capacity[o, t])


def part_of_lane_rows_index(ix: Index) -> Iterator[tuple[str, int]]:
    """Rows of Lanes with a limited capacity, in periods whose orders arrive in the last period."""
    for (row, t), lanes in ix.lanes_of_row.items():
        if row in ix.problem.supply.row_capacity and _arriving(ix, lanes, t):
            yield row, t


def part_of_lane_rows(m: Any, row: str, t: int) -> Any:
    r"""Of what a row of Lanes carries, the same part arrives in the last period.

    .. math:: \sum_{l: r(l)=r,\ a(l,t)=T} order_{l,t} \le part\, C_r

    Unit: quantity per period of the order.
    """
    return _part_of(m, m.ix.lanes_of_row[row, t], t, m.ix.problem.supply.row_capacity[row])


def part_of_open_orders_index(ix: Index) -> Iterator[Shelf]:
    """Shelves to which open orders come in the last period."""
    last = ix.problem.horizon.periods
    orders = ix.open_orders.items()
    yield from sorted({key[:3] for key, quantity in orders if key[3] == last and quantity > 0})


def part_of_open_orders(m: Any, i: str, s: str, g: str) -> Any:
    r"""Of what is under way, the same part can be used: the rest is still on the shelf at the end.

    .. math:: stock_{i,s,g,T} \ge (1 - part)\, open_{i,s,g,T}

    Unit: quantity, for each item, site and pool of licence classes (g).
    """
    last, w = m.ix.problem.horizon.periods, _outcome(m.ix)
    came = m.ix.open_orders[i, s, g, last, w]
    return m.stock[i, s, g, last, w] >= (1 - m.part) * came
