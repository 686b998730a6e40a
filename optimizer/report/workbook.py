"""The result workbook: which sheets there are and in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name

from optimizer.contract.plan import Plan
from optimizer.report.atomic import OutputError, replacing
from optimizer.report.charts import Charts
from optimizer.report.front import SHEET as SUMMARY
from optimizer.report.layouts import LAYOUTS, Layout
from optimizer.report.pictures import pictures
from optimizer.report.places import FIRST_ROW, HEADER_ROW, Place, can_be_matched, place
from optimizer.report.sheets import Live, write_sheet
from optimizer.report.shown import headings
from optimizer.report.styles import FONT, FONT_SIZE, Styles
from optimizer.report.summary import write_summary
from optimizer.report.words import PENALTIES

# A fixed day, so that the same plan gives the same bytes.
CREATED = dt.datetime(2000, 1, 1)
CHART_WIDTH, CHART_HEIGHT, CHART_ROWS, CHART_COLUMNS = 620, 340, 18, 10
OPTIONS = {
    "constant_memory": True,
    "default_format_properties": {"font_name": FONT, "font_size": FONT_SIZE},
}


def write_workbook(plan: Plan, path: Path | str, *, inputs: Iterable[Path] = ()) -> None:
    """Write the result workbook of a plan; the same plan gives the same bytes.

    ``inputs`` are files that must not be overwritten.

    Raises:
        OutputError: the workbook cannot be written there; nothing has changed then.
    """
    target = Path(path)
    with replacing(target, inputs) as part:
        try:
            _write(plan, part)
        except XlsxWriterException as error:
            raise OutputError(f"{target} cannot be written: {error}") from error


def _write(plan: Plan, part: Path) -> None:
    book = xlsxwriter.Workbook(str(part), OPTIONS)
    styles = Styles(book)
    book.set_properties({"title": plan.data.settings.name or "", "created": CREATED})
    layouts = [one for one in LAYOUTS if one.always or plan.tables.rows(one.attribute)]
    places = {one.attribute: _place(one, plan) for one in LAYOUTS}
    charts = Charts(book, pictures(plan), plan.data.settings)
    summary = book.add_worksheet(SUMMARY)
    for layout in layouts:
        sheets = write_sheet(book, styles, plan, layout, places, _live(layout, plan, places))
        _insert_charts(sheets[0], layout, charts, places[layout.attribute])
    charts.write_data(styles)
    write_summary(summary, styles, plan, charts, places)
    book.close()


def _insert_charts(sheet: Any, layout: Layout[Plan], charts: Charts, place: Place) -> None:
    """Charts stand to the right of the table, below each other."""
    drawn = [
        chart for key in layout.pictures if (chart := charts.draw(key, CHART_WIDTH, CHART_HEIGHT))
    ]
    column = len(place.headings) + 1
    for number, chart in enumerate(drawn):
        row = HEADER_ROW + number * CHART_ROWS
        sheet.insert_chart(row, column, chart, {"object_position": 3})
    if drawn and layout.pictures_printed:
        last = max(FIRST_ROW + place.parts[0].stop, HEADER_ROW + len(drawn) * CHART_ROWS)
        sheet.print_area(0, 0, last - 1, column + CHART_COLUMNS - 1)


def _place(layout: Layout[Plan], plan: Plan) -> Place:
    pairs = headings(layout, plan.data)
    return place(
        layout.table.name,
        len(plan.tables.rows(layout.attribute)),
        [title for _, title in pairs],
        {name: number for number, (name, _) in enumerate(pairs)},
    )


def _live(layout: Layout[Plan], plan: Plan, places: Mapping[str, Place]) -> Live | None:
    """The cost of each outcome is added up from Orders and Charges."""
    if layout.attribute != "outcomes":
        return None
    if not can_be_matched([row.outcome for row in plan.tables.outcomes]):
        return None
    penalties = "{" + ",".join(f'"{name}"' for name in PENALTIES) + "}"

    own = {name: xl_col_to_name(at) for name, at in places["outcomes"].positions.items()}

    def formula(line: int, column: str) -> str:
        name = f"${own['outcome']}{line}"
        charged = places["charges"].sum_if("amount", outcome=name)
        penalty = places["charges"].sum_if("amount", outcome=name, component=penalties)
        cost = f"{places['orders'].sum_if('cost', outcome=name)}+{charged}"
        if column == "cost":
            return cost
        if column == "penalty_cost":
            return f"SUMPRODUCT({penalty})"
        return f"{own['cost']}{line}-{own['penalty_cost']}{line}"

    return Live(("cost", "cash_cost", "penalty_cost"), formula)
