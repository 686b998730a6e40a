"""A workbook with very many rows of Demand, and reading it beside a bare reader of its cells."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import python_calamine as calamine
import xlsxwriter

from optimizer.tables import read

SUPPLIERS = 60
OFFERS = 4  # for each item


@dataclass(frozen=True)
class Size:
    """Demand has a row for each item at each site in each month."""

    items: int
    sites: int
    months: int

    @property
    def rows(self) -> int:
        """Rows of Demand."""
        return self.items * self.sites * self.months


LARGE = Size(items=500, sites=20, months=20)
SMALL = Size(items=10, sites=3, months=4)


def month(number: int) -> str:
    """A month of the horizon, counted from 0."""
    return f"{2025 + number // 12}-{number % 12 + 1:02d}"


def quantity(row: int) -> float:
    """What row ``row`` of Demand, counted from 0, asks for."""
    return 1 + row * 37 % 101


def write_book(path: Path, size: Size, changed: dict[int, tuple[object, ...]]) -> Path:
    """Write the workbook; ``changed`` replaces rows of Demand, counted from 0."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:

        def sheet(name: str, header: str, rows: list[tuple[object, ...]]) -> None:
            made = book.add_worksheet(name)
            for place, row in enumerate([tuple(header.split()), *rows]):
                made.write_row(place, 0, row)

        items = [f"I{n:03d}" for n in range(size.items)]
        sites = [f"P{n:02d}" for n in range(size.sites)]
        makers = [f"S{n:02d}" for n in range(SUPPLIERS)]
        sheet("Settings", "setting value", [("start", month(0)), ("periods", size.months)])
        sheet("Items", "item", [(item,) for item in items])
        sheet("Sites", "site", [(site,) for site in sites])
        sheet("Countries", "country", [("CN",), ("VN",), ("DE",)])
        sheet("Suppliers", "supplier country",
              [(maker, ("CN", "VN", "DE")[n % 3]) for n, maker in enumerate(makers)])  # fmt: skip
        sheet("Offers", "supplier item price",
              [(makers[(n + 7 * k) % SUPPLIERS], item, 10 + (n * 3 + k) % 17)
               for n, item in enumerate(items) for k in range(OFFERS)])  # fmt: skip
        demand: list[tuple[object, ...]] = [
            (item, site, month(t)) for item in items for site in sites for t in range(size.months)
        ]
        demand = [(*row, quantity(n)) for n, row in enumerate(demand)]
        for place, row in changed.items():
            demand[place] = row
        sheet("Demand", "item site period quantity", demand)
    return path


def bare(path: Path) -> int:
    """Every cell of every sheet as calamine gives it; how many rows."""
    book = calamine.CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def checked(path: Path) -> int:
    """The same workbook as the tool reads it; how many rows of Demand."""
    return len(read(path).demand)


@dataclass(frozen=True)
class Beside:
    """Least seconds of each over several turns, taken alternately."""

    bare: float
    checked: float

    @property
    def ratio(self) -> float:
        """Checked tables to raw rows."""
        return self.checked / self.bare


def side_by_side(path: Path, turns: int) -> Beside:
    """Both readers, one after the other, ``turns`` times."""
    taken = [(_seconds(bare, path), _seconds(checked, path)) for _ in range(turns)]
    return Beside(min(one for one, _ in taken), min(other for _, other in taken))


def _seconds(reader: Callable[[Path], int], path: Path) -> float:
    start = time.perf_counter()
    reader(path)
    return time.perf_counter() - start


def table(beside: Beside) -> str:
    """One line for each reader, with its seconds as a multiple of the bare one's."""
    return (
        f"{'reader':<16}{'seconds':>9}{'ratio':>8}\n"
        f"{'calamine alone':<16}{beside.bare:>9.2f}{1:>8.2f}\n"
        f"{'checked tables':<16}{beside.checked:>9.2f}{beside.ratio:>8.2f}"
    )
