"""Scenarios side by side, worked out by hand; each is planned in a process of its own.

100 are wanted in one year; K sells for 10 and L for 14.  Today K has 75 and L 25 a year.

    scenario   plan           cost    today's split
    base       K 100          1,000   75 x 10 + 25 x 14 = 1,100
    dear       L 100          1,400   75 x 20 + 25 x 14 = 1,850     K sells for 20
    never      cannot be: all demand must be met, and nobody makes more than 1
    no_time    nothing is found within a billionth of a second
    wrong      a price below 0
"""

from __future__ import annotations

import dataclasses
import threading

import pytest

import optimizer
from optimizer.contract.data import Data
from optimizer.contract.policy import Change, Rule
from optimizer.contract.study import Study
from tests.models.case import YEAR
from tests.small import change, offer, small


def because(scenario: str, table: str, where: str | None, column: str, value: object) -> Change:
    return Change(scenario=scenario, table=table, where=where, column=column, operation="set",
                  value=value, note=f"why {scenario}")  # fmt: skip


DEAR = because("dear", "Offers", "supplier=K", "price", 20.0)
CHANGES = [
    DEAR,
    because("never", "Settings", "setting=unmet_demand", "value", "forbid"),
    because("never", "Offers", None, "capacity", 1.0),
    because("no_time", "Settings", "setting=time_limit", "value", 1e-9),
    because("no_time", "Suppliers", None, "onboarding_cost", 5.0),
    because("wrong", "Offers", "supplier=K", "price", -1.0),
]


def data_of(changes: list[Change]) -> Data:
    return small(
        settings=dataclasses.replace(YEAR, gap=1e-9, reveal_days=0.0),
        offers=[offer("K", price=10.0, baseline=75.0), offer("L", price=14.0, baseline=25.0)],
        scenarios=changes,
    )


@pytest.fixture(scope="module")
def study() -> Study:
    return optimizer.compare(data_of(CHANGES), workers=2).contract


def test_every_scenario_has_a_row_beside_base_and_today(study: Study) -> None:
    rows = {row.scenario: row for row in study.tables.scenarios_compared}
    assert [(name, row.status) for name, row in rows.items()] == [
        ("base", "optimal"),
        ("dear", "optimal"),
        ("never", "infeasible"),
        ("no_time", "limit"),
        ("wrong", "input"),
    ]
    base, dear = rows["base"], rows["dear"]
    assert (base.cost, dear.cost) == pytest.approx((1000, 1400))
    assert (base.cost_over_base, dear.cost_over_base) == pytest.approx((0, 400))
    assert (base.today_cost, dear.today_cost) == pytest.approx((1100, 1850))
    assert (base.saving_on_today, dear.saving_on_today) == pytest.approx((100, 450))
    assert (base.today_broken, dear.today_shortage) == (0, 0)
    assert (base.moved, dear.moved) == pytest.approx((0, 100))
    assert (dear.suppliers, dear.largest_country, dear.largest_share) == (1, "X", 1)
    assert dear.note == "why dear"
    for name in ("never", "no_time", "wrong"):
        assert rows[name].cost is None
        assert rows[name].note
        assert any(line.startswith(f"{name}: ") for line in study.attention)
    assert "price" in rows["wrong"].note


def test_awards_and_shares_stand_beside_those_of_base_and_today(study: Study) -> None:
    awards = {
        (row.scenario, row.supplier): (row.award, row.over_base, row.over_today)
        for row in study.tables.awards_by_scenario
    }
    assert awards == {
        ("base", "K"): pytest.approx((100, 0, 25)),
        ("base", "L"): pytest.approx((0, 0, -25)),
        ("dear", "K"): pytest.approx((0, -100, -75)),
        ("dear", "L"): pytest.approx((100, 100, 75)),
    }
    shares = {
        (row.scenario, row.member): (row.share, row.over_base)
        for row in study.tables.shares_by_scenario
        if row.dimension == "supplier"
    }
    assert shares == {
        ("base", "K"): pytest.approx((1, 0)),
        ("dear", "K"): pytest.approx((0, -1)),
        ("dear", "L"): pytest.approx((1, 1)),
    }


def test_only_what_differs_of_the_input_is_listed(study: Study) -> None:
    listed = [
        (row.scenario, row.table, row.column, row.base, row.changed)
        for row in study.tables.inputs_that_differ
        if row.scenario == "dear"
    ]
    assert listed == [("dear", "Offers", "price", "10", "20")]
    assert {row.scenario for row in study.tables.inputs_that_differ} == {"dear", "never", "no_time"}


