"""Reading very many rows of Demand; `make bench` prints what it takes beside a bare reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.assemble import assemble
from optimizer.tables import check, read
from tests.benchmarks.scoreboard import Score
from tests.benchmarks.tables import (
    LARGE,
    SMALL,
    Size,
    bare,
    checked,
    quantity,
    side_by_side,
    table,
    write_book,
)

SIZES = [SMALL, pytest.param(LARGE, marks=pytest.mark.slow)]


@pytest.mark.bench
def test_200_000_rows_are_read_in_less_than_three_times_a_bare_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], score: Callable[[Score], None]
) -> None:
    beside = side_by_side(write_book(tmp_path / "large.xlsx", LARGE, {}), turns=5)
    with capsys.disabled():
        print(f"\n{LARGE.rows:,} rows of Demand\n{table(beside)}")
    score(Score(f"reading {LARGE.rows:,} rows of Demand to calamine", beside.ratio, 3))


def test_both_readers_read_the_same_small_book(tmp_path: Path) -> None:
    path = write_book(tmp_path / "small.xlsx", SMALL, {})
    assert checked(path) == SMALL.rows < bare(path)
    assert table(side_by_side(path, turns=1)).count("\n") == 2


@pytest.mark.parametrize("size", SIZES)
def test_every_row_is_read_and_assembled(tmp_path: Path, size: Size) -> None:
    data = read(write_book(tmp_path / "book.xlsx", size, {}))
    total = sum(map(quantity, range(size.rows)))
    assert len(data.demand) == size.rows
    assert [row.row for row in data.demand[:: size.rows - 1]] == [2, size.rows + 1]
    assert sum(row.quantity for row in data.demand) == total
    problem = assemble(data)
    assert sum(problem.needs.demand.values()) == total
    needs = {need for need, _, _ in problem.needs.demand}
    assert len(needs) == size.items * size.sites
    assert len(problem.supply.lanes) == len(data.offers) * size.sites
    assert len(problem.supply.landed) == len(problem.supply.lanes) * size.months


@pytest.mark.parametrize("size", SIZES)
def test_mistakes_far_down_are_found_at_their_cells(tmp_path: Path, size: Size) -> None:
    far = size.rows * 3 // 4
    last = size.rows - 1
    changed: dict[int, tuple[object, ...]] = {
        far: ("I001", "P01", "2025-01", "a dozen"),
        far + 1: ("I001", "P99", "2025-01", 5),
        last: ("I000", "P00", "2025-01", 7),  # as the first row
    }
    data, findings = check(write_book(tmp_path / "book.xlsx", size, changed))
    assert data is None
    errors = {(one.code, one.cell) for one in findings if one.severity.value == "error"}
    assert {
        ("not-a-number", f"D{far + 2}"),
        ("unknown-name", f"B{far + 3}"),
        ("duplicate-key", f"A{last + 2}"),
    } <= errors
    again = next(one for one in findings if one.cell == f"A{last + 2}")
    assert "as row 2 (A2)" in again.message
