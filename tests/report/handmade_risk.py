"""Risk in the plan made by hand: outcomes, what is known when, licences, stress, sweeps."""

from __future__ import annotations

from optimizer.contract.plan import WithoutRisk
from optimizer.contract.results import Charge, OrderRow, ServiceRow
from optimizer.contract.risk_results import (
    DistributionRow,
    ExposureRow,
    LicenceUse,
    OutcomeResult,
    StressRow,
    SweepRow,
    TreeRow,
)
from optimizer.results.spread import spread_of
from tests.report.handmade_data import LICENCE, NEED
from tests.report.handmade_flows import PROBABILITY, landed

PENALTIES = ("shortage", "cover", "relaxation")
OTHER_COST = {"granted": 3_300_000.0, "freeze": 31_000_000.0}
OTHER_SHORTAGE = {"granted": 0.0, "freeze": 32_000.0}
PROMISED = 3_200_000.0


def outcomes(
    orders: tuple[OrderRow, ...], charges: tuple[Charge, ...], service: list[ServiceRow]
) -> tuple[OutcomeResult, ...]:
    return tuple(_outcome(name, orders, charges, service) for name in PROBABILITY)


def _outcome(
    name: str, orders: tuple[OrderRow, ...], charges: tuple[Charge, ...], service: list[ServiceRow]
) -> OutcomeResult:
    cost = sum(row.cost for row in orders if row.outcome == name)
    cost += sum(row.amount for row in charges if row.outcome == name)
    penalty = sum(
        row.amount for row in charges if row.outcome == name and row.component in PENALTIES
    )
    return OutcomeResult(
        outcome=name, happens=f"{LICENCE}: freeze" if name == "freeze" else "", stands_for=1,
        probability=PROBABILITY[name], cost=cost, cash_cost=cost - penalty, penalty_cost=penalty,
        shortage=sum(row.shortage for row in service if row.outcome == name),
        cost_without_risk=OTHER_COST[name], shortage_without_risk=OTHER_SHORTAGE[name],
    )  # fmt: skip


def without_risk(rows: tuple[OutcomeResult, ...]) -> WithoutRisk:
    """The plan made without risk, as the rows of Outcomes show it."""
    other = tuple(
        OutcomeResult(
            outcome=row.outcome, happens=row.happens, probability=row.probability,
            cost=row.cost_without_risk or 0.0, cash_cost=row.cost_without_risk or 0.0,
            penalty_cost=0.0, shortage=row.shortage_without_risk or 0.0,
            cost_without_risk=None, shortage_without_risk=None,
        )
        for row in rows
    )  # fmt: skip
    return WithoutRisk(PROMISED, spread_of(other, 0.9), ("made_in_china (CN): 66.0% against 60%",))


def tree() -> tuple[TreeRow, ...]:
    def row(period: int, group: int, names: str, probability: float, known: str) -> TreeRow:
        return TreeRow(
            period=period, group=group, outcomes=names, probability=probability, known=known
        )

    return (
        row(1, 1, "granted; freeze", 1.0, ""),
        row(4, 2, "granted", 0.75, f"{LICENCE}: nothing happens"),
        row(4, 3, "freeze", 0.25, f"{LICENCE}: freeze"),
    )


def exposure(orders: tuple[OrderRow, ...]) -> tuple[ExposureRow, ...]:
    mine = [row for row in orders if (row.supplier, row.item) == ("CN01", "M")]
    arrived = {
        name: sum(row.delivered for row in mine if row.outcome == name) for name in PROBABILITY
    }
    unit = landed(("CN01", "M"))
    return (
        ExposureRow(
            licence=LICENCE, item="M", description="Sintered magnet N42SH", ordered=21_000.0,
            delivered=sum(PROBABILITY[name] * arrived[name] for name in PROBABILITY),
            delivered_at_worst=arrived["freeze"], worst_outcome="freeze",
            money=unit * sum(PROBABILITY[name] * arrived[name] for name in PROBABILITY),
            money_at_worst=unit * arrived["freeze"],
        ),
    )  # fmt: skip


def licence_use() -> tuple[LicenceUse, ...]:
    return (
        LicenceUse(
            licence=LICENCE, item="M", end_use="civil", demand=4 * NEED["M"], served=17_500.0,
            share=17_500.0 / (4 * NEED["M"]), served_at_worst=7_000.0, worst_outcome="freeze",
        ),
    )  # fmt: skip


def _stop(
    kind: str, target: str, name: str, today: float | None, planned: float | None, loss: float
) -> StressRow:
    item, later = ("M" if time is not None else "" for time in (today, planned))
    return StressRow(
        kind=kind, target=target, name=name,
        survives_today=today, item_today=item, site_today="PUN" if item else "",
        shortage_today=2 * loss / 900, loss_today=2 * loss,
        survives=planned, item=later, site="PUN" if later else "",
        shortage=loss / 900, loss=loss,
    )  # fmt: skip


def stress() -> tuple[StressRow, ...]:
    return (
        _stop("country", "CN", "China", 2.25, 3.1, 11_000_000.0),
        _stop("country", "JP", "Japan", 3.5, None, 0.0),
        _stop("supplier", "VN01", "Hai Phong Magnetic Materials", 2.9, 3.75, 4_500_000.0),
        _stop("supplier", "JP01", "Takefu Rare Earth Magnet", 3.5, None, 0.0),
        _stop("licence", LICENCE, LICENCE, 2.4, 3.3, 9_000_000.0),
        _stop("stage", "refining:CN", "refining in China", 9 / 7, 1.5, 38_000_000.0),
        _stop("stage", "refining:AU", "refining in Australia", None, None, 0.0),
    )


def _sweep(kind: str, value: float, cost: float, given: float, change: str = "") -> SweepRow:
    base = 5_930_000.0
    return SweepRow(
        kind=kind, subject=f"{LICENCE}: freeze" if kind == "probability" else "", value=value,
        given=value == given, cost=base + cost, bound=0.997 * (base + cost), difference=cost,
        shortage=15_500 * value if kind == "probability" else 3_875.0, changed=bool(change),
        change=change,
    )  # fmt: skip


def sensitivity() -> tuple[SweepRow, ...]:
    return (
        _sweep("probability", 0.0, -2_300_000.0, 0.25, "JP01 is not used"),
        _sweep("probability", 0.1, -1_300_000.0, 0.25),
        _sweep("probability", 0.25, 0.0, 0.25),
        _sweep("probability", 0.4, 1_100_000.0, 0.25, "award of M from VN01: 24,000 to 30,000"),
        _sweep("probability", 0.8, 3_000_000.0, 0.25, "award of M from CN01: 21,000 to 7,000"),
        _sweep("call_off_min", 0.0, -400_000.0, 0.5),
        _sweep("call_off_min", 0.5, 0.0, 0.5),
        _sweep("overbooking", 1.2, 0.0, 1.2),
        _sweep("overbooking", 1.5, 0.0, 1.2),
    )


def worst_probabilities() -> tuple[DistributionRow, ...]:
    return tuple(
        DistributionRow(
            distance=distance, cost=5_930_000.0 + 8_386_000.0 * distance,
            increase=8_386_000.0 * distance, likelier=f"freeze +{100 * distance:g} points",
        )
        for distance in (0.05, 0.1)
    )  # fmt: skip
