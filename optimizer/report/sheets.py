"""One result table as one sheet: a line that says what it is, totals, header, rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import xlsxwriter

from optimizer.contract.fields import Row
from optimizer.report.body import LINE_HEIGHT, apart, write_body
from optimizer.report.columns import units_line
from optimizer.report.figures import probabilities
from optimizer.report.filled import Filled, Live
from optimizer.report.layouts import Layout
from optimizer.report.places import (
    FIRST_ROW,
    HEADER_ROW,
    SHOWN_ROW,
    TITLE_ROW,
    TOTAL_ROW,
    Part,
    Place,
)
from optimizer.report.row_sheet import RowSheet
from optimizer.report.shown import Shown, header_lines, shown_columns
from optimizer.report.styles import Styles
from optimizer.report.sums import expected_column, expected_sum
from optimizer.report.tabled import P

A4 = 9
GAP_HEIGHT = 5

OUTCOME = attrgetter("outcome")
"""Of a row of a table that has this column."""
WEIGHT = attrgetter("outcome", "probability")
"""The same with its probability."""


def write_sheet(
    book: xlsxwriter.Workbook,
    styles: Styles,
    plan: P,
    layout: Layout[P],
    places: Mapping[str, Place],
    live: Live | None = None,
) -> tuple[Any, ...]:
    """Write a table; the worksheets, one unless it has more rows than a sheet holds."""
    rows = layout.rows(plan)
    columns = shown_columns(layout, rows, plan)
    line = units_line(layout.table, plan.data)
    place = places[layout.attribute]
    filled = Filled(line, place, columns, rows, layout.broken, live, layout.printed)

    def above(sheet: Any, part: Part) -> None:
        _write_above(sheet, styles, plan, layout, columns, places, part, rows)

    return write_parts(book, styles, filled, above)


def write_parts(
    book: xlsxwriter.Workbook,
    styles: Styles,
    filled: Filled,
    above: Callable[[Any, Part], None],
) -> tuple[Any, ...]:
    """Write the sheets of a table; ``above`` writes the two lines between title and header."""
    sheets = []
    for part in filled.place.parts:
        sheet = book.add_worksheet(part.sheet, RowSheet)
        _set_page(sheet, filled, part)
        sheet.write_string(TITLE_ROW, first_seen(filled.columns), filled.line, styles.title)
        above(sheet, part)
        sheet.set_row(HEADER_ROW - 1, GAP_HEIGHT)
        _write_header(sheet, styles, filled.columns)
        write_body(sheet, styles, filled, part)
        sheets.append(sheet)
    return tuple(sheets)


def first_seen(columns: Sequence[Shown]) -> int:
    """The first column that is not hidden: what is said above a table stands there."""
    return next(number for number, column in enumerate(columns) if not column.hidden)


def _set_page(sheet: Any, filled: Filled, part: Part) -> None:
    columns = filled.columns
    last = FIRST_ROW + part.stop - part.start - 1
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width, None, {"hidden": column.hidden})
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.autofilter(HEADER_ROW, 0, max(last, HEADER_ROW), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, max(last, HEADER_ROW), max(len(columns), filled.printed) - 1)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.hide_gridlines(1)


def _write_above(
    sheet: Any, styles: Styles, plan: P, layout: Layout[P], columns: Sequence[Shown],
    places: Mapping[str, Place], part: Part, rows: Sequence[Row],
) -> None:  # fmt: skip
    """The two lines between title and header: totals, or notes where nothing can be added up."""
    if not rows:
        sheet.write_string(TOTAL_ROW, 0, "None.", styles.quiet)
    elif layout.notes:
        for row, note in zip((TOTAL_ROW, SHOWN_ROW), layout.notes, strict=False):
            sheet.write_string(row, first_seen(columns), note, styles.quiet)
    elif layout.totals:
        if part.start == 0:
            _write_totals(sheet, styles, plan, layout, columns, places, rows)
        if not {"outcome", "probability"} <= {column.name for column in layout.table.columns}:
            _write_shown(sheet, styles, layout, columns, places, part, rows)


def _write_totals(
    sheet: Any, styles: Styles, plan: P, layout: Layout[P], columns: Sequence[Shown],
    places: Mapping[str, Place], rows: Sequence[Row],
) -> None:  # fmt: skip
    """The sum over all rows; where rows belong to outcomes, weighted with their probabilities."""
    names = {column.name for column in layout.table.columns}
    by_outcome, weighted = "outcome" in names, "probability" in names
    weights: dict[str, float] = {}
    if by_outcome:
        weights = dict(map(WEIGHT, rows)) if weighted else probabilities(plan)
    label = "Expected over the outcomes" if len(weights) > 1 else "Total"
    sheet.write_string(TOTAL_ROW, 0, label, styles.get(bold=True))
    place = places[layout.attribute]
    for number, column in enumerate(columns):
        if column.name not in layout.totals or column.hidden:
            continue
        look = styles.number(column.format_of(rows[0]), bold=True)
        if not by_outcome:
            stored = _sum(map(attrgetter(column.name), rows))
            sheet.write_formula(TOTAL_ROW, number, f"={place.total(column.name)}", look, stored)
            continue
        get = attrgetter(column.name)
        stored = _sum((get(row) or 0.0) * weights[OUTCOME(row)] for row in rows)
        if weighted:
            formula = expected_column(places, column.name, layout.attribute)
        else:
            formula = expected_sum(places, layout.attribute, column.name, plan)
        if formula:
            sheet.write_formula(TOTAL_ROW, number, f"={formula}", look, stored)
        else:
            sheet.write_number(TOTAL_ROW, number, stored, look)


def _write_shown(
    sheet: Any, styles: Styles, layout: Layout[P], columns: Sequence[Shown],
    places: Mapping[str, Place], part: Part, rows: Sequence[Row],
) -> None:  # fmt: skip
    """The sum of the rows that a filter leaves visible."""
    sheet.write_string(SHOWN_ROW, 0, "Sum of the rows shown", styles.quiet)
    for number, column in enumerate(columns):
        if column.name in layout.totals:
            area = places[layout.attribute].area(part, column.name).partition("!")[2]
            stored = _sum(map(attrgetter(column.name), rows[part.start : part.stop]))
            look = styles.shown(column.format_of(rows[0]))
            sheet.write_formula(SHOWN_ROW, number, f"=SUBTOTAL(109,{area})", look, stored)


def _write_header(sheet: Any, styles: Styles, columns: Sequence[Shown]) -> None:
    sheet.set_row(HEADER_ROW, LINE_HEIGHT * header_lines(columns) + 3)
    for number, column in enumerate(columns):
        look = styles.header(numeric=column.numeric, apart=apart(columns, number))
        sheet.write_string(HEADER_ROW, number, column.heading, look)
        if column.meaning:
            sheet.write_comment(HEADER_ROW, number, column.meaning, {"x_scale": 1.4})


def _sum(values: Iterable[float]) -> float:
    return math.fsum(filter(math.isfinite, values))
