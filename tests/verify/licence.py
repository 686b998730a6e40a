"""Three futures of one licence and one demand, two years, one item, one site.

A sells from CN under licence L for 10, B from JP for 20; 100 are needed a year, 20 are in stock,
10 of A are on their way.  The licence may be refused from the start (1/4): A delivers nothing.
Demand may boom (1/4): half as much again in the second year.  What has begun is known a year later:
in the second year the refusal can be reacted to, the boom never.

    orders        2025        2026                      short
    refused       A 60 B 30   B 60                      50 + 40
    boom          A 60 B 30   A 60 B 30                      40
    nothing       A 60 B 30   A 60 B 30

An order of A costs 4, one of B 8; a unit short costs 100.  Where orders are spread (pro_rata) B can
take 60 a year, so that 30 in 2026 are half an order: ``late`` is that share.
"""

from __future__ import annotations

from optimizer.contract.plan import Facts, Plan, Size, Spread, Tables
from optimizer.contract.results import (
    Award,
    Charge,
    CostBuildUp,
    Issue,
    MixRow,
    Move,
    OrderRow,
    ServiceRow,
    StockPlanRow,
)
from optimizer.contract.risk_results import ExposureRow, LicenceUse, OutcomeResult, TreeRow
from tests.verify.licence_data import data

REFUSED, BOOM, NOTHING = "refused", "boom", "nothing happens"
OUTCOMES = (REFUSED, BOOM, NOTHING)


def plan() -> Plan:
    return _plan(1.0)


def pro_rata() -> Plan:
    return _plan(0.5)


def _plan(late: float) -> Plan:
    saved = 8.0 * (1 - late)
    refused, boom, nothing = 1820 + 9000.0, 2424 - saved + 4000, 2424 - saved
    expected = 0.25 * refused + 0.25 * boom + 0.5 * nothing
    tail = (0.25 * refused + 0.25 * boom) / 0.5
    objective = 0.5 * expected + 0.5 * tail
    points = 1e4 * (90**2 + 67.5**2) / 157.5**2
    facts = Facts(
        status="optimal",
        objective=objective,
        bound=objective,
        gap=0.0,
        gap_without_unavoidable_shortage=0.0,
        seconds=0.1,
        costs={"landed": 2250.0, "order_cost": 23.0 - 0.75 * saved, "shortage": 3250.0},
        cash_cost=2273.0 - 0.75 * saved,
        penalty_cost=3250.0,
        shortage=32.5,
        unavoidable_shortage=0.0,
        hhi={"supplier": points, "group": points, "country": points, "region": points},
        in_stock_at_end=0.5 * 10 * 10,
        spread=Spread(expected, tail, refused, 32.5, 0.5),
        size=Size(3, 10, 1, 10),
    )
    return Plan(data("exact" if late == 1 else "pro_rata"), facts, tables(late))


