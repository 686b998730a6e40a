"""The two linear models of a stop, and what is left of a problem in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pyomo.environ as pyo
import pytest

from models import survival
from models.carry import FirstStage
from models.problem import Problem
from models.survival import Served, build_last_part, build_service
from models.survival_scope import as_planned, until, without_orders
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item, OpenOrder, Site, StockRow, StockTarget
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.supply import Lane, PriceBreak, Project, Supplier
from optimizer.solve.options import SolveOptions
from optimizer.solve.run import solve
from tests.models.case import best
from tests.models.pages import generate
from tests.small import need, offer, small

NOTHING = FirstStage({}, {}, {}, {}, {}, {}, {})
LAWS = (
    survival.served_balance,
    survival.earlier_served,
    survival.part_of_needs,
    survival.part_of_suppliers,
    survival.part_of_offers,
    survival.part_of_lane_rows,
    survival.part_of_open_orders,
)


def demand(problem: Problem) -> Served:
    return {(row, t): quantity for (row, t, _), quantity in problem.needs.demand.items()}


def part(data: Data, last: int) -> float:
    """The share of a period that can be served, if all before it is."""
    whole = as_planned(assemble(data), NOTHING)
    model = build_last_part(until(whole, last), demand(whole), 1e-9)
    return solve(model, SolveOptions(threads=1)).value("part")


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_sentence_a_formula_and_a_unit(law: Callable[..., Any]) -> None:
    text = generate.text_of(law)
    assert re.fullmatch(r"[A-Z].*\.", text.sentence)
    assert text.formula
    assert text.unit


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        # 2 are left of the stock: 2 + 6 f = 10 f, whatever it is that limits to 6
        ({"offers": [offer("K", capacity=6)]}, 0.5),
        (
            {
                "suppliers": [Supplier(supplier="K", country="X", capacity=6)],
                "offers": [offer("K")],
            },
            0.5,
        ),
        ({"lanes": [Lane(capacity=6)], "offers": [offer("K")]}, 0.5),
        (
            {
                "open_orders": [
                    OpenOrder(supplier="K", item="P", site="A", period=t, quantity=6)
                    for t in (1, 2)
                ],
                "offers": [offer("K", lead_days=400)],
            },
            0.5,
        ),
        # both: 2 + 6 f + 1 f = 10 f
        (
            {
                "open_orders": [OpenOrder(supplier="K", item="P", site="A", period=2, quantity=1)],
                "offers": [offer("K", capacity=6)],
            },
            2 / 3,
        ),
    ],
    ids=["offer", "supplier", "lane row", "open orders", "offer and open order"],
)
def test_the_same_part_of_what_comes(limits: dict[str, Any], expected: float) -> None:
    data = small(demand=need(10, 10), stock=[StockRow(item="P", site="A", quantity=6)], **limits)
    assert part(data, 2) == pytest.approx(expected)


def test_what_was_ordered_before_comes_in_part_and_what_came_before_in_full() -> None:
    """Orders of period 1 arrive in 2: all 8 of them may, but in part of period 2 only a part."""
    data = small(
        demand=need(5, 10, 10),
        stock=[StockRow(item="P", site="A", quantity=9)],
        offers=[offer("K", capacity=8, lead_days=30.4375)],
    )
    assert part(data, 2) == pytest.approx(1.0)  # 4 + 8 f >= 10 f
    assert part(data, 3) == pytest.approx(1.0)  # 2 + 8 f >= 10 f


def test_a_storage_holds_before_the_last_period() -> None:
    data = small(
        demand=need(0, 10),
        sites=[Site(site="A", storage_capacity=3)],
        offers=[offer("K", capacity=6)],
    )
    assert part(data, 2) == pytest.approx(0.75)  # 3 + 6 f = 10 f, though 6 could be made before
    # An order that is not to be used up in the period is no reason to run short of everything.
    late = small(
        demand=need(10),
        sites=[Site(site="A", storage_capacity=3)],
        open_orders=[OpenOrder(supplier="K", item="P", site="A", period=1, quantity=12)],
        offers=[offer("K", lead_days=400)],
    )
    assert part(late, 1) == pytest.approx(1.0)


def test_service_costs_what_is_not_met_of_what_could_be() -> None:
    data = small(
        items=[Item(item="P", backlog_cost=2)],
        demand=need(10, 10),
        offers=[offer("K", capacity=8)],
    )
    whole = as_planned(assemble(data), NOTHING)
    # 2 are late for a period, and in the end 4 are lost.
    assert best(build_service(whole, demand(whole))) == pytest.approx(4 * 100)
    less = {(("P", "A", "general"), 1): 6.0, (("P", "A", "general"), 2): 9.0}
    assert best(build_service(whole, less)) == pytest.approx(0)
    assert best(build_service(without_orders(whole), less)) == pytest.approx(15 * 100)


def planned() -> Problem:
    """A problem with everything in it that is a decision."""
    rule = Rule(rule="half", dimension="supplier", metric="share", sense="max", limit=0.5)
    data = small(
        demand=need(10, 10),
        suppliers=[Supplier(supplier="K", country="X", onboarding_cost=5, capacity=3)],
        offers=[
            offer("K", min_order=4),
            offer("L", min_award=30, order_cost=9),
            offer("M", switching_cost=7),
            offer("N", max_award=3),
        ],
        lanes=[Lane(), Lane(supplier="N", fixed_cost=50)],
        price_breaks=[PriceBreak(supplier="K", item="P", from_quantity=5, price=9)],
        stock_policy=[StockTarget(min_cover_days=30, penalty=5)],
        projects=[Project(project="plant", supplier="K", capacity=2, capex=9, max_modules=4)],
        rules=[rule],
    )
    return assemble(data)


def test_only_what_the_plan_decided_for_is_left() -> None:
    problem = planned()
    assert as_planned(problem, NOTHING).supply.offers == ()
    link = next(iter(problem.supply.lane_fixed_cost))
    kept = FirstStage(
        use={"K": 1.0},
        award={},
        awarded={("L", "P"): 1.0},
        lane_used={link: 1.0},
        modules={"plant": 3.0},
        substitution_used={},
        orders={},
    )
    left = as_planned(problem, kept)
    assert [supplier for supplier, _ in left.supply.offers] == ["K", "L", "N"]
    assert set(left.supply.supplier_capacity.values()) == {3.0 + 3 * 2.0}
    model = build_service(left, demand(left))
    assert all(v.is_continuous() for v in model.component_data_objects(pyo.Var))
    # K 9 a period, L as much as is needed.
    assert best(model) == pytest.approx(0)


def test_the_largest_award_still_limits() -> None:
    data = small(demand=need(10, 10), offers=[offer("N", max_award=18)])  # a year
    left = as_planned(assemble(data), NOTHING)
    assert best(build_service(left, demand(left))) == pytest.approx(17 * 100)


def test_the_first_periods() -> None:
    data = small(
        demand=need(1, 2, 3),
        open_orders=[
            OpenOrder(supplier="K", item="P", site="A", period=t, quantity=1) for t in (1, 3)
        ],
        offers=[offer("K", lead_days=30.4375)],
    )
    first = until(assemble(data), 2)
    assert first.horizon.periods == 2
    assert [t for _, t in first.supply.order_periods] == [1]
    assert [t for _, t, _ in first.needs.demand] == [1, 2]
    assert [key[3] for key in first.holdings.open_orders] == [1]


def test_who_delivers_nothing_has_one_lane_of_many_and_no_part() -> None:
    stopped = RiskEffect(
        risk="stop", result="stop", probability=1.0, scope="supplier", target="K", deliverable=0.0
    )
    data = small(
        demand=need(100, 100),
        lanes=[Lane(mode="air"), Lane(mode="sea")],
        offers=[offer("K", capacity=70), offer("L", capacity=60)],
        stock=[StockRow(item="P", site="A", quantity=20)],
        risks=[stopped],
    )
    assert part(data, 1) == pytest.approx(0.5)  # 20 + 60 part = 100 part
