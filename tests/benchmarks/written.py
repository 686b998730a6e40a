"""Data written as a folder of CSVs or as a workbook, as a user would hand it in."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.contract.data import Data
from optimizer.contract.fields import Column, Kind, Table
from optimizer.contract.inputs import INPUTS
from optimizer.contract.settings import SettingRow

Cell = str | float | int


def as_folder(data: Data, folder: Path) -> Path:
    """One CSV for each table that has rows."""
    folder.mkdir(parents=True)
    for table, rows in _tables(data):
        with (folder / f"{table.name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return folder


def as_workbook(data: Data, path: Path) -> Path:
    """One sheet for each table that has rows."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        for table, rows in _tables(data):
            sheet = book.add_worksheet(table.name)
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell != "":
                        sheet.write(number, column, cell)
    return path


def _tables(data: Data) -> Iterator[tuple[Table, list[list[Cell]]]]:
    for table in INPUTS:
        if table.row_class is SettingRow:
            yield table, [["setting", "value"], *_settings(data)]
            continue
        rows = getattr(data, table.attribute)
        if rows:
            cells = [[_cell(data, column, row) for column in table.columns] for row in rows]
            yield table, [[column.name for column in table.columns], *cells]


def _settings(data: Data) -> Iterator[list[Cell]]:
    for field in dataclasses.fields(data.settings):
        value = getattr(data.settings, field.name)
        if value is not None and value != field.default and not isinstance(value, tuple):
            yield [field.name, _written(value)]


def _cell(data: Data, column: Column, row: Any) -> Cell:
    value = getattr(row, column.name)
    if value is None or value == column.default:
        return ""
    if column.kind is Kind.PERIOD:
        return data.period_labels[value - 1]
    return _written(value)


def _written(value: Any) -> Cell:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ";".join(value)
        case float() if math.isinf(value):
            return ""
        case float() | int():
            return value
        case _:
            return str(value)
