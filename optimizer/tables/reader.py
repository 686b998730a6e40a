"""Reading an input: every step in the order in which one needs the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.collector import collector_paused
from optimizer.contract.data import Data, Source
from optimizer.contract.fields import Row, rows_of
from optimizer.contract.findings import Finding, InputErrors
from optimizer.contract.inputs import INPUTS
from optimizer.tables.checks import run_checks
from optimizer.tables.checks.context import Checked
from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed, typed_table
from optimizer.tables.horizon import Horizon, set_horizon
from optimizer.tables.keys import refuse_duplicates
from optimizer.tables.load import Loaded, load
from optimizer.tables.names import declared, resolve
from optimizer.tables.references import resolve_dependent
from optimizer.tables.scenarios import period_values, type_scenarios
from optimizer.tables.settings import SettingsRead, read_settings


def read(path: str | Path) -> Data:
    """Read a workbook (.xlsx) or a folder of CSV files.

    Returns the typed content; warnings stand in ``Data.findings``.

    Raises:
        InputErrors: the input has errors; the exception carries every finding.
    """
    data, findings = check(path)
    if data is None:
        raise InputErrors(findings)
    return data


def check(path: str | Path) -> tuple[Data | None, tuple[Finding, ...]]:
    """Read an input and give its data (None if there is an error) and every finding.

    Whatever the file holds, this raises nothing.
    """
    findings = Findings()
    with collector_paused():
        data = _checked(Path(path), findings)
    every = findings.all()
    return (None, every) if findings.has_errors else (data, every)


def _checked(path: Path, findings: Findings) -> Data | None:
    loaded = load(path, findings)
    if loaded is None:
        return None
    settings = read_settings(loaded.grids.get("Settings"), findings)
    tables = {
        table.name: typed_table(loaded.grids.get(table.name), table, settings.calendar, findings)
        for table in INPUTS
        if table.name != "Settings"
    }
    for name in loaded.lost & set(tables):
        tables[name].unread = frozenset(tables[name].values)
    _say_missing(loaded, tables, findings)
    names = declared(tables, settings.values["currency"], findings)
    resolve(tables, names, findings)
    resolve_dependent(tables, names, findings)
    scenarios, grid = tables["Scenarios"], loaded.grids.get("Scenarios")
    comma = grid is not None and grid.decimal_comma
    type_scenarios(scenarios, names, settings.calendar, comma, findings)
    refuse_duplicates(tables, findings)
    horizon = set_horizon(settings, tables, findings)
    period_values(scenarios, horizon.start or 0)
    rows = {typed.table.attribute: _rows(typed) for typed in tables.values()}
    arguments: dict[str, Any] = {**rows, "horizon": horizon.periods}
    data = Data(
        settings=settings.finished(path.stem, horizon.start),
        period_labels=horizon.labels,
        defaults=(*settings.defaults, *(one for t in tables.values() for one in t.defaults)),
        source=Source(
            path.name,
            loaded.sha256,
            _letters(settings, tables, horizon),
            {name: typed.sheet for name, typed in tables.items()}
            | {"Settings": settings.typed.sheet},
            settings.rows,
        ),
        **arguments,
    )
    run_checks(Checked(data, tables, settings), findings)
    return replace(data, findings=findings.all())


def _say_missing(loaded: Loaded, tables: Mapping[str, Typed], findings: Findings) -> None:
    for table in INPUTS:
        grid = loaded.grids.get(table.name)
        if not table.needed or table.name in loaded.lost:
            continue
        if grid is not None:
            typed = tables[table.name]
            if not typed.rows and not typed.unread:
                findings.error(
                    "empty-table", typed.sheet, "", f"{table.name} has no rows",
                    f"Fill it in: {table.meaning}",
                )  # fmt: skip
                # What refers to it is not to blame.
                typed.unread = frozenset(typed.values)
        else:
            findings.error(
                "missing-sheet", table.name, "", f"the sheet {table.name} is missing or empty",
                f"Add it: {table.meaning} The template has it.",
            )  # fmt: skip


def _letters(
    settings: SettingsRead, tables: Mapping[str, Typed], horizon: Horizon
) -> dict[str, dict[str, str]]:
    """Where each column stands; a Demand column of one period under the period's number."""
    found = {"Settings": dict(settings.typed.letters)}
    numbers = {label: str(place) for place, label in enumerate(horizon.labels, 1)}
    for name, typed in tables.items():
        found[name] = {
            numbers.get(column, column) if name == "Demand" else column: letter
            for column, letter in typed.letters.items()
        }
    return found


def _rows(typed: Typed) -> tuple[Row, ...]:
    columns = {column.name: typed.values[column.name] for column in typed.table.columns}
    return rows_of(typed.table.row_class, {"row": typed.rows, **columns})
