"""Building and passing on a large linear program, beside linopy; `make bench` prints the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optimizer.assemble import assemble
from tests.benchmarks.instances import instance
from tests.benchmarks.scoreboard import Score

pytest.importorskip("linopy", reason="make bench installs linopy")

from tests.benchmarks.builds import Beside, by_linopy, by_us, side_by_side, size, table


@pytest.mark.bench
def test_a_large_program_is_passed_on_in_less_than_four_times_linopy(
    capsys: pytest.CaptureFixture[str], score: Callable[[Score], None]
) -> None:
    beside = side_by_side("large-lp", turns=3)
    with capsys.disabled():
        print(f"\nlarge-lp, from the problem to HiGHS\n{table(beside)}")
    score(Score("large-lp: build and compile to linopy", beside.ratio, 4))


@pytest.mark.parametrize("name", ["small-lp", pytest.param("large-lp", marks=pytest.mark.slow)])
def test_both_are_the_same_program(name: str) -> None:
    problem = assemble(instance(name))
    ours, theirs = (way(problem)[0] for way in (by_us, by_linopy))
    assert size(ours) == size(theirs)
    same = [sorted_matrix(one) for one in (ours, theirs)]
    for mine, other in zip(*same, strict=True):
        assert mine == pytest.approx(other)


def sorted_matrix(loaded: Any) -> tuple[np.ndarray, ...]:
    """What does not depend on the order of rows and columns: entries, costs and sides by size."""
    lp = loaded.getLp()
    sides = np.concatenate([lp.row_lower_, lp.row_upper_])
    finite = np.abs(sides[np.isfinite(sides)])
    return np.sort(np.abs(lp.a_matrix_.value_)), np.sort(lp.col_cost_), np.sort(finite)


def test_both_come_to_the_same_optimum() -> None:
    problem = assemble(instance("small-lp"))
    optima = []
    for way in (by_us, by_linopy):
        loaded, seconds = way(problem)
        loaded.setOptionValue("output_flag", False)
        loaded.run()
        optima.append(loaded.getInfo().objective_function_value)
        assert min(seconds) > 0
    assert optima[0] == pytest.approx(optima[1], rel=1e-9)


def test_the_table_says_both_ratios() -> None:
    beside = Beside(2.0, 1.0, 0.0, tables=1.0, linopy=0.5, memory=9.0, memory_linopy=3.0)
    assert "ratio 2.0; to linopy with its tables at hand 6.0" in table(beside)
