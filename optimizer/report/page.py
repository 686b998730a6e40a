"""A page laid out on a grid: cells are put in any order and written row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from optimizer.report.styles import Format


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and the value that is stored beside it."""

    text: str
    value: float


Content: TypeAlias = "str | float | Formula | None"


@dataclass(frozen=True, slots=True)
class _Cell:
    content: Content
    look: Format
    span: int


@dataclass(slots=True)
class Page:
    """The cells and row heights of one sheet."""

    cells: dict[tuple[int, int], _Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)

    def put(self, row: int, column: int, content: Content, look: Format, span: int = 1) -> None:
        """Put a text, number or formula into a cell that spans so many columns."""
        self.cells[row, column] = _Cell(content, look, span)

    def write(self, sheet: Any) -> None:
        """Write everything; rows go out in order, as a streaming writer wants them."""
        for row in sorted({row for row, _ in self.cells} | set(self.heights)):
            if row in self.heights:
                sheet.set_row_pixels(row, self.heights[row])
            for (_, column), cell in sorted(
                (place, cell) for place, cell in self.cells.items() if place[0] == row
            ):
                _write_cell(sheet, row, column, cell)


def _write_cell(sheet: Any, row: int, column: int, cell: _Cell) -> None:
    if cell.span > 1:
        sheet.merge_range(row, column, row, column + cell.span - 1, "", cell.look)
    if isinstance(cell.content, Formula):
        sheet.write_formula(row, column, f"={cell.content.text}", cell.look, cell.content.value)
    elif isinstance(cell.content, str):
        sheet.write_string(row, column, cell.content, cell.look)
    elif cell.content is None:
        sheet.write_blank(row, column, None, cell.look)
    else:
        sheet.write_number(row, column, cell.content, cell.look)
