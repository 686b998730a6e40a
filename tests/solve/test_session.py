"""A loaded model, its edits and their undoing."""

from __future__ import annotations

import math

import numpy as np
import pyomo.environ as pyo
import pytest

from optimizer.solve import Compiled, Session, SolveOptions, Watch, compile_model
from optimizer.solve.arrays import Arrays
from optimizer.solve.duality import proven_bound
from optimizer.solve.edits import (
    AddedRows,
    Costs,
    Edit,
    Row,
    coefficient,
    column_bounds,
    edited,
    row_bounds,
)

EXACT = SolveOptions(gap=0.0, time_limit=20)


@pytest.fixture
def compiled() -> Compiled:
    """Two sources; the cheap one is limited by `share` and costs 3 to use at all."""
    m = pyo.ConcreteModel()
    m.cheap = pyo.Var(bounds=(0, 10))
    m.dear = pyo.Var(bounds=(0, 10))
    m.use = pyo.Var(domain=pyo.Binary)
    m.demand = pyo.Constraint(expr=m.cheap + m.dear >= 8)
    m.link = pyo.Constraint(expr=m.cheap <= 10 * m.use)
    m.share = pyo.Constraint(expr=m.cheap <= 6)
    m.cost = pyo.Objective(expr=m.cheap + 2 * m.dear + 3 * m.use)
    return compile_model(m)


def best(session: Session) -> float:
    found = session.branch(Watch())
    assert found.values is not None
    return found.objective


def one(column: int, value: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([column], dtype=np.int32), np.array([value])


def edits(compiled: Compiled) -> dict[str, tuple[Edit, float]]:
    """An edit of each kind and the cost of the best plan after it."""
    row, column = compiled.row_of, compiled.column_of
    cheap, use = column["cheap", None], column["use", None]
    further = Row(*one(cheap, 1.0), -math.inf, 2.0)
    return {
        "row bounds": (row_bounds(row["demand", None], 4.0, math.inf), 7.0),
        "column bounds": (column_bounds(use, 0.0, 0.0), 16.0),
        "costs": (Costs(*one(use, 1.0)), 11.0),
        "a coefficient": (coefficient(row["link", None], use, -5.0), 5 + 6 + 3),
        "a new coefficient": (coefficient(row["share", None], use, 4.0), 2 + 12 + 3 - 1),
        "a further row": (AddedRows((further,)), 16.0),
    }


KINDS = (
    "row bounds",
    "column bounds",
    "costs",
    "a coefficient",
    "a new coefficient",
    "a further row",
)


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_changes_the_answer_and_its_undoing_restores_it(
    compiled: Compiled, kind: str
) -> None:
    edit, expected = edits(compiled)[kind]
    session = Session(compiled.arrays, EXACT)
    assert best(session) == pytest.approx(13)
    before = session.relaxation(Watch()).objective
    with session.edited([edit]):
        assert best(session) == pytest.approx(expected)
        cold = Session(session.arrays, EXACT).relaxation(Watch()).objective
        assert session.relaxation(Watch()).objective == pytest.approx(cold)
    assert best(session) == pytest.approx(13)
    assert session.relaxation(Watch()).objective == pytest.approx(before)
    assert_same(session.arrays, compiled.arrays)


def assert_same(first: Arrays, second: Arrays) -> None:
    values = np.random.default_rng(0).uniform(-1, 1, first.columns)
    np.testing.assert_allclose(first.activity(values), second.activity(values))
    for name in ("row_lower", "row_upper", "lower", "upper", "cost"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_several_edits_are_undone_in_reverse(compiled: Compiled) -> None:
    session = Session(compiled.arrays, EXACT)
    row = compiled.row_of["share", None]
    undo = session.apply([row_bounds(row, -math.inf, 5.0), row_bounds(row, -math.inf, 1.0)])
    session.apply(undo)
    assert_same(session.arrays, compiled.arrays)


def test_a_sweep_of_one_limit_costs_what_separate_models_cost(compiled: Compiled) -> None:
    session = Session(compiled.arrays, EXACT)
    row = compiled.row_of["share", None]
    swept = []
    for limit in (6.0, 4.0, 2.0, 0.0):
        session.apply([row_bounds(row, -math.inf, limit)])
        swept.append((session.relaxation(Watch()).objective, best(session)))
    alone = []
    for limit in (6.0, 4.0, 2.0, 0.0):
        fresh = Session(edited(compiled.arrays, row_bounds(row, -math.inf, limit))[0], EXACT)
        alone.append((fresh.relaxation(Watch()).objective, best(fresh)))
    np.testing.assert_allclose(swept, alone)
    assert [plan for _, plan in swept] == pytest.approx([13, 15, 16, 16])


def test_an_interior_point_proves_no_bound_by_itself(compiled: Compiled) -> None:
    session = Session(compiled.arrays, EXACT)
    vertex = session.relaxation(Watch(), method="simplex")
    assert vertex.duals is not None
    assert vertex.duals[compiled.row_of["demand", None]] == pytest.approx(2.0)
    inside = session.relaxation(Watch(), method="interior")
    assert inside.bound == -math.inf
    assert inside.duals is not None
    assert proven_bound(compiled.arrays, inside.duals) == pytest.approx(vertex.objective, rel=1e-4)
    assert inside.objective == pytest.approx(vertex.objective, rel=1e-6)


def test_an_edit_of_what_is_not_there_is_refused(compiled: Compiled) -> None:
    with pytest.raises(IndexError):
        edited(compiled.arrays, coefficient(99, 0, 1.0))


def test_a_start_slightly_off_its_bounds_is_taken(compiled: Compiled) -> None:
    start = np.zeros(compiled.arrays.columns)
    start[compiled.column_of["dear", None]] = 8.0
    start[compiled.column_of["cheap", None]] = -1e-6
    start[compiled.column_of["use", None]] = 1e-6
    found = Session(compiled.arrays, EXACT).branch(Watch(), start=start)
    assert found.objective == pytest.approx(13)
