"""A scenario applied to the input: the same tables with some cells changed, as new frozen data."""

from __future__ import annotations

import dataclasses
from typing import Any

from optimizer.contract.data import BASE, Data
from optimizer.contract.fields import Row
from optimizer.contract.findings import Finding, InputErrors, Severity
from optimizer.contract.inputs import input_table
from optimizer.contract.policy import Change
from optimizer.contract.settings import SETTINGS
from optimizer.contract.where import conditions, selected
from optimizer.tables.nearest import listed


def scenario_names(data: Data) -> tuple[str, ...]:
    """base, and every scenario with an active row, in the order of the sheet."""
    named = (row.scenario for row in data.scenarios if row.active)
    return tuple(dict.fromkeys((BASE, *named)))


def in_scenario(data: Data, name: str) -> Data:
    """The data as the scenario has it.

    Raises:
        InputErrors: there is no such scenario, or the input has errors as it changes it.
    """
    known = {one.casefold(): one for one in scenario_names(data)}
    found = known.get(name.strip().casefold())
    if found is None:
        finding = Finding("unknown-name", Severity.ERROR, "Scenarios", "",
                          f"{name!r} is not an active scenario",
                          f"Use one of: {listed(known.values(), 30)}.", name)  # fmt: skip
        raise InputErrors((finding,))
    if found == BASE:
        return data
    changes = [row for row in data.scenarios if row.active and row.scenario == found]
    changed = data
    for change in sorted(changes, key=lambda row: (row.order is None, row.order or 0, row.row)):
        changed = _changed(changed, change)
    return dataclasses.replace(changed, scenario=found)


def _changed(data: Data, change: Change) -> Data:
    table = input_table(change.table)
    if table.name == "Settings":
        (wanted,) = (one.value for one in conditions(change.where) if one.column == "setting")
        setting = next(column.name for column in SETTINGS if column.name == wanted)
        value = _value(getattr(data.settings, setting), change)
        return dataclasses.replace(
            data, settings=dataclasses.replace(data.settings, **{setting: value})
        )
    chosen = {id(row) for row in selected(change.where, table, data)}

    def as_changed(row: Row) -> Row:
        if id(row) not in chosen:
            return row
        one: Any = {change.column: _value(getattr(row, change.column), change)}
        return dataclasses.replace(row, **one)

    rows: Any = {table.attribute: tuple(map(as_changed, data.rows(table.attribute)))}
    return dataclasses.replace(data, **rows)


def _value(now: Any, change: Change) -> Any:
    given: Any = change.value
    if change.operation == "set" or now is None:
        return given if change.operation == "set" else now
    made = now * given if change.operation == "multiply" else now + given
    return int(made) if isinstance(now, int) and float(made).is_integer() else made
