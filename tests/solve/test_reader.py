"""Plans read off relaxed plans and looked for nearby, on an instance with a known relaxation."""

from __future__ import annotations

import pytest

from models.build import build
from models.problem import Problem
from models.start import readings
from optimizer.assemble import assemble
from optimizer.solve.compile import Compiled, compile_model
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch
from optimizer.solve.reader import Reader, side_by_side, thinned
from optimizer.solve.session import Session
from tests.benchmarks.instances import instance

OPTIONS = SolveOptions(threads=2)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return assemble(instance("small-milp"))


@pytest.fixture(scope="module")
def compiled(problem: Problem) -> Compiled:
    return compile_model(build(problem))


def climbed(problem: Problem, compiled: Compiled, steps: int) -> tuple[list[float], Watch]:
    session, watch, guide = Session(compiled.arrays, OPTIONS), Watch(60), sourcing_guide(problem)
    root = session.relaxation(watch)
    assert root.values is not None
    assert root.duals is not None
    few = side_by_side(thinned(session, compiled, guide, root.duals), OPTIONS)
    reader = Reader(few, compiled, guide, watch, ())
    relaxed = reader.asked(root.values)
    start = reader.read(relaxed)
    assert start is not None
    costs = [start.cost]
    reader.offer(start)
    for better, _ in zip(
        reader.climb(relaxed, start, lambda: not watch.is_over()), range(steps), strict=False
    ):
        reader.offer(better)
        costs.append(better.cost)
    assert root.objective < costs[-1]
    return costs, watch


def test_each_plan_nearby_is_cheaper_and_keeps_every_row(
    problem: Problem, compiled: Compiled
) -> None:
    costs, watch = climbed(problem, compiled, 4)
    assert len(costs) == 5
    assert costs == sorted(costs, reverse=True)
    assert watch.plan is not None
    assert compiled.arrays.violation(watch.plan) < 1e-6
    whole = watch.plan[compiled.arrays.integer]
    assert whole == pytest.approx(whole.round(), abs=0)


def test_two_at_a_time_find_the_same_each_time(problem: Problem, compiled: Compiled) -> None:
    assert climbed(problem, compiled, 3)[0] == climbed(problem, compiled, 3)[0]


def test_it_is_not_gone_on_with_when_told(problem: Problem, compiled: Compiled) -> None:
    session, watch, guide = Session(compiled.arrays, OPTIONS), Watch(60), sourcing_guide(problem)
    root = session.relaxation(watch)
    assert root.values is not None
    reader = Reader([session], compiled, guide, watch, ())
    start = reader.read(reader.asked(root.values))
    assert start is not None
    assert list(reader.climb(reader.asked(root.values), start, lambda: False)) == []


def test_a_stricter_reading_leaves_more_out(problem: Problem, compiled: Compiled) -> None:
    found = Session(compiled.arrays, OPTIONS).relaxation(Watch(60))
    assert found.values is not None
    used = [
        sum(name == "volume" and value > 0 for (name, _), value in reading.items())
        for reading in readings(problem, compiled.values(found.values))
    ]
    assert used == sorted(used, reverse=True)
    assert used[0] > used[-1] > 0
