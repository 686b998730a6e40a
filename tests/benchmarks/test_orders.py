"""Writing results of very many rows: in time and memory that grow with the rows at most."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
import python_calamine as calamine
import xlsxwriter

from optimizer.assemble import assemble
from optimizer.contract.plan import Plan
from optimizer.report.columns import result_table
from optimizer.report.workbook import write_workbook
from optimizer.verify import verify
from tests.benchmarks.orders import ordered, plan_of, tabulated
from tests.benchmarks.scoreboard import Score
from tests.benchmarks.tables import LARGE, SMALL, Size

T = TypeVar("T")
TABLES = ("orders", "issues", "stock_plan", "costs", "service")
SOME, MORE = Size(items=20, sites=10, months=20), Size(items=100, sites=10, months=20)
BYTES_A_ROW = 100
"""What sorting the rows of one table takes; the cells of one row take more than ten times that."""


def records(book: calamine.CalamineWorkbook, sheet: str) -> list[list[object]]:
    """The header of a table and its rows."""
    return book.get_sheet_by_name(sheet).to_python()[4:]


def peak(plan: Plan, path: Path) -> int:
    """The most memory that writing holds, beyond the plan."""
    tracemalloc.start()
    try:
        write_workbook(plan, path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.slow)])
def test_every_row_is_written(tmp_path: Path, size: Size) -> None:
    plan = plan_of(size)
    assert verify(plan) == ()
    assert len(plan.tables.orders) == size.rows
    path = tmp_path / "out.xlsx"
    write_workbook(plan, path)
    book = calamine.CalamineWorkbook.from_path(path)
    for table in TABLES[1:]:
        assert len(records(book, result_table(table).name)) == size.rows + 1
    header, *orders = records(book, "Orders")
    costs = [row[header.index("Cost (USD)")] for row in orders]
    assert len(costs) == size.rows
    assert sum(map(float, map(str, costs))) == pytest.approx(plan.facts.objective)


@pytest.mark.slow
def test_memory_does_not_hold_the_cells(tmp_path: Path) -> None:
    some, more = plan_of(SOME), plan_of(MORE)
    grown = peak(more, tmp_path / "more.xlsx") - peak(some, tmp_path / "some.xlsx")
    assert grown < (MORE.rows - SOME.rows) * BYTES_A_ROW


@pytest.mark.bench
def test_200_000_orders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], score: Callable[[Score], None]
) -> None:
    """Every part of the way from data to workbook but the solve itself."""
    data = ordered(LARGE)
    seconds, problem = timed(lambda: assemble(data))
    taken = {"assemble": seconds}
    taken["tabulate"], plan = timed(lambda: tabulated(data, problem))
    taken["verify"], found = timed(lambda: verify(plan))
    taken["write"], _ = timed(lambda: write_workbook(plan, tmp_path / "out.xlsx"))
    size = (tmp_path / "out.xlsx").stat().st_size
    lines = [f"{part:<10}{seconds:>8.1f} s" for part, seconds in taken.items()]
    seconds = sum(taken.values())
    score(Score(f"{LARGE.rows:,} orders: tables, checks and workbook", seconds, 60, "s"))
    with capsys.disabled():
        print("", f"{LARGE.rows:,} orders, {size / 1e6:.0f} MB written", *lines, sep="\n")
    assert found == ()


@pytest.mark.bench
def test_a_result_takes_half_of_what_its_cells_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A whole result beside XlsxWriter writing as many cells, one call for each."""
    plan = plan_of(MORE)
    cells = MORE.rows * sum(len(result_table(name).columns) for name in TABLES)
    pairs = []
    for _ in range(2):
        whole, _ = timed(lambda: write_workbook(plan, tmp_path / "out.xlsx"))
        alone, _ = timed(lambda: by_cell(tmp_path / "cells.xlsx", cells))
        pairs.append((whole, alone))
    whole, alone = (min(column) for column in zip(*pairs, strict=True))
    with capsys.disabled():
        print(f"\n{cells:,} cells: result {whole:.1f} s, one by one {alone:.1f} s, "
              f"ratio {whole / alone:.2f}")  # fmt: skip
    assert whole < alone / 2


def by_cell(path: Path, cells: int) -> None:
    """So many cells, half of them names and half numbers."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        look = book.add_format({"num_format": "0.0"})
        for row in range(cells // 12):
            for column in range(6):
                sheet.write_string(row, column, f"I{row % 500}", look)
                sheet.write_number(row, column + 6, row / 7, look)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came of it."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made
