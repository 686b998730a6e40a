"""How the landed cost of each order is built up."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

from optimizer.assemble.landed import BuildUp, build_ups
from optimizer.contract.fields import rows_of
from optimizer.contract.results import CostBuildUp
from optimizer.results.basis import Basis, lane_of

_OF_ORDER = ("outcome", "supplier", "item", "site", "mode", "period")
_OF_BUILD_UP = tuple(field.name for field in fields(BuildUp))


def build_up_rows(basis: Basis) -> tuple[CostBuildUp, ...]:
    """One row for each order that arrives within the horizon, in the order of Orders."""
    known = build_ups(basis.data)
    orders = [order for order in basis.orders if order.arrival is not None]
    made = [known[lane_of(order), order.period, order.outcome] for order in orders]
    columns: dict[str, list[Any]] = {"row": [0] * len(orders)}
    columns |= {name: list(map(attrgetter(name), orders)) for name in _OF_ORDER}
    columns |= {name: list(map(attrgetter(name), made)) for name in _OF_BUILD_UP}
    columns["quantity"] = [order.delivered for order in orders]
    return rows_of(CostBuildUp, columns)
