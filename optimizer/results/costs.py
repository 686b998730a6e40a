"""How the landed cost of each order is built up."""

from __future__ import annotations

from optimizer.assemble.landed import build_ups
from optimizer.contract.results import CostBuildUp
from optimizer.results.basis import Basis, lane_of


def build_up_rows(basis: Basis) -> tuple[CostBuildUp, ...]:
    """One row for each order that arrives within the horizon, in the order of Orders."""
    known = build_ups(basis.data)
    rows = []
    for order in basis.orders:
        if order.arrival is None:
            continue
        made = known[lane_of(order), order.period, order.outcome]
        rows.append(
            CostBuildUp(
                outcome=order.outcome,
                supplier=order.supplier,
                item=order.item,
                site=order.site,
                mode=order.mode,
                period=order.period,
                price=made.price,
                currency=made.currency,
                rate=made.rate,
                factor=made.factor,
                price_add=made.price_add,
                price_base=made.price_base,
                freight=made.freight,
                dutiable=made.dutiable,
                duty_rate=made.duty_rate,
                duty=made.duty,
                landed=made.landed,
                quantity=order.delivered,
            )
        )
    return tuple(rows)
