"""A scenario applied to the input: the same tables with some cells changed, as new frozen data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from optimizer.contract.data import BASE, CellChange, Data, DefaultUsed
from optimizer.contract.fields import Row
from optimizer.contract.findings import Finding, InputErrors, Severity
from optimizer.contract.inputs import input_table
from optimizer.contract.policy import Change
from optimizer.tables.changes import Application
from optimizer.tables.collect import Findings
from optimizer.tables.nearest import did_you_mean, fold, listed
from optimizer.tables.recheck import rechecked

_IN_ONE_PERIOD = ("Demand", "Calendar", "OpenOrders")
_Key = tuple[str, str, str, str]


def scenario_names(data: Data) -> tuple[str, ...]:
    """base, and every scenario with an active row, in the order of the sheet."""
    named = (row.scenario for row in data.scenarios if row.active)
    return tuple(dict.fromkeys((BASE, *named)))


def in_scenario(data: Data, name: str) -> Data:
    """The data as the scenario has it, with the warnings that hold in it.

    Its rows are applied by ``order``, rows without one after them in the order of the sheet.

    Raises:
        InputErrors: there is no such scenario, or the input has errors as it changes it.
        ValueError: the data is already that of a scenario.
    """
    if data.scenario != BASE:
        raise ValueError(f"this is scenario {data.scenario} already, not the workbook itself")
    found = _found(data, name)
    if found == BASE:
        return data
    _, before = rechecked(data)
    changed, new = _applied(data, found, before)
    if any(one.severity is Severity.ERROR for one in new):
        raise InputErrors(changed.findings)
    return changed


def scenario_findings(data: Data) -> tuple[Finding, ...]:
    """What is wrong or doubtful in any active scenario and is not so in the workbook itself."""
    _, before = rechecked(data)
    found: dict[Finding, None] = {}
    for name in scenario_names(data)[1:]:
        _, new = _applied(data, name, before)
        found.update(dict.fromkeys(new))
    return tuple(found)


def _found(data: Data, name: str) -> str:
    """The scenario of that name, as it is spelled."""
    names = scenario_names(data)
    known = {fold(one): one for one in names}
    if fold(name) in known:
        return known[fold(name)]
    rows = [row for row in data.scenarios if fold(row.scenario) == fold(name)]
    cell = data.source.cell("Scenarios", rows[0].row, "active") if rows else ""
    if rows:
        message, remedy = f"every row of scenario {name} is inactive", "Set active to yes"
    else:
        message, remedy = f"there is no scenario {name!r}", did_you_mean(name, names)
    remedy += f"{', or use' if rows else 'Use'} one of: {listed(names, 30)}."
    sheet = data.source.sheet("Scenarios")
    raise InputErrors(
        (Finding("unknown-name", Severity.ERROR, sheet, cell, message, remedy, name),)
    )


def _applied(data: Data, name: str, before: Findings) -> tuple[Data, tuple[Finding, ...]]:
    """The data as a scenario has it, and the findings that base does not have."""
    work = Application(name, data)
    rows = (row for row in data.scenarios if row.active and row.scenario == name)
    for change in sorted(rows, key=_by_order):
        work.apply(change)
    changed = _in_horizon(work)
    changed, after = rechecked(changed, frozenset(work.refused))
    known = {_key(one): one for one in before.all()}
    now = {_key(one): one for one in after.all()}
    new = (
        *work.findings.all(),
        *(_told(one, data, name, work.made) for key, one in now.items() if key not in known),
    )
    # What base warns of may read differently here, or hold no more.
    kept = (now.get(_key(one)) if _key(one) in known else one for one in data.findings)
    changed = dataclasses.replace(
        changed,
        scenarios=data.scenarios,
        scenario=name,
        changes=tuple(work.made),
        defaults=_defaults(data, work.made),
        findings=(*(one for one in kept if one is not None), *new),
    )
    return changed, new


def _by_order(change: Change) -> tuple[bool, int, int]:
    return change.order is None, change.order or 0, change.row


def _key(finding: Finding) -> _Key:
    return finding.code, finding.sheet, finding.cell, "" if finding.cell else finding.message


def _told(finding: Finding, data: Data, name: str, made: Iterable[CellChange]) -> Finding:
    """The finding with the scenario in which it holds, and the row that changed its cell."""
    source = data.source
    near = [one for one in made if source.sheet(one.table) == finding.sheet]
    here = [one for one in near
            if finding.cell == source.cell_of(one.table, _row(data, one), one.column)]  # fmt: skip
    message = f"{finding.message.rstrip('.')}, in scenario {name}"
    if finding.cell and here:
        message += f" ({_rows_of_scenarios(data, here[-1:])} changes this cell)"
    elif near:
        message += f" (which changes {finding.sheet} in {_rows_of_scenarios(data, near)})"
    return dataclasses.replace(finding, message=message)


def _rows_of_scenarios(data: Data, made: Iterable[CellChange]) -> str:
    """``Scenarios!G5``, or the first and the last of several."""
    source = data.source
    rows = sorted({one.by for one in made})
    cells = [source.cell("Scenarios", row, "value") or f"row {row}" for row in rows]
    span = cells[0] if len(cells) == 1 else f"{cells[0]} to {cells[-1]}"
    return f"{source.sheet('Scenarios')}!{span}"


def _row(data: Data, change: CellChange) -> Row:
    if change.table == "Settings":
        return Row(row=data.source.settings.get(change.column, 0))
    return data.rows(input_table(change.table).attribute)[change.place]


def _in_horizon(work: Application) -> Data:
    """Without the rows that now lie outside the horizon, as if they had been read so."""
    data, kept = work.data, dict[str, Any]()
    for change in work.made:
        table = input_table(change.table)
        if table.name not in _IN_ONE_PERIOD or change.column != "period":
            continue
        rows: Any = data.rows(table.attribute)
        inside = tuple(row for row in rows if 1 <= row.period <= data.horizon)
        if len(inside) == len(rows):
            continue
        kept[table.attribute] = inside
        first, last = data.period_labels[0], data.period_labels[-1]
        sheet, cell = data.source.sheet("Scenarios"), ""
        cell = data.source.cell("Scenarios", change.by, "value")
        say = work.findings.warning if inside or table.name != "Demand" else work.findings.error
        say("outside-horizon", sheet, cell,
            f"{len(rows) - len(inside)} of the rows of {table.name} lie outside the horizon "
            f"{first} to {last} in scenario {work.scenario}, and are left out",
            "Correct the period.")  # fmt: skip
    return dataclasses.replace(data, **kept)


def _defaults(data: Data, made: Iterable[CellChange]) -> tuple[DefaultUsed, ...]:
    """The defaults of cells that the scenario leaves blank."""
    filled: dict[tuple[str, str], set[int]] = {}
    for change in made:
        filled.setdefault((change.table, change.column), set()).add(_row(data, change).row)
    kept = []
    for used in data.defaults:
        rows = filled.get((used.table, used.column))
        if rows is None:
            kept.append(used)
        elif used.table != "Settings" and (left := tuple(r for r in used.rows if r not in rows)):
            kept.append(dataclasses.replace(used, rows=left))
    return tuple(kept)
