"""The columns of a data sheet as they are shown: heading, values, number format and width."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.fields import Column, Kind, Row
from optimizer.report.columns import (
    Cell,
    Look,
    digits,
    heading,
    look,
    money_digits,
    reader,
)
from optimizer.report.layouts import Added, Layout
from optimizer.report.names import Names, names_of
from optimizer.report.styles import METRIC_FORMATS, NUMBER_FORMATS, decimals
from optimizer.report.tabled import P

NARROWEST, WIDEST = 8, 48
NARROWEST_NUMBER = 11
ARROW = 3
"""Room for the arrow of the filter."""
GENERAL = "General"
MEASURED = ("limit", "actual", "given", "best", "reached", "largest")
"""What a row may say in the unit of its metric; its size decides about decimals."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of a sheet.

    ``number_format`` is None where the metric of the row decides, or where there is none the size
    of the number.  ``hidden``: no row has a value.
    """

    name: str
    heading: str
    meaning: str
    numeric: bool
    value: Callable[[Any], Cell]
    number_format: str | None
    width: int
    wraps: bool
    hidden: bool = False

    def format_of(self, row: Row) -> str:
        """The number format of this column in a row."""
        if self.number_format is not None:
            return self.number_format
        metric = getattr(row, "metric", None)
        if metric is None:
            return decimals(digits([_size(self.value(row))]))
        if metric in ("quantity", "spend"):
            return decimals(money_digits(getattr(row, name, None) for name in MEASURED))
        return METRIC_FORMATS.get(metric, GENERAL)


def headings(layout: Layout[P], data: Data) -> tuple[tuple[str, str], ...]:
    """(name, heading) of every column of a sheet, in order; added columns have their heading."""
    pairs: list[tuple[str, str]] = []
    for column in layout.table.columns:
        pairs.append((column.name, heading(column, data)))
        pairs += [(one.heading, one.heading) for one in layout.added if one.after == column.name]
    return tuple(pairs)


def shown_columns(layout: Layout[P], rows: Sequence[Row], plan: P) -> tuple[Shown, ...]:
    """The columns of a sheet, fitted to its rows."""
    names = names_of(plan.data)
    fewest = _quantity_digits(layout, rows)
    shown: list[Shown] = []
    for column in layout.table.columns:
        made = _declared(column, layout, rows, plan.data, fewest)
        blank = column.name in layout.optional and not any(_has(column, row) for row in rows)
        shown.append(dataclasses.replace(made, hidden=blank))
        shown += [_added(one, rows, names) for one in layout.added if one.after == column.name]
    return tuple(shown)


def _size(cell: Cell) -> float | None:
    return cell if isinstance(cell, int | float) else None


def _has(column: Column, row: Row) -> bool:
    return getattr(row, column.name) not in (None, "")


def columns_for(lines: Iterable[str], columns: Sequence[Shown]) -> int:
    """How many columns texts above a table take that run on over its last column."""
    wide = sum(column.width for column in columns if not column.hidden)
    missing = max(map(len, lines)) - wide
    return len(columns) + max(0, -(-missing // NARROWEST))


def header_lines(columns: Sequence[Shown]) -> int:
    """Lines that the longest heading takes."""
    return max(len(textwrap.wrap(one.heading, one.width - 2) or [""]) for one in columns)


def _quantity_digits(layout: Layout[P], rows: Sequence[Row]) -> int:
    """One number of decimals for all quantities of a table, so that they can be compared."""
    names = [one.name for one in layout.table.columns if look(one) is Look.QUANTITY]
    return digits(chain.from_iterable(map(attrgetter(name), rows) for name in names))


def _declared(
    column: Column, layout: Layout[P], rows: Sequence[Row], data: Data, quantity_digits: int
) -> Shown:
    if column.kind in (Kind.NUMBER, Kind.INTEGER):
        return _number(column, layout, rows, data, quantity_digits)
    text = _yes_no(column.name) if column.kind is Kind.YES_NO else reader(column, data)
    return text_column(
        column.name, heading(column, data), column.meaning, text, _longest(text, rows)
    )


def _number(
    column: Column, layout: Layout[P], rows: Sequence[Row], data: Data, quantity_digits: int
) -> Shown:
    seen = look(column)
    name = column.name
    read = reader(column, data)
    finite: list[Any] = [number for number in map(read, rows) if number is not None]
    if len(finite) == len(rows):
        read = attrgetter(name)  # nothing has to be left blank
    number_format: str | None
    if seen is Look.METRIC or name in layout.mixed:
        number_format = None
    elif name in layout.formats:
        number_format = layout.formats[name]
    elif seen is Look.QUANTITY:
        number_format = decimals(quantity_digits)
    elif seen is Look.MONEY:
        number_format = decimals(money_digits(finite))
    elif seen is Look.UNIT_PRICE:
        number_format = decimals(max(2, money_digits(finite)))
    else:
        number_format = NUMBER_FORMATS.get(seen) or decimals(digits(finite))
    return number_column(name, heading(column, data), column.meaning, read, finite, number_format)


def number_column(
    name: str, title: str, meaning: str, of: Callable[[Any], Cell], finite: Sequence[float],
    number_format: str | None,
) -> Shown:  # fmt: skip
    """A column of numbers as wide as these need; without a format the rows' metric decides."""
    places = number_format.partition(".")[2].count("0") if number_format else 2
    ends = (min(finite), max(finite)) if finite else ()  # one of them is the longest
    longest = max((len(f"{number:,.{places}f}") for number in ends), default=0)
    width = max(NARROWEST_NUMBER, longest + 2, _longest_word(title) + ARROW)
    return Shown(name, title, meaning, True, of, number_format, width, False)


def _added(added: Added, rows: Sequence[Row], names: Names) -> Shown:
    def text(row: Row) -> Cell:
        return added.of(row, names)

    meaning = f"What people call the {added.after}."
    return text_column(added.heading, added.heading, meaning, text, _longest(text, rows))


def text_column(
    name: str, title: str, meaning: str, of: Callable[[Any], Cell], longest: int
) -> Shown:
    """A column of texts, the longest of which has so many letters."""
    width = max(NARROWEST, min(longest, WIDEST) + 2, _longest_word(title) + ARROW)
    return Shown(name, title, meaning, False, of, GENERAL, width, longest > WIDEST)


def _longest(text: Callable[[Any], Cell], rows: Sequence[Row]) -> int:
    return max((len(str(cell or "")) for cell in set(map(text, rows))), default=0)


def _yes_no(name: str) -> Callable[[Any], Cell]:
    def words(row: Row) -> Cell:
        raw = getattr(row, name)
        return "" if raw is None else "yes" if raw else "no"

    return words


def _longest_word(title: str) -> int:
    return min(WIDEST, max((len(word) for word in title.split()), default=0))
