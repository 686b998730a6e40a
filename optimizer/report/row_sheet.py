"""A worksheet to which rows are written as text.

XlsxWriter takes a call and a tuple for each cell, which is nearly all the time that a result of
many rows takes.  Here a row is one text; what stands in the file is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

from optimizer.report.styles import Format

LONGEST_TEXT = 32_767
"""Letters that a cell can hold, as UTF-16 counts them."""


class RowSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter declares no types
    """A worksheet of a workbook with ``constant_memory``; what it keeps of a row is its height."""

    def write_rows(self, first: int, count: int, texts: Iterable[str]) -> None:
        """Write rows, counted from 0, below everything that was written before and no wider.

        ``texts`` hold the rows one after another, each from ``row_start`` to ROW_END.
        """
        if count:
            self._write_single_row(first)  # ends the row that was begun before
            self._check_dimensions(first + count - 1, 0)
            self.fh.writelines(texts)
            self.previous_row = first + count

    def text_end(self, look: Format, text: str) -> str:
        """What follows the address of a cell with a text."""
        inside = escape(self._escape_control_characters(safe_text(text)))
        space = "" if inside == inside.strip() else ' xml:space="preserve"'
        return f'" s="{look_number(look)}" t="inlineStr"><is><t{space}>{inside}</t></is></c>'


ROW_END = "</row>"
NUMBER_END = "</v></c>"


def row_start(line: int | str, height: float | None = None) -> str:
    """The beginning of a row, counted from 1; with a height in points unless it is the usual."""
    tall = "" if height is None else f' ht="{height:.16g}" customHeight="1"'
    return f'<row r="{line}"{tall}>'


def number_middle(look: Format) -> str:
    """What stands between the address of a cell and its number; NUMBER_END comes after that."""
    return f'" s="{look_number(look)}"><v>'


def formula_end(look: Format, formula: str, stored: object) -> str:
    """What follows the address of a cell with a formula."""
    inside = f"<f>{escape(formula)}</f><v>{stored}{NUMBER_END}"
    return f'" s="{look_number(look)}">{inside}'


def look_number(look: Format) -> int:
    """The number by which cells name a format."""
    number: int = look._get_xf_index()
    return number


def safe_text(text: str) -> str:
    """Text that a cell can hold."""
    if len(text) <= LONGEST_TEXT // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
