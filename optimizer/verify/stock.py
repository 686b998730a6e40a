"""Stock balance by item, site, class and period; storage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimizer.contract.results import StockPlanRow
from optimizer.verify.case import Case
from optimizer.verify.licensing import StockClass, class_name, class_of
from optimizer.verify.violation import Check, Violation, at_most, same

Pile = tuple[str, str, str, StockClass]
"""Outcome, item, site, class."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What comes to and leaves each pile in each period, from the input and the other tables."""

    opening: Mapping[Pile, float]
    open_orders: Mapping[tuple[Pile, int], float]
    deliveries: Mapping[tuple[Pile, int], float]
    used: Mapping[tuple[Pile, int], float]


def moved_of(case: Case) -> Moved:
    """Adds up Stock, OpenOrders, Orders and Issues."""
    opening: defaultdict[Pile, float] = defaultdict(float)
    open_orders: defaultdict[tuple[Pile, int], float] = defaultdict(float)
    for name, world in case.worlds.items():
        for row in case.data.stock:
            opening[name, row.item, row.site, frozenset(row.licences)] += row.quantity
        for order in case.data.open_orders:
            arrives = case.clock.arrival(order.period, world.open_order_delay_days(order))
            goods = case.licensing.of(order.supplier, order.item)
            came = order.quantity * world.open_order_share(order)
            open_orders[(name, order.item, order.site, goods), arrives] += came
    deliveries: defaultdict[tuple[Pile, int], float] = defaultdict(float)
    for ordered in case.flows.orders:
        if ordered.arrival is None or ordered.taken is None:
            continue
        row_ = ordered.row
        goods = case.licensing.of(row_.supplier, row_.item)
        pile = (row_.outcome, row_.item, row_.site, goods)
        deliveries[pile, ordered.arrival] += ordered.delivered
    used: defaultdict[tuple[Pile, int], float] = defaultdict(float)
    for issue in case.tables.issues:
        pile = (issue.outcome, issue.used_item, issue.site, class_of(issue.licences))
        used[pile, issue.period] += issue.quantity
    return Moved(opening, open_orders, deliveries, used)


def check_stock(case: Case) -> Iterator[Violation]:
    """Each period opens with what the last one closed with; closing = opening + in - out.

    A row that is missing counts as zeros.
    """
    moved = moved_of(case)
    rows: dict[tuple[Pile, int], StockPlanRow] = {}
    for row in case.tables.stock_plan:
        pile = (row.outcome, row.item, row.site, class_of(row.licences))
        rows[pile, row.period] = row
    piles: dict[Pile, None] = dict.fromkeys(moved.opening)
    for flow in (moved.open_orders, moved.deliveries, moved.used, rows):
        piles.update(dict.fromkeys(pile for pile, _ in flow))
    for pile in piles:
        before = moved.opening.get(pile, 0.0)
        for period in case.clock.periods:
            found = rows.get((pile, period))
            yield from _balance(case, pile, period, before, moved, found)
            before = found.closing if found else 0.0


def _balance(
    case: Case, pile: Pile, period: int, before: float, moved: Moved, row: StockPlanRow | None
) -> Iterator[Violation]:
    outcome, item, site, goods = pile
    place = (
        f"{item} at {site} ({class_name(goods)}) in {case.clock.name(period)}, outcome {outcome}"
    )
    arriving = moved.open_orders.get((pile, period), 0.0)
    delivered = moved.deliveries.get((pile, period), 0.0)
    used = moved.used.get((pile, period), 0.0)
    tolerance = case.tolerance.quantity
    closing = before + arriving + delivered - used
    yield from same(Check.STOCK_OPENING, place, before, row.opening if row else 0.0, tolerance)
    yield from same(
        Check.STOCK_OPEN_ORDERS, place, arriving, row.open_orders if row else 0.0, tolerance
    )
    yield from same(
        Check.STOCK_DELIVERIES, place, delivered, row.deliveries if row else 0.0, tolerance
    )
    yield from same(Check.STOCK_USED, place, used, row.used if row else 0.0, tolerance)
    yield from same(Check.STOCK_CLOSING, place, closing, row.closing if row else 0.0, tolerance)


def closing_by_site(case: Case) -> Mapping[tuple[str, str, int], float]:
    """Stock of all items at the end of a period, by outcome, site and period."""
    total: defaultdict[tuple[str, str, int], float] = defaultdict(float)
    for row in case.tables.stock_plan:
        total[row.outcome, row.site, row.period] += row.closing
    return total


def closing_by_item(case: Case) -> Mapping[tuple[str, str, str, int], float]:
    """Stock of all classes at the end of a period, by outcome, item, site and period."""
    total: defaultdict[tuple[str, str, str, int], float] = defaultdict(float)
    for row in case.tables.stock_plan:
        total[row.outcome, row.item, row.site, row.period] += row.closing
    return total


def check_storage(case: Case) -> Iterator[Violation]:
    """Stock fits into the site, unless more may be kept elsewhere at a cost."""
    limits = {s.site: s.storage_capacity for s in case.data.sites if s.overflow_cost is None}
    for (outcome, site, period), stock in closing_by_site(case).items():
        if site in limits:
            place = f"{site} in {case.clock.name(period)}, outcome {outcome}"
            yield from at_most(Check.STORAGE, place, limits[site], stock, case.tolerance.quantity)
