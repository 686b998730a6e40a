"""What stands on the sheets of one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.contract.fields import Row
from optimizer.report.places import Place
from optimizer.report.shown import Shown

CellFormula = Callable[[int, str], str]
"""(row counted from 1, column) -> formula"""


@dataclass(frozen=True, slots=True)
class Live:
    """Cells of a sheet that are formulas: the columns, and the formula of each row."""

    columns: tuple[str, ...]
    formula: CellFormula


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands on the sheets of one table: the line above it, and its rows as they are shown.

    ``broken``: the cells of a row shown in red.  ``printed``: columns that go to print at least.
    """

    line: str
    place: Place
    columns: Sequence[Shown]
    rows: Sequence[Row]
    broken: Callable[[Any], Sequence[str]] | None = None
    live: Live | None = None
    printed: int = 0
