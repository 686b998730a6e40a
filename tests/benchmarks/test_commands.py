"""`diversify solve` from the workbook to the result, beside HiGHS alone on the same matrix.

HiGHS has the matrix for nothing: it is saved before the clock begins.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.commands import Planned, raw, run, save, solve
from tests.benchmarks.instances import instance
from tests.benchmarks.scoreboard import Score, table
from tests.benchmarks.written import as_workbook

Put = Callable[[Score], None]
INTERIOR = {"solver": "ipm", "run_crossover": "on"}
TURNS = 1
HARD_SECONDS, HARD_GAP = 60, 0.2
START_SECONDS = 4.0
"""What a command takes before it solves: the interpreter, reading and checking."""


def beside(found: dict[str, float]) -> str:
    gap = found["gap"]
    reached = f"gap {100 * gap:.0f} %" if math.isfinite(gap) else "no plan"
    return f"HiGHS alone: {reached} after {found['seconds']:.0f} s"


def mixed(name: str, folder: Path, limit: float, gap: float) -> tuple[Planned, dict[str, float]]:
    """The tool to a gap, and HiGHS alone for the same limit."""
    data = instance(name)
    source = as_workbook(data, folder / f"{name}.xlsx")
    planned = solve(source, folder, gap=gap, time_limit=limit - START_SECONDS)
    _, alone = raw(save(data, folder / f"{name}.npz"), time_limit=limit, mip_rel_gap=gap)
    return planned, alone


@pytest.mark.bench
@pytest.mark.parametrize(
    ("name", "limit", "gap"),
    [("medium-milp", 60, 0.015), ("medium-milp", 180, 0.01), ("large-milp", 600, 0.03)],
)
def test_a_gap_is_proven_in_time(
    name: str, limit: float, gap: float, tmp_path: Path, score: Put
) -> None:
    planned, alone = mixed(name, tmp_path, limit, gap)
    whole = f"{name}: gap proven, limit {limit:g} s"
    score(Score(whole, 100 * planned.gap, 100 * gap, "%", beside=beside(alone)))
    score(Score(f"{name}: whole command, to that gap", planned.ran.seconds, limit, "s"))
    if limit <= HARD_SECONDS:  # else the workbook is too easy to measure anything on
        assert alone["gap"] > HARD_GAP or not math.isfinite(alone["gap"])


@pytest.mark.bench
def test_a_large_linear_program_beside_its_matrix_alone(tmp_path: Path, score: Put) -> None:
    data = instance("large-lp")
    source, matrix = as_workbook(data, tmp_path / "lp.xlsx"), save(data, tmp_path / "lp.npz")
    whole, alone = [], []
    for _ in range(TURNS):
        planned = solve(source, tmp_path)
        ran, found = raw(matrix, **INTERIOR)
        assert planned.objective == pytest.approx(found["objective"], rel=1e-6)
        whole.append(planned.ran)
        alone.append((found["seconds"], ran.peak))
    ours, theirs = min(one.seconds for one in whole), min(seconds for seconds, _ in alone)
    memory, theirs_memory = max(one.peak for one in whole), max(peak for _, peak in alone)
    score(Score("large-lp: whole command to HiGHS on its matrix", ours / theirs, 1.5,
                beside=f"{ours:.0f} s and {theirs:.0f} s"))  # fmt: skip
    score(Score("large-lp: peak memory to HiGHS on its matrix", memory / theirs_memory, 3,
                beside=f"{memory:.0f} and {theirs_memory:.0f} MB"))  # fmt: skip


@pytest.mark.slow
def test_the_same_on_small_ones(tmp_path: Path) -> None:
    planned, alone = mixed("small-milp", tmp_path, 20, 0.02)
    assert planned.gap <= 0.02
    assert planned.ran.peak > 50
    assert alone["objective"] * (1 - 0.02) <= planned.objective <= alone["objective"] * 1.03
    data = instance("small-lp")
    planned = solve(as_workbook(data, tmp_path / "lp.xlsx"), tmp_path)
    _, found = raw(save(data, tmp_path / "lp.npz"), **INTERIOR)
    assert planned.objective == pytest.approx(found["objective"], rel=1e-6)


def test_a_command_may_complain_as_much_as_it_likes() -> None:
    """A pipe holds some 64 KiB."""
    talk = "import sys; sys.stderr.write('x' * 10**6 + 'last words'); print('said'); sys.exit({})"
    ran = run(sys.executable, "-c", talk.format(0))
    assert ran.printed == "said\n"
    assert ran.peak > 1
    with pytest.raises(AssertionError, match="last words"):
        run(sys.executable, "-c", talk.format(1))


def test_the_table_says_what_is_missed() -> None:
    lines = table([Score("quick", 1.0, 2.0), Score("slow", 3.0, 2.0, at_most=False),
                   Score("slower", 3.0, 2.0, beside="another")]).splitlines()  # fmt: skip
    assert [("reached" in line, "MISSED" in line) for line in lines[1:]] == [
        (True, False), (True, False), (False, True)
    ]  # fmt: skip
    assert lines[-1].endswith("another")
