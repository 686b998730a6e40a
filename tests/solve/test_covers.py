"""Rows made of covers: they lift the relaxation, and cut off no plan."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from models.build import build
from models.carry import first_stage
from models.problem import OfferKey, Problem
from optimizer.assemble import assemble
from optimizer.contract.goods import StockRow
from optimizer.contract.supply import Offer
from optimizer.solve import Compiled, Session, SolveOptions, Watch, compile_model
from optimizer.solve.covers import cover_generators
from optimizer.solve.cuts import violated_rows
from optimizer.solve.edits import Row
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.root import Relaxed, relaxed_root
from optimizer.solve.run import solve
from optimizer.studies.kept import carried
from optimizer.studies.optimum import optimum
from tests.models.case import YEAR
from tests.small import need, offer, small

EXACT = SolveOptions(gap=1e-9, threads=1)
DEMAND, PRICE, BEGIN, TRACE = 100.0, 10.0, 60.0, 0.5
NEARLY = 0.05
"""Of a yes: what the traces come to."""


def alike(count: int, capacity: float, **rest: Any) -> list[Offer]:
    """Offers that differ only by a trace of what it costs to begin, so that none is any other."""
    return [
        offer(f"K{n}", price=PRICE, capacity=capacity, switching_cost=BEGIN + TRACE * n, **rest)
        for n in range(count)
    ]


def problem(offers: list[Offer], **tables: Any) -> Problem:
    settings = dataclasses.replace(YEAR, unmet_demand="forbid")
    return assemble(small(settings=settings, demand=need(DEMAND), offers=offers, **tables))


def yeses(cost: float) -> float:
    """How many yeses are paid for where 100 are bought."""
    return (cost - DEMAND * PRICE) / BEGIN


def tightened(given: Problem, compiled: Compiled) -> tuple[float, float, tuple[Row, ...]]:
    """The relaxation without the rows, with them, and the rows."""
    plain = Session(compiled.arrays, EXACT).relaxation(Watch()).objective
    known = Relaxed()
    generators = cover_generators(given, compiled)
    found = relaxed_root(Session(compiled.arrays, EXACT), generators, Watch(), known)
    return plain, found.bound, known.rows


def holds(rows: tuple[Row, ...], values: np.ndarray) -> bool:
    return all(row.values @ values[row.columns] >= row.lower - 1e-9 for row in rows)


def test_two_of_three_offers_are_needed() -> None:
    # Each can bring 60 of 100: the relaxation pays for 100/60 yeses, a plan for 2.
    given = problem(alike(3, 60))
    plain, bound, rows = tightened(given, compile_model(build(given)))
    assert yeses(plain) == pytest.approx(5 / 3, abs=NEARLY)
    assert yeses(bound) == pytest.approx(2, abs=NEARLY)
    assert rows


def test_rows_hold_for_every_pair_of_offers() -> None:
    given = problem(alike(3, 60))
    compiled = compile_model(build(given))
    _, _, rows = tightened(given, compiled)
    for left_out in range(3):
        model = build(given)
        model.award[f"K{left_out}", "P"].setub(0.0)
        plan = solve(model, EXACT)
        assert yeses(plan.result.objective) == pytest.approx(2, abs=NEARLY)
        values = np.array([plan.values()[label] for label in compiled.column_labels])
        assert holds(rows, values)
        assert not violated_rows(cover_generators(given, compiled), values)


def test_with_many_sources_some_count_as_spares() -> None:
    # Four of nine are needed, the relaxation pays for 10/3; a row looks at seven of them.
    given = problem(alike(9, 30))
    compiled = compile_model(build(given))
    plain, bound, rows = tightened(given, compiled)
    plan = solve(build(given), EXACT)
    assert yeses(plain) == pytest.approx(10 / 3, abs=2 * NEARLY)
    assert yeses(plan.result.objective) == pytest.approx(4, abs=2 * NEARLY)
    assert plain + 1.0 < bound < plan.result.objective
    assert plan.result.values is not None
    assert holds(rows, plan.result.values)


FIRST: OfferKey = ("K0", "P")


@pytest.mark.parametrize("given_yes", [0, 1])
def test_a_yes_that_is_given_is_no_column(given_yes: int) -> None:
    # Fixed at 0 the offer brings nothing, less than its least of 40.
    given = problem(alike(4, 60, min_award=40))
    model = build(given)
    model.awarded[FIRST].fix(given_yes)
    compiled = compile_model(model)
    assert compiled.vanished["awarded", FIRST] == given_yes
    best = solve(model, EXACT)
    assert yeses(best.result.objective) == pytest.approx(2, abs=NEARLY)
    plain, bound, rows = tightened(given, compiled)
    assert plain < bound <= best.result.objective + 1e-6
    assert best.result.values is not None
    assert holds(rows, best.result.values)


def test_where_all_yeses_are_given_there_is_nothing_to_say() -> None:
    given = problem(alike(2, 60))
    model = build(given)
    for one in model.awarded.values():
        one.fix(1)
    assert cover_generators(given, compile_model(model)) == []


def test_what_has_no_column_brings_a_number() -> None:
    # 50 from the first whatever happens: 50 are left, of which one of the others can bring all,
    # and a relaxed plan needs 5/6 of a yes for them.
    given = problem(alike(3, 60))
    model = build(given)
    model.awarded[FIRST].fix(1)
    model.volume[FIRST].fix(50.0)
    compiled = compile_model(model)
    plain, bound, rows = tightened(given, compiled)
    assert yeses(plain) == pytest.approx(1 + 5 / 6, abs=NEARLY)
    assert yeses(bound) == pytest.approx(2, abs=NEARLY)
    assert all(compiled.column_labels[j] != ("volume", FIRST) for row in rows for j in row.columns)


# --- what rows must not cut off -------------------------------------------------------------------


@pytest.mark.parametrize("many", [1.0, 1e4, 1e9])
def test_units_may_be_small_and_many(many: float) -> None:
    # One offer brings 60, the other 40 are not worth the 5,000 that a second one takes to begin.
    # HiGHS drops entries below 1e-9 of a row: with the shortage left out, it would ask for two.
    offers = [
        offer("K", price=10, capacity=60 * many, switching_cost=100 * many),
        offer("L", price=10, capacity=60 * many, switching_cost=5000 * many),
        offer("M", price=10, capacity=60 * many, switching_cost=5100 * many),
    ]
    given = assemble(small(settings=YEAR, demand=need(DEMAND * many), offers=offers))
    rows = tightened(given, compile_model(build(given)))[2]
    assert bool(rows) == (many < 1e6)
    found = optimum(given, EXACT)
    assert found.objective == pytest.approx((600 + 100 + 40 * 100) * many)


def test_a_need_that_subtraction_leaves_stops_nothing() -> None:
    offers = [offer("K", switching_cost=5, capacity=100), offer("L", switching_cost=50)]
    stock = [StockRow(item="P", site="A", quantity=0.6)]
    demand = need(0.1, 0.2, 0.3)
    given = assemble(small(settings=YEAR, demand=demand, stock=stock, offers=offers))
    assert optimum(given, EXACT).objective == pytest.approx(0, abs=1e-6)


def test_a_trace_beside_what_may_come_makes_no_row() -> None:
    given = problem(alike(2, 60, min_award=50))
    cover_of = cover_generators(given, compile_model(build(given)))
    model = build(given)
    model.volume[FIRST].fix(DEMAND - 1e-7)
    assert len(cover_of) == 1
    assert cover_generators(given, compile_model(model)) == []


def test_a_plan_that_was_decided_for_another_world_is_not_cut_off() -> None:
    # K sells 60 or nothing, so 60 were ordered of which 40 are used.  Where that order stands and
    # minimums are off nobody would have a reason for it, but it stands.
    offers = [offer("K", min_award=60), offer("L", price=30, switching_cost=50, capacity=30)]
    data = small(settings=YEAR, demand=need(40), offers=offers)
    given = assemble(data)
    best = optimum(given, EXACT)
    assert best.solution is not None
    assert best.solution.award == {("K", "P"): pytest.approx(60)}
    kept = carried(data, given, first_stage(best.solution), EXACT)
    assert kept is not None
    assert kept.plan.facts.objective == pytest.approx(600)


def test_the_guide_makes_its_rows_of_covers() -> None:
    given = problem(alike(3, 60))
    compiled = compile_model(build(given))
    (generate,) = sourcing_guide(given).tightenings(compiled)
    relaxed = Session(compiled.arrays, EXACT).relaxation(Watch())
    assert relaxed.values is not None
    (row,) = generate(relaxed.values)
    assert row.values @ relaxed.values[row.columns] < row.lower
