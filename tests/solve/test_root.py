"""What is kept of a tightened relaxation for the next solve, and when it is not."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from models.build import build
from models.problem import EditScope, Problem
from optimizer.assemble import assemble
from optimizer.contract.policy import Rule
from optimizer.solve import Compiled, Session, SolveOptions, Watch, compile_model
from optimizer.solve.covers import cover_generators
from optimizer.solve.edits import Edit, RowBounds
from optimizer.solve.root import Relaxed, relaxed_root
from optimizer.studies.limits import moved, with_limit
from optimizer.studies.loaded import Loaded
from tests.models.case import YEAR
from tests.small import need, offer, small

EXACT = SolveOptions(gap=1e-9, threads=1)


def problem(*rules: Rule, others: tuple[Problem, ...] = ()) -> Problem:
    """Two or three of four offers are needed; others: what the model will be edited to."""
    made = assemble(
        small(
            settings=dataclasses.replace(YEAR, unmet_demand="forbid"),
            demand=need(100),
            offers=[
                offer(name, price=price, capacity=60, switching_cost=begin)
                for name, price, begin in (("K", 10, 60), ("L", 10.5, 65), ("M", 11, 70),
                                           ("N", 11.5, 45))
            ],
            rules=list(rules),
        )
    )  # fmt: skip
    return dataclasses.replace(made, scope=EditScope(rules=tuple(other.rules for other in others)))


def capped(limit: float) -> Rule:
    return Rule(rule="r", dimension="supplier", member=("K",), metric="share", sense="max",
                limit=limit)  # fmt: skip


def spread(limit: float) -> Rule:
    return Rule(rule="h", dimension="supplier", metric="hhi", sense="max", limit=limit)


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> list[Relaxed]:
    """What each solve begins with, one for each relaxation."""
    found: list[Relaxed] = []
    bring = Relaxed.bring_into

    def noted(known: Relaxed, session: Session, watch: Watch) -> Any:
        found.append(dataclasses.replace(known))
        return bring(known, session, watch)

    monkeypatch.setattr(Relaxed, "bring_into", noted)
    return found


# --- the relaxation -----------------------------------------------------------------------------


@pytest.fixture
def compiled() -> Compiled:
    return compile_model(build(problem()))


def test_the_next_begins_where_the_first_ended(compiled: Compiled) -> None:
    generators = cover_generators(problem(), compiled)
    known = Relaxed()
    session = Session(compiled.arrays, EXACT)
    plain = session.relaxation(Watch()).objective
    first = relaxed_root(session, generators, Watch(), known)
    assert first.objective > plain + 1
    assert len(known.rows) == session.arrays.rows - compiled.arrays.rows > 0
    second, watch = Session(compiled.arrays, EXACT), Watch()
    duals = known.bring_into(second, watch)
    assert second.arrays.rows == session.arrays.rows
    assert duals is not None
    assert len(duals) == second.arrays.rows
    assert watch.bound == pytest.approx(first.objective)  # before anything is solved
    assert second.relaxation(Watch()).objective == pytest.approx(first.objective)
    rows = known.rows
    relaxed_root(second, generators, Watch(), known)
    assert known.rows == rows  # nothing is left to add


def test_what_is_known_proves_a_bound_for_other_numbers(compiled: Compiled) -> None:
    # Everything is ever dearer: whichever earlier duals prove most are taken.
    generators = cover_generators(problem(), compiled)
    known = Relaxed()
    cost = compiled.arrays.cost
    dearer = [dataclasses.replace(compiled.arrays, cost=cost * by) for by in (1.0, 1.1, 1.2)]
    for arrays in dearer:
        session = Session(arrays, EXACT)
        known.bring_into(session, Watch())
        relaxed_root(session, generators, Watch(), known)
    assert len(known.duals) == len(dearer)
    for arrays in dearer:
        session, watch = Session(arrays, EXACT), Watch()
        known.bring_into(session, watch)
        least = session.relaxation(Watch()).objective
        assert watch.bound <= least * (1 + 1e-9)
        assert watch.bound == pytest.approx(least, rel=1e-6)


def test_only_the_last_few_duals_are_kept(compiled: Compiled) -> None:
    known = Relaxed()
    for _ in range(12):
        session = Session(compiled.arrays, EXACT)
        relaxed_root(session, (), Watch(), known)
    assert len(known.duals) == 8


def test_nothing_known_brings_nothing(compiled: Compiled) -> None:
    session, watch = Session(compiled.arrays, EXACT), Watch()
    assert Relaxed().bring_into(session, watch) is None
    assert session.arrays is compiled.arrays
    assert watch.bound == -np.inf


def test_every_bound_goes_to_the_watch(compiled: Compiled) -> None:
    watch = Watch()
    generators = cover_generators(problem(), compiled)
    found = relaxed_root(Session(compiled.arrays, EXACT), generators, watch, Relaxed())
    assert watch.bound == pytest.approx(found.objective)


def test_an_interior_point_proves_nearly_as_much(compiled: Compiled) -> None:
    watch = Watch()
    generators = cover_generators(problem(), compiled)
    session = Session(compiled.arrays, EXACT)
    vertex = relaxed_root(Session(compiled.arrays, EXACT), generators, Watch(), Relaxed())
    found = relaxed_root(session, generators, watch, Relaxed(), "interior")
    assert found.bound == -np.inf
    assert watch.bound == pytest.approx(vertex.objective, rel=1e-3)


def test_no_row_is_made_where_the_gap_is_closed_already(compiled: Compiled) -> None:
    session, watch, known = Session(compiled.arrays, EXACT), Watch(), Relaxed()
    plain = session.relaxation(Watch()).objective
    watch.offer_plan(plain * (1 + 1e-12), np.zeros(compiled.arrays.columns))
    relaxed_root(session, cover_generators(problem(), compiled), watch, known)
    assert known.rows == ()
    assert session.arrays.rows == compiled.arrays.rows


def test_without_rows_the_duals_of_the_others_stay(compiled: Compiled) -> None:
    known = Relaxed()
    generators = cover_generators(problem(), compiled)
    relaxed_root(Session(compiled.arrays, EXACT), generators, Watch(), known)
    (duals,) = known.duals
    many = compiled.arrays.rows
    assert len(duals) == many + len(known.rows)
    bare = known.without_rows(many)
    assert bare.rows == ()
    assert [one.tolist() for one in bare.duals] == [duals[:many].tolist()]
    session, watch = Session(compiled.arrays, EXACT), Watch()
    bare.bring_into(session, watch)
    assert watch.bound <= session.relaxation(Watch()).objective * (1 + 1e-9)


def test_duals_of_a_model_with_more_rows_prove_a_bound(compiled: Compiled) -> None:
    known = Relaxed()
    generators = cover_generators(problem(), compiled)
    relaxed_root(Session(compiled.arrays, EXACT), generators, Watch(), known)
    known.rows = ()
    session, watch = Session(compiled.arrays, EXACT), Watch()
    duals = known.bring_into(session, watch)
    assert duals is not None
    assert len(duals) == compiled.arrays.rows
    assert watch.bound <= session.relaxation(Watch()).objective * (1 + 1e-9)


# --- steps of a study -----------------------------------------------------------------------------


def test_rows_of_one_limit_are_used_for_the_next(brought: list[Relaxed]) -> None:
    tight = problem(capped(0.2))
    given = problem(capped(0.5), others=(tight,))
    loaded = Loaded(given, EXACT)
    first = loaded.solve()
    edits = moved(loaded.compiled, given, "r", 0.2)
    asked = with_limit(given, "r", 0.2)
    second = loaded.solve(edits, problem=asked)
    assert [len(one.rows) > 0 for one in brought] == [False, True]
    assert len(brought[1].duals) == 1
    assert second.objective == pytest.approx(Loaded(tight, EXACT).solve().objective)
    assert second.objective > first.objective + 1
    assert loaded.solve().objective == pytest.approx(first.objective)


def test_rows_leave_the_session_with_the_solve() -> None:
    loaded = Loaded(problem(capped(0.5)), EXACT)
    loaded.solve()
    assert loaded.session.arrays.rows == loaded.compiled.arrays.rows


def test_rows_of_one_concentration_are_not_used_for_another(brought: list[Relaxed]) -> None:
    # The tangents of 0.36 would cut off the plan that 0.6 allows.
    loose = problem(spread(6000))
    given = problem(spread(3600), others=(loose,))
    loaded = Loaded(given, EXACT)
    first = loaded.solve()
    assert brought[0].rows == ()
    edits = moved(loaded.compiled, given, "h", 0.6)
    asked = with_limit(given, "h", 0.6)
    second = loaded.solve(edits, problem=asked)
    assert brought[1].rows == ()
    assert second.objective < first.objective - 1
    assert second.objective == pytest.approx(Loaded(loose, EXACT).solve().objective)
    assert loaded.solve().objective == pytest.approx(first.objective)


def test_rows_of_the_same_concentration_are(brought: list[Relaxed]) -> None:
    loaded = Loaded(problem(spread(3600)), EXACT)
    first = loaded.solve()
    assert loaded.solve().objective == pytest.approx(first.objective)
    assert [len(one.rows) > 0 for one in brought] == [False, True]


def halved(loaded: Loaded, given: Problem) -> tuple[list[Edit], Problem]:
    """Half the demand: the edit of its rows, and the problem that this makes."""
    demand = {key: 0.5 * quantity for key, quantity in given.needs.demand.items()}
    rows = [
        loaded.compiled.row_of["demand_balance", (*place, t, w)]
        for place, t, w in given.needs.demand
    ]
    numbers = np.array(rows, dtype=np.int32)
    arrays = loaded.compiled.arrays
    edit = RowBounds(numbers, 0.5 * arrays.row_lower[numbers], 0.5 * arrays.row_upper[numbers])
    return [edit], dataclasses.replace(given, needs=dataclasses.replace(given.needs, demand=demand))


def test_rows_of_other_goods_are_not_used(brought: list[Relaxed]) -> None:
    # Half the demand needs one offer, where the rows of all of it ask for two.
    given = problem(capped(1.0))
    loaded = Loaded(given, EXACT)
    first = loaded.solve()
    edits, asked = halved(loaded, given)
    alone = Loaded(asked, EXACT).solve()
    brought.clear()
    second = loaded.solve(edits, problem=asked)
    third = loaded.solve(edits, problem=asked)  # and none was made of them
    assert [one.rows for one in brought] == [(), ()]
    for found in (second, third):
        assert found.objective == pytest.approx(alone.objective)
        assert found.bound <= alone.objective * (1 + 1e-9)
    assert loaded.solve().objective == pytest.approx(first.objective)
