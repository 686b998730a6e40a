"""How far a plan depends on guesses and terms: hand-sized cases and laws."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence
from typing import Any

import pytest

import optimizer
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item
from optimizer.contract.plan import Plan
from optimizer.contract.policy import RiskEffect
from optimizer.contract.risk_results import SweepRow
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Supplier
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import SolveResult, Status
from optimizer.solve.run import Answer
from optimizer.studies.optimum import optimum
from optimizer.studies.sensitivity import points as sensitivity_points
from optimizer.studies.sensitivity import study
from optimizer.studies.sensitivity.study import sweep_rows
from optimizer.studies.sensitivity.values import NO_LIMIT, sweeps_of
from tests.small import need, offer, small

OPTIONS = SolveOptions(threads=1, gap=0.0)
WIDE = {"call_off_min": 0.0, "call_off_max": NO_LIMIT}


def effect(result: str, probability: float | None, **does: Any) -> RiskEffect:
    return RiskEffect(
        risk="licence", result=result, probability=probability, scope="supplier", target="K", **does
    )


def two_suppliers(chance: float, **settings: Any) -> Data:
    """100 are wanted. K sells for 10, delivers nothing with a chance; L for 15 and 2,500 once.

    What happens is known before anything is ordered.  A unit short costs 115.
    """
    return small(
        settings=Settings(start="2025-01", reveal_days=0, threads=1, gap=0.0, **settings),
        items=[Item(item="P", shortage_cost=115.0)],
        suppliers=[
            Supplier(supplier="K", country="X"),
            Supplier(supplier="L", country="X", onboarding_cost=2500.0),
        ],
        offers=[offer("K", price=10.0), offer("L", price=15.0)],
        risks=[effect("frozen", chance, deliverable=0.0)],
    )


def study_of(data: Data, points: int = 5) -> tuple[Plan, list[SweepRow]]:
    plan = optimizer.sensitivity(data, points=points).contract
    return plan, list(plan.tables.sensitivity)


def of_kind(rows: Sequence[SweepRow], kind: str) -> list[SweepRow]:
    return [row for row in rows if row.kind == kind]


@pytest.fixture(scope="module")
def simple() -> tuple[Plan, list[SweepRow]]:
    return study_of(two_suppliers(0.1, **WIDE))


def test_the_point_of_change_by_eye(simple: tuple[Plan, list[SweepRow]]) -> None:
    """With L: 1,000 (1 - p) + 1,500 p + 2,500; without: 1,000 (1 - p) + 11,500 p; even at 1/4."""
    _, rows = simple
    swept = of_kind(rows, "probability")
    for row in swept:
        p = row.value
        best = min(1000 * (1 - p) + 11_500 * p, 1000 * (1 - p) + 1500 * p + 2500)
        assert row.cost == pytest.approx(best), p
        assert row.bound <= row.cost
    last_same = max(row.value for row in swept if not row.changed)
    first_other = min(row.value for row in swept if row.changed)
    assert 0.24 <= last_same <= 0.25 + 1e-6 < first_other <= last_same + 0.02
    assert all("adds L" in row.change for row in swept if row.changed)
    assert all(row.shortage == pytest.approx(100 * row.value)
               for row in swept if row.value < 0.25)  # fmt: skip


def test_awards_that_only_have_other_probabilities_are_no_change(
    simple: tuple[Plan, list[SweepRow]],
) -> None:
    """K is awarded 90 at 10 % and 100 at 0: the same orders, another expectation."""
    plan, rows = simple
    assert [row.award for row in plan.tables.awards] == pytest.approx([90])
    (never,) = (row for row in of_kind(rows, "probability") if row.value == 0)
    assert never.cost == pytest.approx(1000)
    assert not never.changed


def test_each_number_has_one_given_value_and_no_difference_there(
    simple: tuple[Plan, list[SweepRow]],
) -> None:
    plan, rows = simple
    given = [row for row in rows if row.given]
    settings = plan.data.settings
    assert {(row.kind, row.subject, row.value) for row in given} == {
        ("probability", "licence: frozen", 0.1),
        ("call_off_min", "", settings.call_off_min),
        ("call_off_max", "", settings.call_off_max),
        ("overbooking", "", settings.overbooking),
    }
    assert all(row.difference == 0 and not row.changed for row in given)
    assert all(row.cost == plan.facts.objective for row in given)
    values = [(row.kind, row.subject, row.value) for row in rows]
    assert len(set(values)) == len(values)


def bound_by_terms() -> Data:
    """K is cheap, but may send half, or cost more than L: the terms decide how much to buy."""
    return small(
        settings=Settings(start="2025-01", reveal_days=0, threads=1, gap=0.0),
        items=[Item(item="P", shortage_cost=100.0)],
        demand=need(60, 60),
        offers=[offer("K", price=4.0), offer("L", price=20.0)],
        risks=[
            effect("half", 0.3, deliverable=0.5),
            effect("dear", 0.2, price_factor=6.0),
        ],
    )


def test_looser_terms_are_never_dearer_and_here_they_are_cheaper() -> None:
    _, rows = study_of(bound_by_terms())
    for kind, tighter in (("call_off_min", 1), ("call_off_max", -1), ("overbooking", -1)):
        swept = sorted(of_kind(rows, kind), key=lambda row: tighter * row.value)
        costs = [row.cost for row in swept]
        assert costs == sorted(costs), kind
        bounds = [row.bound for row in swept]
        assert bounds == sorted(bounds), kind
    # Each term does something here, or the order of the costs would say little.
    saved = {kind: of_kind(rows, kind)[-1].difference for kind in ("call_off_max", "overbooking")}
    assert all(difference < -10 for difference in saved.values())
    assert of_kind(rows, "call_off_min")[-1].difference > 10
    assert {row.value for row in rows if row.kind == "overbooking" and row.difference == 0} == {1.2}


def test_no_limit_is_none() -> None:
    """With NO_LIMIT the band costs the same as a hundred times that."""
    data = bound_by_terms()
    free = dataclasses.replace(
        data, settings=dataclasses.replace(data.settings, call_off_max=NO_LIMIT)
    )
    problem = assemble(free)
    without = dataclasses.replace(
        problem,
        supply=dataclasses.replace(
            problem.supply,
            call_off={o: dataclasses.replace(b, most=100 * NO_LIMIT)
                      for o, b in problem.supply.call_off.items()},
        ),
    )  # fmt: skip
    best = [optimum(one, OPTIONS).objective for one in (problem, without)]
    assert best[0] == pytest.approx(best[1])


def test_the_worst_probabilities_are_worse_with_the_distance() -> None:
    plan = optimizer.sensitivity(bound_by_terms(), points=2, distances=(0.2, 0.0, 0.1, 0.5))
    rows = plan.contract.tables.worst_probabilities
    assert [row.distance for row in rows] == [0.0, 0.1, 0.2, 0.5]
    costs = [row.cost for row in rows]
    assert costs == sorted(costs)
    expected = plan.facts.spread.expected
    assert costs[0] == pytest.approx(expected)
    assert all(row.cost == pytest.approx(expected + row.increase) for row in rows)
    assert rows[1].increase > 0
    dearest = max(plan.contract.tables.outcomes, key=lambda row: row.cost)
    assert rows[1].likelier == f"{dearest.outcome} +10 points"


def test_plans_that_cost_the_same_within_the_gap_are_no_change() -> None:
    """K and L are as dear; which one a solve picks is chance, and not to be reported."""
    data = small(
        settings=Settings(start="2025-01", threads=1, gap=0.01),
        offers=[offer("K"), offer("L", price=10.05)],
        risks=[RiskEffect(risk="r", result="x", probability=0.5, scope="supplier", target="K",
                          price_add=0.06)],
    )  # fmt: skip
    _, rows = study_of(data)
    assert not any(row.changed for row in rows)


def test_stopping_keeps_what_is_there() -> None:
    data = two_suppliers(0.1)
    plan = optimizer.solve(data).contract
    stop, told = threading.Event(), list[str]()

    def tell(phase: str) -> None:
        told.append(phase)
        if len(told) == 3:
            stop.set()

    swept = sweep_rows(plan, assemble(data), OPTIONS, 5, tell, stop)
    values = [row.value for row in swept.rows if row.kind == "probability"]
    assert values == pytest.approx([0.1, 0.2, 1.0])
    assert told[0] == "sensitivity 1 of 16: licence: frozen at 0.2"
    (note,) = swept.notes
    assert "14 of 16 values have no plan because it was stopped" in note


def test_the_time_of_all_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "TIME_FACTOR", 1e-9)
    data = two_suppliers(0.1)
    plan = optimizer.solve(data).contract
    swept = sweep_rows(plan, assemble(data), OPTIONS)
    assert all(row.given for row in swept.rows)
    assert "for want of time" in swept.notes[0]


def test_a_value_that_no_plan_can_meet_is_said() -> None:
    data = dataclasses.replace(
        two_suppliers(0.1, unmet_demand="forbid"),
        offers=(offer("K", price=10.0), offer("L", price=15.0, capacity=50.0)),
        risks=(effect("half", 0.1, deliverable=0.5), effect("frozen", 0.0, deliverable=0.0)),
    )
    plan, rows = study_of(data, points=2)
    (value,) = sweeps_of(data, assemble(data), 2)[1].values[1:]
    assert any(f"with licence: frozen at {value:g} no plan" in note for note in plan.facts.notes)
    assert [row.value for row in rows if row.subject == "licence: frozen"] == [0.0]


@pytest.mark.parametrize("wrong", [{"points": 1}, {"distances": (0.1, 2.0)}])
def test_wrong_arguments(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must"):
        optimizer.sensitivity(two_suppliers(0.1), **wrong)


def test_a_change_that_is_not_certain_is_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time ends before a plan that decides as the given one is found or ruled out."""
    ended = Answer(None, SolveResult(Status.TIME_LIMIT_NO_PLAN))
    data = two_suppliers(0.1, **WIDE)
    plan = optimizer.solve(data).contract
    monkeypatch.setattr(sensitivity_points, "solve", lambda *_, **__: ended)
    swept = sweep_rows(plan, assemble(data), OPTIONS)
    surely = next(r for r in swept.rows if r.value == 1 and r.kind == "probability")
    assert surely.cost == pytest.approx(4000)
    assert (surely.changed, surely.change) == (False, study.UNCLEAR)
