"""A limit swept, by hand: 100 P are wanted in a year, and all of it must be met.

K sells for 10, L for 12 (30 at most), M for 20 (40 at most).  A cap on K moves volume to L, at 2 a
point, until L has its 30; from 70 % on to M, at 10 a point; below 30 % nobody is left.
"""

from __future__ import annotations

import dataclasses
import threading
from typing import Any

import pytest

import optimizer
from optimizer.contract.data import Data
from optimizer.contract.frontier_results import FrontierRow
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.solve.outcome import Status
from optimizer.solve.progress import Progress
from optimizer.studies.loaded import Loaded
from optimizer.studies.optimum import Optimum
from tests.models.case import YEAR
from tests.small import offer, small

TENTHS = [n / 10 for n in range(10, 0, -1)]
CAP = Rule(rule="cap", dimension="supplier", member=("K",), metric="share", sense="max", limit=0.9)


def three(*rules: Rule, **tables: Any) -> Data:
    """The case above with these rules; exact."""
    settings = dataclasses.replace(YEAR, gap=1e-9, threads=1, unmet_demand="forbid")
    return small(
        settings=settings,
        offers=[
            offer("K", price=10),
            offer("L", price=12, capacity=30),
            offer("M", price=20, capacity=40),
        ],
        rules=list(rules),
        **tables,
    )


def rule(**changes: Any) -> Rule:
    return dataclasses.replace(CAP, **changes)


def swept(data: Data, **limits: Any) -> tuple[FrontierRow, ...]:
    return optimizer.frontier(data, limits).contract.tables.frontier


def costs(rows: tuple[FrontierRow, ...]) -> list[float | None]:
    return [row.cost for row in rows]


def test_what_a_point_costs_where_it_bends_and_where_it_ends() -> None:
    study = optimizer.frontier(three(CAP), {"cap": TENTHS}).contract
    rows = study.tables.frontier
    assert [row.limit for row in rows] == TENTHS
    found = costs(rows)
    assert found[:8] == pytest.approx([1000, 1020, 1040, 1060, 1160, 1260, 1360, 1460])
    assert found[8:] == [None, None]
    assert [row.status for row in rows] == ["optimal"] * 8 + ["infeasible"] * 2
    assert [row.per_point for row in rows[1:8]] == pytest.approx([2, 2, 2, 10, 10, 10, 10])
    assert [row.reached for row in rows[:8]] == pytest.approx(TENTHS[:8])
    assert [row.over_loosest for row in rows[:2]] == pytest.approx([0, 20])
    for row in rows[:8]:
        assert row.least_over_loosest == pytest.approx(row.over_loosest, abs=1e-4)
        assert row.most_over_loosest == pytest.approx(row.over_loosest, abs=1e-4)
    assert [row.step for row in rows if row.note.startswith("knee")] == [4]
    assert rows[8].note == "impossible from here on; there is a plan at 30 %, and none at 29.9 %"
    assert rows[9].note == "impossible"
    assert study.answer == (
        "Each point of cap below 100 % costs 2 USD down to 70 %, from there down to 30 % 10 USD; "
        "at 29.9 % and below it is impossible."
    )
    figures = {figure.label: figure.value for figure in study.figures}
    assert figures["Each point from 100 % to 70 %"] == pytest.approx(2)
    assert figures["Each point from 70 % to 30 %"] == pytest.approx(10)
    assert figures["Impossible from"] == pytest.approx(0.299)
    assert study.attention == ()


def test_shares_of_each_step() -> None:
    study = optimizer.frontier(three(CAP), {"cap": [0.7, 0.6]}).contract
    shares = {
        (row.step, row.member): row.share
        for row in study.tables.frontier_shares
        if row.dimension == "supplier"
    }
    assert shares == pytest.approx(
        {(1, "K"): 0.7, (1, "L"): 0.3, (2, "K"): 0.6, (2, "L"): 0.3, (2, "M"): 0.1}
    )


def test_limits_come_in_any_order_once_each_and_none_is_the_loosest() -> None:
    rows = swept(three(CAP), cap=[0.6, None, 0.9, 0.6])
    assert [row.limit for row in rows] == [None, 0.9, 0.6]
    assert costs(rows) == pytest.approx([1000, 1020, 1160])
    # Without a limit K has 100 %, and that is where the limit of a share stands that binds nobody.
    assert [row.per_point for row in rows] == [None, pytest.approx(2), pytest.approx(140 / 30)]


