"""Two suppliers, two items, two years: price breaks, a project, late demand, substitutes, overflow.

K sells M at 10, from 30 units on at 9 for all of them, and N at 5, at 4 for what is above 5 units;
H sells M at 20 and can build capacity.  Two of N stand in for one M from the second year on.
"""

from __future__ import annotations

from optimizer.contract.data import Data
from optimizer.contract.goods import Demand, Item, Site, Substitution
from optimizer.contract.plan import Facts, Plan, Size, Spread, Tables
from optimizer.contract.policy import Rule
from optimizer.contract.results import (
    Award,
    Charge,
    CostBuildUp,
    IncentiveRow,
    Issue,
    MixRow,
    Move,
    OrderRow,
    ProjectResult,
    RuleResult,
    ServiceRow,
    StockPlanRow,
    TierRow,
)
from optimizer.contract.risk_results import OutcomeResult
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Offer, PriceBreak, Project, Supplier

W = "certain"


def data() -> Data:
    return Data(
        settings=Settings(start="2025", period="year"),
        horizon=2,
        period_labels=("2025", "2026"),
        items=(
            Item(item="M", backlog_cost=1.5, shortage_cost=100.0, unit_value=8.0,
                 holding_rate=0.25),
            Item(item="N"),
        ),
        sites=(Site(site="Q", storage_capacity=4.0, overflow_cost=3.0),),
        demand=(
            Demand(item="M", site="Q", period=1, quantity=30.0),
            Demand(item="M", site="Q", period=2, quantity=30.0),
        ),
        countries=(Country(country="US"), Country(country="KR")),
        suppliers=(
            Supplier(supplier="H", country="US", capacity=10.0),
            Supplier(supplier="K", country="KR"),
        ),
        offers=(
            Offer(supplier="H", item="M", price=20.0),
            Offer(supplier="K", item="M", price=10.0),
            Offer(supplier="K", item="N", price=5.0),
        ),
        price_breaks=(
            PriceBreak(supplier="K", item="M", from_quantity=15.0, price=9.0),
            PriceBreak(supplier="K", item="N", from_quantity=0.0, price=5.0, type="incremental"),
            PriceBreak(supplier="K", item="N", from_quantity=2.5, price=4.0, type="incremental"),
        ),
        substitutions=(
            Substitution(item="M", substitute="N", ratio=2.0, max_share=0.2, from_period=2,
                         fixed_cost=9.0, unit_cost=0.5),
        ),
        projects=(
            Project(project="X", supplier="H", capacity=12.0, capex=100.0, life_years=4.0,
                    max_modules=2, build_days=365.0, capital_subsidy=0.25, incentive=4.0,
                    incentive_cap=45.0),
        ),
        rules=(
            Rule(rule="few", dimension="supplier", metric="count", sense="max", limit=1.0,
                 penalty=0.0),
        ),
    )  # fmt: skip


def tables() -> Tables:
    return Tables(
        awards=(
            _award("H", "US", "M", 20.0, 20 / 55, 400.0, 400.0, 2.0, 1),
            _award("K", "KR", "M", 35.0, 35 / 55, 315.0, 315.0, 2.0, 1),
            _award("K", "KR", "N", 8.0, 1.0, 37.0, 37.0, 1.0, 2),
        ),
        moves=(
            _move("H", "US", "M", 20.0),
            _move("K", "KR", "M", 35.0),
            _move("K", "KR", "N", 8.0),
        ),
        mix=(
            *_mix("supplier", ("H", 20.0, 400.0), ("K", 43.0, 352.0)),
            *_mix("group", ("H", 20.0, 400.0), ("K", 43.0, 352.0)),
            *_mix("country", ("US", 20.0, 400.0), ("KR", 43.0, 352.0)),
            *_mix("region", ("US", 20.0, 400.0), ("KR", 43.0, 352.0)),
            *_mix("licence", ("free", 63.0, 752.0)),
        ),
        rule_check=(
            RuleResult(rule="few", sentence="few", item="", member="", metric="count",
                       sense="max", limit=1.0, actual=2.0, slack=-1.0, relaxed=1.0),
        ),
        outcomes=(
            OutcomeResult(outcome=W, happens="", probability=1.0, cost=1387.0, cash_cost=773.5,
                          penalty_cost=613.5, shortage=6.0),
        ),
        orders=(
            _order("H", "M", 1, 8.0, 20.0),
            _order("H", "M", 2, 12.0, 20.0),
            _order("K", "M", 1, 20.0, 10.0),
            _order("K", "M", 2, 15.0, 10.0),
            _order("K", "N", 2, 8.0, 5.0),
        ),
        issues=(
            _issue(1, "M", 26.0, 26.0),
            _issue(2, "M", 24.0, 24.0),
            _issue(2, "N", 8.0, 4.0),
        ),
        service=(
            ServiceRow(outcome=W, item="M", site="Q", end_use="general", period=1, demand=30.0,
                       issued=26.0, substituted=0.0, late=4.0, shortage=0.0),
            ServiceRow(outcome=W, item="M", site="Q", end_use="general", period=2, demand=30.0,
                       issued=24.0, substituted=4.0, late=5.0, shortage=1.0),
        ),
        stock_plan=(
            _stock("M", 1, 0.0, 28.0, 26.0, 2.0),
            _stock("M", 2, 2.0, 27.0, 24.0, 5.0),
            _stock("N", 2, 0.0, 8.0, 8.0, 0.0),
        ),
        costs=(
            _build_up("H", "M", 1, 20.0, 8.0),
            _build_up("H", "M", 2, 20.0, 12.0),
            _build_up("K", "M", 1, 10.0, 20.0),
            _build_up("K", "M", 2, 10.0, 15.0),
            _build_up("K", "N", 2, 5.0, 8.0),
        ),
        charges=(
            _charge("holding", 2.0, 2.0, item="M", site="Q", period=1),
            _charge("holding", 5.0, 2.0, item="M", site="Q", period=2),
            _charge("late", 4.0, 1.5, item="M", site="Q", period=1),
            _charge("late", 5.0, 1.5, item="M", site="Q", period=2),
            _charge("shortage", 1.0, 100.0, item="M", site="Q", period=2),
            _charge("shortage", 5.0, 100.0, subject="lost", item="M", site="Q", period=2),
            _charge("overflow", 1.0, 3.0, site="Q", period=2),
            _charge("substitution", 1.0, 9.0, subject="N for M"),
            _charge("substitution", 4.0, 0.5, subject="N for M", period=2),
            _charge("project", 1.0, 37.5, subject="X"),
            _charge("price_breaks", 35.0, -1.0, subject="K", item="M"),
            _charge("price_breaks", 3.0, -1.0, subject="K", item="N"),
            _charge("incentives", 11.0, -4.0, subject="X", item="M"),
        ),
        tiers=(
            _tier("M", 30.0, 35.0, 1.0),
            _tier("N", 0.0, 5.0, 0.0),
            _tier("N", 5.0, 3.0, 1.0),
        ),
        projects_built=(
            ProjectResult(project="X", supplier="H", modules=1.0, capacity=12.0, first_period=2,
                          charged=37.5),
        ),
        incentives=(IncentiveRow(outcome=W, project="X", item="M", quantity=11.0),),
    )  # fmt: skip


