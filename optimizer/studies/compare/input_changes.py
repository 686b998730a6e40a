"""Which cells of the input a scenario reads differently, in words."""

from __future__ import annotations

import math

from optimizer.contract.data import CellChange, Data
from optimizer.contract.fields import Column, Kind, Row, Table
from optimizer.contract.inputs import INPUTS, input_table
from optimizer.contract.scenario_results import InputChange
from optimizer.contract.settings import SETTINGS

_SETTINGS = "Settings"
_NUMBERS = (Kind.NUMBER, Kind.INTEGER)
_LARGE = 1e6
_ORDER = {table.name: number for number, table in enumerate(INPUTS)}
_SETTING = {column.name: column for column in SETTINGS}


def input_changes(base: Data, changed: Data) -> tuple[InputChange, ...]:
    """A row for each cell that reads differently in ``changed``, a scenario of ``base``.

    In the order of the sheets.  A cell that several rows of Scenarios change has one row, with
    what it comes to and the last of them; one that ends as it was has none.
    """
    last = {(one.table, one.place, one.column): one for one in changed.changes}
    ordered = sorted(last.values(), key=lambda one: (_ORDER[one.table], one.place, one.column))
    found = (_difference(base, one, changed.scenario) for one in ordered)
    return tuple(one for one in found if one is not None)


def _difference(base: Data, change: CellChange, scenario: str) -> InputChange | None:
    column = _column(change)
    if change.table == _SETTINGS:
        row, subject = Row(), change.column
        before: object = getattr(base.settings, change.column)
    else:
        table = input_table(change.table)
        row = base.rows(table.attribute)[change.place]
        subject, before = _subject(row, table, base), getattr(row, change.column)
    if before == change.value:
        return None
    source = base.source
    by = source.cell("Scenarios", change.by, "value") or f"row {change.by}"
    return InputChange(
        scenario=scenario,
        table=change.table,
        subject=subject,
        column=change.column,
        cell=source.cell_of(change.table, row, change.column) or _place(row),
        base=in_words(before, column, base),
        changed=in_words(change.value, column, base),
        factor=_factor(before, change.value) if column.kind in _NUMBERS else None,
        by=f"{source.sheet('Scenarios')}!{by}",
    )


def _column(change: CellChange) -> Column:
    if change.table == _SETTINGS:
        return _SETTING[change.column]
    return input_table(change.table).column(change.column)


def _subject(row: Row, table: Table, data: Data) -> str:
    """The row by its keys, without those that stand for everything: ``JL / N45UH``."""
    columns = [column for column in table.columns if column.key]
    parts = (in_words(getattr(row, one.name), one, data) for one in columns
             if getattr(row, one.name) not in (None, "*", ()))  # fmt: skip
    return " / ".join(parts) or f"row {row.row}"


def _place(row: Row) -> str:
    return f"row {row.row}" if row.row else ""


def _factor(before: object, after: object) -> float | None:
    """The one over the other; None where they are no numbers, or there is no such quotient."""
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return None
    if before == 0 or math.isinf(before) or math.isinf(after):
        return None
    return after / before


def in_words(value: object, column: Column, data: Data) -> str:
    """A typed value as a person would write it; what a blank stands for, for a blank."""
    if value is None or value == ():
        return column.says or "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if column.kind is Kind.PERIOD and isinstance(value, int):
        inside = 1 <= value <= len(data.period_labels)
        return data.period_labels[value - 1] if inside else f"period {value}"
    if isinstance(value, float) and math.isinf(value):
        return "unlimited"
    if isinstance(value, int | float):
        return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:,.7g}"
    return str(value)
