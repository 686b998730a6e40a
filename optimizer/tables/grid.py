"""One sheet (or CSV file) as it stands: raw cells, each with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum


class Truth(Enum):
    """A boolean cell.  Not ``bool``, because ``True == 1.0`` would confuse it with a number."""

    TRUE = True
    FALSE = False


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error value such as ``#N/A``."""

    text: str


class Hollow(Enum):
    """A cell that is empty for a reason."""

    UNSTORED = "a formula without a stored value"
    MERGED = "covered by a merged cell"


Raw = str | float | int | date | datetime | time | timedelta | Truth | ErrorCell | Hollow


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged cell: positions of its first and last cell in the grid."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The used part of a sheet.

    ``rows`` are equally long; ``rows[0][0]`` stands in sheet row ``first_row`` (from 1) and column
    ``first_column`` (from 0).  ``decimal_comma``: the file writes ``0,5`` for a half;
    ``all_text``: every cell is text by nature (CSV), so that a number as text is no oddity.
    """

    name: str
    first_row: int
    first_column: int
    rows: Sequence[Sequence[Raw]]
    decimal_comma: bool = False
    all_text: bool = False
    merged: tuple[Merged, ...] = ()

    def cell(self, row: int, column: int) -> str:
        """Address of ``rows[row][column]``."""
        return f"{letters(self.first_column + column)}{self.first_row + row}"


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, ... Z, AA, ..."""
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def is_blank(raw: Raw) -> bool:
    """Whether a cell holds nothing that anybody could see."""
    return isinstance(raw, str) and (not raw or not (raw[0].isalnum() or tidy(raw)))


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(text: str) -> str:
    """Text without stray, doubled or invisible spaces."""
    return " ".join(text.translate(_INVISIBLE).split())
