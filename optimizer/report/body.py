"""The rows of a table on its sheet: some thousands at a time, each column of them at once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from xlsxwriter.utility import xl_col_to_name

from optimizer.contract.fields import Row
from optimizer.report.filled import Filled
from optimizer.report.places import FIRST_ROW, Part
from optimizer.report.row_sheet import (
    NUMBER_END,
    ROW_END,
    RowSheet,
    formula_end,
    number_middle,
    row_start,
)
from optimizer.report.shown import Shown
from optimizer.report.styles import Format, Styles

LINE_HEIGHT = 13.5
LETTERS_PER_WIDTH = 1.2
"""A column's width counts digits; words are a little narrower."""
AT_ONCE = 2_000


def write_body(sheet: RowSheet, styles: Styles, filled: Filled, part: Part) -> None:
    """Write the rows of one part of a table, below its header."""
    columns = [_Cells(sheet, styles, filled, number) for number in range(len(filled.columns))]
    sheet.write_rows(FIRST_ROW, part.stop - part.start, _texts(sheet, filled, part, columns))


def apart(columns: Sequence[Shown], number: int) -> bool:
    """Whether a column of numbers stands to the left."""
    return number > 0 and columns[number - 1].numeric


def _texts(sheet: RowSheet, filled: Filled, part: Part, columns: Sequence[_Cells]) -> Iterator[str]:
    for start in range(part.start, part.stop, AT_ONCE):
        rows = filled.rows[start : min(start + AT_ONCE, part.stop)]
        first = FIRST_ROW + start - part.start + 1
        lines = [str(line) for line in range(first, first + len(rows))]
        cells = [column.usual(rows, lines) for column in columns]
        if filled.broken:
            for place, row in enumerate(rows):
                if names := filled.broken(row):
                    for column, made in zip(columns, cells, strict=True):
                        if column.shown.name in names:
                            made[place] = column.red(row, lines[place])
        starts = _starts(sheet, filled, rows, lines)
        yield "".join(
            chain.from_iterable(zip(starts, *cells, repeat(ROW_END, len(rows)), strict=True))
        )


def _starts(
    sheet: RowSheet, filled: Filled, rows: Sequence[Row], lines: Sequence[str]
) -> list[str]:
    wrapping = [column for column in filled.columns if column.wraps]
    if not wrapping:
        return list(map(row_start, lines))
    starts = []
    for row, line in zip(rows, lines, strict=True):
        most = max(_lines(column, row) for column in wrapping)
        if most > 1:
            # Charts beside the table are placed by the heights that the library knows.
            sheet.set_row(int(line) - 1, LINE_HEIGHT * most)
        starts.append(row_start(line, LINE_HEIGHT * most if most > 1 else None))
    return starts


def _lines(column: Shown, row: Row) -> int:
    """Lines that a text takes; not every program works out the height of a row by itself."""
    text = str(column.value(row) or "")
    return len(textwrap.wrap(text, int(column.width * LETTERS_PER_WIDTH))) or 1


class _Cells:
    """The cells of one column."""

    def __init__(self, sheet: RowSheet, styles: Styles, filled: Filled, number: int) -> None:
        self.shown = filled.columns[number]
        self._sheet, self._styles = sheet, styles
        self._start = f'<c r="{xl_col_to_name(number)}'
        self._apart = apart(filled.columns, number)
        live = filled.live
        self._live = live if live and self.shown.name in live.columns else None
        self._texts = _Texts(sheet, self._words(broken=False))

    def usual(self, rows: Sequence[Row], lines: Sequence[str]) -> list[str]:
        """The cells of these rows, none in red; "" where a cell is blank."""
        shown, start = self.shown, self._start
        both = zip(lines, map(shown.value, rows), strict=True)
        if not shown.numeric:
            texts = self._texts
            return [f"{start}{line}{texts[cell]}" if cell else "" for line, cell in both]
        if shown.number_format is None or self._live:
            return [
                self._number(row, line, broken=False) for row, line in zip(rows, lines, strict=True)
            ]
        middle = number_middle(self._styles.number(shown.number_format))
        return [
            "" if cell is None else f"{start}{line}{middle}{cell:.16G}{NUMBER_END}"
            for line, cell in both
        ]

    def red(self, row: Row, line: str) -> str:
        """A cell that breaks a limit."""
        if self.shown.numeric:
            return self._number(row, line, broken=True)
        cell = self.shown.value(row)
        end = self._sheet.text_end(self._words(broken=True), str(cell))
        return f"{self._start}{line}{end}" if cell else ""

    def _number(self, row: Row, line: str, *, broken: bool) -> str:
        """A number whose look is that of its row, or a formula."""
        cell = self.shown.value(row)
        if cell is None:
            return ""
        look = self._styles.number(self.shown.format_of(row), broken=broken)
        if self._live:
            formula = self._live.formula(int(line), self.shown.name)
            return f"{self._start}{line}{formula_end(look, formula, cell)}"
        return f"{self._start}{line}{number_middle(look)}{cell:.16G}{NUMBER_END}"

    def _words(self, *, broken: bool) -> Format:
        return self._styles.words(wrapped=self.shown.wraps, apart=self._apart, broken=broken)


class _Texts(dict[object, str]):
    """What follows the address of a cell, by its text: names repeat themselves."""

    def __init__(self, sheet: RowSheet, look: Format) -> None:
        super().__init__()
        self._sheet, self._look = sheet, look

    def __missing__(self, text: object) -> str:
        self[text] = self._sheet.text_end(self._look, str(text))
        return self[text]
