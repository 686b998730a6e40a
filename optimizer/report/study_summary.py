"""The Summary of a study: one printed page with the answer, what needs action, figures, charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.contract.data import BASE
from optimizer.contract.findings import Severity
from optimizer.contract.study import Figure, Study
from optimizer.report import words
from optimizer.report.charts import Charts
from optimizer.report.columns import digits, money_digits
from optimizer.report.front import (
    COLUMN_PIXELS,
    COLUMNS,
    ROW_PIXELS,
    TILE_COLUMNS,
    Action,
    Tile,
    set_page,
    write_heading,
    write_lines,
    write_tiles,
)
from optimizer.report.page import Page
from optimizer.report.study_excerpts import excerpt_of, write_excerpt
from optimizer.report.styles import METRIC_FORMATS, Styles, decimals

MOST_LINES = 6
IN_A_ROW = 3
MOST = COLUMNS // TILE_COLUMNS
CHART_ROWS, CHART_ROWS_ALONE = 13, 16
"""Of a chart, and of one in the only row of charts."""
BESIDE_LETTERS = 42
"""That can be read where they are shrunk into a tile."""
TITLES = {
    "compare": "scenarios compared",
    "evaluate": "the given split beside the best plan",
    "alternatives": "alternatives to the best plan",
    "frontier": "what each step of a rule costs",
    "explain": "why the answer is what it is",
}
SHOWN = {
    "compare": ("costs", "regret", "shares", "stage"),
    "evaluate": ("costs", "rules", "stress", "outcomes", "shares"),
    "alternatives": ("over", "suppliers", "country", "moved"),
    "frontier": ("frontier", "points", "origins", "stage"),
    "explain": ("reasons", "rules", "offers", "makers", "next"),
}
"""Pictures of a question in the order in which its page takes the first ones that exist."""


def write_study_summary(sheet: Any, formats: Styles, study: Study, charts: Charts) -> None:
    """Write the page onto an empty sheet."""
    page = Page()
    row = write_heading(page, formats, _title(study), study.answer)
    row = _write_attention(page, formats, study, row)
    if study.sentences:
        said = _cut([Action(line) for line in study.sentences])
        row = write_lines(page, formats, "What else is worth knowing", said, row)
    if study.tables.reasons:
        seen = _cut([Action(f"{one.reason} ({one.cells})") for one in study.tables.reasons])
        row = write_lines(page, formats, "What can be seen without a solve", seen, row)
    if study.figures:
        row = write_tiles(page, formats, [_tile(one, study) for one in study.figures[:MOST]], row)
    excerpt = excerpt_of(study)
    if excerpt:
        row = write_excerpt(page, formats, excerpt, row)
    page.write(sheet)
    drawn = _insert_charts(sheet, charts, SHOWN.get(study.question, ()), row)
    set_page(
        sheet, max(drawn, max(place for place, _ in page.cells)),
        "Expected over all outcomes unless it says otherwise",
    )  # fmt: skip


def _title(study: Study) -> str:
    name = study.data.settings.name or study.data.source.name or "Purchasing plan"
    as_scenario = "" if study.data.scenario == BASE else f", scenario {study.data.scenario}"
    return f"{name}{as_scenario}: {TITLES.get(study.question, study.question)}"


def _write_attention(page: Page, formats: Styles, study: Study, row: int) -> int:
    lines = [Action(line) for line in study.attention]
    warnings = [one for one in study.data.findings if one.severity is Severity.WARNING]
    if warnings:
        count = words.counted(len(warnings), "warning")
        lines.append(Action(f"{count} about the workbook: `diversify check` lists them."))
    heading = "What needs action" if lines else "Nothing needs action."
    return write_lines(page, formats, heading, _cut(lines), row)


def _cut(lines: list[Action]) -> list[Action]:
    if len(lines) <= MOST_LINES:
        return lines
    rest = words.counted(len(lines) - MOST_LINES + 1, "more point")
    return [*lines[: MOST_LINES - 1], Action(f"{rest}: see the sheets.")]


def _tile(figure: Figure, study: Study) -> Tile:
    settings, value = study.data.settings, figure.value
    label, number_format = figure.label, METRIC_FORMATS.get(figure.metric, "General")
    if figure.metric == "spend":
        large = abs(value) >= words.MILLION
        number_format = '#,##0.0,, "m"' if large else decimals(money_digits([value]))
        label += f", {settings.currency}"
    elif figure.metric == "price":
        number_format = decimals(max(2, money_digits([value])))
        label += f", {settings.currency} per {settings.unit}"
    elif figure.metric == "quantity":
        tonnes = settings.unit == "kg" and abs(value) >= 10 * words.TONNE
        number_format = "#,##0," if tonnes else decimals(digits([value]))
        label += f", {'t' if tonnes else settings.unit}"
    return Tile(label, value, number_format, words.shortened(figure.beside, BESIDE_LETTERS), "")


def _insert_charts(sheet: Any, charts: Charts, shown: Sequence[str], row: int) -> int:
    """Side by side, four of them two by two; the last row that they cover."""
    found = [key for key in shown if key in charts.keys][:4]
    across = IN_A_ROW if len(found) == IN_A_ROW else 2
    columns = COLUMNS // across
    rows = CHART_ROWS if len(found) > across else CHART_ROWS_ALONE
    width, height = columns * COLUMN_PIXELS - 8, rows * ROW_PIXELS - 8
    for number, key in enumerate(found):
        at = row + (number // across) * rows
        chart = charts.draw(key, width, height)
        sheet.insert_chart(at, (number % across) * columns, chart, {"object_position": 2})
    return row + rows * -(-len(found) // across)
