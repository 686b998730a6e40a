"""The checks of an input once more, on data that has changed since it was read."""

from __future__ import annotations

import dataclasses
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.fields import Row, Table
from optimizer.contract.inputs import INPUTS, input_table
from optimizer.tables.checks import run_checks
from optimizer.tables.checks.context import Checked
from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed
from optimizer.tables.keys import refuse_duplicates
from optimizer.tables.names import declared, resolve
from optimizer.tables.periods import Calendar
from optimizer.tables.references import resolve_dependent
from optimizer.tables.settings import SettingsRead

Bad = frozenset[tuple[str, int, str]]
"""Table, row and column of cells whose value is not to be judged."""


def rechecked(data: Data, bad: Bad = frozenset()) -> tuple[Data, Findings]:
    """The data with its names spelled as declared, and what the checks of an input find.

    What is said of single cells when they are read is not said again, nor is anything said of the
    sheet Scenarios.  A setting among the bad cells has row 0.
    """
    findings = Findings()
    data = dataclasses.replace(data, scenarios=())
    tables = {table.name: _typed(data, table, bad) for table in INPUTS if table.name != "Settings"}
    names = declared(tables, data.settings.currency, findings)
    resolve(tables, names, findings)
    resolve_dependent(tables, names, findings)
    refuse_duplicates(tables, findings)
    data = _respelled(data, tables)
    run_checks(Checked(data, tables, _settings(data, bad)), findings)
    return data, findings


def _typed(data: Data, table: Table, bad: Bad) -> Typed:
    rows, letters = data.rows(table.attribute), dict(data.source.columns.get(table.name, {}))
    if table.name == "Demand":
        labels = data.period_labels
        letters = {labels[int(name) - 1] if name.isdigit() and int(name) <= len(labels) else name:
                   letter for name, letter in letters.items()}  # fmt: skip
    return Typed(
        table,
        data.source.sheet(table.name),
        [row.row for row in rows],
        {one.name: [getattr(row, one.name) for row in rows] for one in table.columns},
        letters,
        {(row, column) for name, row, column in bad if name == table.name},
    )


def _settings(data: Data, bad: Bad) -> SettingsRead:
    table = input_table("Settings")
    letters = dict(data.source.columns.get(table.name, {}))
    return SettingsRead(
        Typed(table, data.source.sheet(table.name), letters=letters),
        values={one.name: getattr(data.settings, one.name)
                for one in dataclasses.fields(data.settings)},
        rows=dict(data.source.settings),
        bad={column for name, _, column in bad if name == table.name},
        calendar=Calendar(data.settings.period),
    )  # fmt: skip


def _respelled(data: Data, tables: dict[str, Typed]) -> Data:
    changed: dict[str, Any] = {}
    for typed in tables.values():
        rows = data.rows(typed.table.attribute)
        spelled: list[Row] = list(rows)
        for name, values in typed.values.items():
            for place, (row, value) in enumerate(zip(rows, values, strict=True)):
                if getattr(row, name) != value:
                    one: Any = {name: value}
                    spelled[place] = dataclasses.replace(spelled[place], **one)
        if spelled != list(rows):
            changed[typed.table.attribute] = tuple(spelled)
    return dataclasses.replace(data, **changed)
