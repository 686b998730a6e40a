"""The charts about risk: cost and shortage by outcome, time to survive, sweeps."""

from __future__ import annotations

from collections.abc import Iterator, Sized

from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import OutcomeResult, StressRow, SweepRow
from optimizer.report import words
from optimizer.report.layouts import TINY, worst_first
from optimizer.report.picture import Measure, Picture, Series, Shape

MOST_OUTCOMES = 8
MOST_TARGETS = 8
MOST_CURVES = 5
THIS_PLAN, OTHER_PLAN = "this plan", "plan made without risk"


def risk_pictures(plan: Plan) -> Iterator[Picture | None]:
    """The charts about risk; None for each that the plan has no numbers for."""
    yield _costs(plan)
    yield _shortages(plan)
    yield _stress(plan)
    yield _sensitivity(plan)


def _costs(plan: Plan) -> Picture | None:
    """Cash and penalties of the dearest outcomes, the dearest on top."""
    rows = plan.tables.outcomes
    if len(rows) < 2:
        return None
    currency = plan.data.settings.currency
    ranked = sorted(rows, key=worst_first(plan))
    dearest, cheapest = ranked[0], ranked[-1]
    shown = ranked[:MOST_OUTCOMES]
    return Picture(
        "outcomes",
        f"Cost from {words.money(cheapest.cost, currency)} to "
        f"{words.money(dearest.cost, currency)}{_of_all(shown, rows)}",
        Shape.BARS,
        Measure.MONEY,
        tuple(_label(row) for row in shown),
        (
            Series("cash", tuple(row.cash_cost for row in shown)),
            Series("penalties", tuple(row.penalty_cost for row in shown)),
        ),
    )


def _shortages(plan: Plan) -> Picture | None:
    """What is short in each outcome, beside the plan made without risk where there is one."""
    rows = plan.tables.outcomes
    short = [row for row in rows if max(row.shortage, row.shortage_without_risk or 0.0) > TINY]
    if len(rows) < 2 or not short:
        return None
    short.sort(key=lambda row: (-row.shortage, -(row.shortage_without_risk or 0.0)))
    shown = short[:MOST_OUTCOMES]
    unit = plan.data.settings.unit
    worst = shown[0]
    count = f"{len([row for row in rows if row.shortage > TINY])} of {len(rows)} outcomes"
    title = f"Short in {count}, by up to {words.quantity(worst.shortage, unit)}"
    if worst.shortage <= TINY:
        title = "This plan is short in no outcome; the plan made without risk is"
    series = [Series(THIS_PLAN, tuple(row.shortage for row in shown))]
    if any(row.shortage_without_risk is not None for row in shown):
        series.append(Series(OTHER_PLAN, tuple(row.shortage_without_risk for row in shown)))
    return Picture(
        "shortages",
        title,
        Shape.PAIRS,
        Measure.QUANTITY,
        tuple(_label(row) for row in shown),
        tuple(series),
    )


def _stress(plan: Plan) -> Picture | None:
    """Time to survive of what stops building soonest; who is not missed is left out."""
    period, horizon = plan.data.settings.period, float(plan.data.horizon)
    rows = [row for row in plan.tables.stress if row.survives_today is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: (row.survives_today, row.survives or horizon, -row.loss_today))
    shown = rows[:MOST_TARGETS]
    first = shown[0]
    assert first.survives_today is not None
    return Picture(
        "stress",
        f"{words.upper_first(words.periods(first.survives_today, period))} if "
        f"{words.shortened(first.name, words.NAME_LETTERS)} stops{_of_all(shown, rows)}",
        Shape.PAIRS,
        Measure.PERIODS,
        tuple(_target(row) for row in shown),
        (
            Series("today's orders only", tuple(row.survives_today for row in shown)),
            Series(
                "the rest planned anew",
                tuple(horizon if row.survives is None else row.survives for row in shown),
            ),
        ),
    )


def _sensitivity(plan: Plan) -> Picture | None:
    """Cost against the probability of each result that was swept, the widest ranges first."""
    swept: dict[str, list[SweepRow]] = {}
    for row in plan.tables.sensitivity:
        if row.kind == "probability":
            swept.setdefault(row.subject, []).append(row)
    if not swept:
        return None
    ranked = sorted(swept, key=lambda subject: -_range(swept[subject]))[:MOST_CURVES]
    at = sorted({row.value for subject in ranked for row in swept[subject]})
    widest = _range(swept[ranked[0]])
    series = []
    for subject in ranked:
        cost = {row.value: row.cost for row in swept[subject]}
        series.append(Series(subject, tuple(cost.get(value) for value in at)))
    return Picture(
        "sensitivity",
        f"{ranked[0]} moves the cost most: by {words.money(widest, plan.data.settings.currency)}",
        Shape.CURVES,
        Measure.MONEY,
        tuple(words.percent(value) for value in at),
        tuple(series),
        at=tuple(at),
        across="probability",
    )


def _range(rows: list[SweepRow]) -> float:
    costs = [row.cost for row in rows]
    return max(costs) - min(costs)


def _label(row: OutcomeResult) -> str:
    name = words.shortened(row.outcome, words.NAME_LETTERS)
    return f"{name} ({words.percent(row.probability)})"


def _target(row: StressRow) -> str:
    return f"{words.shortened(row.name, words.NAME_LETTERS)} ({row.kind})"


def _of_all(shown: Sized, rows: Sized) -> str:
    return f"; {len(shown)} of {len(rows)} shown" if len(shown) < len(rows) else ""
