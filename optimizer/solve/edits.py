"""Changes to a loaded model, as values.

Each says what it changes and to what; a session applies them and hands back the edits that undo
them. Rows and columns are numbers of the compiled model (see `Compiled.row_of`, `column_of`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimizer.solve.arrays import Arrays, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class RowBounds:
    """New bounds of rows; one entry for each of `rows`, infinite where there is none."""

    rows: Ints
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ColumnBounds:
    """New bounds of columns; one entry for each of `columns`."""

    columns: Ints
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """New cost coefficients of columns."""

    columns: Ints
    costs: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """New entries of the matrix, at (rows[i], columns[i])."""

    rows: Ints
    columns: Ints
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One further row: lower <= sum of values x columns <= upper."""

    columns: Ints
    values: Floats
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, eq=False)
class AddedRows:
    """Further rows below the present ones."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DroppedRows:
    """The last `count` rows go; what undoes AddedRows."""

    count: int


Edit = RowBounds | ColumnBounds | Costs | Coefficients | AddedRows | DroppedRows


def row_bounds(row: int, lower: float, upper: float) -> RowBounds:
    """New bounds of a single row."""
    return RowBounds(np.array([row], dtype=np.int32), np.array([lower]), np.array([upper]))


def column_bounds(column: int, lower: float, upper: float) -> ColumnBounds:
    """New bounds of a single column."""
    return ColumnBounds(np.array([column], dtype=np.int32), np.array([lower]), np.array([upper]))


def coefficient(row: int, column: int, value: float) -> Coefficients:
    """A new value of a single entry of the matrix."""
    return Coefficients(
        np.array([row], dtype=np.int32), np.array([column], dtype=np.int32), np.array([value])
    )


def edited(arrays: Arrays, edit: Edit) -> tuple[Arrays, Edit]:
    """The arrays after an edit, and the edit that takes it back.

    Raises IndexError for a row or column that is not there.
    """
    match edit:
        case RowBounds(rows, lower, upper):
            undo: Edit = RowBounds(rows, arrays.row_lower[rows], arrays.row_upper[rows])
            changed = replace(
                arrays,
                row_lower=_with(arrays.row_lower, rows, lower),
                row_upper=_with(arrays.row_upper, rows, upper),
            )
        case ColumnBounds(columns, lower, upper):
            undo = ColumnBounds(columns, arrays.lower[columns], arrays.upper[columns])
            changed = replace(
                arrays,
                lower=_with(arrays.lower, columns, lower),
                upper=_with(arrays.upper, columns, upper),
            )
        case Costs(columns, costs):
            undo = Costs(columns, arrays.cost[columns])
            changed = replace(arrays, cost=_with(arrays.cost, columns, costs))
        case Coefficients(rows, columns, values):
            changed, former = _with_coefficients(arrays, rows, columns, values)
            undo = Coefficients(rows, columns, former)
        case AddedRows(added):
            changed, undo = _with_rows(arrays, added), DroppedRows(len(added))
        case DroppedRows(count):
            changed, dropped = _without_rows(arrays, count)
            undo = AddedRows(dropped)
    return changed, undo


def _with(array: Floats, places: Ints, numbers: Floats) -> Floats:
    copy = array.copy()
    copy[places] = numbers
    return copy


def _from_entries(arrays: Arrays, rows: Ints, columns: Ints, values: Floats) -> Arrays:
    """The same arrays with the matrix made of these entries, sorted by column, then row."""
    order = np.lexsort((rows, columns))
    start = np.zeros(arrays.columns + 1, dtype=np.int32)
    np.cumsum(np.bincount(columns, minlength=arrays.columns), out=start[1:])
    return replace(arrays, start=start, index=rows[order].astype(np.int32), value=values[order])


def _with_coefficients(
    arrays: Arrays, rows: Ints, columns: Ints, values: Floats
) -> tuple[Arrays, Floats]:
    value = arrays.value.copy()
    former = np.zeros(len(rows))
    new: list[int] = []
    for k, (row, column) in enumerate(zip(rows, columns, strict=True)):
        if not (0 <= row < arrays.rows and 0 <= column < arrays.columns):
            raise IndexError(f"no entry at row {row}, column {column}")
        span = slice(arrays.start[column], arrays.start[column + 1])
        hits = np.flatnonzero(arrays.index[span] == row)
        if len(hits):
            place = int(arrays.start[column]) + int(hits[0])
            former[k] = value[place]
            value[place] = values[k]
        else:
            new.append(k)
    changed = replace(arrays, value=value)
    if new:
        changed = _from_entries(
            changed,
            np.concatenate([arrays.index, rows[new]]),
            np.concatenate([arrays.entry_columns(), columns[new]]),
            np.concatenate([value, values[new]]),
        )
    return changed, former


def _with_rows(arrays: Arrays, added: tuple[Row, ...]) -> Arrays:
    numbers = np.repeat(
        np.arange(arrays.rows, arrays.rows + len(added), dtype=np.int32),
        [len(row.columns) for row in added],
    )
    changed = _from_entries(
        arrays,
        np.concatenate([arrays.index, numbers]),
        np.concatenate([arrays.entry_columns(), *(row.columns for row in added)]),
        np.concatenate([arrays.value, *(row.values for row in added)]),
    )
    return replace(
        changed,
        row_lower=np.concatenate([arrays.row_lower, [row.lower for row in added]]),
        row_upper=np.concatenate([arrays.row_upper, [row.upper for row in added]]),
    )


def _without_rows(arrays: Arrays, count: int) -> tuple[Arrays, tuple[Row, ...]]:
    if not 0 <= count <= arrays.rows:
        raise IndexError(f"cannot drop {count} of {arrays.rows} rows")
    first = arrays.rows - count
    columns = arrays.entry_columns()
    dropped = tuple(
        Row(
            columns[arrays.index == i],
            arrays.value[arrays.index == i],
            float(arrays.row_lower[i]),
            float(arrays.row_upper[i]),
        )
        for i in range(first, arrays.rows)
    )
    stays = arrays.index < first
    changed = _from_entries(arrays, arrays.index[stays], columns[stays], arrays.value[stays])
    return (
        replace(changed, row_lower=arrays.row_lower[:first], row_upper=arrays.row_upper[:first]),
        dropped,
    )
