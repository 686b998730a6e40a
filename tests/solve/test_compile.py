"""Pyomo models as arrays: what is where, and what has no column."""

from __future__ import annotations

import math

import numpy as np
import pyomo.environ as pyo
import pytest

from optimizer.solve import ContradictionError, ModelError, Status, compile_model, solve
from optimizer.solve.compile import store


@pytest.fixture
def model() -> pyo.ConcreteModel:
    m = pyo.ConcreteModel()
    m.x = pyo.Var(["a", "b"], bounds=(0, 5))
    m.unused = pyo.Var([1, 2], bounds=(2.5, 9))
    m.idle = pyo.Var(domain=pyo.Integers, bounds=(-9, -1.5))
    m.yes = pyo.Var(domain=pyo.Binary)
    m.given = pyo.Var()
    m.given.fix(3)
    m.part = pyo.Block()
    m.part.y = pyo.Var()
    m.between = pyo.Constraint(expr=(4, m.x["a"] + m.x["b"] + m.given, 9))
    m.link = pyo.Constraint(["a"], rule=lambda m, k: m.x[k] <= 4 * m.yes)
    m.part.least = pyo.Constraint(expr=m.part.y >= m.x["a"] - 1)
    m.cost = pyo.Objective(expr=m.x["a"] + 2 * m.x["b"] + 3 * m.yes + m.part.y + 7 + m.given)
    return m


def test_rows_and_columns_are_found_by_name(model: pyo.ConcreteModel) -> None:
    compiled = compile_model(model)
    arrays = compiled.arrays

    assert set(compiled.column_of) == {
        ("x", "a"),
        ("x", "b"),
        ("yes", None),
        ("part.y", None),
    }
    assert set(compiled.row_of) == {("between", None), ("link", "a"), ("part.least", None)}
    for labels, of in (
        (compiled.column_labels, compiled.column_of),
        (compiled.row_labels, compiled.row_of),
    ):
        assert [of[label] for label in labels] == list(range(len(labels)))
    yes, row = compiled.column_of["yes", None], compiled.row_of["link", "a"]
    assert arrays.integer.tolist().count(True) == 1
    assert arrays.integer[yes]
    assert (arrays.lower[yes], arrays.upper[yes], arrays.cost[yes]) == (0, 1, 3)
    entries = arrays.index[arrays.start[yes] : arrays.start[yes + 1]]
    assert list(entries) == [row]
    assert arrays.value[arrays.start[yes]] == -4


def test_a_range_is_one_row_and_a_fixed_variable_moves_its_bounds(
    model: pyo.ConcreteModel,
) -> None:
    compiled = compile_model(model)
    row = compiled.row_of["between", None]
    assert compiled.arrays.rows == 3
    assert (compiled.arrays.row_lower[row], compiled.arrays.row_upper[row]) == (1, 6)
    assert compiled.arrays.offset == 10
    link = compiled.row_of["link", "a"]
    assert compiled.arrays.row_lower[link] == -math.inf
    assert compiled.arrays.row_upper[link] == 0


def test_variables_without_a_column_keep_a_value(model: pyo.ConcreteModel) -> None:
    compiled = compile_model(model)
    values = np.zeros(compiled.arrays.columns)
    assert compiled.vanished == {
        ("unused", 1): 2.5,
        ("unused", 2): 2.5,
        ("idle", None): -2.0,
        ("given", None): 3.0,
    }
    assert compiled.value(values, "unused", 2) == 2.5
    assert len(compiled.values(values)) == 8
    with pytest.raises(KeyError):
        compiled.value(values, "unheard of")


def test_a_plan_is_written_back_into_the_model(model: pyo.ConcreteModel) -> None:
    compiled = compile_model(model)
    values = np.arange(1.0, 1 + compiled.arrays.columns)
    store(model, compiled, values)
    assert pyo.value(model.x["b"]) == values[compiled.column_of["x", "b"]]
    assert pyo.value(model.unused[1]) == 2.5
    assert pyo.value(model.given) == 3
    assert compiled.arrays.objective(values) == pytest.approx(pyo.value(model.cost))


def test_activity_and_violation_agree_with_pyomo(model: pyo.ConcreteModel) -> None:
    compiled = compile_model(model)
    values = np.array([5.5, 0.5, 1.0, -7.0])[: compiled.arrays.columns]
    store(model, compiled, values)
    activity = compiled.arrays.activity(values)
    link = compiled.row_of["link", "a"]
    assert activity[link] == pytest.approx(pyo.value(model.link["a"].body))
    expected = max(
        pyo.value(model.x["a"]) - 5,
        activity[link],
        pyo.value(model.x["a"] - 1 - model.part.y),
        pyo.value(model.yes) - 1,
        activity[compiled.row_of["between", None]] - 6,
        1 - activity[compiled.row_of["between", None]],
    )
    assert compiled.arrays.violation(values) == pytest.approx(expected)


def test_what_is_no_minimisation_is_refused() -> None:
    m = pyo.ConcreteModel()
    m.x = pyo.Var(bounds=(0, 1))
    with pytest.raises(ModelError, match="0 active objectives"):
        compile_model(m)
    m.up = pyo.Objective(expr=m.x, sense=pyo.maximize)
    with pytest.raises(ModelError, match="minimisation"):
        compile_model(m)
    m.up.deactivate()
    m.curve = pyo.Objective(expr=m.x * m.x)
    with pytest.raises(ModelError, match="nonlinear"):
        compile_model(m)


def test_a_constant_constraint_that_fails_is_named() -> None:
    m = pyo.ConcreteModel()
    m.limit = pyo.Param(initialize=1, mutable=True)
    m.x = pyo.Var(bounds=(0, 1))
    m.impossible = pyo.Constraint(expr=m.limit + 0 * m.x >= 2)
    m.cost = pyo.Objective(expr=m.x)
    with pytest.raises(ContradictionError) as caught:
        compile_model(m)
    assert caught.value.constraint == "impossible"
    assert solve(m).result.status is Status.INFEASIBLE
