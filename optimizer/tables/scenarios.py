"""The values of scenarios, typed by the column that they change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimizer.contract.fields import Column, Kind, Table
from optimizer.contract.inputs import INPUTS
from optimizer.contract.settings import SETTINGS
from optimizer.contract.where import conditions
from optimizer.tables.cells import Converter, converter, shown
from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed, period_converter
from optimizer.tables.grid import Raw
from optimizer.tables.names import MENTIONED, Names
from optimizer.tables.nearest import did_you_mean, fold, listed
from optimizer.tables.periods import Calendar

_CHANGEABLE = tuple(table for table in INPUTS if table.name != "Scenarios")
_BY_NAME = {fold(table.name): table for table in _CHANGEABLE}
_SETTING = {column.name: column for column in SETTINGS}
_NUMBERS = (Kind.NUMBER, Kind.INTEGER)


def type_scenarios(
    scenarios: Typed, names: Names, calendar: Calendar, comma: bool, findings: Findings
) -> None:
    """Spell tables and columns as declared, and type each value; periods are absolute numbers.

    A period as a value stays an absolute number until ``number_periods`` counts it from the start.
    """
    for place, row in enumerate(scenarios.rows):
        table = _table(scenarios, place, row, findings)
        if table is None:
            scenarios.bad |= {(row, "column"), (row, "value"), (row, "where")}
            continue
        column = _column(scenarios, place, row, table, findings)
        if column is None:
            scenarios.bad |= {(row, "column"), (row, "value")}
            continue
        _operation(scenarios, place, row, column, findings)
        _value(scenarios, place, row, column, (names, calendar, comma), findings)


def period_values(scenarios: Typed, start: int) -> None:
    """Count the periods among the values from the start of the horizon."""
    for place, value in enumerate(scenarios.values["value"]):
        if isinstance(value, Ordinal):
            scenarios.values["value"][place] = int(value) - start + 1


class Ordinal(int):
    """The absolute number of a period, told from a number that is meant as one."""


def _table(scenarios: Typed, place: int, row: int, findings: Findings) -> Table | None:
    text = scenarios.values["table"][place]
    if (row, "table") in scenarios.bad:
        return None
    table = _BY_NAME.get(fold(text))
    if table is None:
        known = [one.name for one in _CHANGEABLE]
        scenarios.bad.add((row, "table"))
        findings.error(
            "unknown-name", scenarios.sheet, scenarios.cell(row, "table"),
            f"{text!r} is not a table that a scenario can change",
            f"{did_you_mean(text, known)}Use one of: {listed(known, 30)}.", text,
        )  # fmt: skip
        return None
    scenarios.values["table"][place] = table.name
    return table


def _column(
    scenarios: Typed, place: int, row: int, table: Table, findings: Findings
) -> Column | None:
    text = scenarios.values["column"][place]
    if (row, "column") in scenarios.bad:
        return None
    known = {fold(column.name): column for column in table.columns}
    found = known.get(fold(text))
    if found is None:
        findings.error(
            "unknown-name", scenarios.sheet, scenarios.cell(row, "column"),
            f"{table.name} has no column {text!r}",
            f"{did_you_mean(text, [one.name for one in table.columns])}Use a column of "
            f"{table.name}.", text,
        )  # fmt: skip
        return None
    scenarios.values["column"][place] = found.name
    if table.name == "Settings" and found.name == "value":
        return _setting(scenarios.values["where"][place])
    return found


def _setting(where: str | None) -> Column | None:
    """The setting that a change of Settings means; another check says if there is none."""
    try:
        parts = conditions(where)
    except ValueError:
        return None
    return next((_SETTING.get(one.value) for one in parts if one.column == "setting"), None)


def _operation(scenarios: Typed, place: int, row: int, column: Column, findings: Findings) -> None:
    operation = scenarios.values["operation"][place]
    if operation == "set" or column.kind in _NUMBERS or (row, "operation") in scenarios.bad:
        return
    scenarios.bad |= {(row, "operation"), (row, "value")}
    findings.error(
        "not-a-number", scenarios.sheet, scenarios.cell(row, "operation"),
        f"{column.name} is no number, so {operation} has no meaning", "Use set.", operation,
    )  # fmt: skip


def _value(
    scenarios: Typed,
    place: int,
    row: int,
    column: Column,
    context: tuple[Names, Calendar, bool],
    findings: Findings,
) -> None:
    if {(row, "value"), (row, "operation")} & scenarios.bad:
        return
    raw: Raw = scenarios.values["value"][place]
    operation = scenarios.values["operation"][place]
    reader = _reader(column, operation, context)
    value = reader[raw]
    flaw = reader.flaws.get(raw)
    if flaw is not None:
        scenarios.bad.add((row, "value"))
        findings.error(flaw.code, scenarios.sheet, scenarios.cell(row, "value"), flaw.message,
                       flaw.remedy, shown(raw))  # fmt: skip
        return
    is_period = column.kind is Kind.PERIOD and operation == "set" and value is not None
    scenarios.values["value"][place] = Ordinal(value) if is_period else value
    _known(scenarios, place, row, column, context[0], findings)


def _reader(column: Column, operation: str, context: tuple[Names, Calendar, bool]) -> Converter:
    _, calendar, comma = context
    if operation != "set":
        # A factor or a difference has no bounds of its own.
        return converter(Column(column.name, Kind.NUMBER), comma, all_text=True)
    if column.kind is Kind.PERIOD:
        return period_converter(column, calendar)
    return converter(column, comma, all_text=True)


def _known(
    scenarios: Typed, place: int, row: int, column: Column, names: Names, findings: Findings
) -> None:
    """A name that is set must be declared like any other."""
    value: Any = scenarios.values["value"][place]
    known: Mapping[str, str] = names.of(column.refers_to)
    if not value or "." not in column.refers_to:
        return
    texts = value if isinstance(value, tuple) else (value,)
    if column.name == "licences" and [fold(text) for text in texts] == ["none"]:
        scenarios.values["value"][place] = ()
        return
    # What other tables merely mention is judged in the scenario, as mildly as on its own sheet.
    strict = column.refers_to not in MENTIONED
    for text in texts:
        if strict and text != "*" and fold(text) not in known:
            scenarios.bad.add((row, "value"))
            findings.error(
                "unknown-name", scenarios.sheet, scenarios.cell(row, "value"),
                f"{text!r} is not declared in {column.refers_to}",
                f"{did_you_mean(text, known.values())}Correct it.", text,
            )  # fmt: skip
    spelled = tuple(known.get(fold(text), text) for text in texts)
    scenarios.values["value"][place] = spelled if isinstance(value, tuple) else spelled[0]
