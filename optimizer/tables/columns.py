"""A sheet as typed columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from optimizer.contract.data import DefaultUsed
from optimizer.contract.fields import Column, Kind, Table
from optimizer.tables.cells import (
    Converter,
    NumberReader,
    UnreadableError,
    all_within,
    converter,
    placeholder,
    shown,
    with_blank,
)
from optimizer.tables.collect import Findings
from optimizer.tables.grid import Grid, Raw, is_blank, letters
from optimizer.tables.headers import Layout, layout
from optimizer.tables.periods import AmbiguousError, Calendar, UnclearError


@dataclass(slots=True)
class Typed:
    """The typed columns of one table, equally long, while they are checked.

    Periods are absolute numbers here (None: blank).  ``bad``: (sheet row, column) of every cell
    that holds a placeholder because it could not be read or names nothing.
    """

    table: Table
    sheet: str
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    bad: set[tuple[int, str]] = field(default_factory=set)
    defaults: list[DefaultUsed] = field(default_factory=list)
    unread: frozenset[str] = frozenset()

    def cell(self, row: int, column: str) -> str:
        """Address of a cell; the first cell of its row where the sheet has no such column."""
        letter = self.letters.get(column) or next(iter(self.letters.values()), "")
        return f"{letter}{row}" if letter else ""


def typed_table(grid: Grid | None, table: Table, calendar: Calendar, findings: Findings) -> Typed:
    """Read the columns of a table; a table without a sheet is empty."""
    place = layout(grid, table, calendar, findings) if grid is not None else None
    if grid is None or place is None:
        every = frozenset(column.name for column in table.columns)
        return Typed(
            table,
            grid.name if grid else table.name,
            values={name: [] for name in every},
            unread=every if grid is not None or table.needed else frozenset(),
        )
    return typed_rows(grid, table, place, calendar, findings)


def typed_rows(
    grid: Grid, table: Table, place: Layout, calendar: Calendar, findings: Findings
) -> Typed:
    """Read the columns of a table whose places in the grid are known."""
    typed = Typed(table, grid.name, unread=place.missing)
    typed.rows, raws = _body(grid, place)
    _say_merged(grid, place, findings)
    if place.periods:
        raws = _unfold(typed, grid, place, raws, calendar, findings)
    for column in table.columns:
        position = place.columns.get(column.name)
        if position is None and column.name in typed.values:
            continue
        if position is None:
            _absent(typed, column)
            continue
        typed.letters[column.name] = letters(grid.first_column + position)
        reader = _reader(column, grid, calendar)
        typed.values[column.name] = convert(typed, column, raws[position], reader, findings)
    return typed


def _body(grid: Grid, place: Layout) -> tuple[list[int], list[tuple[Raw, ...]]]:
    """Sheet rows below the header in which any known column is filled, and all their columns."""
    start = place.header + 1
    rows = list(range(grid.first_row + start, grid.first_row + len(grid.rows)))
    raws = list(zip(*grid.rows[start:], strict=True)) or [()] * len(grid.rows[0])
    empty = set(range(len(rows)))
    for column in (*place.columns.values(), *place.periods.values()):
        blanks = {raw for raw in set(raws[column]) if is_blank(raw)}
        empty = {index for index in empty if raws[column][index] in blanks} if blanks else set()
        if not empty:
            return rows, raws
    kept = [index for index in range(len(rows)) if index not in empty]
    return [rows[index] for index in kept], [tuple(raw[i] for i in kept) for raw in raws]


def _say_merged(grid: Grid, place: Layout, findings: Findings) -> None:
    for merged in grid.merged:
        if merged.bottom >= place.header and merged.left < place.width:
            cell, last = grid.cell(merged.top, merged.left), grid.cell(merged.bottom, merged.right)
            findings.error(
                "merged-cells", grid.name, cell,
                f"the cells {cell}:{last} are merged, so it is not clear which of them the value "
                "belongs to",
                "Unmerge them and fill in each cell.",
            )  # fmt: skip


def _reader(column: Column, grid: Grid, calendar: Calendar) -> Converter:
    if column.kind is Kind.PERIOD:
        return period_converter(column, calendar)
    return converter(column, grid.decimal_comma, grid.all_text)


def period_converter(column: Column, calendar: Calendar) -> Converter:
    """A converter from cells to absolute numbers of periods; blank is None."""

    def read(raw: Raw) -> int:
        try:
            return calendar.read(raw)
        except UnclearError as reason:
            code = "ambiguous-date" if isinstance(reason, AmbiguousError) else "not-a-period"
            raise UnreadableError(
                code,
                f"{shown(raw)!r} is no period: {reason}",
                f"Write it like {calendar.label(calendar.example)}, or as a date.",
            ) from None

    reader = with_blank(column, read)
    return Converter(lambda raw: None if _is_default(raw, column) else reader(raw), None)


def _is_default(raw: Raw, column: Column) -> bool:
    if column.required:
        return False
    return is_blank(raw) or (
        isinstance(raw, str) and bool(column.says) and raw.strip().casefold() == column.says
    )


def convert(
    typed: Typed,
    column: Column,
    raws: tuple[Raw, ...],
    reader: Converter,
    findings: Findings,
) -> list[Any]:
    """The typed values of a column, with a finding for each cell that cannot be read."""
    if column.kind is Kind.NUMBER and set(map(type, raws)) == {float}:
        numbers: list[Any] = list(raws)
        if all_within(column, numbers):
            return numbers
    values = list(map(reader.__getitem__, raws))
    if reader.flaws or reader.remarks:
        _say_cells(typed, column, raws, reader, findings)
    if reader.blanks and not column.required:
        blank = tuple(
            row for row, raw in zip(typed.rows, raws, strict=True) if raw in reader.blanks
        )
        typed.defaults.append(DefaultUsed(typed.table.name, column.name, column.says, blank))
    return values


def _say_cells(
    typed: Typed, column: Column, raws: tuple[Raw, ...], reader: Converter, findings: Findings
) -> None:
    for row, raw in zip(typed.rows, raws, strict=True):
        if flaw := reader.flaws.get(raw):
            typed.bad.add((row, column.name))
            if flaw.code:
                findings.error(flaw.code, typed.sheet, typed.cell(row, column.name),
                               flaw.message, flaw.remedy, shown(raw))  # fmt: skip
        elif remark := reader.remarks.get(raw):
            findings.warning(remark.code, typed.sheet, typed.cell(row, column.name),
                             remark.message, remark.remedy, shown(raw))  # fmt: skip


def _absent(typed: Typed, column: Column) -> None:
    """A column that the sheet does not have: its default in every row."""
    blank = None if column.kind is Kind.PERIOD else placeholder(column)
    typed.values[column.name] = [blank] * len(typed.rows)
    if not column.required and typed.rows:
        rows = tuple(dict.fromkeys(typed.rows))
        typed.defaults.append(DefaultUsed(typed.table.name, column.name, column.says, rows))


def _unfold(
    typed: Typed,
    grid: Grid,
    place: Layout,
    raws: list[tuple[Raw, ...]],
    calendar: Calendar,
    findings: Findings,
) -> list[tuple[Raw, ...]]:
    """Turn one column per period into one row per period; gives the other columns, repeated.

    A blank quantity means that nothing is needed in that period.
    """
    quantity = typed.table.column("quantity")
    numbers = NumberReader(quantity, grid.decimal_comma, grid.all_text)
    kept: list[int] = []
    periods: list[int] = []
    quantities: list[float] = []
    for ordinal, position in place.periods.items():
        label = calendar.label(ordinal)
        typed.letters[label] = letters(grid.first_column + position)
        column = Column(label, Kind.NUMBER, says="no demand", low=quantity.low)
        reader = Converter(with_blank(column, numbers.read), 0.0)
        values = convert(typed, column, raws[position], reader, findings)
        for index, (raw, value) in enumerate(zip(raws[position], values, strict=True)):
            if raw not in reader.blanks:
                kept.append(index)
                periods.append(ordinal)
                quantities.append(value)
    typed.rows = [typed.rows[index] for index in kept]
    typed.values["period"], typed.values["quantity"] = periods, quantities
    return [tuple(raw[index] for index in kept) for raw in raws]
