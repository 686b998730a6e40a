"""The charts of a comparison: costs, shares and shortages by scenario, regret by plan."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.contract.scenario_results import RegretPlan, ScenarioRow
from optimizer.contract.study import Study
from optimizer.report import words
from optimizer.report.figures import UNKNOWN
from optimizer.report.layouts import DIMENSIONS, TINY
from optimizer.report.names import names_of
from optimizer.report.picture import Measure, Picture, Role, Series, Shape
from optimizer.report.study_bars import MOST_BARS, largest_members, plain_bars, stacked_shares


def scenario_pictures(study: Study) -> Iterator[Picture | None]:
    """The charts of a comparison; None for each that there are no numbers for."""
    yield _costs(study)
    yield _regret(study)
    yield _shares(study, "shares", "country")
    yield _shares(study, "stage", _deepest_stage(study))
    yield _shortages(study)


def _costs(study: Study) -> Picture | None:
    """Cash and penalties, with what today's split would cost as a mark."""
    planned = [row for row in study.tables.scenarios_compared if row.cost is not None]
    if not planned:
        return None
    shown = planned[:MOST_BARS]
    series = [
        Series("cash", tuple(row.cash_cost for row in shown)),
        Series("penalties", tuple(row.penalty_cost for row in shown)),
    ]
    if any(row.today_cost is not None for row in shown):
        series.append(Series("today's split", tuple(row.today_cost for row in shown), Role.MARK))
    return Picture(
        "costs", _costs_title(study, planned), Shape.STACK, Measure.MONEY,
        tuple(words.shortened(row.scenario, words.NAME_LETTERS) for row in shown), tuple(series),
    )  # fmt: skip


def _costs_title(study: Study, planned: list[ScenarioRow]) -> str:
    currency = study.data.settings.currency
    dearest = max(planned, key=lambda row: row.cost or 0.0)
    over = dearest.cost_over_base
    title = f"{_name(dearest.scenario)} is the dearest"
    if over is not None and over > TINY:
        title = f"{_name(dearest.scenario)} costs {words.money(over, currency)} more than base"
    missing = len(study.tables.scenarios_compared) - len(planned)
    return f"{title}; {words.counted(missing, 'scenario')} without a plan" if missing else title


def _regret(study: Study) -> Picture | None:
    rows = study.tables.regret_by_plan
    if len(rows) < 2:
        return None
    currency = study.data.settings.currency
    first = rows[0]
    title = "No plan can be carried out in every scenario"
    if first.largest_regret is not None:
        most = words.money(first.largest_regret, currency)
        title = f"The plan for {_name(first.plan)} costs at most {most} too much"
        if first.worlds_with_broken_rules:
            worlds = words.counted(int(first.worlds_with_broken_rules), "scenario")
            title += f", but breaks rules in {worlds}"
    return plain_bars(
        "regret", title, Measure.MONEY,
        {_regret_label(row, currency): row.largest_regret for row in rows[:MOST_BARS]},
    )  # fmt: skip


def _regret_label(row: RegretPlan, currency: str) -> str:
    plan, world = _name(row.plan), _name(row.world)
    if row.largest_regret is None:
        return f"{plan}: not possible in {world}"
    return f"{plan}: {words.money(row.largest_regret, currency)} in {world}"


def _shares(study: Study, key: str, dimension: str) -> Picture | None:
    """Who gets which share, one bar for each scenario."""
    rows = [row for row in study.tables.shares_by_scenario if row.dimension == dimension]
    if not rows:
        return None
    shares: dict[str, dict[str, float]] = {}
    for row in rows:
        shares.setdefault(row.scenario, {})[row.member] = row.share
    names = names_of(study.data)
    known = [row for row in rows if row.member != UNKNOWN] or rows
    top = max(known, key=lambda row: row.share)
    step = "goods made" if dimension == "country" else words.stage_step(dimension)
    title = (
        f"{words.upper_first(step)} in {names.country(top.member)}: up to "
        f"{words.percent(top.share)}, in {_name(top.scenario)}"
    )
    if dimension == "country":
        lowest = min(shares.values(), key=lambda one: one.get(top.member, 0.0))
        title = (
            f"Made in {names.country(top.member)}: from "
            f"{words.percent(lowest.get(top.member, 0.0))} to {words.percent(top.share)}"
        )
    called = {row.member: names.member(dimension, row.member) for row in rows}
    shown = dict(list(shares.items())[:MOST_BARS])
    return stacked_shares(key, title, _coloured(study), called, shown)


def _coloured(study: Study) -> tuple[str, ...]:
    """The countries that have the same colour in every chart of shares."""
    columns: dict[tuple[str, str], dict[str, float]] = {}
    for row in study.tables.shares_by_scenario:
        if row.dimension in ("country", _deepest_stage(study)) and row.member != UNKNOWN:
            columns.setdefault((row.dimension, row.scenario), {})[row.member] = row.share
    return largest_members(list(columns.values()))


def _deepest_stage(study: Study) -> str:
    """The stage with the largest share in one country; "" without stages."""
    stages = [
        row
        for row in study.tables.shares_by_scenario
        if row.dimension not in DIMENSIONS and row.member != UNKNOWN
    ]
    return max(stages, key=lambda row: row.share).dimension if stages else ""


def _shortages(study: Study) -> Picture | None:
    """What is short, beside what today's split would be short of."""
    rows = [
        row
        for row in study.tables.scenarios_compared
        if max(row.shortage or 0.0, row.today_shortage or 0.0) > TINY
    ]
    if not rows:
        return None
    unit = study.data.settings.unit
    rows.sort(key=lambda row: (-(row.shortage or 0.0), row.scenario))
    worst = rows[0]
    title = "Only today's split is short of anything"
    if worst.shortage and worst.shortage > TINY:
        short = words.quantity(worst.shortage, unit)
        title = f"Short of {short} in {_name(worst.scenario)}"
    shown = rows[:MOST_BARS]
    series = [Series("the plan", tuple(row.shortage for row in shown))]
    if any(row.today_shortage is not None for row in shown):
        series.append(Series("today's split", tuple(row.today_shortage for row in shown)))
    return Picture(
        "shortages", title, Shape.PAIRS, Measure.QUANTITY,
        tuple(_name(row.scenario) for row in shown), tuple(series),
    )  # fmt: skip


def _name(scenario: str) -> str:
    return words.shortened(scenario, words.NAME_LETTERS)
