"""The Summary: one printed page with the answer, what needs action, key figures and charts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.contract.plan import Plan
from optimizer.report import styles as look
from optimizer.report import words
from optimizer.report.answer import Action, actions, answer
from optimizer.report.charts import Charts
from optimizer.report.columns import money_digits
from optimizer.report.figures import concentration
from optimizer.report.names import names_of
from optimizer.report.page import Formula, Page
from optimizer.report.places import Place
from optimizer.report.risk import risk_lines
from optimizer.report.sheets import A4
from optimizer.report.styles import Styles
from optimizer.report.sums import component_sum, expected_column, hhi
from optimizer.report.sums import share as share_formula
from optimizer.report.tiles import tiles

SHEET = "Summary"
COLUMNS, COLUMN_PIXELS, ROW_PIXELS = 12, 100, 20
TILE_COLUMNS, CHART_COLUMNS = 2, 4
CHART_ROWS = 13
MOST_ACTIONS = 5
LINE_LETTERS = 165
"""Letters of ordinary size that fit into one line of the page."""
ANSWER_LETTERS = 125
SHOWN = ("origins", "costs", "cover", "arrivals", "suppliers")
SHOWN_UNDER_RISK = ("origins", "outcomes", "stress", "shortages", "cover", "costs", "suppliers")
"""Pictures in the order in which the page takes the first four that exist."""


def write_summary(
    sheet: Any, formats: Styles, plan: Plan, charts: Charts, places: Mapping[str, Place]
) -> None:
    """Write the page onto an empty sheet."""
    page = Page()
    row = _write_heading(page, formats, plan)
    row = _write_actions(page, formats, plan, row)
    row = _write_risk(page, formats, plan, row)
    row = _write_tiles(page, formats, plan, places, row)
    _write_tables(page, formats, plan, places, row)
    page.write(sheet)
    several = len(plan.tables.outcomes) > 1
    drawn = _insert_charts(sheet, charts, SHOWN_UNDER_RISK if several else SHOWN, row)
    bottom = max(drawn, max(place for place, _ in page.cells))
    _set_page(sheet, bottom)


def _write_heading(page: Page, formats: Styles, plan: Plan) -> int:
    title = plan.data.settings.name or plan.data.source.name or "Purchasing plan"
    labels = plan.data.period_labels
    span = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    page.put(0, 0, f"{title}, {span}", formats.get(bold=True, font_size=16, font_color=look.DARK))
    page.heights[0] = 30
    said = answer(plan)
    page.put(1, 0, said, formats.get(font_size=13, text_wrap=True, valign="top"), span=COLUMNS)
    page.heights[1] = 23 * math.ceil(len(said) / ANSWER_LETTERS) + 4
    return 2


def _write_actions(page: Page, formats: Styles, plan: Plan, row: int) -> int:
    found = actions(plan)
    heading = "What needs action" if found else "Nothing needs action: every rule is kept."
    page.put(row, 0, heading, formats.get(bold=True, font_color=look.DARK))
    row += 1
    shown = found if len(found) <= MOST_ACTIONS else found[: MOST_ACTIONS - 1]
    for action in shown:
        row = _write_action(page, formats, action, row)
    if len(shown) < len(found):
        rest = words.counted(len(found) - len(shown), "more point")
        row = _write_action(page, formats, Action(f"{rest}: see Rule check and Assumptions."), row)
    page.heights[row] = 8
    return row + 1


def _write_risk(page: Page, formats: Styles, plan: Plan, row: int) -> int:
    """What may happen, in words; nothing where the plan knows only one future."""
    lines = risk_lines(plan)
    if not lines:
        return row
    page.put(row, 0, "What may happen", formats.get(bold=True, font_color=look.DARK))
    row += 1
    for line in lines:
        row = _write_action(page, formats, Action(line), row)
    page.heights[row] = 8
    return row + 1


def _write_action(page: Page, formats: Styles, action: Action, row: int) -> int:
    colour = look.BROKEN if action.broken else look.INK
    style = formats.get(font_color=colour, text_wrap=True, valign="top")
    page.put(row, 0, f"•  {action.text}", style, span=COLUMNS)
    page.heights[row] = 18 * math.ceil(len(action.text) / LINE_LETTERS)
    return row + 1


def _write_tiles(
    page: Page, formats: Styles, plan: Plan, places: Mapping[str, Place], row: int
) -> int:
    edge: dict[str, Any] = {"bg_color": "#F3F5F8", "indent": 1, "left": 5, "left_color": "#FFFFFF"}
    for number, tile in enumerate(tiles(plan, places)):
        column = number * TILE_COLUMNS
        colour = look.BROKEN if tile.broken else look.DARK
        label = formats.get(font_color=look.QUIET, font_size=9, top=2, top_color=colour, **edge)
        value = formats.get(
            bold=True, font_size=18, font_color=colour, align="left",
            num_format=tile.number_format, **edge,
        )  # fmt: skip
        small = formats.get(font_size=9, font_color=look.INK, shrink=True, **edge)
        lines = ((tile.label, label), (tile.value, value), (tile.who, small), (tile.limit, small))
        for line, (content, style) in enumerate(lines):
            page.put(row + line, column, content, style, span=TILE_COLUMNS)
    page.heights.update({row: 20, row + 1: 30, row + 2: 18, row + 3: 20, row + 4: 10})
    return row + 5


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


def _set_page(sheet: Any, bottom: int) -> None:
    sheet.set_column_pixels(0, COLUMNS - 1, COLUMN_PIXELS)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.5)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, bottom, COLUMNS - 1)
    sheet.set_footer("&L&F&RExpected over all outcomes unless it says otherwise")