def test_the_least_largest_regret_is_the_answer(study: Study) -> None:
    """base's plan pays 20 for all of it in dear (600 too much), dear's pays 14 in base (400)."""
    assert [(row.plan, row.world) for row in study.tables.regret_by_plan] == [
        ("dear", "base"), ("base", "dear"),
    ]  # fmt: skip
    assert [row.largest_regret for row in study.tables.regret_by_plan] == pytest.approx([400, 600])
    assert study.answer == (
        "Of 2 scenarios with a plan, the plan for dear has the least largest regret: 400 USD (if "
        "base comes true); the plan for base has 600 USD (if dear comes true)."
    )
    assert study.sentences[:2] == (
        "A plan costs from 1,000 USD (base) to 1,400 USD (dear).",
        "Today's split costs 100 USD more than the plan in base, and 450 USD more in dear.",
    )
    figures = {one.label: one.value for one in study.figures}
    assert figures["Base"] == pytest.approx(1000)
    assert figures["Least largest regret"] == pytest.approx(400)


@pytest.mark.slow
def test_worlds_that_cost_the_same_all_have_a_plan() -> None:
    same = because("same", "Suppliers", None, "fixed_cost", 0.0)
    result = optimizer.compare(data_of([same]), regret=False, workers=1)
    assert result.answer == "The plan of every scenario costs 1,000 USD."


@pytest.mark.slow
def test_the_answer_says_that_the_plan_with_the_least_regret_breaks_rules() -> None:
    """Base may not buy more than half from K: 1,200.  Without that rule: K 100 for 1,000.

    The plan for free in base costs 1,000 and breaks the rule there; the plan for base, carried
    into free with K 50 and L 50 contracted and called off between a half and 3/2 of that, costs
    75 x 10 + 25 x 14 = 1,100, 100 more than 1,000.
    """
    cap = Rule(rule="cap", dimension="supplier", member=("K",), metric="share", sense="max",
               limit=0.5)  # fmt: skip
    capped = dataclasses.replace(cap, row=2)
    data = change(data_of([because("free", "Rules", None, "active", False)]), rules=(capped,))
    study = optimizer.compare(data, workers=1).contract
    assert study.answer.startswith(
        "Of 2 scenarios with a plan, the plan for free has the least largest regret: 0 USD, "
        "whichever of them comes true, breaking rules or minimums in 1 of them; the plan for base "
    )
    assert study.tables.regret_by_plan[1].largest_regret == pytest.approx(100, abs=0.01)


@pytest.mark.slow
def test_a_choice_of_scenarios_without_regret() -> None:
    result = optimizer.compare(data_of(CHANGES), ["Dear "], regret=False, workers=1)
    assert result.scenarios_compared["scenario"].tolist() == ["base", "dear"]
    assert result.tables == (
        "scenarios_compared", "inputs_that_differ", "awards_by_scenario", "shares_by_scenario",
        "assumptions",
    )  # fmt: skip
    assert result.answer == "A plan costs from 1,000 USD (base) to 1,400 USD (dear)."
    alone = optimizer.compare(data_of(CHANGES), ["base"], workers=1)
    assert alone.answer == "Nothing but base was asked for; its plan costs 1,000 USD."


@pytest.mark.slow
def test_without_any_plan_it_says_why_of_each() -> None:
    nobody = because("base_too", "Offers", None, "capacity", 2.0)
    data = data_of([nobody])
    forbidding = dataclasses.replace(data.settings, unmet_demand="forbid")
    offers = tuple(dataclasses.replace(row, capacity=1.0) for row in data.offers)
    with pytest.raises(optimizer.InfeasibleError) as caught:
        optimizer.compare(change(data, settings=forbidding, offers=offers), workers=2)
    assert [hint.split(":")[0] for hint in caught.value.hints] == ["base", "base_too"]


def test_a_stop_ends_it() -> None:
    stop = threading.Event()
    stop.set()
    told: list[str] = []
    with pytest.raises(optimizer.LimitError, match=r"^Stopped before any scenario had a plan\."):
        optimizer.compare(
            data_of([DEAR]), stop=stop, workers=1, progress=lambda now: told.append(now.phase)
        )
    assert told[-1] == "scenarios: 0 of 2 done, the others were stopped"


@pytest.mark.slow
def test_without_scenarios_it_says_that_there_are_none() -> None:
    result = optimizer.compare(data_of([]), workers=1)
    assert result.answer == (
        "The workbook has no scenarios to compare base with; its plan costs 1,000 USD."
    )


def test_what_cannot_be_asked() -> None:
    data = data_of([DEAR])
    with pytest.raises(optimizer.InputErrors, match="darc"):
        optimizer.compare(data, ["darc"])
    with pytest.raises(ValueError, match="workers must be at least 1"):
        optimizer.compare(data, workers=0)
    with pytest.raises(ValueError, match="that of scenario dear"):
        optimizer.compare(optimizer.scenario(data, "dear"))
