"""The one place where it is said how exactly things must agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.plan import Tables

RELATIVE = 1e-6
"""Of a number against the same number recomputed; of quantities, against the largest one."""

MONEY_FLOOR = 1e-8
"""Amounts of less than this share of the largest amount are taken as equal."""

UNIT_FLOOR = 1e-9
"""Absolute, for unit costs, shares and factors near zero."""

HHI_POINTS = 1e-6 * 10_000
"""In points: 1e-6 of the sum of squared shares."""

INTEGRAL = 1e-6
"""How far a whole number may be from whole."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Absolute tolerances that fit the size of one plan: quantities in its unit, and money."""

    quantity: float
    money_floor: float

    def money(self, *amounts: float) -> float:
        """For the comparison of these amounts."""
        return RELATIVE * max(map(abs, amounts)) + self.money_floor


def unit(*numbers: float) -> float:
    """For unit costs, shares, factors and counts of this size."""
    return RELATIVE * max(map(abs, numbers)) + UNIT_FLOOR


def tolerance_of(data: Data, tables: Tables) -> Tolerance:
    """Scaled to the largest demand, stock or order, and to the largest amount."""
    quantities = (
        [d.quantity for d in data.demand],
        [s.quantity for s in data.stock],
        [o.quantity for o in data.open_orders],
        [o.quantity for o in tables.orders],
    )
    amounts = ([o.cost for o in tables.orders], [c.amount for c in tables.charges])
    return Tolerance(RELATIVE * _largest(quantities), MONEY_FLOOR * _largest(amounts))


def _largest(columns: Iterable[list[float]]) -> float:
    return max((abs(n) for column in columns for n in column), default=0.0)