def tables(late: float) -> Tables:
    saved = 8.0 * (1 - late)
    return Tables(
        awards=(
            _award("A", "CN", "L", 0.25 * 60 + 0.75 * 120, 90.0, 10.0, 1.75),
            _award("B", "JP", "free", 0.25 * 90 + 0.75 * 60, 67.5, 20.0, 2.0),
        ),
        moves=(_move("A", "CN", 105.0), _move("B", "JP", 67.5)),
        mix=_mix(),
        outcomes=(
            _outcome(REFUSED, "future: refused", 0.25, 1820.0, 9000.0, 90.0),
            _outcome(BOOM, "future: boom", 0.25, 2424.0 - saved, 4000.0, 40.0),
            _outcome(NOTHING, "", 0.5, 2424.0 - saved, 0.0, 0.0),
        ),
        tree=(
            _group(1, 1, "refused; boom; nothing happens", 1.0, ""),
            _group(2, 1, "refused", 0.25, "future: refused"),
            _group(2, 2, "boom; nothing happens", 0.75, ""),
        ),
        licence_exposure=(
            ExposureRow(licence="L", item="M", description="M", ordered=105.0, delivered=90.0,
                        delivered_at_worst=0.0, worst_outcome=REFUSED, money=900.0,
                        money_at_worst=0.0),
        ),
        licence_use=(
            LicenceUse(licence="L", item="M", end_use="general", demand=212.5, served=97.5,
                       share=97.5 / 212.5, served_at_worst=0.0, worst_outcome=REFUSED),
        ),
        orders=(
            *(_order(w, "A", 1, 60.0, 0.0 if w == REFUSED else 60.0) for w in OUTCOMES),
            *(_order(w, "B", 1, 30.0, 30.0) for w in OUTCOMES),
            *(_order(w, "A", 2, 60.0, 60.0) for w in (BOOM, NOTHING)),
            *(_order(w, "B", 2, 60.0 if w == REFUSED else 30.0) for w in OUTCOMES),
        ),
        issues=(
            _issue(REFUSED, 1, "free", 50.0),
            _issue(REFUSED, 2, "free", 60.0),
            *(_issue(w, 1, "L", 70.0) for w in (BOOM, NOTHING)),
            *(_issue(w, 1, "free", 30.0) for w in (BOOM, NOTHING)),
            *(_issue(w, 2, "L", 60.0) for w in (BOOM, NOTHING)),
            _issue(BOOM, 2, "free", 50.0),
            _issue(NOTHING, 2, "free", 40.0),
        ),
        service=(
            _service(REFUSED, 1, 100.0, 50.0),
            _service(REFUSED, 2, 100.0, 60.0),
            _service(BOOM, 1, 100.0, 100.0),
            _service(BOOM, 2, 150.0, 110.0),
            _service(NOTHING, 1, 100.0, 100.0),
            _service(NOTHING, 2, 100.0, 100.0),
        ),
        stock_plan=(
            _stock(REFUSED, "free", 1, 20.0, 0.0, 30.0, 50.0),
            _stock(REFUSED, "free", 2, 0.0, 0.0, 60.0, 60.0),
            *(_stock(w, "free", 1, 20.0, 0.0, 30.0, 30.0) for w in (BOOM, NOTHING)),
            *(_stock(w, "L", 1, 0.0, 10.0, 60.0, 70.0) for w in (BOOM, NOTHING)),
            *(_stock(w, "L", 2, 0.0, 0.0, 60.0, 60.0) for w in (BOOM, NOTHING)),
            _stock(BOOM, "free", 2, 20.0, 0.0, 30.0, 50.0),
            _stock(NOTHING, "free", 2, 20.0, 0.0, 30.0, 40.0),
        ),
        costs=(
            *(_build_up(w, "A", t, 60.0) for w in (BOOM, NOTHING) for t in (1, 2)),
            *(_build_up(w, "B", 1, 30.0) for w in OUTCOMES),
            *(_build_up(w, "B", 2, 60.0 if w == REFUSED else 30.0) for w in OUTCOMES),
        ),
        charges=(
            *(_charge(w, "order_cost", 1.0, 4.0, 1, "A") for w in OUTCOMES),
            *(_charge(w, "order_cost", 1.0, 8.0, 1, "B") for w in OUTCOMES),
            *(_charge(w, "order_cost", 1.0, 4.0, 2, "A") for w in (BOOM, NOTHING)),
            _charge(REFUSED, "order_cost", 1.0, 8.0, 2, "B"),
            *(_charge(w, "order_cost", late, 8.0, 2, "B") for w in (BOOM, NOTHING)),
            _charge(REFUSED, "shortage", 50.0, 100.0, 1, site="P"),
            _charge(REFUSED, "shortage", 40.0, 100.0, 2, site="P"),
            _charge(BOOM, "shortage", 40.0, 100.0, 2, site="P"),
        ),
    )  # fmt: skip


def _award(
    supplier: str, country: str, licences: str, award: float, volume: float, price: float,
    orders: float,
) -> Award:  # fmt: skip
    return Award(supplier=supplier, supplier_name=supplier, country=country, item="M",
                 description="M", licences=licences, award=award, volume=volume,
                 share_of_item=volume / 157.5, share_of_weight=volume / 157.5, today=0.0,
                 spend=volume * price, landed_cost=volume * price, landed_unit_cost=price,
                 orders=orders, first_period=1)  # fmt: skip


