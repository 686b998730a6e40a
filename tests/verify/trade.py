"""Two suppliers, one item, one site, two years: licences, rules, cover, currencies, a calendar.

A sells from CN under licence L; B sells in euros from JP and must be qualified first.
Landed: A 10 + 1 + 10 % of 11 = 12.1, from the second year on 12 + 1 + 1.3 = 14.3; B 15 + 2 = 17.
What is short costs 10 x 17.  Discount 25 % a year: 1, then 0.8.
"""

from __future__ import annotations

from optimizer.contract.plan import Facts, Plan, Size, Spread, Tables
from optimizer.contract.results import (
    Award,
    Charge,
    CostBuildUp,
    CoverRow,
    Issue,
    MixRow,
    Move,
    OrderRow,
    RuleResult,
    ServiceRow,
    StockPlanRow,
)
from optimizer.contract.risk_results import ExposureRow, LicenceUse, OutcomeResult
from tests.verify.trade_data import data

W = "certain"


def tables() -> Tables:
    return Tables(
        awards=(
            Award(supplier="A", supplier_name="A", country="CN", item="M", description="magnet",
                  licences="L", award=76.0, volume=76.0, share_of_item=76 / 88,
                  share_of_weight=76 / 88, today=70.0, spend=760.0, landed_cost=998.8,
                  landed_unit_cost=998.8 / 76, orders=2.0, first_period=1),
            Award(supplier="B", supplier_name="B", country="JP", item="M", description="magnet",
                  licences="free", award=12.0, volume=12.0, share_of_item=12 / 88,
                  share_of_weight=12 / 88, today=0.0, spend=180.0, landed_cost=204.0,
                  landed_unit_cost=17.0, orders=1.0, first_period=2),
        ),
        moves=(
            Move(supplier="A", supplier_name="A", country="CN", item="M", today=70.0, plan=76.0,
                 change=6.0, move="more"),
            Move(supplier="B", supplier_name="B", country="JP", item="M", today=0.0, plan=12.0,
                 change=12.0, move="new"),
        ),
        mix=_mix(),
        rule_check=_rule_check(),
        outcomes=(
            OutcomeResult(outcome=W, happens="", probability=1.0, cost=1366.44, cash_cost=1172.84,
                          penalty_cost=193.6, shortage=1.0),
        ),
        orders=(
            _order("A", 1, 40.0, 12.1, 1.0, 484.0),
            _order("A", 2, 36.0, 14.3, 0.8, 411.84),
            _order("B", 2, 12.0, 17.0, 0.8, 163.2),
        ),
        issues=(
            _issue("civil", 1, "L", 38.0),
            _issue("civil", 1, "free", 2.0),
            _issue("civil", 2, "L", 38.0),
            _issue("civil", 2, "free", 2.0),
            _issue("defence", 2, "free", 19.0),
        ),
        service=(
            _service("civil", 1, 40.0, 40.0, 0.0),
            _service("civil", 2, 40.0, 40.0, 0.0),
            _service("defence", 2, 20.0, 19.0, 1.0),
        ),
        stock_plan=(
            _stock("free", 1, 10.0, 0.0, 0.0, 2.0, 8.0),
            _stock("free", 2, 8.0, 5.0, 12.0, 21.0, 4.0),
            _stock("L", 1, 0.0, 0.0, 40.0, 38.0, 2.0),
            _stock("L", 2, 2.0, 0.0, 36.0, 38.0, 0.0),
        ),
        cover=(
            _cover(1, 10.0, 6.0, 0.0),
            _cover(2, 4.0, 5.0, 1.0),
        ),
        costs=(
            _build_up("A", 1, 10.0, "USD", 1.0, 1.0, 10.0, 1.0, 0.1, 1.1, 12.1, 40.0),
            _build_up("A", 2, 10.0, "USD", 1.0, 1.2, 12.0, 1.0, 0.1, 1.3, 14.3, 36.0),
            _build_up("B", 2, 12.0, "EUR", 1.25, 1.0, 15.0, 2.0, 0.0, 0.0, 17.0, 12.0),
        ),
        charges=(
            _charge("order_cost", 1.0, 7.0, 1.0, 7.0, subject="A", item="M", period=1),
            _charge("order_cost", 1.0, 7.0, 0.8, 5.6, subject="A", item="M", period=2),
            _charge("holding", 10.0, 1.0, 1.0, 10.0, item="M", site="P", period=1),
            _charge("holding", 4.0, 1.0, 0.8, 3.2, item="M", site="P", period=2),
            _charge("shortage", 1.0, 170.0, 0.8, 136.0, subject="defence", item="M", site="P",
                    period=2),
            _charge("cover", 1.0, 2.0, 0.8, 1.6, item="M", site="P", period=2),
            _charge("onboarding", 1.0, 50.0, 1.0, 50.0, subject="B"),
            _charge("fixed", 1.0, 20.0, 1.0, 20.0, subject="B"),
            _charge("qualification", 1.0, 7.0, 1.0, 7.0, subject="B", item="M"),
            _charge("switching", 1.0, 6.0, 1.0, 6.0, subject="B", item="M"),
            _charge("lane", 1.0, 5.0, 1.0, 5.0, subject="B", site="P"),
            _charge("relaxation", 0.056, 1000.0, 1.0, 56.0, subject="soft"),
        ),
        licence_exposure=(
            ExposureRow(licence="L", item="M", description="magnet", ordered=76.0, delivered=76.0,
                        delivered_at_worst=76.0, worst_outcome=W, money=998.8,
                        money_at_worst=998.8),
        ),
        licence_use=(
            LicenceUse(licence="L", item="M", end_use="civil", demand=80.0, served=76.0,
                       share=0.95, served_at_worst=76.0, worst_outcome=W),
        ),
    )  # fmt: skip


