"""What flows and what it costs in the plan made by hand: orders, stock, service, charges."""

from __future__ import annotations

from collections.abc import Iterable

from optimizer.contract.results import (
    Charge,
    CostBuildUp,
    CoverRow,
    Issue,
    OrderRow,
    ServiceRow,
    StockPlanRow,
)
from tests.report.handmade_data import NEED, OFFERS, OPENING, TARGET

PROBABILITY = {"granted": 0.75, "freeze": 0.25}
SHORTAGE_COST = {"M": 900.0, "F": 50.0}
HOLDING = 0.57
COVER_PENALTY = 1.7


def _delivered(outcome: str, supplier: str, period: int, quantity: float) -> float:
    stopped = outcome == "freeze" and supplier == "CN01" and period > 1
    return 0.0 if stopped else quantity


def landed(offer: tuple[str, str]) -> float:
    _, price, freight, duty = OFFERS[offer]
    return price + freight + duty * (price + freight)


def orders() -> Iterable[OrderRow]:
    for outcome in PROBABILITY:
        for period in (1, 2, 3):
            for offer, (quantity, *_) in OFFERS.items():
                delivered = _delivered(outcome, offer[0], period, quantity)
                yield OrderRow(
                    outcome=outcome, supplier=offer[0], item=offer[1], site="PUN", mode="sea",
                    period=period, arrival=period + 1, quantity=quantity, delivered=delivered,
                    landed_unit_cost=landed(offer), discount_factor=0.99 ** period,
                    cost=delivered * landed(offer) * 0.99**period,
                )  # fmt: skip


def build_ups(orders: Iterable[OrderRow]) -> Iterable[CostBuildUp]:
    for row in orders:
        _, price, freight, duty = OFFERS[row.supplier, row.item]
        yield CostBuildUp(
            outcome=row.outcome, supplier=row.supplier, item=row.item, site=row.site,
            mode=row.mode, period=row.period, price=price, currency="USD", rate=1.0, factor=1.0,
            price_add=0.0, price_base=price, freight=freight, dutiable=price + freight,
            duty_rate=duty, duty=duty * (price + freight), landed=row.landed_unit_cost,
            quantity=row.delivered,
        )  # fmt: skip


def stock_and_service(orders: tuple[OrderRow, ...]) -> tuple[list[StockPlanRow], list[ServiceRow]]:
    stock_rows: list[StockPlanRow] = []
    service: list[ServiceRow] = []
    for outcome in PROBABILITY:
        for item, need in NEED.items():
            stock = OPENING[item]
            for period in (1, 2, 3, 4):
                arriving = sum(
                    row.delivered
                    for row in orders
                    if (row.outcome, row.item, row.arrival) == (outcome, item, period)
                )
                used = min(need, stock + arriving)
                stock_rows.append(
                    StockPlanRow(
                        outcome=outcome,
                        item=item,
                        site="PUN",
                        licences="free",
                        period=period,
                        opening=stock,
                        open_orders=0.0,
                        deliveries=arriving,
                        used=used,
                        closing=stock + arriving - used,
                    )
                )
                service.append(
                    ServiceRow(
                        outcome=outcome,
                        item=item,
                        site="PUN",
                        end_use="civil",
                        period=period,
                        demand=need,
                        issued=used,
                        substituted=0.0,
                        late=0.0,
                        shortage=need - used,
                    )
                )
                stock += arriving - used
    return stock_rows, service


def _charge(
    outcome: str, component: str, subject: str, item: str, period: int | None,
    quantity: float, rate: float,
) -> Charge:  # fmt: skip
    return Charge(
        outcome=outcome, component=component, subject=subject, item=item,
        site="PUN" if item else "", period=period, quantity=quantity, rate=rate,
        discount_factor=1.0, amount=quantity * rate,
    )  # fmt: skip


def charges(
    stock: list[StockPlanRow], service: list[ServiceRow], cover: list[CoverRow]
) -> Iterable[Charge]:
    for outcome in PROBABILITY:
        yield _charge(outcome, "onboarding", "VN01", "", None, 1.0, 60_000.0)
        yield _charge(outcome, "fixed", "CN01", "", None, 1 / 3, 25_000.0)
        yield _charge(outcome, "relaxation", "two_sources_F", "F", None, 1.0, 50_000.0)
    for row in stock:
        yield _charge(row.outcome, "holding", "stock", row.item, row.period, row.closing, HOLDING)
    for need in service:
        if need.shortage:
            yield _charge(
                need.outcome, "shortage", "civil", need.item, need.period, need.shortage,
                SHORTAGE_COST[need.item],
            )  # fmt: skip
    for missed in cover:
        if missed.under:
            yield _charge(
                missed.outcome, "cover", "target", missed.item, missed.period, missed.under,
                COVER_PENALTY,
            )  # fmt: skip


def cover(stock: list[StockPlanRow]) -> list[CoverRow]:
    return [
        CoverRow(
            outcome=row.outcome,
            item=row.item,
            site=row.site,
            period=row.period,
            stock=row.closing,
            least=TARGET[row.item],
            most=float("inf"),
            under=max(0.0, TARGET[row.item] - row.closing),
            over=0.0,
        )
        for row in stock
    ]


def issues(service: list[ServiceRow]) -> Iterable[Issue]:
    for row in service:
        if row.issued:
            yield Issue(
                outcome=row.outcome, item=row.item, site=row.site, end_use=row.end_use,
                period=row.period, used_item=row.item, licences="free", quantity=row.issued,
                serves=row.issued,
            )  # fmt: skip
