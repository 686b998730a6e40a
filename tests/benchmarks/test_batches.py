"""What a second worker is worth, and that no kill costs anything: printed by `make bench`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.batch import Options
from tests.benchmarks.batches import (
    Kills,
    killed_again_and_again,
    one_and_two_workers,
    ratio,
    table,
)
from tests.benchmarks.instances import instance
from tests.benchmarks.scoreboard import Score
from tests.benchmarks.written import as_workbook

JOBS = 32
KILLS = 10


def books(folder: Path, name: str, number: int) -> list[Path]:
    return [
        as_workbook(instance(name, seed), folder / f"{name}-{seed}.xlsx")
        for seed in range(1, number + 1)
    ]


@pytest.mark.bench
def test_two_workers_do_nearly_twice_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], score: Callable[[Score], None]
) -> None:
    runs = one_and_two_workers(books(tmp_path, "medium-lp", JOBS), tmp_path / "out")
    with capsys.disabled():
        print(f"\na batch of {JOBS} medium LPs\n{table(runs)}")
    score(Score(f"batch of {JOBS} medium LPs: 2 workers to 1", ratio(runs), 1.7, at_most=False))


@pytest.mark.bench
def test_ten_kills_cost_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], score: Callable[[Score], None]
) -> None:
    inputs = books(tmp_path, "small-milp", 12)
    (tmp_path / "out").mkdir()
    found = killed_again_and_again(inputs, tmp_path / "out", kills=KILLS, seed=1)
    with capsys.disabled():
        print(f"\na batch killed {found.kills} times and resumed: differences {found.differences}")
    score(Score(f"batch killed {found.kills} times: differences", len(found.differences), 0, ""))
    assert found == Kills(KILLS, ())


@pytest.mark.slow
def test_both_measurements_run_on_small_workbooks(tmp_path: Path) -> None:
    inputs = books(tmp_path, "small-lp", 2)
    runs = one_and_two_workers(inputs, tmp_path / "out", options=Options(gap=0.05))
    assert [(run.workers, run.jobs) for run in runs] == [(1, 2), (2, 2)]
    assert "throughput of 2 workers" in table(runs)
    (tmp_path / "kills").mkdir()
    assert killed_again_and_again(inputs, tmp_path / "kills", kills=1, seed=3) == Kills(1, ())
