"""A scenario says the same as the workbook in which somebody typed its values into the cells.

The same rows, and the same errors at the same cells; only what a single value may not be is said at
the row of Scenarios that holds it.
"""

from __future__ import annotations

import csv
import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from optimizer.contract.data import Data
from optimizer.contract.fields import Column, Kind, Table
from optimizer.contract.findings import Finding, InputErrors
from optimizer.contract.inputs import INPUTS, input_table
from optimizer.example import example_folder
from optimizer.tables import check, in_scenario, read, scenario_names
from tests.tables.books import FULL, Cells, folder

NUMBERS = (-1, 0, 0.5, 1, 2.5, 40, 150)
WORDS = ("A", "B", "S1", "S2", "CN", "VN", "PUN", "L", "USD", "INR", "*", "none", "nobody", "yes")
PERIODS = ("2025-09", "2025-10", "2025-12", "2026-12")
HEADER: list[object] = ["scenario", "table", "where", "column", "operation", "value"]
FIXED = ("start", "period", "periods", "currency", "unit")
VALUE = "F"


def rows_of(data: Data) -> dict[str, object]:
    tables = [table for table in INPUTS if table.name not in ("Settings", "Scenarios")]
    return {table.name: data.rows(table.attribute) for table in tables}


# --- the shipped example: every scenario, cell by cell


def typed_in(data: Data, scenario: Data, cells: dict[str, Cells]) -> None:
    """Type what the scenario changes into the cells of the CSV files."""
    for change in scenario.changes:
        table = input_table(change.table)
        row = data.rows(table.attribute)[change.place]
        grid = cells[table.name]
        if change.column not in grid[0]:
            for place, line in enumerate(grid):
                line.append("" if place else change.column)
        grid[row.row - 1][grid[0].index(change.column)] = text_of(change.value)


def text_of(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


@pytest.mark.parametrize("name", scenario_names(read(example_folder()))[1:])
def test_a_scenario_of_the_example_reads_as_if_typed_in(tmp_path: Path, name: str) -> None:
    data = read(example_folder())
    cells: dict[str, Cells] = {}
    for file in example_folder().glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            cells[file.stem] = [list(line) for line in csv.reader(lines)]
    changed = in_scenario(data, name)
    typed_in(data, changed, cells)
    typed = read(folder(tmp_path / "in", cells))
    assert rows_of(typed) == rows_of(changed)
    assert codes(typed.findings) == codes(changed.findings)
    assert {(one.table, one.column, one.rows) for one in typed.defaults} == {
        (one.table, one.column, one.rows) for one in changed.defaults
    }


def codes(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(one.severity.value, one.code, one.place) for one in findings}


# --- a small input of every table: one value at random, often a wrong one


def edits(seed: int) -> Iterator[tuple[Table, Column, int, object]]:
    """Table, column, line and value of one edit."""
    chance = random.Random(seed)
    names = [name for name in FULL if name != "Scenarios"]
    table = input_table(chance.choice(names))
    line = chance.randrange(1, len(FULL[table.name]))
    if table.name == "Settings":
        setting = str(FULL["Settings"][line][0])
        if setting in FIXED:
            return
        yield table, table.column("value"), line, chance.choice((*NUMBERS, *WORDS))
        return
    columns = [one for one in table.columns if one.name in FULL[table.name][0]]
    column = chance.choice(columns)
    if column.kind in (Kind.NUMBER, Kind.INTEGER):
        value: object = chance.choice(NUMBERS)
    elif column.kind is Kind.PERIOD:
        # On the sheet a later period of Demand makes the horizon longer; a scenario keeps it.
        value = chance.choice(PERIODS[: 3 if table.name == "Demand" else 4])
    else:
        value = chance.choice((*WORDS, *column.allowed))
    yield table, column, line, value


def in_words(findings: tuple[Finding, ...], here: str) -> set[tuple[str, str, str]]:
    """What is said, with the value's own row of Scenarios as the cell that it changes."""
    value = f"Scenarios!{VALUE}2"
    return {(*one[:2], here if one[2] == value else one[2]) for one in codes(findings)}


@pytest.mark.parametrize("part", range(10))
def test_an_edit_is_found_wrong_or_right_as_a_scenario_too(tmp_path: Path, part: int) -> None:
    for seed in range(15 * part, 15 * part + 15):
        for table, column, line, value in edits(seed):
            edited = {name: [list(row) for row in rows] for name, rows in FULL.items()}
            edited.pop("Scenarios")
            grid = edited[table.name]
            place = grid[0].index(column.name)
            where = ";".join(f"{name}={grid[line][number]}" for number, name in enumerate(grid[0])
                             if name in table.keys)  # fmt: skip
            changes = [HEADER, ["s", table.name, where, column.name, "set", value]]
            data, findings = check(folder(tmp_path / f"s{seed}", {**edited, "Scenarios": changes}))
            changed = None
            if data is not None:
                try:
                    changed = in_scenario(data, "s")
                    findings = changed.findings
                except InputErrors as error:
                    findings = error.findings
            grid[line][place] = value
            typed, expected = check(folder(tmp_path / f"t{seed}", edited))
            here = f"{table.name}!{'ABCDEFGHIJ'[place]}{line + 1}"
            errors = {one for one in in_words(expected, here) if one[0] == "error"}
            if errors:
                assert {one for one in in_words(findings, here) if one[0] == "error"} == errors
                continue
            assert changed is not None, findings
            assert typed is not None
            assert in_words(findings, here) == in_words(expected, here)
            assert rows_of(typed) == rows_of(changed)
            assert typed.settings == dataclasses.replace(changed.settings, name=typed.settings.name)
