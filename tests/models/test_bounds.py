"""Bounds cut off no optimum: a plan costs the same where they are replaced by a huge number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from models.bounds import Bounds
from models.build import build
from models.problem import LaneKey, Problem
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site
from optimizer.contract.policy import Rule
from optimizer.contract.supply import Country, Origin, Supplier
from optimizer.solve.run import solve
from tests.models.case import EXACT, YEAR
from tests.models.random_cases import workbook
from tests.small import need, offer, small

HUGE = 20_000.0

SEEDS = range(60)


def cost(problem: Problem) -> float | None:
    """The optimum, or None if no plan is feasible."""
    result = solve(build(problem), EXACT).result
    return result.objective if result.has_plan else None


def loose(monkeypatch: pytest.MonkeyPatch) -> None:
    def most(bounds: Any) -> Mapping[LaneKey, float]:
        return dict.fromkeys(bounds._problem.supply.lanes, HUGE)

    def total(bounds: Any, coefficients: Mapping[LaneKey, float]) -> float:
        return HUGE * sum(coefficients.values())

    monkeypatch.setattr(Bounds, "most", property(most))
    monkeypatch.setattr(Bounds, "total", total)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_workbooks(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = assemble(workbook(seed))
    tight = cost(problem)
    loose(monkeypatch)
    assert cost(problem) == (tight if tight is None else pytest.approx(tight, rel=1e-6))


def two_items(rule: Rule, other_price: float, **tables: Any) -> Data:
    """P only from K, Q only from L, where beginning costs 5; a rule holds over both."""
    return small(
        settings=YEAR,
        demand=[*need(100, item="P"), *need(100, item="Q")],
        offers=[offer("K", "P", price=100), offer("L", "Q", price=other_price)],
        items=[Item(item="P", shortage_cost=10_000)],
        countries=[Country(country="X", risk_score=10), Country(country="Y", risk_score=5.9)],
        suppliers=[
            Supplier(supplier="K", country="X"),
            Supplier(supplier="L", country="Y", onboarding_cost=5),
        ],
        rules=[rule],
        **tables,
    )


def share(metric: str, limit: float, **rest: Any) -> Rule:
    rest = {"dimension": "supplier", "member": ("K",), "sense": "max"} | rest
    return Rule(rule="R", metric=metric, limit=limit, **rest)


ORIGINS = [
    Origin(supplier="K", stage="refining", country="X", share=1.0),
    Origin(supplier="L", stage="refining", country="X", share=0.55),
    Origin(supplier="L", stage="refining", country="Y", share=0.45),
]

BOUGHT_TO_DILUTE = {
    # K's 100 may be 30 %: 700/3 of Q
    "share": (two_items(share("share", 0.3), 1), 100 * 100 + 700 / 3 + 5),
    # K's 10,000 may be 30 % of the money: 70,000/3 of Q at 1
    "spend": (two_items(share("spend_share", 0.3), 1), 10_000 + 70_000 / 3 + 5),
    # 100 x 10 + q x 5.9 = 6 x (100 + q), so q = 4000
    "risk": (two_items(share("risk", 6, dimension="country", member=()), 1), 10_000 + 4000 + 5),
    # 100 + 0.55 q = 0.6 (100 + q), so q = 800
    "stage": (
        two_items(share("share", 0.6, dimension="refining", member=("X",)), 1, upstream=ORIGINS),
        10_000 + 800 + 5,
    ),
    # refined in Y: 0.45 q = 450, so q = 1000
    "least quantity": (
        two_items(
            share("quantity", 450, dimension="refining", member=("Y",), sense="min"),
            1,
            upstream=ORIGINS,
        ),
        10_000 + 1000 + 5,
    ),
    # L has 80 % at least: 400 of Q
    "least share": (
        two_items(share("share", 0.8, member=("L",), sense="min"), 1),
        10_000 + 400 + 5,
    ),
}


@pytest.mark.parametrize(
    ("data", "expected"), BOUGHT_TO_DILUTE.values(), ids=BOUGHT_TO_DILUTE.keys()
)
def test_what_is_bought_to_please_a_rule(data: Data, expected: float) -> None:
    assert cost(assemble(data)) == pytest.approx(expected, rel=1e-9)


def test_a_count_takes_a_second_source_of_another_item() -> None:
    # Of Q only 1 is needed, but L counts from 20 % on: 0.2 x (100 + 25) = 25.
    data = small(
        settings=YEAR,
        demand=[*need(100, item="P"), *need(1, item="Q")],
        offers=[offer("K", "P", price=10), offer("L", "Q", price=2)],
        suppliers=[Supplier(supplier="L", country="X", onboarding_cost=5)],
        rules=[
            share("count", 2, member=(), sense="min", counts_from=0.2),
        ],
    )
    assert cost(assemble(data)) == pytest.approx(1000 + 25 * 2 + 5, rel=1e-9)


def test_rules_that_push_one_another() -> None:
    # P (K) may be 30 % of P and Q: 70/3 of Q for 10 of P. Q (L) may be 30 % of Q and R: as much
    # again times 7/3 of R.
    data = small(
        settings=YEAR,
        demand=[*need(10, item="P"), *need(1, item="Q"), *need(1, item="R")],
        items=[
            Item(item="P", family="first", shortage_cost=1000),
            Item(item="Q", family="first"),
            Item(item="R", shortage_cost=1000),
        ],
        offers=[
            offer("K", "P", price=10),
            offer("L", "Q", price=1),
            offer("M", "R", price=1),
        ],
        suppliers=[Supplier(supplier="M", country="X", onboarding_cost=5)],
        rules=[
            Rule(rule="1", dimension="supplier", member=("K",), metric="share", sense="max",
                 limit=0.3, family="first"),
            Rule(rule="2", dimension="supplier", member=("L",), metric="share", sense="max",
                 limit=0.15),
        ],
    )  # fmt: skip
    # 70/3 of Q are 15 % of 1400/9, of which 10 are P
    q, total = 70 / 3, 70 / 3 / 0.15
    assert cost(assemble(data)) == pytest.approx(100 + q + (total - 10 - q) + 5, rel=1e-9)


def test_each_order_may_be_rounded_up_where_stock_does_not_reach_the_other_site() -> None:
    # A needs 1 in the first year, B 1 in the third, which it cannot keep: two orders of 60.
    data = small(
        settings=YEAR,
        demand=[*need(1, site="A"), *need(0, 0, 1, site="B")],
        sites=[Site(site="B", storage_capacity=0)],
        offers=[offer("K", price=1, min_order=60)],
        suppliers=[Supplier(supplier="K", country="X", onboarding_cost=5)],
    )
    assert cost(assemble(data)) == pytest.approx(2 * 60 + 5, rel=1e-9)


def test_bounds_are_as_tight_as_capacity_and_demand() -> None:
    data = small(settings=YEAR, demand=need(60, 40), offers=[offer("K", capacity=30), offer("L")])
    most = Bounds(assemble(data)).most
    assert most["K", "P", "A", "standard"] == 60  # 2 x 30
    assert most["L", "P", "A", "standard"] == 100  # what is needed
