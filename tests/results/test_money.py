"""Charges, outcomes and facts: every cost has a line, and the lines add up."""

from __future__ import annotations

import pytest

from optimizer.contract.policy import Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Lane, PriceBreak, Project, Supplier
from optimizer.results import Unavoidable
from optimizer.verify import verify
from tests.results.made import charges, lane, made, unmet, use
from tests.small import need, offer, small

YEAR = Settings(start="2025", period="year", holding_rate=0, discount_rate=0.25)


def test_what_is_paid_once() -> None:
    data = small(
        suppliers=[Supplier(supplier="K", country="X", onboarding_cost=500, fixed_cost=60)],
        offers=[offer("K", qualified=False, qualification_cost=70, switching_cost=8)],
        lanes=[Lane(fixed_cost=9)],
        demand=need(10, 10),
        settings=Settings(start="2025-01", discount_rate=0.25, holding_rate=0),
    )
    plan = made(data, order={lane("K", 1): 10, lane("K", 2): 10}, issue={use(1): 10, use(2): 10})
    assert charges(plan) == {
        "onboarding": 500,
        "fixed": pytest.approx(60 * 2 / 12),
        "qualification": 70,
        "switching": 8,
        "lane": 9,
    }
    assert verify(plan) == ()


def test_what_the_solver_switched_on_and_never_used_is_not_paid() -> None:
    data = small(
        suppliers=[
            Supplier(supplier="K", country="X", onboarding_cost=500),
            Supplier(supplier="L", country="X", onboarding_cost=300),
        ],
        offers=[offer("K", order_cost=5), offer("L", order_cost=5)],
        demand=need(10),
    )
    plan = made(
        data,
        order={lane("K", 1): 10},
        issue={use(1): 10},
        use={"K": 1, "L": 1},
        placed={("K", "P", 1, "certain"): 1, ("L", "P", 1, "certain"): 1},
    )
    assert charges(plan) == {"onboarding": 500, "order_cost": 5}
    assert plan.facts.objective == pytest.approx(100 + 505)
    assert verify(plan) == ()


def test_an_order_cost_is_for_an_offer_in_a_period_whatever_its_ways() -> None:
    data = small(
        offers=[offer("K", order_cost=5)],
        lanes=[Lane(mode="sea"), Lane(mode="air", freight=1)],
        demand=[*need(10), *need(10, site="B")],
        settings=YEAR,
    )
    plan = made(
        data,
        order={lane("K", 1, mode="sea"): 10, lane("K", 1, site="B", mode="air"): 10},
        issue={use(1): 10, use(1, site="B"): 10},
    )
    (charge,) = plan.tables.charges
    assert (charge.component, charge.amount) == ("order_cost", 5)
    (award,) = plan.tables.awards
    assert (award.orders, award.landed_cost) == (1, 100 + 110)


@pytest.mark.parametrize(
    "kind, tiers, saved",
    [
        ("all_units", {1: 100.0}, 100 * 2),
        ("incremental", {0: 40.0, 1: 60.0}, 60 * 2),
    ],
)
def test_price_breaks(kind: str, tiers: dict[int, float], saved: float) -> None:
    data = small(
        price_breaks=[
            PriceBreak(supplier="K", item="P", from_quantity=40, price=8, type=kind),
        ],
        lanes=[Lane(duty_rate=0.5)],
        demand=need(100),
        settings=YEAR,
    )
    plan = made(
        data,
        order={lane("K", 1): 100},
        issue={use(1): 100},
        tier_reached={("K", "P", 1): 1},
        tier_volume={("K", "P", "A", "standard", n): quantity for n, quantity in tiers.items()},
    )
    assert [row.discount for row in plan.tables.tiers if row.from_quantity] == [3]
    assert charges(plan) == {"price_breaks": pytest.approx(-1.5 * saved)}
    (award,) = plan.tables.awards
    assert award.spend == pytest.approx(1000 - saved)
    assert award.landed_cost == pytest.approx(1.5 * (1000 - saved))
    assert verify(plan) == ()


def test_a_project_with_its_incentive() -> None:
    data = small(
        suppliers=[Supplier(supplier="K", country="X", capacity=50)],
        demand=need(50, 80),
        projects=[
            Project(project="plant", supplier="K", capacity=30, capex=1000, life_years=10,
                    build_days=365.25, capital_subsidy=0.5, incentive=2)
        ],
        settings=YEAR,
    )  # fmt: skip
    plan = made(
        data,
        order={lane("K", 1): 50, lane("K", 2): 80},
        issue={use(1): 50, use(2): 80},
        modules={"plant": 1},
        incentivised={("plant", "P"): 30},
    )
    (built,) = plan.tables.projects_built
    assert (built.modules, built.capacity, built.first_period) == (1, 30, 2)
    assert charges(plan) == {
        "project": pytest.approx(1000 * 0.5 * 2 / 10),
        "incentives": pytest.approx(-30 * 2 * 0.8),
    }
    assert verify(plan) == ()


def test_orders_and_charges_add_up_to_the_objective() -> None:
    data = small(
        suppliers=[Supplier(supplier="K", country="X", onboarding_cost=7)],
        demand=need(10, 20),
        settings=YEAR,
        rules=[Rule(rule="goal", dimension="supplier", member=("L",), metric="share",
                    sense="min", limit=0.5, penalty=100)],
        offers=[offer("K"), offer("L", price=20)],
    )  # fmt: skip
    plan = made(
        data,
        order={lane("K", 1): 10, lane("K", 2): 15},
        issue={use(1): 10, use(2): 15},
        shortage={unmet(2): 5},
        relaxed={("goal", "", 0): 25 * 0.5 / 30},
    )
    facts, tables = plan.facts, plan.tables
    added = sum(row.cost for row in tables.orders) + sum(row.amount for row in tables.charges)
    assert facts.objective == pytest.approx(added)
    assert facts.objective == pytest.approx(100 + 150 * 0.8 + 7 + 5 * 200 * 0.8 + 100 * 12.5 / 30)
    assert facts.costs["landed"] == pytest.approx(220)
    assert sum(facts.costs.values()) == pytest.approx(facts.objective)
    assert facts.cash_cost + facts.penalty_cost == pytest.approx(facts.objective)
    assert facts.penalty_cost == pytest.approx(800 + 100 * 12.5 / 30)
    (rule,) = tables.rule_check
    assert (rule.limit, rule.actual, rule.slack) == (0.5, 0, -0.5)
    assert rule.penalty_cost == pytest.approx(100 * 12.5 / 30)
    assert verify(plan) == ()


def test_the_gap_without_what_nobody_can_avoid() -> None:
    data = small(demand=need(100), offers=[offer(capacity=90)])
    plan = made(
        data,
        bound=1800,
        unavoidable=Unavoidable(cost=1000, quantity=10),
        order={lane("K", 1): 90},
        issue={use(1): 90},
        shortage={unmet(1): 10},
    )
    facts = plan.facts
    assert facts.objective == pytest.approx(900 + 10 * 100)
    assert facts.gap == pytest.approx(100 / 1900)
    assert facts.gap_without_unavoidable_shortage == pytest.approx(100 / 900)
    assert facts.unavoidable_shortage == 10
