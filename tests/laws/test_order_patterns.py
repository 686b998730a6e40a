"""Minimum orders and order costs over time: the optimum found by trying every pattern of orders.

For a pattern (who delivers in which period) what is left is a linear program, written here anew
and solved on its own.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from optimizer.contract.data import Data
from optimizer.contract.goods import Item, StockRow
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Offer
from tests.laws.names import Draw, amount, one_of
from tests.laws.planning import about, cost_of
from tests.laws.profile import examples
from tests.small import need, offer, small

MONTH = 30.4375
SHORTAGE = 60.0
HELD = 2.0
PLENTY = 1e4
"""More than anybody would order."""


@st.composite
def lot_sizes(draw: Draw) -> Data:
    """Two sources of one item at one site over two or three months."""
    horizon = draw(st.integers(2, 3))
    offers = [
        offer(
            name,
            price=amount(draw, 5, 30),
            capacity=one_of(draw, (math.inf, 60.0, 120.0)),
            min_order=amount(draw, 0, 60, 20),
            order_cost=amount(draw, 0, 400, 100),
            lead_days=one_of(draw, (0.0, MONTH)),
        )
        for name in ("K", "L")
    ]
    return small(
        settings=Settings(start="2025-01", holding_rate=1.0),
        items=[
            Item(
                item="P",
                shortage_cost=SHORTAGE,
                unit_value=12 * HELD,
                backlog_cost=one_of(draw, (None, 3.0)),
            )
        ],
        demand=need(*(amount(draw, 10, 100, 10) for _ in range(horizon))),
        stock=[StockRow(item="P", site="A", quantity=amount(draw, 0, 60, 20))],
        offers=offers,
    )


def _cheapest(data: Data) -> float:
    orders = [
        (quote, period)
        for quote in data.offers
        for period in range(1, data.horizon + 1)
        if _arrival(quote.lead_days, period) <= data.horizon
    ]
    patterns = itertools.product((0, 1), repeat=len(orders))
    return min(_cost(data, orders, pattern) for pattern in patterns)


def _arrival(lead_days: float, period: int) -> int:
    return period + math.floor(lead_days / MONTH + 0.5)


def _cost(data: Data, orders: list[tuple[Offer, int]], pattern: tuple[int, ...]) -> float:
    """Columns: orders, stock, shortage and late of every period; rows: one balance a period."""
    T, n = data.horizon, len(orders)
    late_cost = data.items[0].backlog_cost
    cost = np.concatenate([
        [quote.price for quote, _ in orders], np.full(T, HELD), np.full(T, SHORTAGE),
        np.full(T, late_cost or 0.0),
    ])  # fmt: skip
    cost[-1] += SHORTAGE
    balance, wanted = np.zeros((T, len(cost))), np.zeros(T)
    for row in data.demand:
        wanted[row.period - 1] = row.quantity
    wanted[0] -= data.stock[0].quantity
    for t in range(T):
        for column, (quote, period) in enumerate(orders):
            balance[t, column] = float(_arrival(quote.lead_days, period) == t + 1)
        balance[t, n + t], balance[t, n + T + t], balance[t, n + 2 * T + t] = -1, 1, 1
        if t:
            balance[t, n + t - 1], balance[t, n + 2 * T + t - 1] = 1, -1
    bounds = [
        (quote.min_order * on, min(quote.capacity, PLENTY) * on)
        for (quote, _), on in zip(orders, pattern, strict=True)
    ]
    bounds += [(0, None)] * (2 * T) + [(0, None if late_cost is not None else 0)] * T
    answer = linprog(cost, A_eq=balance, b_eq=wanted, bounds=bounds)
    placed = sum(quote.order_cost * on for (quote, _), on in zip(orders, pattern, strict=True))
    return math.inf if answer.fun is None else float(answer.fun) + placed


@examples(12)
@given(lot_sizes())
def test_the_plan_is_the_best_of_all_patterns(data: Data) -> None:
    assert cost_of(data) == about(_cheapest(data), data)
