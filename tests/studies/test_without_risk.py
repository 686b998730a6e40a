"""The plan made without risk, carried into the outcomes: K at 10 may fail, L at 14 does not.

100 are wanted in a year, a unit short costs 100, and nothing is known before the order.  Without
risk K gets it all for 1,000; K fails with probability 1/2, and then 100 are short for 10,000.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import optimizer
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect, Rule
from tests.models.case import YEAR
from tests.small import change, offer, small


def data_of(**tables: Any) -> Data:
    return small(
        settings=dataclasses.replace(YEAR, reveal_days=365.0, gap=1e-9),
        offers=[offer("K", price=10), offer("L", price=14)],
        risks=[
            RiskEffect(
                risk="fire",
                result="down",
                probability=0.5,
                scope="supplier",
                target="K",
                deliverable=0.0,
            )
        ],
        **tables,
    )


def test_what_it_promised_and_what_it_costs() -> None:
    plan = optimizer.solve(data_of()).contract
    assert plan.facts.objective == pytest.approx(1400)
    assert [(row.supplier, row.award) for row in plan.tables.awards] == [("L", 100)]
    beside = plan.facts.without_risk
    assert beside is not None
    assert beside.spread is not None
    assert beside.promised == pytest.approx(1000)
    assert beside.spread.expected == pytest.approx((1000 + 10000) / 2)
    assert beside.spread.worst_case == pytest.approx(10000)
    assert (beside.spread.shortage, beside.spread.shortage_chance) == pytest.approx((50, 0.5))
    assert beside.broken == ()
    by_name = {row.outcome: row for row in plan.tables.outcomes}
    assert by_name["down"].cost_without_risk == pytest.approx(10000)
    assert by_name["down"].shortage_without_risk == pytest.approx(100)
    assert by_name["nothing happens"].cost_without_risk == pytest.approx(1000)


def test_rules_are_off_and_those_it_breaks_are_named() -> None:
    half = Rule(rule="half", dimension="supplier", member=("L",), metric="share", sense="max",
                limit=0.5)  # fmt: skip
    fails = change(data_of(), offers=data_of().offers)
    plan = optimizer.solve(change(fails, rules=[half])).contract
    beside = plan.facts.without_risk
    assert beside is not None
    assert beside.spread is not None
    assert beside.spread.expected == pytest.approx(5500)
    least = dataclasses.replace(half, rule="least", member=("L",), sense="min", limit=0.1)
    both = optimizer.solve(change(fails, rules=[least])).contract.facts.without_risk
    assert both is not None
    # it was planned with the rule: 10 of 100 from L; in the outcomes L delivers 10 of 60
    assert both.broken == ()
    most = dataclasses.replace(half, rule="most", member=("L",), sense="max", limit=0.12)
    keep = optimizer.solve(change(fails, rules=[least, most])).contract.facts.without_risk
    assert keep is not None
    assert [line.split(":")[0] for line in keep.broken] == ["most (L)"]


def test_a_plan_under_risk_says_how_long_one_can_go_on() -> None:
    plan = optimizer.solve(data_of()).contract
    (row,) = plan.tables.stress
    assert (row.kind, row.target) == ("country", "X")
    assert (row.survives, row.item, row.site) == (0, "P", "A")
    assert row.loss == pytest.approx(10000)


def test_a_workbook_without_risk_has_nothing_beside_it() -> None:
    plan = optimizer.solve(change(data_of(), risks=[])).contract
    assert plan.facts.without_risk is None
    assert plan.tables.stress == ()
    assert [row.cost_without_risk for row in plan.tables.outcomes] == [None]
