"""The Summary: one printed page with the answer, what needs action, key figures and charts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.contract.data import BASE
from optimizer.contract.plan import Plan
from optimizer.report import styles as look
from optimizer.report import words
from optimizer.report.answer import actions, answer
from optimizer.report.charts import Charts
from optimizer.report.columns import money_digits
from optimizer.report.figures import concentration
from optimizer.report.front import (
    COLUMN_PIXELS,
    ROW_PIXELS,
    Action,
    set_page,
    write_heading,
    write_lines,
    write_tiles,
)
from optimizer.report.names import names_of
from optimizer.report.page import Formula, Page
from optimizer.report.places import Place
from optimizer.report.risk import risk_lines
from optimizer.report.styles import Styles
from optimizer.report.sums import component_sum, expected_column, hhi
from optimizer.report.sums import share as share_formula
from optimizer.report.tiles import tiles

CHART_COLUMNS, CHART_ROWS = 4, 13
MOST_ACTIONS = 5
SHOWN = ("origins", "costs", "cover", "arrivals", "suppliers")
SHOWN_UNDER_RISK = ("origins", "outcomes", "stress", "shortages", "cover", "costs", "suppliers")
"""Pictures in the order in which the page takes the first four that exist."""


def write_summary(
    sheet: Any, formats: Styles, plan: Plan, charts: Charts, places: Mapping[str, Place]
) -> None:
    """Write the page onto an empty sheet."""
    page = Page()
    row = write_heading(page, formats, _title(plan), answer(plan))
    row = _write_actions(page, formats, plan, row)
    risks = [Action(line) for line in risk_lines(plan)]
    if risks:
        row = write_lines(page, formats, "What may happen", risks, row)
    row = write_tiles(page, formats, tiles(plan, places), row)
    _write_tables(page, formats, plan, places, row)
    page.write(sheet)
    several = len(plan.tables.outcomes) > 1
    drawn = _insert_charts(sheet, charts, SHOWN_UNDER_RISK if several else SHOWN, row)
    bottom = max(drawn, max(place for place, _ in page.cells))
    set_page(sheet, bottom, "Expected over all outcomes unless it says otherwise")


def _title(plan: Plan) -> str:
    title = plan.data.settings.name or plan.data.source.name or "Purchasing plan"
    labels = plan.data.period_labels
    span = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    as_scenario = "" if plan.data.scenario == BASE else f", scenario {plan.data.scenario}"
    return f"{title}{as_scenario}, {span}"


def _write_actions(page: Page, formats: Styles, plan: Plan, row: int) -> int:
    found = actions(plan)
    heading = "What needs action" if found else "Nothing needs action: every rule is kept."
    shown = list(found if len(found) <= MOST_ACTIONS else found[: MOST_ACTIONS - 1])
    if len(shown) < len(found):
        rest = words.counted(len(found) - len(shown), "more point")
        shown.append(Action(f"{rest}: see Rule check and Assumptions."))
    return write_lines(page, formats, heading, shown, row)


def _write_tables(
    page: Page, formats: Styles, plan: Plan, places: Mapping[str, Place], row: int
) -> None:
    """Concentration and cost, to the right of the charts."""
    row = _write_concentration(page, formats, plan, places, row)
    _write_costs(page, formats, plan, places, row + 1)


def _write_concentration(
    page: Page, formats: Styles, plan: Plan, places: Mapping[str, Place], row: int
) -> int:
    left = 2 * CHART_COLUMNS
    for column, title in ((left, "Concentration"), (left + 2, "Largest"), (left + 3, "HHI")):
        page.put(row, column, title, formats.header(numeric=column > left))
    page.put(row, left + 1, None, formats.header(numeric=False))
    names = names_of(plan.data)
    for found in concentration(plan):
        row += 1
        share = found.largest
        what = {"supplier": "Supplier", "country": "Made in"}.get(
            share.dimension, words.upper_first(share.dimension)
        )
        who = names.member(share.dimension, share.member)
        label = words.shortened(f"{what}: {who}", words.NAME_LETTERS)
        page.put(row, left, label, formats.get(valign="vcenter"), span=2)
        measured = Formula(share_formula(places, share), share.value)
        page.put(row, left + 2, measured, formats.number("0.0%", broken=share.broken))
        over = found.hhi_limit is not None and found.hhi > found.hhi_limit + 0.5
        points = Formula(hhi(places, found.dimension), found.hhi)
        page.put(row, left + 3, points, formats.number("#,##0", broken=over))
    page.put(row + 1, left, "HHI in points: moderate from 1,000, high above 1,800", formats.quiet)
    return row + 2


def _write_costs(
    page: Page, formats: Styles, plan: Plan, places: Mapping[str, Place], row: int
) -> None:
    left = 2 * CHART_COLUMNS
    currency = plan.data.settings.currency
    costs = {name: amount for name, amount in plan.facts.costs.items() if abs(amount) > 0}
    total = math.fsum(costs.values())
    headings = ((0, "Expected cost"), (1, None), (2, currency), (3, "Share"))
    for column, heading in headings:
        page.put(row, left + column, heading, formats.header(numeric=column > 1))

    lines = [
        (words.component(name), component_sum(places, plan, name, amount), amount)
        for name, amount in sorted(costs.items(), key=lambda part: -part[1])
    ]
    penalty = math.fsum(costs.get(name, 0.0) for name in words.PENALTIES)
    lines += [
        ("Total", Formula(expected_column(places, "cost"), total), total),
        ("of which paid in cash", Formula(expected_column(places, "cash_cost"), total - penalty),
         total - penalty),
        ("of which penalties", Formula(expected_column(places, "penalty_cost"), penalty), penalty),
    ]  # fmt: skip
    money = look.decimals(money_digits(amount for *_, amount in lines))
    for label, content, amount in lines:
        row += 1
        bold = {"bold": True} if label == "Total" else {}
        page.put(row, left, label, formats.get(valign="vcenter", **bold))
        page.put(row, left + 2, content, formats.number(money, **bold))
        share = amount / total if total else 0.0
        page.put(row, left + 3, share, formats.number("0.0%", **bold))


def _insert_charts(sheet: Any, charts: Charts, shown: Sequence[str], row: int) -> int:
    """Two by two, to the left of the tables; the last row that they cover."""
    width, height = CHART_COLUMNS * COLUMN_PIXELS - 8, CHART_ROWS * ROW_PIXELS - 8
    drawn = [chart for key in shown if (chart := charts.draw(key, width, height))][:4]
    for number, chart in enumerate(drawn):
        at = row + (number // 2) * CHART_ROWS
        sheet.insert_chart(at, (number % 2) * CHART_COLUMNS, chart, {"object_position": 2})
    return row + CHART_ROWS * ((len(drawn) + 1) // 2)
