"""The arrays of a model beside those of Pyomo's own compiler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from models.build import build
from optimizer.assemble import assemble
from optimizer.solve import ContradictionError, ModelError, compile_model
from tests.benchmarks.instances import instance

Table = dict[tuple[str, Any], tuple[float, float, dict[tuple[str, Any], float]]]
"""by constraint: bounds, and coefficients by variable"""


def label(data: Any) -> tuple[str, Any]:
    return data.parent_component().name, data.index()


def by_pyomo(model: pyo.ConcreteModel) -> tuple[Table, dict[tuple[str, Any], float], float]:
    form = LinearStandardFormCompiler().write(model, mixed_form=True)
    matrix, table = form.A.tocsr(), {}
    for i, (row, side) in enumerate(zip(form.rows, form.rhs, strict=True)):
        span = slice(matrix.indptr[i], matrix.indptr[i + 1])
        columns = [label(form.columns[j]) for j in matrix.indices[span]]
        terms = dict(zip(columns, matrix.data[span].tolist(), strict=True))
        lower, upper, _ = table.get(label(row.constraint), (-np.inf, np.inf, {}))
        lower = side if row.bound_type <= 0 else lower
        upper = side if row.bound_type >= 0 else upper
        table[label(row.constraint)] = (float(lower), float(upper), terms)
    costs = form.c.tocoo()
    cost = {label(form.columns[j]): c for j, c in zip(costs.col, costs.data.tolist(), strict=True)}
    return table, cost, float(form.c_offset[0])


def by_us(model: pyo.ConcreteModel) -> tuple[Table, dict[tuple[str, Any], float], float]:
    compiled = compile_model(model)
    arrays, columns = compiled.arrays, compiled.column_labels
    terms: list[dict[Any, float]] = [{} for _ in compiled.row_labels]
    for row, column, value in zip(arrays.index, arrays.entry_columns(), arrays.value, strict=True):
        terms[row][columns[column]] = float(value)
    bounds = zip(arrays.row_lower.tolist(), arrays.row_upper.tolist(), terms, strict=True)
    costs = zip(columns, arrays.cost.tolist(), strict=True)
    cost = {column: c for column, c in costs if c}
    return dict(zip(compiled.row_labels, bounds, strict=True)), cost, arrays.offset


def agree(model: pyo.ConcreteModel) -> None:
    (table, cost, offset), (wanted, cost_wanted, offset_wanted) = by_us(model), by_pyomo(model)
    assert list(table) == list(wanted)
    for name, (lower, upper, terms) in wanted.items():
        assert table[name][:2] == pytest.approx((lower, upper)), name
        assert table[name][2] == pytest.approx(terms, rel=1e-14), name
    assert cost == pytest.approx(cost_wanted, rel=1e-14)
    assert offset == pytest.approx(offset_wanted)


@pytest.mark.parametrize("name", ["small-lp-8", "small-milp", "small-milp-8"])
def test_a_workbook(name: str) -> None:
    agree(build(assemble(instance(name))))


RELATIONS: dict[str, Callable[[Any], Any]] = {
    "both sides": lambda m: m.x[1] + 3 <= 2 * m.x[2] + 5,
    "a number on the left": lambda m: 4 >= m.x[1] - m.x[2],  # noqa: SIM300
    "a number equals": lambda m: 4 == m.x[1] - m.x[2],  # noqa: SIM300
    "only a variable": lambda m: m.x[1] <= 7,
    "a range": lambda m: pyo.inequality(m.p, m.x[1] - 2 + m.x[3], 9),
    "the same twice": lambda m: m.x[1] + m.x[2] + 2 * m.x[1] >= 1,
    "what cancels out": lambda m: m.x[1] + m.x[2] - m.x[1] >= 1,
    "nothing times": lambda m: 0 * m.x[1] + m.x[2] >= 1,
    "a sum times a number": lambda m: 3 * (m.x[1] - 2 * (m.x[2] + 1)) <= m.x[3],
    "a sum through a number": lambda m: (m.x[1] - m.x[2] + 1) / 4 <= -(m.x[3] - m.x[2]),
    "numbers that may change": lambda m: m.p * m.x[1] + m.p + m.x[2] / m.p <= m.p * (m.x[3] - m.p),
    "a fixed variable": lambda m: m.given + m.x[1] <= 2 * m.given,
    "a fixed factor": lambda m: m.given * m.x[1] + m.x[2] <= m.given * (m.x[3] + 1),
    "a named expression": lambda m: m.named + 2 * m.named <= m.x[1],
    "no limit": lambda m: m.x[1] + m.x[2] <= float("inf"),
    "what always holds": lambda m: pyo.Constraint.Feasible,
}


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=RELATIONS)
def test_a_relation(relation: Callable[[Any], Any]) -> None:
    m = pyo.ConcreteModel()
    m.x = pyo.Var([1, 2, 3], bounds=(0, 10))
    m.given = pyo.Var(initialize=2.5)
    m.given.fix()
    m.p = pyo.Param(initialize=2, mutable=True)
    m.named = pyo.Expression(expr=m.x[2] - 3)
    m.row = pyo.Constraint([1], rule=lambda m, _: relation(m))
    m.cost = pyo.Objective(expr=m.x[3] + 2 * (m.x[1] + m.p) - m.given)
    agree(m)


def test_a_relation_that_never_holds() -> None:
    m = pyo.ConcreteModel()
    m.x = pyo.Var()
    m.row = pyo.Constraint(["a"], rule=lambda m, _: m.x - m.x >= 1)
    m.cost = pyo.Objective(expr=m.x)
    with pytest.raises(ContradictionError, match="row"):
        compile_model(m)


@pytest.mark.parametrize(
    "relation",
    [lambda m: m.x * m.y <= 1, lambda m: (m.x, m.y, 4), lambda m: m.x + pyo.exp(m.y) <= 4],
    ids=["product", "range", "function"],
)
def test_what_is_not_linear_is_refused(relation: Callable[[Any], Any]) -> None:
    m = pyo.ConcreteModel()
    m.x, m.y = pyo.Var(), pyo.Var()
    m.row = pyo.Constraint(rule=relation)
    m.cost = pyo.Objective(expr=m.x)
    with pytest.raises(ModelError, match="nonlinear"):
        compile_model(m)


def test_a_variable_of_another_model_is_refused() -> None:
    m, other = pyo.ConcreteModel(), pyo.ConcreteModel()
    m.x, other.x = pyo.Var(), pyo.Var()
    m.row = pyo.Constraint(expr=m.x + other.x <= 1)
    m.cost = pyo.Objective(expr=m.x)
    with pytest.raises(ModelError, match="not in the model"):
        compile_model(m)
