"""Start plans by diving: they hold, they are cheap, and they are there before HiGHS has one."""

from __future__ import annotations

import math

import numpy as np
import pyomo.environ as pyo
import pytest

from optimizer.solve import Session, SolveOptions, Watch, compile_model
from optimizer.solve.dive import STYLES, choice_columns, dive
from optimizer.solve.exact import exact_plan
from tests.solve.lot_sizing import Size, sourcing_model

CASES = [Size(items=4, suppliers=8, offers=18, sites=2, periods=8, seed=s) for s in range(4)]


@pytest.mark.parametrize("size", CASES, ids=lambda size: f"seed {size.seed}")
def test_a_plan_near_the_relaxation(size: Size) -> None:
    arrays = compile_model(sourcing_model(size)).arrays
    session = Session(arrays, SolveOptions(threads=1))
    root = session.relaxation(Watch())
    assert root.values is not None
    best = math.inf
    for style in STYLES:
        values = dive(session, root.values, Watch(), style)
        if values is not None:
            assert arrays.violation(values) <= 1e-6
            whole = values[arrays.integer]
            np.testing.assert_allclose(whole, np.round(whole), atol=1e-6)
            plan = exact_plan(session, values, Watch())
            assert plan is not None
            assert plan.objective <= arrays.objective(values) * (1 + 1e-6)
            best = min(best, plan.objective)
    assert best <= 1.05 * root.objective
    np.testing.assert_array_equal(session.arrays.lower, arrays.lower)
    np.testing.assert_array_equal(session.arrays.upper, arrays.upper)


def test_out_of_time_there_is_no_plan_and_the_session_is_as_before() -> None:
    arrays = compile_model(sourcing_model(CASES[0])).arrays
    session = Session(arrays, SolveOptions(threads=1))
    root = session.relaxation(Watch())
    assert root.values is not None
    assert dive(session, root.values, Watch(), STYLES[0], seconds=0.0) is None
    np.testing.assert_array_equal(session.arrays.upper, arrays.upper)


def test_a_tier_that_the_volume_supports_is_chosen() -> None:
    """30 units; the relaxation takes part of the tier that begins at 66."""
    m = pyo.ConcreteModel()
    floors, discount = (0, 27, 66), (0, 1, 2)
    m.tier = pyo.Var(range(3), domain=pyo.Binary)
    m.volume = pyo.Var(range(3), bounds=(0, None))
    m.all = pyo.Constraint(expr=sum(m.volume[n] for n in range(3)) == 30)
    m.one = pyo.Constraint(expr=sum(m.tier[n] for n in range(3)) <= 1)
    m.low = pyo.Constraint(range(3), rule=lambda m, n: m.volume[n] >= floors[n] * m.tier[n])
    m.high = pyo.Constraint(range(3), rule=lambda m, n: m.volume[n] <= 400 * m.tier[n])
    m.cost = pyo.Objective(expr=100 - sum(discount[n] * m.volume[n] for n in range(3)))
    compiled = compile_model(m)
    session = Session(compiled.arrays, SolveOptions())
    root = session.relaxation(Watch())
    assert root.values is not None
    assert 0 < compiled.value(root.values, "tier", 2) < 1

    values = dive(session, root.values, Watch(), STYLES[0])

    assert values is not None
    assert compiled.value(values, "tier", 1) == pytest.approx(1)


def test_choices_are_told_from_counts_and_permissions() -> None:
    m = pyo.ConcreteModel()
    m.pick = pyo.Var(range(3), domain=pyo.Binary)
    m.member = pyo.Var(range(3), domain=pyo.Binary)
    m.yes = pyo.Var(domain=pyo.Binary)
    m.one = pyo.Constraint(expr=sum(m.pick[n] for n in range(3)) == m.yes)
    m.two = pyo.Constraint(expr=sum(m.member[n] for n in range(3)) >= 2)
    m.link = pyo.Constraint(range(3), rule=lambda m, n: m.member[n] <= m.yes)
    m.cost = pyo.Objective(expr=m.yes)
    compiled = compile_model(m)
    chosen = choice_columns(compiled.arrays)
    names = {compiled.column_labels[j][0] for j in np.flatnonzero(chosen)}
    assert names == {"pick"}
    assert chosen.sum() == 3
