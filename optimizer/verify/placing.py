"""Minimum orders, and what is charged for orders where they are spread over the quantity.

With ``late_orders = pro_rata``, in periods in which the orders of two outcomes may differ, an
order is placed by a share.  The tables show that share as the quantity of its order cost; of an
order without a cost there is nothing to be seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from optimizer.verify.case import Case
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, at_least, at_most

OrderKey = tuple[str, str, str, int]
"""Outcome, supplier, item, period."""


def check_minimum_orders(case: Case) -> Iterator[Violation]:
    """An order, of one offer in one period over all sites and modes, is nothing or the minimum."""
    tolerance = case.tolerance.quantity
    for key, quantity in case.flows.placed.items():
        _, supplier, item, period = key
        offer = case.offer(supplier, item)
        if offer is not None and quantity > tolerance and not spread(case, period):
            place = _place(case, key)
            yield from at_least(Check.MINIMUM_ORDER, place, offer.min_order, quantity, tolerance)


def check_order_shares(case: Case) -> Iterator[Violation]:
    """A share placed is enough for what is ordered, and what is ordered enough for the share."""
    tolerance = case.tolerance.quantity
    for key, share in shares_placed(case).items():
        _, supplier, item, period = key
        offer = case.offer(supplier, item)
        if offer is None:
            continue
        place = _place(case, key)
        ordered = case.flows.placed.get(key, 0.0)
        yield from at_most(Check.ORDER_SHARE, place, 1.0, share, unit(1.0))
        least = offer.min_order * share
        yield from at_least(Check.ORDER_SHARE, f"{place}: ordered", least, ordered, tolerance)
        capacity = case.sources.offer_capacity(offer, period)
        if ordered > tolerance and 0 < capacity < math.inf:
            needed = ordered / capacity
            near = unit(1.0) + tolerance / capacity
            yield from at_least(Check.ORDER_SHARE, place, needed, share, near)


def spread(case: Case, period: int) -> bool:
    """Whether minimum orders and order costs of the period are spread over the quantity."""
    return case.data.settings.late_orders == "pro_rata" and case.knowledge.may_differ(period)


def shares_placed(case: Case) -> dict[OrderKey, float]:
    """The shares of all orders that cost something, where they are spread; 0: not charged."""
    shares: dict[OrderKey, float] = {}
    for (outcome, supplier, item, period), ordered in case.flows.placed.items():
        if ordered > 0 and spread(case, period) and order_cost(case, supplier, item) > 0:
            shares[outcome, supplier, item, period] = 0.0
    for row in case.tables.charges:
        if row.component == "order_cost" and row.period is not None and spread(case, row.period):
            key = (row.outcome, row.subject, row.item, row.period)
            shares[key] = max(shares.get(key, 0.0), row.quantity)
    return shares


def order_cost(case: Case, supplier: str, item: str) -> float:
    """Of one order, with the paperwork of its licences."""
    offer = case.offer(supplier, item)
    if offer is None:
        return 0.0
    return offer.order_cost + case.licensing.order_cost(case.licensing.of(supplier, item))


def _place(case: Case, key: OrderKey) -> str:
    outcome, supplier, item, period = key
    return f"{item} of {supplier} in {case.clock.name(period)}, outcome {outcome}"
