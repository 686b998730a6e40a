"""Cells of the input: what they say, where they stand, and the input with others in their place."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.fields import Row
from optimizer.contract.inputs import input_table

SETTINGS = "Settings"
_SHOWN = 12


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One cell: its sheet, the place of its row in the table (from 0) and its column.

    A setting has its own name as column, and place 0.
    """

    table: str
    place: int
    column: str

    def value(self, data: Data) -> Any:
        """What it says."""
        if self.table == SETTINGS:
            return getattr(data.settings, self.column)
        return getattr(data.rows(_attribute(self.table))[self.place], self.column)

    def address(self, data: Data) -> str:
        """As people write it (``Suppliers!D3``); without a file, its sheet, row and column."""
        sheet = data.source.sheet(self.table)
        if self.table == SETTINGS:
            return f"{sheet}!{data.source.cell_of(SETTINGS, Row(), self.column) or self.column}"
        row = data.rows(_attribute(self.table))[self.place]
        found = data.source.cell_of(self.table, row, self.column)
        return f"{sheet}!{found or f'{self.column} of row {row.row}'}"


Edits = Mapping[Cell, Any]
"""What cells are to say."""


def with_cells(data: Data, edits: Edits) -> Data:
    """The same data with other content in some cells."""
    settings: dict[str, Any] = {}
    tables: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for cell, value in edits.items():
        if cell.table == SETTINGS:
            settings[cell.column] = value
        else:
            tables[_attribute(cell.table)][cell.place][cell.column] = value
    made: dict[str, Any] = {}
    for attribute, places in tables.items():
        made[attribute] = tuple(
            dataclasses.replace(row, **places[place]) if place in places else row
            for place, row in enumerate(data.rows(attribute))
        )
    if settings:
        made["settings"] = dataclasses.replace(data.settings, **settings)
    return dataclasses.replace(data, **made) if made else data


def addresses(cells: Iterable[Cell], data: Data) -> str:
    """The addresses of cells; ``Demand!D2:D7`` where they follow each other in a column or row."""
    listed = [cell.address(data) for cell in sorted(cells)]
    spans: list[list[str]] = []
    for address in listed:
        if spans and _follows(spans[-1][-1], address):
            spans[-1].append(address)
        else:
            spans.append([address])
    texts = [
        span[0] if len(span) == 1 else f"{span[0]}:{span[-1].partition('!')[2]}" for span in spans
    ]
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def _follows(one: str, other: str) -> bool:
    """Whether the other address is the next cell to the right or below."""
    (sheet, here), (other_sheet, there) = _split(one), _split(other)
    if sheet != other_sheet or here is None or there is None:
        return False
    (column, row), (other_column, other_row) = here, there
    if column == other_column:
        return other_row == row + 1
    return row == other_row and other_column == column + 1


def _split(address: str) -> tuple[str, tuple[int, int] | None]:
    sheet, _, cell = address.partition("!")
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    if not letters or not digits or not letters.isalpha() or not letters.isupper():
        return sheet, None
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return sheet, (column, int(digits))


def _attribute(table: str) -> str:
    return input_table(table).attribute
