"""What a reader of values does not tell about a sheet.

Error cells, formulas without a stored value, hidden rows and columns, filters, and how far its
cells are spread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from optimizer.tables.grid import ErrorCell, Hollow

# One look per mark at bytes is some ten times faster than a pattern that knows all of them.
_FILLED = (b"<v", b"<is", b"<f", b":v>", b":is>", b":f>")
_ODD = (b't="e"', b"t='e'", b"hidden=")
# What begins so may be a formula or a filter; only then is it worth a closer look.
_MAYBE_ODD = {b"<f": (b"<f>", b"<f ", b"<filterColumn"), b":f": (b":f>", b":f ", b":filterColumn")}
_WIDE = re.compile(rb' r="([A-Z]{2,3})\d+"[^>/]*>')
_ROW = re.compile(rb'row r="(\d+)"')
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True, slots=True)
class Oddities:
    """``cells``: (row from 1, column from 0) -> what stands there in place of a value."""

    cells: Mapping[tuple[int, int], ErrorCell | Hollow] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    filtered: bool = False


def is_empty(xml: bytes) -> bool:
    """Whether no cell of the sheet holds anything (or it is no sheet of cells)."""
    return not any(mark in xml for mark in _FILLED)


def spread(xml: bytes) -> int:
    """At most so many cells lie between A1, the last row and the last filled column."""
    wide = (_column(one.decode()) for one in set(_WIDE.findall(xml)))
    rows = max(map(int, _ROW.findall(xml)), default=0)
    return rows * (max(wide, default=25) + 1)


def oddities(xml: bytes) -> Oddities:
    """Look through a sheet's XML; a sheet without anything odd costs a few scans."""
    if not _is_odd(xml):
        return Oddities()
    scan = _Scan()
    try:
        scan.parser.Parse(xml, True)
    except expat.ExpatError:
        return Oddities()  # the reader of values refuses such a sheet and says so
    return Oddities(scan.cells, tuple(scan.hidden_rows), tuple(scan.hidden_columns), scan.filtered)


def _is_odd(xml: bytes) -> bool:
    return any(mark in xml for mark in _ODD) or any(
        start in xml and any(mark in xml for mark in marks) for start, marks in _MAYBE_ODD.items()
    )


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Scan:
    """Handlers of the XML parser, and where they are in the sheet."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], ErrorCell | Hollow] = {}
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.filtered = False
        self._row = 0
        self._column = -1
        self._type = ""
        self._formula = False
        self._in_value = False
        self._value = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, given: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            found = _ADDRESS.fullmatch(given.get("r", ""))
            if found:
                self._column, self._row = _column(found[1]), int(found[2])
            else:
                self._column += 1
            self._type, self._formula, self._value = given.get("t", ""), False, ""
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "t"):
            self._in_value = True
        elif tag == "row":
            self._row = int(given["r"]) if given.get("r", "").isdigit() else self._row + 1
            self._column = -1
            if given.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self._row)
        elif tag == "col":
            if given.get("hidden") in ("1", "true"):
                first, last = int(given.get("min", "1")), int(given.get("max", "1"))
                self.hidden_columns.extend(range(first - 1, min(last, first + 99)))
        elif tag == "filterColumn":
            self.filtered = True

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("v", "t"):
            self._in_value = False
        elif tag == "c":
            place = (self._row, self._column)
            if self._type == "e":
                self.cells[place] = ErrorCell(self._value or "an error")
            elif self._formula and not self._value and self._type != "str":
                self.cells[place] = Hollow.UNSTORED
