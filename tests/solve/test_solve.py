"""One solve from model to result: optima, limits, interrupts and exactness."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest

from optimizer.solve import (
    Answer,
    Progress,
    SolveOptions,
    Status,
    compile_model,
    solve,
    solve_compiled,
)
from optimizer.solve.compile import Compiled
from optimizer.solve.outcome import relative_gap
from tests.solve.lot_sizing import Size, sourcing_model

EXACT = SolveOptions(gap=1e-9, time_limit=20)
MIDDLING = Size(items=5, suppliers=10, offers=24, sites=3, periods=12, seed=3)


@pytest.fixture(scope="module")
def middling() -> Compiled:
    """Large enough that a tight gap takes longer than a test may."""
    return compile_model(sourcing_model(MIDDLING))


def facility() -> pyo.ConcreteModel:
    """Open 1 alone: 10 + 2 + 3; 2 alone: 8 + 5 + 4; both: 18 + 2 + 3."""
    m = pyo.ConcreteModel()
    fixed, ship = {1: 10, 2: 8}, {(1, "a"): 2, (1, "b"): 3, (2, "a"): 5, (2, "b"): 4}
    m.open = pyo.Var(list(fixed), domain=pyo.Binary)
    m.ship = pyo.Var(list(ship), bounds=(0, 1))
    m.serve = pyo.Constraint(["a", "b"], rule=lambda m, c: m.ship[1, c] + m.ship[2, c] == 1)
    m.link = pyo.Constraint(list(ship), rule=lambda m, k, c: m.ship[k, c] <= m.open[k])
    m.cost = pyo.Objective(
        expr=sum(fixed[k] * m.open[k] for k in fixed) + sum(ship[e] * m.ship[e] for e in ship)
    )
    return m


def assert_holds(compiled: Compiled, values: np.ndarray, tolerance: float) -> None:
    arrays = compiled.arrays
    assert arrays.violation(values) <= tolerance
    whole = values[arrays.integer]
    np.testing.assert_array_equal(whole, np.round(whole))


def test_a_known_optimum() -> None:
    answer = solve(facility(), EXACT)
    assert answer.result.status is Status.OPTIMAL
    assert answer.result.objective == pytest.approx(15)
    assert answer.result.bound == pytest.approx(15)
    assert answer.result.gap <= 1e-9
    assert answer.value("open", 1) == 1
    assert answer.values()["ship", (2, "a")] == pytest.approx(0)


def test_a_plan_is_stored_in_the_model() -> None:
    m = facility()
    answer = solve(m, EXACT)
    answer.store(m)
    assert pyo.value(m.cost) == pytest.approx(answer.result.objective)


def test_a_linear_program_has_prices() -> None:
    m = pyo.ConcreteModel()
    m.x = pyo.Var(bounds=(0, 3))
    m.y = pyo.Var(bounds=(0, None))
    m.need = pyo.Constraint(expr=m.x + m.y >= 5)
    m.cost = pyo.Objective(expr=m.x + 4 * m.y)
    answer = solve(m, EXACT)
    assert answer.result.status is Status.OPTIMAL
    assert answer.result.objective == pytest.approx(11)
    assert answer.result.bound == pytest.approx(11)
    assert answer.result.duals == pytest.approx([4])


@pytest.mark.parametrize("domain", [pyo.Integers, pyo.Reals])
def test_infeasible(domain: object) -> None:
    m = pyo.ConcreteModel()
    m.x = pyo.Var(domain=domain, bounds=(0, 10))
    m.y = pyo.Var(bounds=(0, 10))
    m.high = pyo.Constraint(expr=m.x + m.y >= 5)
    m.low = pyo.Constraint(expr=m.x + m.y <= 4)
    m.cost = pyo.Objective(expr=m.x)
    answer = solve(m, EXACT)
    assert answer.result.status is Status.INFEASIBLE
    assert not answer.result.has_plan
    with pytest.raises(ValueError, match="infeasible"):
        answer.values()


def test_infeasible_for_whole_numbers_only() -> None:
    m = pyo.ConcreteModel()
    m.x = pyo.Var(domain=pyo.Integers, bounds=(0, 10))
    m.y = pyo.Var(domain=pyo.Integers, bounds=(0, 10))
    m.odd = pyo.Constraint(expr=2 * m.x + 2 * m.y == 7)
    m.cost = pyo.Objective(expr=m.x)
    assert solve(m, EXACT).result.status is Status.INFEASIBLE


@pytest.mark.parametrize("domain", [pyo.NonNegativeIntegers, pyo.NonNegativeReals])
def test_unbounded(domain: object) -> None:
    m = pyo.ConcreteModel()
    m.x = pyo.Var(domain=domain)
    m.y = pyo.Var(domain=domain)
    m.tie = pyo.Constraint(expr=m.x - m.y <= 1)
    m.cost = pyo.Objective(expr=-m.x)
    assert solve(m, EXACT).result.status is Status.UNBOUNDED


def test_a_permission_is_whole_and_a_minimum_is_kept() -> None:
    m = pyo.ConcreteModel()
    m.order = pyo.Var(bounds=(0, None))
    m.missed = pyo.Var(bounds=(0, None))
    m.placed = pyo.Var(domain=pyo.Binary)
    m.most = pyo.Constraint(expr=m.order <= 1e6 * m.placed)
    m.least = pyo.Constraint(expr=m.order >= 40 * m.placed)
    m.need = pyo.Constraint(expr=m.order + m.missed == 0.05)
    m.cost = pyo.Objective(expr=m.order + 10 * m.missed + 100 * m.placed)
    answer = solve(m, EXACT)
    assert answer.value("placed") == 0
    assert answer.value("order") == 0
    assert answer.result.objective == pytest.approx(0.5)


def test_a_time_limit_with_a_plan(middling: Compiled) -> None:
    began = time.monotonic()
    result = solve_compiled(middling, SolveOptions(gap=1e-9, time_limit=4))
    assert time.monotonic() - began < 8
    assert result.status is Status.TIME_LIMIT
    assert result.values is not None
    assert_holds(middling, result.values, 1e-6)
    assert result.objective == pytest.approx(middling.arrays.objective(result.values))
    assert result.bound <= result.objective
    assert result.gap == relative_gap(result.objective, result.bound)
    assert 0 < result.gap < 0.2


def test_a_time_limit_before_any_plan(middling: Compiled) -> None:
    result = solve_compiled(middling, SolveOptions(time_limit=1e-3))
    assert result.status is Status.TIME_LIMIT_NO_PLAN
    assert result.values is None


def test_no_plan_is_dearer_than_the_one_that_progress_told_of(middling: Compiled) -> None:
    told: list[Progress] = []
    options = SolveOptions(gap=1e-9, time_limit=8)
    result = solve_compiled(middling, options, progress=told.append)
    assert result.objective <= min(p.objective for p in told) * (1 + 1e-9)
    assert result.bound >= max(p.bound for p in told) * (1 - 1e-9)
    assert [p.seconds for p in told] == sorted(p.seconds for p in told)
    assert any(p.phase == "branch and bound" and p.gap < 1 for p in told)


def test_asking_to_stop_keeps_the_plan(middling: Compiled) -> None:
    stop = threading.Event()

    def stop_at_a_plan(progress: Progress) -> None:
        if progress.phase == "branch and bound" and progress.gap < 1:
            stop.set()

    began = time.monotonic()
    result = solve_compiled(
        middling, SolveOptions(gap=1e-9, time_limit=60), progress=stop_at_a_plan, stop=stop
    )
    assert time.monotonic() - began < 20
    assert result.status is Status.INTERRUPTED
    assert result.values is not None
    assert_holds(middling, result.values, 1e-6)


def test_asking_to_stop_before_a_plan() -> None:
    stop = threading.Event()
    stop.set()
    answer = solve(facility(), EXACT, stop=stop)
    assert answer.result.status is Status.INTERRUPTED_NO_PLAN


def test_ctrl_c_keeps_the_plan_and_the_former_handler(middling: Compiled) -> None:
    pressed = []

    def press_at_a_plan(progress: Progress) -> None:
        if progress.phase == "branch and bound" and progress.gap < 1 and not pressed:
            pressed.append(progress)
            signal.raise_signal(signal.SIGINT)

    # Where tests run in the background, Ctrl-C may be ignored from the start.
    outside = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = solve_compiled(
            middling, SolveOptions(gap=1e-9, time_limit=60), progress=press_at_a_plan
        )
        assert pressed
        assert result.status is Status.INTERRUPTED
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, outside)


def test_an_error_in_the_progress_function_reaches_the_caller(middling: Compiled) -> None:
    def fail(progress: Progress) -> None:
        if progress.phase == "branch and bound":
            raise LookupError("no such terminal")

    with pytest.raises(LookupError, match="no such terminal"):
        solve_compiled(middling, SolveOptions(time_limit=20), progress=fail)


def test_the_same_seed_gives_the_same_plan() -> None:
    small = Size(items=3, suppliers=6, offers=10, sites=2, periods=8, seed=5)
    options = SolveOptions(gap=0.01, time_limit=60, threads=1)
    answers: list[Answer] = [solve(sourcing_model(small), options) for _ in range(2)]
    assert answers[0].result.status is Status.OPTIMAL
    assert answers[0].values() == answers[1].values()


@pytest.mark.parametrize(
    "options",
    [
        {"gap": -1},
        {"time_limit": 0},
        {"threads": -1},
        {"feasibility": 1},
        {"start_share": 2},
    ],
)
def test_options_out_of_range_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        SolveOptions(**options)


def test_another_number_of_threads_takes_effect() -> None:
    for threads in (1, 2, 1):
        assert solve(facility(), SolveOptions(threads=threads)).result.objective == pytest.approx(
            15
        )


def test_a_model_with_nothing_to_decide_costs_its_constant() -> None:
    m = pyo.ConcreteModel()
    m.idle = pyo.Var(bounds=(0, 1))
    m.cost = pyo.Objective(expr=7.0)
    answer = solve(m, EXACT)
    assert (answer.result.status, answer.result.objective) == (Status.OPTIMAL, 7.0)
    assert answer.value("idle") == 0.0
