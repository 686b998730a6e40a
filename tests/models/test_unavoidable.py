"""The shortage that no plan can avoid: an LP that looks at nothing but what can arrive in time."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pyomo.environ as pyo
import pytest

from models.build import build, build_unavoidable
from models.out_of_reach import out_of_reach, shortage_cost
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item, OpenOrder, StockRow, StockTarget, Substitution
from optimizer.contract.policy import Licence, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Lane, PriceBreak, Project, Supplier
from tests.models.case import YEAR, best
from tests.models.random_cases import workbook
from tests.small import change, need, offer, small

SECOND_SOURCE = Rule(
    rule="R", dimension="supplier", metric="count", sense="min", limit=2, counts_from=0.1
)
HALF = Rule(
    rule="half", dimension="supplier", member=("K",), metric="share", sense="max", limit=0.5
)

HAND: dict[str, tuple[Data, float]] = {
    "nothing, though it is dear": (
        small(
            settings=YEAR,
            offers=[offer("K", price=1000, min_award=500, min_order=300, order_cost=10_000)],
            suppliers=[Supplier(supplier="K", country="X", onboarding_cost=1e6)],
            price_breaks=[PriceBreak(supplier="K", item="P", from_quantity=10, price=999)],
            stock_policy=[StockTarget(min_cover_days=100, penalty=5)],
        ),
        0.0,
    ),
    "nothing, though a rule forbids it": (small(settings=YEAR, rules=[SECOND_SOURCE, HALF]), 0.0),
    # a year passes before anything arrives: 100 - 30 are short
    "what comes too late": (
        small(
            settings=YEAR,
            demand=need(100, 100),
            offers=[offer("K", lead_days=365.25)],
            stock=[StockRow(item="P", site="A", quantity=30)],
        ),
        70 * 100.0,
    ),
    "what is beyond capacity": (
        small(settings=YEAR, offers=[offer("K", capacity=60, max_award=55)]),
        45 * 100.0,
    ),
    # half a module would do, and costs nothing here
    "what cannot be built": (
        small(
            settings=YEAR,
            demand=need(300),
            suppliers=[Supplier(supplier="K", country="X", capacity=50)],
            projects=[
                Project(project="plant", supplier="K", capacity=100, capex=1e6, max_modules=2)
            ],
        ),
        50 * 100.0,
    ),
    "what a licence bans": (
        small(
            settings=YEAR,
            demand=need(20, end_use="us_export"),
            licences=[Licence(licence="permit", country="X", banned_end_uses=("us_export",))],
            offers=[offer("K", licences=("permit",))],
        ),
        20 * 100.0,
    ),
    # 40 can be a year late, which costs nothing here; of year 2 40 are lost
    "what is late at the end": (
        small(
            settings=YEAR,
            demand=need(100, 100),
            items=[Item(item="P", backlog_cost=1)],
            offers=[offer("K", capacity=80)],
        ),
        40 * 100.0,
    ),
    "nothing, where it is forbidden": (
        small(
            settings=Settings(start="2025", period="year", unmet_demand="forbid"),
            demand=need(10),
        ),
        0.0,
    ),
}


@pytest.mark.parametrize(("data", "expected"), HAND.values(), ids=HAND.keys())
def test_by_hand(data: Data, expected: float) -> None:
    assert best(build_unavoidable(assemble(data))) == pytest.approx(expected, abs=1e-6)


def test_no_yes_or_no_is_left() -> None:
    for data, _ in HAND.values():
        model = build_unavoidable(assemble(data))
        for variable in model.component_data_objects(pyo.Var):
            assert variable.is_continuous(), variable.name


@pytest.mark.parametrize("seed", range(15))
def test_never_above_what_a_plan_costs(seed: int) -> None:
    data = workbook(seed)
    # Without rules, and with room for every minimum order, there is a plan.
    sites = [dataclasses.replace(site, storage_capacity=math.inf) for site in data.sites]
    problem = assemble(change(data, rules=[], sites=sites))
    unavoidable = best(build_unavoidable(problem))
    assert 0 <= unavoidable <= best(build(problem)) + 1e-6


def test_what_nothing_can_reach_by_hand() -> None:
    # the first order of 40 + 30 days comes in the third month
    data = small(
        demand=need(10, 20, 30),
        offers=[offer("K", lead_days=40)],
        lanes=[Lane(supplier="K", site="A", transit_days=30)],
        items=[Item(item="P", shortage_cost=7)],
    )
    problem = assemble(data)
    plain = out_of_reach(problem)
    assert plain == {
        ("P", "A", "general", 1, "certain"): 10,
        ("P", "A", "general", 2, "certain"): 20,
    }
    assert shortage_cost(problem, plain) == pytest.approx(30 * 7)
    assert best(build_unavoidable(problem)) == pytest.approx(30 * 7)


@pytest.mark.parametrize(
    "changes",
    [
        {"stock": [StockRow(item="P", site="A", quantity=1)]},
        {"items": [Item(item="P", backlog_cost=1)]},
        {"open_orders": [OpenOrder(supplier="K", item="P", site="A", period=3, quantity=1)]},
        {"substitutions": [Substitution(item="P", substitute="Q")]},
    ],
)
def test_where_there_may_be_another_way_nothing_is_said_of_it(changes: dict[str, Any]) -> None:
    data = small(demand=need(10, 20, 30), offers=[offer("K", lead_days=70), offer("K", "Q")],
                 **changes)  # fmt: skip
    assert not [key for key in out_of_reach(assemble(data)) if key[0] == "P"]


@pytest.mark.parametrize("seed", range(15))
def test_what_nothing_can_reach_is_never_more_than_what_is_unavoidable(seed: int) -> None:
    data = workbook(seed)
    sites = [dataclasses.replace(site, storage_capacity=math.inf) for site in data.sites]
    problem = assemble(change(data, sites=sites))
    least = best(build_unavoidable(problem))
    assert shortage_cost(problem, out_of_reach(problem)) <= least + 1e-6
