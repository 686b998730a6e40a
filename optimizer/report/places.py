"""Where each table stands in the workbook, and the formulas that point there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

TITLE_ROW, TOTAL_ROW, SHOWN_ROW, HEADER_ROW = 0, 1, 2, 4
"""Rows of a data sheet, counted from 0: the header is row 5 on every sheet."""
FIRST_ROW = HEADER_ROW + 1
MOST_ROWS = 1_048_576 - FIRST_ROW
LONGEST_CRITERION = 255


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of a table: rows ``start`` to ``stop`` (not included) of the table."""

    sheet: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Place:
    """The sheets that hold a table (more than one only if it has more rows than a sheet)."""

    parts: tuple[Part, ...]
    headings: tuple[str, ...]
    positions: Mapping[str, int]

    @property
    def empty(self) -> bool:
        """Whether the table has no row."""
        return self.parts[-1].stop == 0

    def area(self, part: Part, column: str) -> str:
        """The cells of a column on one sheet, e.g. ``'Orders'!$L$6:$L$90``."""
        letter = xl_col_to_name(self.positions[column])
        last = FIRST_ROW + part.stop - part.start
        return f"{_quoted(part.sheet)}!${letter}${FIRST_ROW + 1}:${letter}${last}"

    def total(self, column: str) -> str:
        """The sum of a column over all its sheets."""
        if self.empty:
            return "0"
        return "+".join(f"SUM({self.area(part, column)})" for part in self.parts)

    def sum_if(self, column: str, **criteria: str) -> str:
        """The sum of a column where other columns equal what a cell, text or array says."""
        if self.empty:
            return "0"
        return "+".join(
            "SUMIFS("
            + ",".join(
                [self.area(part, column)]
                + [f"{self.area(part, name)},{what}" for name, what in criteria.items()]
            )
            + ")"
            for part in self.parts
        )

    def look_up(self, column: str, **criteria: str) -> str:
        """The number in the one row whose columns equal the texts; exact, whatever they hold."""
        (part,) = self.parts
        tests = "*".join(
            f"({self.area(part, name)}={literal(text)})" for name, text in criteria.items()
        )
        return f"SUMPRODUCT({tests}*{self.area(part, column)})"


def place(sheet: str, rows: int, headings: Sequence[str], positions: Mapping[str, int]) -> Place:
    """Divide a table over as many sheets as it needs: ``Orders``, ``Orders 2``, ..."""
    starts = range(0, max(rows, 1), MOST_ROWS)
    parts = tuple(
        Part(
            sheet if number == 0 else f"{sheet} {number + 1}",
            start,
            min(start + MOST_ROWS, rows),
        )
        for number, start in enumerate(starts)
    )
    return Place(parts, tuple(headings), dict(positions))


def literal(text: str) -> str:
    """A text inside a formula."""
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def can_be_matched(names: Sequence[str]) -> bool:
    """Whether SUMIFS finds exactly these names: no wildcards, comparisons, look-alike numbers."""
    return all(_plain(name) for name in names) and len({_key(name) for name in names}) == len(names)


def _plain(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST_CRITERION
        and not set(name) & set("*?~")
        and name[0] not in "=<>"
        and name == name.strip()
    )


def _key(name: str) -> str | float:
    """Names that a spreadsheet takes for the same have the same key: ``01`` and ``1``."""
    try:
        return float(name)
    except ValueError:
        return name.casefold()


def _quoted(sheet: str) -> str:
    escaped = sheet.replace("'", "''")
    return f"'{escaped}'"
