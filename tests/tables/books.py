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


# Every table, without a single finding.
FULL: dict[str, Cells] = {
    **SMALL,
    "Settings": [["setting", "value"], ["start", "2025-10"], ["holding_rate", 0.1],
                 ["risk_measure", "cvar"]],
    "Composition": [["item", "element", "mass_share"], ["A", "Dy", 0.1], ["B", "NdPr", 0.3]],
    "Currencies": [["currency", "rate"], ["INR", 0.0115]],
    "Offers": [["supplier", "item", "price", "currency", "licences", "active"],
               ["S1", "A", 10, "", "", ""], ["S2", "A", 12.5, "INR", "none", "yes"],
               ["S2", "B", 7, "usd", "L", ""]],
    "PriceBreaks": [["supplier", "item", "from_quantity", "price"], ["S1", "A", 5, 9]],
    "Calendar": [["supplier", "item", "period", "capacity_factor"], ["S1", "*", "2025-11", 0.5]],
    "Lanes": [["country", "site", "mode", "freight"], ["*", "PUN", "sea", 1],
              ["CN", "*", "air", 2]],
    "Upstream": [["supplier", "stage", "element", "country", "share"],
                 ["S1", "refining", "Dy", "CN", 0.9], ["S2", "refining", "*", "VN", 1]],
    "Licences": [["licence", "country", "elements", "banned_end_uses"],
                 ["L", "CN", "Dy;NdPr", "general"]],
    "Risks": [["risk", "result", "probability", "scope", "target", "to_period", "deliverable"],
              ["ban", "yes", 0.2, "licence", "L", "2025-12", 0],
              ["fire", "small", 0.1, "stage", "refining:CN", "", 0.5],
              ["fire", "large", 0.1, "supplier", "S1", "", 0]],
    "Stock": [["item", "site", "licences", "quantity"], ["A", "PUN", "L", 2], ["A", "PUN", "", 2]],
    "OpenOrders": [["supplier", "item", "site", "period", "quantity", "secured"],
                   ["S1", "A", "PUN", "2025-11", 3, "no"]],
    "StockPolicy": [["item", "site", "min_cover_days", "max_cover_days"], ["*", "PUN", 10, 60]],
    "Substitutions": [["item", "substitute", "from_period"], ["A", "B", "2025-11"]],
    "Projects": [["project", "supplier", "capacity", "capex"], ["P", "S1", 10, 1000]],
    "Rules": [["rule", "dimension", "member", "metric", "sense", "limit", "family"],
              ["cap", "country", "CN", "share", "max", 0.6, "magnets"],
              ["refined", "refining", "CN", "share", "max", 0.65, ""],
              ["two", "supplier", "each", "count", "min", 2, ""]],
    "Scenarios": [["scenario", "table", "where", "column", "operation", "value"],
                  ["tight", "Rules", "rule=cap", "limit", "set", 0.4],
                  ["late", "Offers", "country=CN", "lead_days", "add", 30],
                  ["early", "Settings", "setting=start", "value", "set", "2025-11"]],
}  # fmt: skip
