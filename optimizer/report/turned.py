"""Tables read side by side: what a column of a long table names becomes columns of a wide one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from optimizer.contract.data import Data
from optimizer.contract.fields import Column, Kind, Row
from optimizer.report.columns import (
    Look,
    digits,
    heading,
    look,
    money_digits,
    reader,
    result_table,
    unit_text,
)
from optimizer.report.layouts import Added
from optimizer.report.names import names_of
from optimizer.report.styles import NUMBER_FORMATS, decimals
from optimizer.report.tabled import Tabled

METRICS = {
    Look.MONEY: "spend",
    Look.QUANTITY: "quantity",
    Look.SHARE: "share",
    Look.PLAIN: "count",
}
"""How the numbers of a column read where they stand in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WideRow(Row):
    """One row: the texts that name it, and its numbers.

    ``metric`` and the size of the ``largest`` number say how they read, where rows differ in that.
    """

    words: tuple[str, ...]
    numbers: tuple[float | None, ...]
    metric: str = ""
    largest: float = 0.0


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column, and what it means."""

    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Wide:
    """A table side by side: columns of texts, columns of numbers, rows.

    ``number_format`` is None where the metric of the row decides.
    """

    name: str
    line: str
    note: str
    texts: tuple[Head, ...]
    heads: tuple[Head, ...]
    rows: tuple[WideRow, ...]
    number_format: str | None
    totals: bool = False


class Turned(Protocol):
    """A way to turn a result table."""

    @property
    def attribute(self) -> str:
        """The table that is turned; its sheet stands before that of the table."""

    def wide(self, result: Tabled) -> Wide | None:
        """The table side by side; None where there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """One number of every row, with a column for each value of another column.

    ``keys`` name a row; ``head`` says what stands above a column (``across``, as it is);
    ``before`` are columns that stand in front, made from any row with these keys; ``order`` sorts
    the rows (None: as they first appear); ``totals``: whether a column can be added up.
    """

    name: str
    attribute: str
    keys: tuple[str, ...]
    across: str
    value: str
    note: str
    added: tuple[Added, ...] = ()
    head: Callable[[Any], str] | None = None
    before: tuple[tuple[str, Callable[[Any], float]], ...] = ()
    order: Callable[[WideRow], Any] | None = None
    totals: bool = False

    def wide(self, result: Tabled) -> Wide | None:
        """The table side by side; None where there is nothing to compare."""
        rows = result.tables.rows(self.attribute)
        head = self.head or (lambda row: str(getattr(row, self.across)))
        titles = tuple(dict.fromkeys(head(row) for row in rows))
        if len(titles) < 2:
            return None
        table = result_table(self.attribute)
        measured = table.column(self.value)
        cells: defaultdict[tuple[str, ...], dict[str, float | None]] = defaultdict(dict)
        front: dict[tuple[str, ...], tuple[float, ...]] = {}
        for row in rows:
            words = self._words(row, result.data)
            cells[words][head(row)] = getattr(row, self.value)
            front.setdefault(words, tuple(of(row) for _, of in self.before))
        shown = [number for number, _ in enumerate(self.before) if any(
            numbers[number] for numbers in front.values())]  # fmt: skip
        made = [
            _row(words, (*(front[words][n] for n in shown), *map(found.get, titles)))
            for words, found in cells.items()
        ]
        texts = tuple(self._texts(result.data))
        numbers = (*(self.before[number][0] for number in shown), *titles)
        return Wide(
            name=self.name,
            line=f"{self.name}: {_what(measured, result.data)} for each {self.across}.",
            note=self.note,
            texts=texts,
            heads=_told_apart(texts, numbers, measured.meaning),
            rows=tuple(made if self.order is None else sorted(made, key=self.order)),
            number_format=_format(measured, made),
            totals=self.totals,
        )

    def _texts(self, data: Data) -> Iterable[Head]:
        for column in map(result_table(self.attribute).column, self.keys):
            yield Head(heading(column, data), column.meaning)
            for one in self.added:
                if one.after == column.name:
                    yield Head(one.heading, f"What people call the {one.after}.")

    def _words(self, row: Row, data: Data) -> tuple[str, ...]:
        words, names = [], names_of(data)
        for column in map(result_table(self.attribute).column, self.keys):
            words.append(str(reader(column, data)(row) or ""))
            words += [one.of(row, names) for one in self.added if one.after == column.name]
        return tuple(words)


@dataclass(frozen=True, slots=True)
class Measures:
    """Every number of a table as a row, with a column for each row of the table.

    ``across`` names the rows; ``left_out`` are numbers that are no measure of their own.
    """

    name: str
    attribute: str
    across: str
    note: str
    left_out: tuple[str, ...] = ()

    def wide(self, result: Tabled) -> Wide | None:
        """The table side by side; None where there is nothing to compare."""
        rows = result.tables.rows(self.attribute)
        if len(rows) < 2:
            return None
        table = result_table(self.attribute)
        made = []
        for column in table.columns:
            if column.kind not in (Kind.NUMBER, Kind.INTEGER) or column.name in self.left_out:
                continue
            numbers = tuple(getattr(row, column.name) for row in rows)
            if any(number is not None for number in numbers):
                words = (heading(column, result.data), column.meaning)
                made.append(_row(words, numbers, METRICS[look(column)]))
        texts = (Head("Measure", "What is measured."), Head("Meaning", "What that is."))
        return Wide(
            name=self.name,
            line=f"{self.name}: each measure for each {self.across}.",
            note=self.note,
            texts=texts,
            heads=_told_apart(
                texts,
                [str(getattr(row, self.across)) for row in rows],
                f"One {self.across}.",
            ),
            rows=tuple(made),
            number_format=None,
        )


def _row(
    words: tuple[str, ...], numbers: tuple[float | None, ...], metric: str = ""
) -> WideRow:  # fmt: skip
    largest = max((abs(number) for number in numbers if number is not None), default=0.0)
    return WideRow(words=words, numbers=numbers, metric=metric, largest=largest)


def _format(column: Column, rows: Sequence[WideRow]) -> str:
    """One number format for the whole table, so that its numbers can be compared."""
    seen = look(column)
    numbers = [number for row in rows for number in row.numbers]
    if seen in NUMBER_FORMATS:
        return NUMBER_FORMATS[seen]
    return decimals(money_digits(numbers) if seen is Look.MONEY else digits(numbers))


def _what(column: Column, data: Data) -> str:
    unit = unit_text(column, data)
    said = column.name.replace("_", " ")
    return said if unit in ("", "share") else f"{said} in {unit}"


def _told_apart(texts: Sequence[Head], titles: Sequence[str], meaning: str) -> tuple[Head, ...]:
    """Headings of which none equals another, as a table wants them."""
    taken = {head.title.casefold() for head in texts}
    heads = []
    for title in titles:
        said, number = title, 2
        while said.casefold() in taken:
            said, number = f"{title} ({number})", number + 1
        taken.add(said.casefold())
        heads.append(Head(said, meaning))
    return tuple(heads)
