"""What flows, period by period, and what makes up the cost: the numbers behind the charts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimizer.contract.plan import Plan
from optimizer.report.figures import probabilities
from optimizer.report.names import names_of

SEEN = 1e-6
"""Amounts below this share of the largest are no part of a chart of costs."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Stock at the end of each period, all items and sites together, expected over the outcomes.

    ``least``: what the targets want in all (None: there are no targets); ``missing``: what is
    missing at single items and sites, which other items cannot make good.  ``lowest``: the stock
    of the outcome that has least in that period.
    """

    stock: tuple[float, ...]
    lowest: tuple[float, ...]
    least: tuple[float, ...] | None
    missing: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What arrives in each period, expected: by country of making, and from open orders."""

    by_country: Mapping[str, tuple[float, ...]]
    open_orders: tuple[float, ...]
    demand: tuple[float, ...]

    @property
    def total(self) -> float:
        """Everything that arrives in the horizon."""
        return math.fsum(map(math.fsum, [*self.by_country.values(), self.open_orders]))


def cover(plan: Plan) -> Cover | None:
    """Stock against its targets; None if the plan keeps no stock at all."""
    weights = probabilities(plan)
    horizon = plan.data.horizon
    by_outcome: dict[str, list[float]] = {name: [0.0] * horizon for name in weights}
    for row in plan.tables.stock_plan:
        by_outcome[row.outcome][row.period - 1] += row.closing
    least, missing = [0.0] * horizon, [0.0] * horizon
    for target in plan.tables.cover:
        least[target.period - 1] += weights[target.outcome] * target.least
        missing[target.period - 1] += weights[target.outcome] * target.under
    stock = tuple(
        math.fsum(weights[name] * stocks[t] for name, stocks in by_outcome.items())
        for t in range(horizon)
    )
    if not any(stock) and not any(least):
        return None
    lowest = tuple(min(stocks[t] for stocks in by_outcome.values()) for t in range(horizon))
    return Cover(stock, lowest, tuple(least) if plan.tables.cover else None, tuple(missing))


def arrivals(plan: Plan) -> Arrivals | None:
    """What arrives when, from which country; None if nothing does."""
    weights = probabilities(plan)
    names = names_of(plan.data)
    horizon = plan.data.horizon
    countries: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * horizon)
    for order in plan.tables.orders:
        if order.arrival is not None and order.delivered:
            weighted = weights[order.outcome] * order.delivered
            countries[names.made_in(order.supplier)][order.arrival - 1] += weighted
    opened, demand = [0.0] * horizon, [0.0] * horizon
    for row in plan.tables.stock_plan:
        opened[row.period - 1] += weights[row.outcome] * row.open_orders
    for need in plan.tables.service:
        demand[need.period - 1] += weights[need.outcome] * need.demand
    found = Arrivals(_largest_first(countries), tuple(opened), tuple(demand))
    return found if found.total else None


def cost_parts(plan: Plan) -> dict[str, float]:
    """Component -> expected discounted amount, largest first; landed cost as what it is made of."""
    parts = {name: amount for name, amount in plan.facts.costs.items() if name != "landed"}
    parts.update(_landed_parts(plan))
    least = SEEN * max((abs(amount) for amount in parts.values()), default=0.0)
    shown = {name: amount for name, amount in parts.items() if abs(amount) > least}
    return dict(sorted(shown.items(), key=lambda part: -part[1]))


def _landed_parts(plan: Plan) -> dict[str, float]:
    """Goods, freight and duty, each unit of the orders' build-ups discounted like its order."""
    weights = probabilities(plan)
    build_ups = {
        (row.outcome, row.supplier, row.item, row.site, row.mode, row.period): row
        for row in plan.tables.costs
    }
    parts = {"goods": 0.0, "freight": 0.0, "duty": 0.0}
    for order in plan.tables.orders:
        if not order.delivered:
            continue
        made = build_ups[
            order.outcome, order.supplier, order.item, order.site, order.mode, order.period
        ]
        worth = weights[order.outcome] * order.delivered * order.discount_factor
        parts["goods"] += worth * made.price_base
        parts["freight"] += worth * made.freight
        parts["duty"] += worth * made.duty
    return parts


def _largest_first(countries: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, ...]]:
    ranked = sorted(countries.items(), key=lambda pair: -math.fsum(pair[1]))
    return {name: tuple(amounts) for name, amounts in ranked}