def plan() -> Plan:
    points = 1e4 * (43**2 + 20**2) / 63**2
    facts = Facts(
        status="time_limit",
        objective=1387.0,
        bound=1387.0 * 0.99,
        gap=0.01,
        gap_without_unavoidable_shortage=0.01,
        seconds=0.1,
        costs={
            "landed": 790.0,
            "holding": 14.0,
            "late": 13.5,
            "shortage": 600.0,
            "overflow": 3.0,
            "substitution": 11.0,
            "project": 37.5,
            "price_breaks": -38.0,
            "incentives": -44.0,
        },
        cash_cost=773.5,
        penalty_cost=613.5,
        shortage=6.0,
        unavoidable_shortage=0.0,
        spread=Spread(1387.0, 1387.0, 1387.0, 6.0, 1.0),
        size=Size(1, 10, 1, 10),
        hhi={"supplier": points, "group": points, "country": points, "region": points},
        in_stock_at_end=40.0,
    )
    return Plan(data(), facts, tables())


def _award(
    supplier: str,
    country: str,
    item: str,
    award: float,
    share: float,
    spend: float,
    landed: float,
    orders: float,
    first: int,
) -> Award:
    return Award(supplier=supplier, supplier_name=supplier, country=country, item=item,
                 description=item, licences="free", award=award, volume=award,
                 share_of_item=share, share_of_weight=award / 63, today=0.0, spend=spend,
                 landed_cost=landed, landed_unit_cost=landed / award, orders=orders,
                 first_period=first)  # fmt: skip


def _move(supplier: str, country: str, item: str, plan: float) -> Move:
    return Move(supplier=supplier, supplier_name=supplier, country=country, item=item,
                today=0.0, plan=plan, change=plan, move="new")  # fmt: skip


def _mix(dimension: str, *members: tuple[str, float, float]) -> list[MixRow]:
    return [
        MixRow(dimension=dimension, member=name, weight=weight, share=weight / 63,
               weight_with_open=weight, share_with_open=weight / 63, spend=spend,
               spend_share=spend / 752)
        for name, weight, spend in members
    ]  # fmt: skip


def _order(supplier: str, item: str, period: int, quantity: float, landed: float) -> OrderRow:
    return OrderRow(outcome=W, supplier=supplier, item=item, site="Q", mode="standard",
                    period=period, arrival=period, quantity=quantity, delivered=quantity,
                    landed_unit_cost=landed, discount_factor=1.0,
                    cost=quantity * landed)  # fmt: skip


def _issue(period: int, used: str, quantity: float, serves: float) -> Issue:
    return Issue(outcome=W, item="M", site="Q", end_use="general", period=period,
                 used_item=used, licences="free", quantity=quantity, serves=serves)  # fmt: skip


def _stock(
    item: str, period: int, opening: float, deliveries: float, used: float, closing: float
) -> StockPlanRow:
    return StockPlanRow(outcome=W, item=item, site="Q", licences="free", period=period,
                        opening=opening, open_orders=0.0, deliveries=deliveries, used=used,
                        closing=closing)  # fmt: skip


def _build_up(supplier: str, item: str, period: int, price: float, quantity: float) -> CostBuildUp:
    return CostBuildUp(outcome=W, supplier=supplier, item=item, site="Q", mode="standard",
                       period=period, price=price, currency="USD", rate=1.0, factor=1.0,
                       price_add=0.0, price_base=price, freight=0.0, dutiable=price,
                       duty_rate=0.0, duty=0.0, landed=price, quantity=quantity)  # fmt: skip


def _tier(item: str, start: float, quantity: float, discount: float) -> TierRow:
    return TierRow(outcome=W, supplier="K", item=item, site="Q", mode="standard",
                   from_quantity=start, quantity=quantity, discount=discount)  # fmt: skip


def _charge(
    component: str,
    quantity: float,
    rate: float,
    *,
    subject: str = "",
    item: str = "",
    site: str = "",
    period: int | None = None,
) -> Charge:
    return Charge(outcome=W, component=component, subject=subject, item=item, site=site,
                  period=period, quantity=quantity, rate=rate, discount_factor=1.0,
                  amount=quantity * rate)  # fmt: skip
