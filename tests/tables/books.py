"""A small good input, and workbooks with everything that Excel can do to one."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.contract.data import Data
from optimizer.contract.findings import Finding
from optimizer.tables import check

Cells = list[list[object]]

SMALL: dict[str, Cells] = {
    "Settings": [["setting", "value"], ["start", "2025-10"]],
    "Items": [["item", "family"], ["A", "magnets"], ["B", "magnets"]],
    "Sites": [["site", "storage_capacity"], ["PUN", 500]],
    "Countries": [["country", "region"], ["CN", ""], ["VN", "ASEAN"]],
    "Suppliers": [["supplier", "country", "capacity"], ["S1", "CN", 100], ["S2", "VN", ""]],
    "Offers": [["supplier", "item", "price"], ["S1", "A", 10], ["S2", "A", 12.5], ["S2", "B", 7]],
    "Demand": [
        ["item", "site", "period", "quantity"],
        ["A", "PUN", "2025-10", 5],
        ["A", "PUN", "2025-12", 6],
        ["B", "PUN", "2025-11", 7],
    ],
}


def small(**changed: Cells) -> dict[str, Cells]:
    """The small good input with some sheets replaced or added."""
    return {**SMALL, **changed}


def book(path: Path, sheets: dict[str, Cells], extra: Callable[[Any], None] | None = None) -> Path:
    """Write sheets with XlsxWriter; ``extra`` may do more to the workbook before it is closed."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "mmm yy"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if value != "":
                        sheet.write(row, column, value)
        if extra is not None:
            extra(made)
    return path


def folder(path: Path, sheets: dict[str, Cells], delimiter: str = ",") -> Path:
    """Write sheets as CSV files."""
    path.mkdir(exist_ok=True)
    for name, rows in sheets.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def found(path: Path) -> set[tuple[str, str, str]]:
    """Severity, code and place of every finding."""
    return {(one.severity.value, one.code, one.place) for one in check(path)[1]}


def good(path: Path) -> tuple[Data, tuple[Finding, ...]]:
    """The data of an input that must be readable."""
    data, findings = check(path)
    assert data is not None, findings
    return data, findings


def edit_part(source: Path, target: Path, part: str, old: bytes, new: bytes) -> Path:
    """Copy a workbook with a change in the XML of one part."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w") as made:
        for one in given.infolist():
            content = given.read(one)
            if one.filename == part:
                assert old in content
                content = content.replace(old, new)
            made.writestr(one.filename, content, zipfile.ZIP_DEFLATED)
    return target
