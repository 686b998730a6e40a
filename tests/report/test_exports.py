"""JSON and DataFrames."""

from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest

from optimizer.contract.fields import Table
from optimizer.contract.results import RESULTS
from optimizer.report.frames import frame
from optimizer.report.to_json import to_json
from tests.report.handmade import made_plan

PLAN = made_plan()


def test_json_has_the_facts_in_their_order() -> None:
    document = json.loads(to_json(PLAN))
    assert list(document) == [
        "scenario", "status", "objective", "bound", "gap", "seconds", "costs", "cash_cost",
        "penalty_cost", "gap_without_unavoidable_shortage", "awards", "shares", "hhi", "shortage",
        "rules", "outcomes", "spread", "without_risk", "stress", "sensitivity",
        "worst_probabilities", "size",
    ]  # fmt: skip
    assert document["objective"] == pytest.approx(sum(document["costs"].values()))
    assert list(document["rules"][0]) == [
        "rule", "item", "member", "limit", "actual", "slack", "binding", "relaxed",
    ]  # fmt: skip
    assert list(document["outcomes"][0]) == ["outcome", "probability", "cost", "shortage"]
    assert document["awards"][0]["first_period"] == "2025-11"
    assert sum(document["shares"]["refining"].values()) == pytest.approx(1.0)
    assert len(document["rules"]) == len(PLAN.tables.rule_check)


def test_json_says_what_may_happen() -> None:
    document = json.loads(to_json(PLAN))
    costs = [(row["probability"], row["cost"]) for row in document["outcomes"]]
    expected = sum(probability * cost for probability, cost in costs)
    assert document["spread"]["expected"] == pytest.approx(expected)
    assert document["spread"]["worst_case"] == max(cost for _, cost in costs)
    assert document["spread"]["shortage_chance"] == 0.25
    other = document["without_risk"]
    assert (other["promised"], other["spread"]["worst_case"]) == (3_200_000.0, 31_000_000.0)
    assert len(other["broken"]) == 1
    country = next(row for row in document["stress"] if row["target"] == "CN")
    assert (country["survives_today"], country["survives"]) == (2.25, 3.1)
    assert [row["value"] for row in document["sensitivity"] if row["given"]] == [0.25, 0.5, 1.2]
    assert document["size"] == {
        "outcomes": 2, "variables": 1200, "binaries": 80, "constraints": 900,
    }  # fmt: skip
    facts = dataclasses.replace(PLAN.facts, without_risk=None)
    assert json.loads(to_json(dataclasses.replace(PLAN, facts=facts)))["without_risk"] is None


def test_json_knows_no_infinity() -> None:
    facts = dataclasses.replace(PLAN.facts, bound=-float("inf"), gap=float("inf"))
    document = json.loads(to_json(dataclasses.replace(PLAN, facts=facts)))
    assert document["bound"] is None
    assert document["gap"] is None


@pytest.mark.parametrize("table", RESULTS, ids=lambda table: table.name)
def test_a_frame_has_the_declared_columns(table: Table) -> None:
    made = frame(PLAN, table.attribute)
    assert list(made.columns) == [column.name for column in table.columns]
    assert len(made) == len(PLAN.tables.rows(table.attribute))


def test_a_frame_has_typed_columns_even_without_rows() -> None:
    rules, tiers = frame(PLAN, "rule_check"), frame(PLAN, "tiers")
    assert rules["binding"].dtype == "boolean"
    assert rules["limit"].dtype == "float64"
    assert tiers["quantity"].dtype == "float64"
    assert list(frame(PLAN, "orders")["arrival"].unique()) == ["2025-12", "2026-01", "2026-02"]
    assert frame(PLAN, "cover")["most"].max() == float("inf")
    assert pd.isna(frame(PLAN, "charges")["period"]).any()


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"no result table 'award'; there are awards, moves"):
        frame(PLAN, "award")
