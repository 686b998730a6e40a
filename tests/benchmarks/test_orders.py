"""Writing results of very many rows: in time and memory that grow with the rows at most."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
import python_calamine as calamine

from optimizer.contract.plan import Plan
from optimizer.report.workbook import write_workbook
from optimizer.verify import verify
from tests.benchmarks.orders import plan_of
from tests.benchmarks.tables import LARGE, SMALL, Size

SHEETS = ("Orders", "Issues", "Stock plan", "Costs", "Service")
SOME, MORE = Size(items=20, sites=10, months=20), Size(items=100, sites=10, months=20)
BYTES_A_ROW = 100
"""What sorting the rows of one table takes; the cells of one row take more than ten times that."""


def records(path: Path, sheet: str) -> list[dict[object, object]]:
    """The rows below the header."""
    book = calamine.CalamineWorkbook.from_path(path)
    header, *rows = book.get_sheet_by_name(sheet).to_python()[4:]
    return [dict(zip(header, row, strict=True)) for row in rows]


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
    for sheet in SHEETS:
        assert len(records(path, sheet)) == size.rows
    costs = [row["Cost (USD)"] for row in records(path, "Orders")]
    assert sum(map(float, map(str, costs))) == pytest.approx(plan.facts.objective)


@pytest.mark.slow
def test_memory_does_not_hold_the_cells(tmp_path: Path) -> None:
    some, more = plan_of(SOME), plan_of(MORE)
    grown = peak(more, tmp_path / "more.xlsx") - peak(some, tmp_path / "some.xlsx")
    assert grown < (MORE.rows - SOME.rows) * BYTES_A_ROW


@pytest.mark.bench
def test_200_000_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = plan_of(LARGE)
    start = time.perf_counter()
    write_workbook(plan, tmp_path / "out.xlsx")
    seconds = time.perf_counter() - start
    size = (tmp_path / "out.xlsx").stat().st_size
    with capsys.disabled():
        print(f"\n{LARGE.rows:,} orders written in {seconds:.1f} s, {size / 1e6:.0f} MB")
    assert seconds < 40
