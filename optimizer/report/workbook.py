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
from optimizer.report.beside import place_of, put_beside
from optimizer.report.charts import Charts
from optimizer.report.filled import Live
from optimizer.report.front import SHEET as SUMMARY
from optimizer.report.layouts import LAYOUTS, Layout
from optimizer.report.pictures import pictures
from optimizer.report.places import Place, can_be_matched
from optimizer.report.sheets import write_sheet
from optimizer.report.styles import FONT, FONT_SIZE, Styles
from optimizer.report.summary import write_summary
from optimizer.report.words import PENALTIES

# A fixed day, so that the same plan gives the same bytes.
CREATED = dt.datetime(2000, 1, 1)


def options() -> dict[str, Any]:
    """How every workbook is written.  Made anew for each: the library notes in them what it did."""
    return {
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
    book = xlsxwriter.Workbook(str(part), options())
    styles = Styles(book)
    book.set_properties({"title": plan.data.settings.name or "", "created": CREATED})
    layouts = [one for one in LAYOUTS if one.always or plan.tables.rows(one.attribute)]
    places = {one.attribute: place_of(one, plan) for one in LAYOUTS}
    charts = Charts(book, pictures(plan), plan.data.settings)
    summary = book.add_worksheet(SUMMARY)
    for layout in layouts:
        sheets = write_sheet(book, styles, plan, layout, places, _live(layout, plan, places))
        put_beside(sheets[0], layout, charts, places[layout.attribute])
    charts.write_data(styles)
    write_summary(summary, styles, plan, charts, places)
    book.close()


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
