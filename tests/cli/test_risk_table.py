"""What the terminal says of a plan under risk."""

from __future__ import annotations

import dataclasses

import pytest

from optimizer.api import SolvedPlan
from optimizer.cli.summary import show_plan
from optimizer.contract.plan import Plan
from tests.report.handmade import made_plan

PLAN = made_plan()


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are not broken, however wide the terminal of the tests is."""
    monkeypatch.setenv("COLUMNS", "200")


def said(plan: Plan, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Label -> text of the table."""
    show_plan(SolvedPlan(plan))
    rows = [line.strip().split("  ", 1) for line in capsys.readouterr().out.splitlines()]
    return {row[0]: row[1].strip() for row in rows if len(row) == 2}


def test_costs_of_the_outcomes_and_the_size_of_the_model(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = said(PLAN, capsys)
    assert rows["worst 10 % of cases"] == "12,214,255 USD on average"
    assert rows["worst outcome"] == "12,214,255 USD (freeze)"
    assert rows["probability of any shortage"] == "25 %"
    assert rows["short"] == "3,875 kg on average"
    assert rows["plan made without risk"] == "3,200,000 USD promised"
    assert rows["in these outcomes"] == "10,225,000 USD on average, 31,000,000 at worst"
    assert rows["model"] == "2 outcomes, 1,200 variables (80 whole numbers), 900 constraints"
    assert "expected cost" not in rows


def test_the_expected_cost_where_something_else_is_minimised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = dataclasses.replace(PLAN.data.settings, risk_measure="worst_case")
    plan = dataclasses.replace(PLAN, data=dataclasses.replace(PLAN.data, settings=settings))
    assert said(plan, capsys)["expected cost"] == "5,924,442 USD"


def test_a_certain_plan_says_nothing_of_risk(capsys: pytest.CaptureFixture[str]) -> None:
    certain = dataclasses.replace(PLAN.tables.outcomes[0], probability=1.0)
    tables = dataclasses.replace(PLAN.tables, outcomes=(certain,))
    rows = said(dataclasses.replace(PLAN, tables=tables), capsys)
    assert rows["short"] == "3,875 kg"
    assert "worst outcome" not in rows
    assert "plan made without risk" not in rows
