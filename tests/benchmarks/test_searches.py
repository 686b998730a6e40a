"""How far each search gets in the same time; `make bench` prints the table."""

from __future__ import annotations

import pytest

import optimizer
from optimizer.assemble import assemble
from optimizer.example import example_folder
from optimizer.solve.options import SolveOptions
from tests.benchmarks.searches import SEARCHES, table
from tests.small import need, offer, small

SECONDS = 30.0


@pytest.mark.bench
def test_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    problem = assemble(optimizer.read(example_folder()))
    options = SolveOptions(gap=0.001, time_limit=SECONDS)
    reached = {name: search(problem, options) for name, search in SEARCHES.items()}
    with capsys.disabled():
        print(f"\nthe example, {SECONDS:g} s each\n{table(reached)}")
    assert all(one.bound <= one.objective for one in reached.values())


def test_every_search_runs_and_finds_the_same_optimum() -> None:
    data = small(
        offers=[offer("K", price=10, order_cost=300, min_order=80), offer("L", price=14)],
        demand=need(100, 0, 50),
    )
    options = SolveOptions(gap=1e-9, time_limit=10)
    reached = {name: search(assemble(data), options) for name, search in SEARCHES.items()}
    costs = [one.objective for one in reached.values()]
    assert costs == pytest.approx([costs[0]] * len(costs))
    assert table(reached).count("\n") == len(SEARCHES)