def plan() -> Plan:
    facts = Facts(
        status="optimal",
        objective=1366.44,
        bound=1366.44,
        gap=0.0,
        gap_without_unavoidable_shortage=0.0,
        seconds=0.1,
        costs={
            "landed": 1059.04,
            "order_cost": 12.6,
            "holding": 13.2,
            "shortage": 136.0,
            "cover": 1.6,
            "onboarding": 50.0,
            "fixed": 20.0,
            "qualification": 7.0,
            "switching": 6.0,
            "lane": 5.0,
            "relaxation": 56.0,
        },
        cash_cost=1172.84,
        penalty_cost=193.6,
        shortage=1.0,
        unavoidable_shortage=0.0,
        spread=Spread(1366.44, 1366.44, 1366.44, 1.0, 1.0),
        size=Size(1, 10, 1, 10),
        hhi={
            "supplier": _HHI,
            "group": _HHI,
            "country": _HHI,
            "region": _HHI,
            "refining": 1e4 * (16.4**2 + 0.6**2 + 0.6**2) / 17.6**2,
        },
        in_stock_at_end=40.0,
    )
    return Plan(data(), facts, tables())


_HHI = 1e4 * (76**2 + 12**2) / 88**2


def _rule_check() -> tuple[RuleResult, ...]:
    def row(
        rule: str,
        metric: str,
        sense: str,
        limit: float,
        actual: float,
        member: str = "",
        item: str = "",
        relaxed: float = 0.0,
        penalty_cost: float = 0.0,
    ) -> RuleResult:
        slack = limit - actual if sense == "max" else actual - limit
        return RuleResult(
            rule=rule,
            sentence=rule,
            item=item,
            member=member,
            metric=metric,
            sense=sense,
            limit=limit,
            actual=actual,
            slack=slack,
            binding=slack == 0,
            relaxed=relaxed,
            penalty_cost=penalty_cost,
        )

    return (
        row("made in China", "share", "max", 0.9, 76 / 88, "CN"),
        row("refined", "share", "max", 0.98, 17 / 17.6, "CN"),
        row("refined", "share", "max", 0.98, 1.2 / 17.6, "JP"),
        row("soft", "share", "max", 0.8, 76 / 88, "A", relaxed=0.056, penalty_cost=56.0),
        row("hhi", "hhi", "max", 8000.0, _HHI),
        row("two", "count", "min", 2.0, 2.0),
        row("risk", "risk", "max", 8.0, (152 * 8 + 24 * 2) / 176),
        row("spend", "spend", "max", 500.0, 180.0, "B"),
        row("least", "quantity", "min", 100.0, 152.0, "A"),
        row("per item", "spend_share", "max", 0.9, 760 / 940, "A", "M"),
        row("per item", "spend_share", "max", 0.9, 180 / 940, "B", "M"),
    )


