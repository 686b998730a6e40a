"""Reads a written workbook back, the way a program does that recalculates nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from optimizer.contract.plan import Plan
from optimizer.report.places import FIRST_ROW, HEADER_ROW
from optimizer.report.workbook import write_workbook


@dataclass(frozen=True)
class Book:
    """The same file twice: with stored values, and with formulas."""

    values: Any
    formulas: Any

    def header(self, sheet: str) -> list[str]:
        return [cell.value for cell in self.values[sheet][HEADER_ROW + 1]]

    def column(self, sheet: str, heading: str) -> list[Any]:
        """The stored values below a heading."""
        at = self.header(sheet).index(heading) + 1
        rows = self.values[sheet].iter_rows(min_row=FIRST_ROW + 1, min_col=at, max_col=at)
        return [cell.value for (cell,) in rows]

    def above(self, sheet: str, row: int, heading: str) -> Any:
        """The stored value above a heading; row as in `places`."""
        return self.values[sheet].cell(row + 1, self.header(sheet).index(heading) + 1).value

    def texts(self, sheet: str) -> list[str]:
        return [
            cell.value
            for row in self.values[sheet].iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        ]

    def live(self) -> Iterator[tuple[str, str, Any]]:
        """(sheet, cell, stored value) of every formula."""
        for sheet in self.formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        stored = self.values[sheet.title][cell.coordinate].value
                        yield sheet.title, cell.coordinate, stored


def opened(path: Path) -> Book:
    return Book(load_workbook(path, data_only=True), load_workbook(path))


def written(plan: Plan, folder: Path, name: str = "plan.xlsx") -> Book:
    path = folder / name
    write_workbook(plan, path)
    return opened(path)