def test_a_rule_that_is_not_active_is_swept_all_the_same() -> None:
    rows = swept(three(rule(active=False)), cap=[0.9, 0.7])
    assert costs(rows) == pytest.approx([1020, 1060])


def test_a_family_of_two_rules() -> None:
    """If M may have 20 % only, K cannot have less than 50 %."""
    other = rule(rule="M", member=("M",), limit=1.0)
    study = optimizer.frontier(three(CAP, other), {"cap": TENTHS[3:8], "M": [0.2, 0.4]}).contract
    rows = study.tables.frontier
    assert [row.curve for row in rows] == ["M 40 %"] * 5 + ["M 20 %"] * 5
    assert [row.step for row in rows] == [1, 2, 3, 4, 5] * 2
    assert costs(rows)[:8] == pytest.approx([1060, 1160, 1260, 1360, 1460, 1060, 1160, 1260])
    assert costs(rows)[8:] == [None, None]
    assert rows[8].note == "impossible from here on; there is a plan at 50 %, and none at 49.9 %"
    assert study.answer == "With M 40 %, each point of cap below 70 % costs 10 USD down to 30 %."
    assert study.sentences == (
        (
            "With M 20 %, each point of cap below 70 % costs 10 USD down to 50 %; at 49.9 % and "
            "below it is impossible. It lies 0 USD above the loosest curve."
        ),
    )


def test_a_goal_keeps_its_penalty() -> None:
    """At 5 a point missing the goal is dearer than L and cheaper than M."""
    study = optimizer.frontier(three(rule(penalty=500.0)), {"cap": TENTHS}).contract
    rows = study.tables.frontier
    assert costs(rows) == pytest.approx([1000, 1020, 1040, *(1060 + 50 * n for n in range(7))])
    assert [row.penalty_cost for row in rows[3:6]] == pytest.approx([0, 50, 100])
    assert [row.reached for row in rows[3:]] == pytest.approx([0.7] * 7)
    assert any("keeps its penalty" in sentence and "5 USD" in sentence
               for sentence in study.sentences)  # fmt: skip


def test_a_minimum_turns_round() -> None:
    study = optimizer.frontier(
        three(rule(member=("M",), sense="min")), {"cap": [0.6, 0.4, 0.2, None]}
    ).contract
    rows = study.tables.frontier
    assert [row.limit for row in rows] == [None, 0.2, 0.4, 0.6]
    assert costs(rows)[:3] == pytest.approx([1000, 1200, 1400])
    assert study.answer == (
        "Each point of cap costs 10 USD up to 40 %; at 40.1 % and above it is impossible."
    )


def test_a_count_beyond_what_there_is() -> None:
    """A second and a third source of 5 % each cost 5 x 2 and 5 x 10; there is no fourth."""
    least = rule(member=(), metric="count", sense="min", limit=2.0)
    rows = swept(three(least), cap=[1, 2, 3, 4, 5])
    assert costs(rows)[:3] == pytest.approx([1000, 1010, 1060])
    assert [row.status for row in rows[3:]] == ["infeasible", "infeasible"]
    assert rows[3].note == "impossible from here on; there is a plan at 3, and none at 4"
    assert [row.per_point for row in rows[1:3]] == pytest.approx([10, 50])
    goal = dataclasses.replace(least, penalty=100.0)
    assert costs(swept(three(goal), cap=[1, 2, 3, 4])) == pytest.approx([1000, 1010, 1060, 1160])


def test_concentration_in_points() -> None:
    """With K and L alone, 70 and 30 % make 5,800 points, 80 and 20 % 6,800."""
    hhi = rule(member=(), metric="hhi", limit=9000.0)
    rows = swept(three(hhi), cap=[None, 6800, 5800])
    assert costs(rows) == pytest.approx([1000, 1040, 1060], rel=1e-4)
    assert rows[1].reached == pytest.approx(6800, rel=1e-4)