def _move(supplier: str, country: str, plan: float) -> Move:
    return Move(supplier=supplier, supplier_name=supplier, country=country, item="M", today=0.0,
                plan=plan, change=plan, move="new")  # fmt: skip


def _mix() -> tuple[MixRow, ...]:
    """Of the open order of A, 10, three quarters are expected to come; 20 are in stock."""

    def row(dimension: str, member: str, weight: float, opened: float, spend: float) -> MixRow:
        return MixRow(dimension=dimension, member=member, weight=weight, share=weight / 157.5,
                      weight_with_open=opened, share_with_open=opened / 185, spend=spend,
                      spend_share=spend / 2250)  # fmt: skip

    rows = [row("licence", "L", 90.0, 97.5, 900.0), row("licence", "free", 67.5, 87.5, 1350.0)]
    for dimension, a, b in (("supplier", "A", "B"), ("group", "A", "B"), ("country", "CN", "JP"),
                            ("region", "CN", "JP")):  # fmt: skip
        rows.append(row(dimension, a, 90.0, 97.5, 900.0))
        rows.append(row(dimension, b, 67.5, 67.5, 1350.0))
        rows.append(row(dimension, "opening stock", 0.0, 20.0, 0.0))
    return tuple(rows)


def _outcome(
    name: str, happens: str, probability: float, cash: float, penalty: float, shortage: float
) -> OutcomeResult:
    return OutcomeResult(outcome=name, happens=happens, probability=probability,
                         cost=cash + penalty, cash_cost=cash, penalty_cost=penalty,
                         shortage=shortage)  # fmt: skip


def _group(period: int, group: int, outcomes: str, probability: float, known: str) -> TreeRow:
    return TreeRow(period=period, group=group, outcomes=outcomes, probability=probability,
                   known=known)  # fmt: skip


def _order(
    outcome: str, supplier: str, period: int, quantity: float, delivered: float | None = None
) -> OrderRow:
    came = quantity if delivered is None else delivered
    price = 10.0 if supplier == "A" else 20.0
    return OrderRow(outcome=outcome, supplier=supplier, item="M", site="P", mode="standard",
                    period=period, arrival=period, quantity=quantity, delivered=came,
                    landed_unit_cost=price, discount_factor=1.0, cost=came * price)  # fmt: skip


def _issue(outcome: str, period: int, licences: str, quantity: float) -> Issue:
    return Issue(outcome=outcome, item="M", site="P", end_use="general", period=period,
                 used_item="M", licences=licences, quantity=quantity, serves=quantity)  # fmt: skip


def _service(outcome: str, period: int, demand: float, issued: float) -> ServiceRow:
    return ServiceRow(outcome=outcome, item="M", site="P", end_use="general", period=period,
                      demand=demand, issued=issued, substituted=0.0, late=0.0,
                      shortage=demand - issued)  # fmt: skip


def _stock(
    outcome: str, licences: str, period: int, opening: float, open_orders: float,
    deliveries: float, used: float,
) -> StockPlanRow:  # fmt: skip
    return StockPlanRow(outcome=outcome, item="M", site="P", licences=licences, period=period,
                        opening=opening, open_orders=open_orders, deliveries=deliveries,
                        used=used, closing=opening + open_orders + deliveries - used)  # fmt: skip


def _build_up(outcome: str, supplier: str, period: int, quantity: float) -> CostBuildUp:
    price = 10.0 if supplier == "A" else 20.0
    return CostBuildUp(outcome=outcome, supplier=supplier, item="M", site="P", mode="standard",
                       period=period, price=price, currency="USD", rate=1.0, factor=1.0,
                       price_add=0.0, price_base=price, freight=0.0, dutiable=price,
                       duty_rate=0.0, duty=0.0, landed=price, quantity=quantity)  # fmt: skip


def _charge(
    outcome: str, component: str, quantity: float, rate: float, period: int, subject: str = "",
    site: str = "",
) -> Charge:  # fmt: skip
    return Charge(outcome=outcome, component=component, subject=subject, item="M", site=site,
                  period=period, quantity=quantity, rate=rate, discount_factor=1.0,
                  amount=quantity * rate)  # fmt: skip
