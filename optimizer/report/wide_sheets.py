"""A table side by side as a sheet."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import xlsxwriter

from optimizer.report.columns import Cell
from optimizer.report.filled import Filled
from optimizer.report.places import FIRST_ROW, SHOWN_ROW, TOTAL_ROW, Part, place
from optimizer.report.sheets import first_seen, write_parts
from optimizer.report.shown import Shown, columns_for, number_column, text_column
from optimizer.report.styles import Styles
from optimizer.report.turned import Wide, WideRow


def write_wide(book: xlsxwriter.Workbook, styles: Styles, wide: Wide) -> tuple[Any, ...]:
    """Write a table side by side; the worksheets."""
    columns = (*_texts(wide), *_numbers(wide))
    at = {column.name: number for number, column in enumerate(columns)}
    where = place(wide.name, len(wide.rows), [column.heading for column in columns], at)
    numbers = columns[len(wide.texts) :]

    def above(sheet: Any, part: Part) -> None:
        if not wide.totals or part.start:
            sheet.write_string(TOTAL_ROW, first_seen(columns), wide.note, styles.quiet)
            return
        sheet.write_string(TOTAL_ROW, 0, "Total", styles.get(bold=True))
        for number, column in enumerate(numbers):
            stored = math.fsum(row.numbers[number] or 0.0 for row in wide.rows)
            form = f"={where.total(column.name)}"
            bold = styles.number(column.format_of(wide.rows[0]), bold=True)
            sheet.write_formula(TOTAL_ROW, at[column.name], form, bold, stored)
        sheet.write_string(SHOWN_ROW, first_seen(columns), wide.note, styles.quiet)

    printed = columns_for((wide.line, wide.note), columns)
    filled = Filled(wide.line, where, columns, wide.rows, printed=printed)
    sheets = write_parts(book, styles, filled, above)
    for sheet in sheets:
        # What names a row stays in sight when many columns are scrolled through.
        sheet.freeze_panes(FIRST_ROW, len(wide.texts))
    return sheets


def _texts(wide: Wide) -> tuple[Shown, ...]:
    columns = []
    for number, head in enumerate(wide.texts):
        longest = max(len(row.words[number]) for row in wide.rows)
        made = text_column(head.title, head.title, head.meaning, _word(number), longest)
        columns.append(dataclasses.replace(made, hidden=not longest))
    return tuple(columns)


def _numbers(wide: Wide) -> tuple[Shown, ...]:
    return tuple(
        number_column(
            head.title, head.title, head.meaning, _number(number),
            [seen for row in wide.rows if (seen := row.numbers[number]) is not None],
            wide.number_format,
        )
        for number, head in enumerate(wide.heads)
    )  # fmt: skip


def _word(number: int) -> Callable[[WideRow], Cell]:
    return lambda row: row.words[number]


def _number(number: int) -> Callable[[WideRow], Cell]:
    return lambda row: row.numbers[number]