@pytest.mark.parametrize("measure", ["expected", "cvar", "worst_case"])
def test_with_several_outcomes_each_step_is_a_solve_of_its_own(measure: str) -> None:
    """K at 10 may fail, L at 14 does not; what is missing costs 100 each."""
    settings = dataclasses.replace(
        YEAR, reveal_days=365.0, gap=1e-9, threads=1, risk_measure=measure
    )
    fire = RiskEffect(risk="fire", result="down", probability=0.5, scope="supplier", target="K",
                      deliverable=0.0)  # fmt: skip
    data = small(settings=settings, offers=[offer("K", price=10), offer("L", price=14)],
                 risks=[fire], rules=[rule(member=("L",))])  # fmt: skip
    limits = [0.9, 0.6, 0.3]
    rows = swept(data, cap=limits)
    for row, limit in zip(rows, limits, strict=True):
        alone = optimizer.solve(
            dataclasses.replace(data, rules=(rule(member=("L",), limit=limit),))
        )
        assert row.cost == pytest.approx(alone.facts.objective, rel=1e-5)
    found = costs(rows)
    assert found == sorted(found, key=lambda cost: cost or 0.0)


def test_stopped_early_what_is_known_is_given() -> None:
    """Stopped after both ends: the tightest plan holds in between, and the bound of the loosest."""
    stop = threading.Event()

    def stop_at_the_third(progress: Progress) -> None:
        if "(3 of 5)" in progress.phase:
            stop.set()

    study = optimizer.frontier(
        three(CAP), {"cap": TENTHS[:5]}, progress=stop_at_the_third, stop=stop
    ).contract
    rows = study.tables.frontier
    assert costs(rows) == pytest.approx([1000, 1160, 1160, 1160, 1160])
    assert [row.bound for row in rows] == pytest.approx([1000, 1000, 1000, 1000, 1160])
    assert [row.status for row in rows] == [
        "optimal", "interrupted", "interrupted", "interrupted", "optimal"
    ]  # fmt: skip
    assert [row.most_over_loosest for row in rows] == pytest.approx([0, 160, 160, 160, 160])
    assert [row.least_over_loosest for row in rows] == pytest.approx([0, 0, 0, 0, 160])
    assert "90 %; 80 %; 70 %" in study.attention[-1]


def test_no_step_is_called_optimal_above_the_gap_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The loosest limit is proven to 5 % in its time; the others then need no more than that.

    They end within the 5 % they were given, which is not the gap of the settings.
    """
    asked: list[float | None] = []

    def half_proven(loaded: Loaded, *rest: Any, gap: float, **named: Any) -> Optimum:
        found = solve(loaded, *rest, gap=gap, **named)
        result = found.answer.result
        asked.append(gap)
        if result.values is None:
            return found
        result = dataclasses.replace(
            result,
            status=Status.OPTIMAL if len(asked) > 1 else Status.TIME_LIMIT,
            bound=result.objective * 0.95,
        )
        answer = dataclasses.replace(found.answer, result=result)
        return dataclasses.replace(found, answer=answer, bound=result.bound)

    solve = Loaded.solve
    monkeypatch.setattr(Loaded, "solve", half_proven)
    study = optimizer.frontier(three(CAP), {"cap": [1.0, 0.7, 0.5]}).contract
    assert asked == pytest.approx([1e-9, 0.05, 0.05])
    rows = study.tables.frontier
    assert costs(rows) == pytest.approx([1000, 1060, 1260])
    assert [row.status for row in rows] == ["time_limit"] * 3
    assert any("100 %; 70 %; 50 %" in line for line in study.attention)


def test_what_cannot_be_asked() -> None:
    data = three(CAP, rule(rule="points", metric="hhi", limit=9000.0))
    for asked, said in (
        ({"cup": [0.5]}, "no rule 'cup'. Did you mean cap?"),
        ({"cap": [60]}, "0 to 1"),
        ({"cap": [-0.1]}, "from 0 on"),
        ({"points": [0.5]}, "in points"),
        ({"cap": []}, "No limits"),
        ({}, "Name a rule"),
        ({"cap": [0.5], "CAP ": [0.6]}, "twice"),
        ({"cap": [n / 1001 for n in range(1001)]}, "1,001 combinations"),
    ):
        with pytest.raises(optimizer.QuestionError, match=said):
            optimizer.frontier(data, asked)
    with pytest.raises(ValueError, match="within"):
        optimizer.frontier(data, {"cap": [0.5]}, within=-1)


def test_no_plan_at_any_limit() -> None:
    with pytest.raises(optimizer.InfeasibleError, match="not even at these limits"):
        optimizer.frontier(three(CAP), {"cap": [0.2, 0.1]})
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(optimizer.LimitError):
        optimizer.frontier(three(CAP), {"cap": [0.9, 0.8]}, stop=stopped)
