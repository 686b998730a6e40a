"""Frequent and short, or rare and long: the answer moves from stock to a second source.

After B. Tomlin (2006), "On the value of mitigation and contingency strategies for managing supply
chain disruption risks", Management Science 52(5).  10 are needed in each of 12 months.  U sells for
10 and fails; R sells for 13, never fails, and costs 40 to be approved.  A unit in stock costs 1.2
a month.  U is down for 2 of the 12 months in the mean, either way:

    short   months 3, 6, 9 and 12 fail, each with probability 1/2: 16 outcomes
    long    months 7 to 12 fail together, with probability 1/3

A second source costs the same in both, as it delivers 20 units in the mean:
40 + 20 x 3 = 100.  Stock is built up in the month before U may fail and used up first:

    short   4 x 10 x 1.2 = 48                               stock is better:   1200 +  48
    long    10 x (6 + 5 + 4 + 3 + 2 + 1) x 1.2 = 252        a source is better: 1200 + 100

Once R is approved, not even the first month of the long failure is worth a stock: 10 x 1.2 against
10 x 3 x 1/3.
"""

from __future__ import annotations

import dataclasses
import math

import pytest

from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site
from optimizer.contract.plan import Plan
from optimizer.contract.policy import RiskEffect
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Supplier
from tests.laws.planning import cost_of, plan_of
from tests.small import change, need, offer, small

GOODS = 12 * 10 * 10.0
STOCK = {"short": 48.0, "long": 252.0}
SECOND_SOURCE = 100.0


def _fails(risk: str, probability: float, first: int, last: int) -> RiskEffect:
    return RiskEffect(
        risk=risk,
        result=f"{risk} fails",
        probability=probability,
        scope="supplier",
        target="U",
        from_period=first,
        to_period=last,
        deliverable=0.0,
    )


DISRUPTIONS = {
    "short": [_fails(f"month {month}", 1 / 2, month, month) for month in (3, 6, 9, 12)],
    "long": [_fails("half a year", 1 / 3, 7, 12)],
}


def _case(length: str) -> Data:
    return small(
        settings=Settings(start="2025-01", reveal_days=0, holding_rate=1.2),
        items=[Item(item="P", shortage_cost=100.0, unit_value=12.0)],
        demand=need(*[10.0] * 12),
        suppliers=[
            Supplier(supplier="U", country="X"),
            Supplier(supplier="R", country="X", onboarding_cost=40.0),
        ],
        # R is asked only when U fails: an option, not a share of the volume.
        offers=[offer("U", price=10), offer("R", price=13, call_off_min=0, call_off_max=3)],
        risks=DISRUPTIONS[length],
    )


def _without_stock(data: Data) -> Data:
    return change(data, sites=[Site(site="A", storage_capacity=0.0)])


def _without_second_source(data: Data) -> Data:
    return change(data, offers=[row for row in data.offers if row.supplier == "U"])


def _awards(plan: Plan) -> dict[str, float]:
    return {row.supplier: row.award for row in plan.tables.awards}


def _unit_months(plan: Plan) -> dict[str, float]:
    """Units in stock, added up over the months, in each outcome."""
    return {
        outcome.outcome: math.fsum(
            row.closing for row in plan.tables.stock_plan if row.outcome == outcome.outcome
        )
        for outcome in plan.tables.outcomes
    }


@pytest.mark.parametrize("length", DISRUPTIONS)
def test_each_answer_by_itself_costs_what_it_costs_by_hand(length: str) -> None:
    data = _case(length)
    assert cost_of(_without_second_source(data)) == pytest.approx(GOODS + STOCK[length])
    assert cost_of(_without_stock(data)) == pytest.approx(GOODS + SECOND_SOURCE)


def test_against_frequent_short_disruptions_the_plan_holds_stock() -> None:
    plan = plan_of(_case("short"))
    assert plan.facts.objective == pytest.approx(GOODS + STOCK["short"])
    assert len(plan.tables.outcomes) == 16
    assert _awards(plan) == pytest.approx({"U": 120.0})
    assert _unit_months(plan) == pytest.approx(dict.fromkeys(_unit_months(plan), 40.0))


def test_against_rare_long_disruptions_the_plan_has_a_second_source() -> None:
    plan = plan_of(_case("long"))
    assert plan.facts.objective == pytest.approx(GOODS + SECOND_SOURCE)
    assert _awards(plan) == pytest.approx({"U": 100.0, "R": 20.0})
    assert set(_unit_months(plan).values()) == {0.0}
    assert plan.facts.shortage == 0.0


def test_the_two_are_down_for_as_long() -> None:
    months = {
        length: math.fsum(row.probability * (row.to_period - row.from_period + 1) for row in rows)
        for length, rows in DISRUPTIONS.items()
    }
    assert months == pytest.approx({"short": 2.0, "long": 2.0})


@pytest.mark.parametrize(("holding", "answer"), [(1.2, "U"), (2.4, "U"), (2.6, "R and U")])
def test_dear_stock_moves_the_answer_as_well(holding: float, answer: str) -> None:
    """Of 4 x 10 x h and 100 the less: h = 2.5 is where they cost the same."""
    data = _case("short")
    settings = dataclasses.replace(data.settings, holding_rate=holding)
    plan = plan_of(change(data, settings=settings))
    assert plan.facts.objective == pytest.approx(GOODS + min(40 * holding, SECOND_SOURCE))
    assert " and ".join(sorted(_awards(plan))) == answer
