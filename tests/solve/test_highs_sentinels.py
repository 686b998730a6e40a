"""Tiny models that HiGHS 1.14 called optimal at a dearer plan (its issues 2957 and 3094).

They go to branch and bound without a start plan, which might hide that it errs, and through the
whole course of a solve.
"""

from __future__ import annotations

import pyomo.environ as pyo
import pytest

from optimizer.solve import Session, SolveOptions, Status, Watch, compile_model, solve

EXACT = SolveOptions(gap=0.0, time_limit=20)


def assert_alone(model: pyo.ConcreteModel, optimum: float) -> None:
    found = Session(compile_model(model).arrays, EXACT).branch(Watch())
    assert found.objective == pytest.approx(optimum, abs=1e-6)
    assert found.bound == pytest.approx(optimum, abs=1e-6)


def test_issue_2957_a_whole_and_a_continuous_column_share_one_row() -> None:
    m = pyo.ConcreteModel()
    m.whole = pyo.Var(domain=pyo.NonNegativeIntegers, bounds=(0, 20))
    m.part = pyo.Var(bounds=(8, 20))
    m.enough = pyo.Constraint(expr=m.whole + m.part >= 20.1)
    m.cost = pyo.Objective(expr=m.whole + 2 * m.part)
    assert_alone(m, 28.2)

    answer = solve(m, EXACT)

    assert answer.result.status is Status.OPTIMAL
    assert answer.result.objective == pytest.approx(28.2, abs=1e-6)
    assert answer.result.bound == pytest.approx(28.2, abs=1e-6)
    assert answer.value("whole") == 12


def test_issue_3094_of_two_demands_the_dearer_to_miss_is_served() -> None:
    m = pyo.ConcreteModel()
    slots = (0, 1)
    loss = {0: 10, 1: 8}
    m.served = pyo.Var(slots, bounds=(0, 1000))
    m.missed = pyo.Var(slots, bounds=(0, 1000))
    m.open = pyo.Var(slots, domain=pyo.Binary)
    m.link = pyo.Constraint(slots, rule=lambda m, k: m.served[k] <= 1000 * m.open[k])
    m.meet = pyo.Constraint(slots, rule=lambda m, k: m.served[k] + m.missed[k] == 1000)
    m.either = pyo.Constraint(expr=m.open[0] + m.open[1] <= 1)
    m.cost = pyo.Objective(expr=sum(loss[k] * m.missed[k] for k in slots))
    assert_alone(m, 8000)

    answer = solve(m, EXACT)

    assert answer.result.status is Status.OPTIMAL
    assert answer.result.objective == pytest.approx(8000)
    assert answer.result.bound == pytest.approx(8000)
    assert answer.value("open", 0) == 1
    assert answer.value("missed", 1) == pytest.approx(1000)