def _mix() -> tuple[MixRow, ...]:
    def rows(
        dimension: str, total: float, with_open: float, *members: tuple[str, float, float, float]
    ) -> list[MixRow]:
        return [
            MixRow(dimension=dimension, member=name, weight=weight, share=weight / total,
                   weight_with_open=opened, share_with_open=opened / with_open, spend=spend,
                   spend_share=spend / 940)
            for name, weight, opened, spend in members
        ]  # fmt: skip

    stock = ("opening stock", 0.0, 20.0, 0.0)
    return (
        *rows("supplier", 176, 206, ("A", 152, 152, 760), ("B", 24, 34, 180), stock),
        *rows("group", 176, 206, ("A", 152, 152, 760), ("B", 24, 34, 180), stock),
        *rows("country", 176, 206, ("CN", 152, 152, 760), ("JP", 24, 34, 180), stock),
        *rows("region", 176, 206, ("CN", 152, 152, 760), ("Pacific", 24, 34, 180), stock),
        *rows("licence", 176, 206, ("L", 152, 152, 760), ("free", 24, 54, 180)),
        *rows("refining", 17.6, 20.6, ("CN", 16.4, 16.9, 850), ("JP", 0.6, 0.85, 45),
              ("unknown", 0.6, 2.85, 45)),
    )  # fmt: skip


def _order(
    supplier: str, period: int, quantity: float, landed: float, discount: float, cost: float
) -> OrderRow:
    return OrderRow(outcome=W, supplier=supplier, item="M", site="P", mode="sea", period=period,
                    arrival=period, quantity=quantity, delivered=quantity,
                    landed_unit_cost=landed, discount_factor=discount, cost=cost)  # fmt: skip


def _issue(end_use: str, period: int, licences: str, quantity: float) -> Issue:
    return Issue(outcome=W, item="M", site="P", end_use=end_use, period=period, used_item="M",
                 licences=licences, quantity=quantity, serves=quantity)  # fmt: skip


def _service(end_use: str, period: int, demand: float, issued: float, short: float) -> ServiceRow:
    return ServiceRow(outcome=W, item="M", site="P", end_use=end_use, period=period,
                      demand=demand, issued=issued, substituted=0.0, late=0.0,
                      shortage=short)  # fmt: skip


def _stock(
    licences: str,
    period: int,
    opening: float,
    open_orders: float,
    deliveries: float,
    used: float,
    closing: float,
) -> StockPlanRow:
    return StockPlanRow(outcome=W, item="M", site="P", licences=licences, period=period,
                        opening=opening, open_orders=open_orders, deliveries=deliveries,
                        used=used, closing=closing)  # fmt: skip


def _cover(period: int, stock: float, least: float, under: float) -> CoverRow:
    return CoverRow(outcome=W, item="M", site="P", period=period, stock=stock, least=least,
                    most=float("inf"), under=under, over=0.0)  # fmt: skip


def _build_up(
    supplier: str,
    period: int,
    price: float,
    currency: str,
    rate: float,
    factor: float,
    base: float,
    freight: float,
    duty_rate: float,
    duty: float,
    landed: float,
    quantity: float,
) -> CostBuildUp:
    return CostBuildUp(outcome=W, supplier=supplier, item="M", site="P", mode="sea",
                       period=period, price=price, currency=currency, rate=rate, factor=factor,
                       price_add=0.0, price_base=base, freight=freight, dutiable=base + freight,
                       duty_rate=duty_rate, duty=duty, landed=landed,
                       quantity=quantity)  # fmt: skip


def _charge(
    component: str,
    quantity: float,
    rate: float,
    discount: float,
    amount: float,
    *,
    subject: str = "",
    item: str = "",
    site: str = "",
    period: int | None = None,
) -> Charge:
    return Charge(outcome=W, component=component, subject=subject, item=item, site=site,
                  period=period, quantity=quantity, rate=rate, discount_factor=discount,
                  amount=amount)  # fmt: skip
