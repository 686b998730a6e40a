"""``diversify solve --lock``: a plan, its sheet Awards edited by hand, and the plan around that.

30 P are needed in three months; K sells at 10, can make 8 a month and may have 75 %; L sells at
15.  A goal of three suppliers costs 1,000, whatever is done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import optimizer
from optimizer.api import QuestionError
from optimizer.cli import main
from tests.cli.workbooks import GOOD, OPTIMUM, folder

K, L = ("K", "P"), ("L", "P")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def planned(tmp_path: Path) -> tuple[Path, Path]:
    """The input and its plan."""
    source, plan = folder(tmp_path / "in", GOOD), tmp_path / "plan.xlsx"
    assert run("solve", source, "-o", plan).exit_code == 0
    return source, plan


def header(sheet: Any) -> tuple[int, dict[str, int]]:
    """Row of the headings of the sheet Awards, and the columns by their first word."""
    for row in sheet.iter_rows(max_row=10):
        words = {str(cell.value).split(" (")[0]: cell.column for cell in row}
        if {"Supplier", "Item", "Award"} <= words.keys():
            return row[0].row, words
    raise AssertionError("no headings")


def edit(path: Path, change: Callable[[Any, int, dict[str, int]], object]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Awards"]
    change(sheet, *header(sheet))
    book.save(path)


def give(**awards: float | str | None) -> Callable[[Any, int, dict[str, int]], object]:
    """Write awards beside the suppliers that are there, and rows for those that are not."""

    def change(sheet: Any, top: int, columns: dict[str, int]) -> None:
        rows = {
            sheet.cell(row, columns["Supplier"]).value: row
            for row in range(top + 1, sheet.max_row + 1)
        }
        for supplier, award in awards.items():
            row = rows.get(supplier, sheet.max_row + 1)
            sheet.cell(row, columns["Supplier"], supplier)
            sheet.cell(row, columns["Item"], "P")
            sheet.cell(row, columns["Award"]).value = award

    return change


def awards_of(path: Path) -> dict[str, float]:
    sheet = openpyxl.load_workbook(path, data_only=True)["Awards"]
    top, columns = header(sheet)
    return {
        line[columns["Supplier"] - 1]: line[columns["Award"] - 1]
        for line in sheet.iter_rows(min_row=top + 1, values_only=True)
    }


def notes_of(path: Path) -> str:
    book = openpyxl.load_workbook(path, data_only=True)
    return "\n".join(
        str(cell)
        for name in ("Summary", "Assumptions")
        for line in book[name].iter_rows(values_only=True)
        for cell in line
        if cell is not None
    )


def test_a_plan_locked_to_its_own_awards_costs_the_same(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    source, plan = planned
    before, out = plan.read_bytes(), tmp_path / "out.xlsx"
    result = run("solve", source, "--lock", plan, "-o", out)
    assert result.exit_code == 0, result.output
    assert awards_of(out) == pytest.approx(awards_of(plan), rel=1e-6)
    locked = optimizer.solve(optimizer.read(source), lock=plan)
    assert locked.facts.objective == pytest.approx(OPTIMUM, rel=1e-6)
    assert plan.read_bytes() == before
    assert notes_of(out).count("Awards were locked") == 2
    assert "P from K at 22.5" in notes_of(out)
    assert "Note: Awards were locked" in result.stdout


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (give(K=18, L=12), {"K": 18, "L": 12}),
        (give(K=18, L=None), {"K": 18, "L": 12}),  # blank: free
        (lambda sheet, top, columns: sheet.delete_rows(top + 1, 2), {"K": 22.5, "L": 7.5}),
        (give(K=0, L=None), {"L": 30}),  # 0 forbids
        (give(K=20, L=20), {"K": 20, "L": 20}),  # 10 more than needed
    ],
)
def test_awards_edited_by_hand(
    change: Callable[[Any, int, dict[str, int]], object],
    expected: dict[str, float],
    planned: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    source, plan = planned
    edit(plan, change)
    if expected == {"K": 22.5, "L": 7.5}:  # nothing is left to hold
        assert run("solve", source, "--lock", plan, "-o", tmp_path / "out.xlsx").exit_code == 1
        return
    result = run("solve", source, "--lock", plan, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 0, result.output
    assert awards_of(tmp_path / "out.xlsx") == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    "change",
    [
        give(K=24, L=6),  # K may have 75 %
        give(K=25, L=20),  # K can make 24
    ],
)
def test_a_lock_that_cannot_be_kept(
    change: Callable[[Any, int, dict[str, int]], object],
    planned: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    source, plan = planned
    edit(plan, change)
    result = run("solve", source, "--lock", plan, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 3, result.output
    assert "2 awards are held by the lock" in result.output
    assert "Rule cap must hold" in result.output
    assert not (tmp_path / "out.xlsx").exists()


def test_a_bad_lock_is_said_by_its_cell(planned: tuple[Path, Path], tmp_path: Path) -> None:
    source, plan = planned
    edit(plan, give(K="lots", M=3))
    result = run("solve", source, "--lock", plan, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 1
    assert "Awards!" in result.output
    assert "lots" in result.output
    assert "'M' is not a supplier" in result.output


def test_the_lock_is_never_written_to(planned: tuple[Path, Path]) -> None:
    source, plan = planned
    before = plan.read_bytes()
    result = run("solve", source, "--lock", plan, "-o", plan)
    assert result.exit_code == 2, result.output
    assert plan.read_bytes() == before


def test_from_python(tmp_path: Path) -> None:
    data = optimizer.read(folder(tmp_path / "in", GOOD))
    plan = optimizer.solve(data, lock={K: 15.0})
    # 15 x 10 + 15 x 15, and the goal of three suppliers
    assert plan.facts.objective == pytest.approx(15 * 10 + 15 * 15 + 1000)
    assert dict(zip(plan.awards["supplier"], plan.awards["award"], strict=True)) == pytest.approx(
        {"K": 15, "L": 15}, rel=1e-6
    )
    for wrong in ({("M", "P"): 1.0}, {K: -1.0}, {K: float("nan")}):
        with pytest.raises(QuestionError):
            optimizer.solve(data, lock=wrong)


def test_minimum_awards_hold_and_the_lock_is_named(tmp_path: Path) -> None:
    offers = "supplier,item,price,capacity,min_award\nK,P,10,8,40\nL,P,15,,"  # 40 a year
    data = optimizer.read(folder(tmp_path / "in", GOOD | {"Offers": offers}))
    with pytest.raises(optimizer.InfeasibleError, match="held by the lock"):
        optimizer.solve(data, lock={K: 5.0})


def test_what_never_arrives_cannot_be_held(tmp_path: Path) -> None:
    offers = "supplier,item,price,lead_days\nK,P,10,400\nL,P,15,"
    data = optimizer.read(folder(tmp_path / "in", GOOD | {"Offers": offers}))
    with pytest.raises(optimizer.InfeasibleError, match=r"P from K.*nothing of that offer"):
        optimizer.solve(data, lock={K: 5.0})
    plan = optimizer.solve(data, lock={K: 0.0})
    assert plan.awards["supplier"].tolist() == ["L"]


def test_a_number_that_the_solver_refuses_is_a_finding_or_a_message(tmp_path: Path) -> None:
    awards = tmp_path / "awards.csv"
    awards.write_text("supplier,item,award\nL,P,1e30\n", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    result = run("solve", folder(tmp_path / "in", GOOD), "--lock", awards, "-o", out)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "C2" in result.stderr
    assert "no number may be beyond 1e+12" in result.stderr
    assert not out.exists()
    data = optimizer.read(tmp_path / "in")
    with pytest.raises(optimizer.SolverError, match="far too large"):
        optimizer.solve(data, lock={("L", "P"): 1e30})
