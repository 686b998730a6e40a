"""Covers hold for every plan, and the rows made of them cut off no optimum.

What follows from the rows of a model holds whatever is minimised: for the least cost, and for as
much or as little as possible of whichever offers.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.build import build
from models.covers import covers
from models.index import Label
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.solve import Compiled, Session, SolveOptions, Status, Watch, compile_model
from optimizer.solve import covers as rows_of_covers
from optimizer.solve.arrays import Floats
from optimizer.solve.edits import ColumnBounds, Costs, Row
from optimizer.solve.exact import exact_plan
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.root import Relaxed, relaxed_root
from optimizer.solve.run import solve
from optimizer.solve.tangents import hhi_generators
from tests.laws.case import Feature
from tests.laws.planning import GAP, about, at_most
from tests.laws.profile import examples
from tests.laws.strategies import EVERYTHING, workbooks

OPTIONS = SolveOptions(gap=GAP, threads=1)
HOLDS = 1e-6
MUCH = 1e4
WITH_A_YES = frozenset((Feature.AWARDS, Feature.CAPACITY, Feature.LANES))
SHALLOW = 1e-3


def solved(problem: Problem, tightened: bool) -> tuple[float, dict[Label, float]]:
    """Cost and variables of the cheapest plan, found with the rows or without them."""
    guide = sourcing_guide(problem)
    if not tightened:
        guide = dataclasses.replace(guide, tightenings=lambda compiled: ())
    answer = solve(build(problem), OPTIONS, generators=hhi_generators(problem), guide=guide)
    assert answer.result.status is Status.OPTIMAL
    return answer.result.objective, answer.values()


def keeps_covers(problem: Problem, plan: Mapping[Label, float]) -> None:
    """Each need is covered, and each source stays within its limits."""
    for cover in covers(problem):
        brought = sum(plan[one.brings] for one in cover.sources)
        spared = sum(weight * plan[label] for label, weight in cover.spares.items())
        assert brought + spared >= cover.need - HOLDS * (1.0 + cover.need)
        for one in cover.sources:
            yes = 1.0 if one.yes is None else plan[one.yes]
            assert round(yes) == pytest.approx(yes, abs=HOLDS)
            room = HOLDS * (1.0 + one.most)
            assert one.least * yes - room <= plan[one.brings] <= one.most * yes + room


def tightened(problem: Problem, compiled: Compiled) -> tuple[float, tuple[Row, ...]]:
    """The bound of the tightened relaxation, and the rows that it took."""
    known = Relaxed()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_of_covers, "_DEEP", SHALLOW)
        generators = sourcing_guide(problem).tightenings(compiled)
        session = Session(compiled.arrays, OPTIONS)
        found = relaxed_root(session, generators, Watch(), known)
    return found.bound, known.rows


def keeps_rows(rows: tuple[Row, ...], compiled: Compiled, plan: Mapping[Label, float]) -> None:
    """No row is broken."""
    values = np.array([plan[label] for label in compiled.column_labels])
    for row in rows:
        terms = row.values * values[row.columns]
        assert terms.sum() >= row.lower - HOLDS * (1.0 + np.abs(terms).sum())


def holds_for_the_cheapest(data: Data) -> None:
    problem = assemble(data)
    cost, plan = solved(problem, tightened=False)
    keeps_covers(problem, plan)
    compiled = compile_model(build(problem))
    bound, rows = tightened(problem, compiled)
    assert bound <= at_most(cost, data)
    keeps_rows(rows, compiled, plan)
    assert solved(problem, tightened=True)[0] == about(cost, data)


@examples(20)
@given(workbooks(EVERYTHING, always=WITH_A_YES))
def test_the_cheapest_plan_keeps_covers_and_their_rows(data: Data) -> None:
    holds_for_the_cheapest(data)


@pytest.mark.slow
@examples(100)
@given(workbooks(EVERYTHING, always=WITH_A_YES))
def test_many_cheapest_plans_keep_covers_and_their_rows(data: Data) -> None:
    holds_for_the_cheapest(data)


def of_another_aim(compiled: Compiled, seed: int) -> Floats | None:
    """A plan that buys as much as it can of some offers, and as little as it can of others.

    Nothing else costs anything.  Volumes are limited, for where nothing else does that.
    """
    rng = random.Random(seed)
    arrays = compiled.arrays
    place = compiled.column_of.items()
    volumes = np.array([j for (name, _), j in place if name == "volume"], dtype=np.int32)
    costs = np.zeros(arrays.columns)
    costs[volumes] = [rng.choice((-1.0, 0.0, 1.0)) for _ in volumes]
    session = Session(arrays, OPTIONS)
    none, much = np.zeros(len(volumes)), np.full(len(volumes), MUCH)
    session.apply(
        [
            Costs(np.arange(arrays.columns, dtype=np.int32), costs),
            ColumnBounds(volumes, none, much),
        ]
    )
    found = session.branch(Watch())
    if found.values is None:
        return None
    plan = exact_plan(session, found.values, Watch())
    return None if plan is None else plan.values


def holds_whatever_is_minimised(data: Data, seed: int) -> None:
    problem = dataclasses.replace(assemble(data), rules=())
    compiled = compile_model(build(problem))
    values = of_another_aim(compiled, seed)
    if values is not None:  # what cannot be bought in such quantities has no such plan
        plan: dict[Any, float] = compiled.values(values)
        keeps_covers(problem, plan)
        keeps_rows(tightened(problem, compiled)[1], compiled, plan)


@examples(30)
@given(workbooks(EVERYTHING - {Feature.RULES}, always=WITH_A_YES), st.integers(0, 9))
def test_plans_for_another_aim_keep_covers_and_their_rows(data: Data, seed: int) -> None:
    holds_whatever_is_minimised(data, seed)


@pytest.mark.slow
@examples(250)
@given(workbooks(EVERYTHING - {Feature.RULES}, always=WITH_A_YES), st.integers(0, 9))
def test_many_plans_for_another_aim_keep_covers_and_their_rows(data: Data, seed: int) -> None:
    holds_whatever_is_minimised(data, seed)
