"""Every part of the cost, worked out by hand on the cheapest plan of a tiny case."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo
import pytest

from models import costs
from models.build import build
from models.costs import COMPONENTS
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site, StockRow, StockTarget, Substitution
from optimizer.contract.policy import Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import CalendarRow, Lane, Offer, PriceBreak, Project, Supplier
from optimizer.solve.run import solve
from tests.models.case import EXACT, YEAR
from tests.small import need, offer, small

# 25 % a year, so that what counts in year 2 counts 0.8.
DISCOUNTED = Settings(
    start="2025", period="year", shortage_cost=100.0, holding_rate=0.0, discount_rate=0.25
)
ONLY_THEN = [CalendarRow(supplier="K", period=2, capacity_factor=0.0)]


def k(**rest: Any) -> Offer:
    return offer("K", price=10, **rest)


HAND: dict[str, tuple[Data, float]] = {
    "landed": (
        # (10 + 2 freight) x (1 + 25 % duty) = 15 a unit, delivered a year after the order
        small(
            settings=DISCOUNTED,
            demand=need(0, 100),
            lanes=[Lane(freight=2, duty_rate=0.25, transit_days=365.25)],
        ),
        100 * 15 * 0.8,
    ),
    "order_cost": (
        # one order in each year, as nothing can be kept
        small(
            settings=DISCOUNTED,
            demand=need(10, 10),
            sites=[Site(site="A", storage_capacity=0)],
            offers=[k(order_cost=50)],
        ),
        50 + 50 * 0.8,
    ),
    "holding": (
        # 30 are there at the start and nobody wants them: 20 % of 40 a year, at the end of each
        small(
            settings=DISCOUNTED,
            demand=need(0, 0),
            items=[Item(item="P", holding_rate=0.2, unit_value=40)],
            stock=[StockRow(item="P", site="A", quantity=30)],
        ),
        30 * 8 * (1 + 0.8),
    ),
    "late": (
        # the first delivery is in year 2
        small(
            settings=DISCOUNTED,
            demand=need(20, 0),
            items=[Item(item="P", backlog_cost=3)],
            offers=[k(lead_days=365.25)],
        ),
        20 * 3,
    ),
    "shortage": (
        # nothing in year 1 can be met, 10 of year 2 are beyond capacity and still late at its end
        small(
            settings=DISCOUNTED,
            demand=[*need(20, 0), *need(0, 50, item="Q")],
            items=[Item(item="Q", backlog_cost=1)],
            offers=[k(lead_days=365.25), offer("K", "Q", capacity=20)],
        ),
        20 * 100 + 10 * 100 * 0.8,
    ),
    "overflow": (
        # 30 for year 2 are bought in year 1, 20 more than there is room for
        small(
            settings=DISCOUNTED,
            demand=need(10, 30),
            sites=[Site(site="A", storage_capacity=10, overflow_cost=3)],
            calendar=ONLY_THEN,
            suppliers=[Supplier(supplier="K", country="X", capacity=1000)],
        ),
        20 * 3,
    ),
    "cover": (
        # half a year's coming demand is wanted; an early purchase costs 10 instead of 8
        small(
            settings=DISCOUNTED,
            demand=need(0, 80),
            stock_policy=[StockTarget(min_cover_days=365.25 / 2, penalty=1)],
        ),
        # end of year 1: half of year 2's 80; end of year 2: half of the mean, 40
        40 * 1 + 20 * 1 * 0.8,
    ),
    "suppliers": (
        small(
            settings=YEAR,
            demand=need(50, 50),
            suppliers=[Supplier(supplier="K", country="X", onboarding_cost=70, fixed_cost=15)],
        ),
        70 + 2 * 15,
    ),
    "offers": (
        small(
            settings=YEAR,
            offers=[k(qualified=False, qualification_cost=80, switching_cost=30)],
        ),
        80 + 30,
    ),
    "lanes": (
        # one row, two sites
        small(
            settings=YEAR,
            demand=[*need(10, site="A"), *need(10, site="B")],
            lanes=[Lane(fixed_cost=45)],
        ),
        2 * 45,
    ),
    "projects": (
        # 2 modules for 100; 3000 less 20 %, over 2 of 10 years
        small(
            settings=YEAR,
            demand=need(100, 100),
            suppliers=[Supplier(supplier="K", country="X", capacity=0)],
            projects=[
                Project(
                    project="plant",
                    supplier="K",
                    capacity=50,
                    capex=3000,
                    capital_subsidy=0.2,
                    max_modules=3,
                )
            ],
        ),
        2 * 3000 * 0.8 * 2 / 10,
    ),
    "substitution": (
        # 25 of 100 are replaced in year 2
        small(
            settings=DISCOUNTED,
            demand=need(0, 100),
            offers=[k(), offer("K", "Q", price=1)],
            substitutions=[
                Substitution(
                    item="P", substitute="Q", ratio=2, max_share=0.25, fixed_cost=9, unit_cost=4
                )
            ],
        ),
        9 + 25 * 4 * 0.8,
    ),
    "price_breaks": (
        # 2 off, and 10 % duty on them, as of the end of year 2
        small(
            settings=DISCOUNTED,
            demand=need(60, 0),
            lanes=[Lane(duty_rate=0.1)],
            price_breaks=[PriceBreak(supplier="K", item="P", from_quantity=25, price=8)],
        ),
        -60 * 2 * 1.1 * 0.8,
    ),
    "incentives": (
        small(
            settings=DISCOUNTED,
            demand=need(30, 0),
            suppliers=[Supplier(supplier="K", country="X", capacity=0)],
            projects=[Project(project="plant", supplier="K", capacity=50, capex=1, incentive=4)],
        ),
        -30 * 4 * 0.8,
    ),
    "relaxations": (
        # 60 of 100 more than allowed
        small(
            settings=YEAR,
            rules=[
                Rule(rule="R", dimension="supplier", member=("K",), metric="quantity",
                     sense="max", limit=40, penalty=7)
            ],
        ),
        60 * 7,
    ),
}  # fmt: skip


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.__name__)
def test_a_component_by_hand(component: Any) -> None:
    data, expected = HAND[component.__name__]
    model = build(assemble(data))
    answer = solve(model, EXACT)
    answer.store(model)
    assert pyo.value(component(model, "certain")) == pytest.approx(expected, rel=1e-9)


def test_components_add_up_to_the_objective() -> None:
    for data, _ in HAND.values():
        model = build(assemble(data))
        answer = solve(model, EXACT)
        answer.store(model)
        parts = sum(pyo.value(component(model, "certain")) for component in COMPONENTS)
        assert parts == pytest.approx(answer.result.objective, rel=1e-9)
        assert pyo.value(costs.expected_cost(model)) == pytest.approx(parts, rel=1e-9)
