"""What ten steps of a frontier take beside ten solves; `make bench` prints the tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from optimizer.contract.policy import Rule
from optimizer.solve.options import SolveOptions
from tests.benchmarks.medium import medium
from tests.benchmarks.scoreboard import Score
from tests.benchmarks.sweeps import Beside, ratio, side_by_side, table
from tests.small import need, offer, small

OPTIONS = SolveOptions(gap=0.01, time_limit=300.0)
SEEDS = (1, 2)
WIDE = [n / 100 for n in range(95, 45, -5)]
"""From where the rule costs nothing to where it does, as one asks who does not know the answer."""
BINDING = [n / 100 for n in range(70, 20, -5)]
"""Where every step costs something: each bound has to be proven by itself, and that is most of the
work, so that little is saved."""


@pytest.mark.bench
def test_ten_steps_beside_ten_solves(
    capsys: pytest.CaptureFixture[str], score: Callable[[Score], None]
) -> None:
    """On the models together: where the rule begins to bind differs from one to the other."""
    every: list[Beside] = []
    for seed in SEEDS:
        data = medium(seed)
        rows = side_by_side(data, data.rules[0], WIDE, OPTIONS)
        with capsys.disabled():
            print(f"\na medium model ({seed}), from loose to tight\n{table(rows)}")
        assert all(row.agree for row in rows)
        every += rows
    score(Score("ten steps from loose to tight to ten solves", ratio(every), 0.5))


@pytest.mark.bench
def test_ten_steps_that_all_bind(capsys: pytest.CaptureFixture[str]) -> None:
    data = medium(1)
    rows = side_by_side(data, data.rules[0], BINDING, OPTIONS)
    with capsys.disabled():
        print(f"\na medium model, each step binding\n{table(rows)}")
    assert all(row.agree for row in rows)


def test_both_ways_agree_on_a_small_case() -> None:
    cap = Rule(rule="cap", dimension="supplier", member=("K",), metric="share", sense="max",
               limit=0.5)  # fmt: skip
    data = small(
        offers=[offer("K", price=10, order_cost=300, min_order=80), offer("L", price=14)],
        demand=need(100, 0, 50),
        rules=[cap],
    )
    options = SolveOptions(gap=1e-9, time_limit=10, threads=1)
    rows = side_by_side(data, cap, [None, 0.8, 0.4], options)
    assert all(row.agree for row in rows)
    assert [row.swept[0] for row in rows] == pytest.approx([row.alone[0] for row in rows])
    assert table(rows).count("\n") == len(rows) + 1
