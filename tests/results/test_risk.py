"""More than one outcome: costs, what is known when, licences, and late orders pro rata.

K in X needs the licence `export`, which may freeze from the second month on (25 %); that is known
in the third.  L in Y sells freely, for twice as much.  10 are wanted in each of four months.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

from optimizer.contract.data import Data
from optimizer.contract.goods import OpenOrder
from optimizer.contract.plan import Plan
from optimizer.contract.policy import Licence, RiskEffect
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Supplier
from optimizer.verify import verify
from tests.results.made import charges, made
from tests.small import need, offer, small

FREEZE, CALM = "freeze", "nothing happens"
MONTH = 30.4375
ORDERS = {
    ("K", "P", "A", "standard", 1, FREEZE): 10.0,
    ("K", "P", "A", "standard", 2, FREEZE): 10.0,
    ("K", "P", "A", "standard", 3, CALM): 10.0,
    ("K", "P", "A", "standard", 4, CALM): 10.0,
    ("L", "P", "A", "standard", 3, FREEZE): 10.0,
    ("L", "P", "A", "standard", 4, FREEZE): 10.0,
}


def used(goods: str, period: int, outcome: str) -> tuple[str, str, str, str, int, str]:
    return "P", "A", goods, "general", period, outcome


ISSUES = {
    **{used("export", period, CALM): 10.0 for period in (1, 2, 3, 4)},
    used("export", 1, FREEZE): 10.0,
    used("free", 3, FREEZE): 10.0,
    used("free", 4, FREEZE): 10.0,
}
SHORT = {("P", "A", "general", 2, FREEZE): 10.0}


def data_of(
    order_cost: float = 0.0, risks: tuple[Any, ...] = (),
    open_orders: tuple[OpenOrder, ...] = (), **settings: Any,
) -> Data:  # fmt: skip
    return small(
        suppliers=[Supplier(supplier="K", country="X"), Supplier(supplier="L", country="Y")],
        countries=[Country(country="X"), Country(country="Y")],
        offers=[
            offer("K", licences=("export",), call_off_min=0, call_off_max=4),
            offer("L", price=20, call_off_min=0, call_off_max=4, min_order=5 * bool(order_cost),
                  order_cost=order_cost, capacity=25 if order_cost else math.inf),
        ],
        licences=[Licence(licence="export", country="X")],
        demand=need(10, 10, 10, 10),
        open_orders=open_orders,
        risks=[
            RiskEffect(risk="licence", result=FREEZE, probability=0.25, scope="licence",
                       target="export", from_period=2, deliverable=0.0),
            *risks,
        ],
        settings=Settings(start="2025-01", shortage_cost=50, reveal_days=MONTH, **settings),
    )  # fmt: skip


def plan_of(**given: Any) -> Plan:
    return made(data_of(**given), order=ORDERS, issue=ISSUES, shortage=SHORT)


def test_each_outcome_has_its_cost_and_shortage() -> None:
    plan = plan_of()
    freeze, calm = plan.tables.outcomes
    assert (freeze.outcome, freeze.happens, freeze.probability) == (FREEZE, "licence: freeze", 0.25)
    assert (calm.outcome, calm.happens, calm.probability) == (CALM, "", 0.75)
    assert (freeze.cash_cost, freeze.penalty_cost, freeze.shortage) == (100 + 400, 500, 10)
    assert (calm.cash_cost, calm.penalty_cost, calm.shortage) == (400, 0, 0)
    assert plan.facts.shortage == 2.5
    assert plan.facts.spread.shortage_chance == 0.25
    assert verify(plan) == ()


@pytest.mark.parametrize(
    "settings, objective",
    [
        ({}, 0.75 * 400 + 0.25 * 1000),
        ({"risk_measure": "cvar", "cvar_level": 0.5, "risk_weight": 0.4},
         0.6 * 550 + 0.4 * (0.5 * 1000 + 0.5 * 400)),
        ({"risk_measure": "cvar", "cvar_level": 1.0, "risk_weight": 1.0}, 1000),
        ({"risk_measure": "worst_case"}, 1000),
    ],
)  # fmt: skip
def test_the_objective_is_what_the_settings_ask_for(
    settings: dict[str, Any], objective: float
) -> None:
    plan = plan_of(**settings)
    assert plan.facts.objective == pytest.approx(objective)
    assert plan.facts.spread.expected == pytest.approx(550)
    assert sum(plan.facts.costs.values()) == pytest.approx(550)
    assert verify(plan) == ()


def test_the_tree_says_from_when_on_outcomes_differ() -> None:
    plan = plan_of()
    rows = [
        (row.period, row.group, row.outcomes, row.probability, row.known)
        for row in plan.tables.tree
    ]
    assert rows == [
        (1, 1, f"{FREEZE}; {CALM}", 1.0, ""),
        (3, 2, CALM, 0.75, f"licence: {CALM}"),
        (3, 3, FREEZE, 0.25, f"licence: {FREEZE}"),
    ]


def test_what_may_still_be_is_known_before_what_is() -> None:
    slow = RiskEffect(risk="licence", result="slow", probability=0.25, scope="licence",
                      target="export", from_period=3, price_factor=1.0, delay_days=10)  # fmt: skip
    sure = RiskEffect(risk="duty", result="raised", probability=1.0, scope="supplier", target="K",
                      from_period=3, price_factor=1.0, price_add=1)  # fmt: skip
    plan = made(data_of(risks=(slow, sure)))
    rows = [(row.period, row.outcomes, row.known) for row in plan.tables.tree]
    assert rows[0] == (1, "freeze + raised; slow + raised; raised", "")
    assert rows[1] == (3, "slow + raised; raised", "licence: slow or nothing happens")
    assert (4, "slow + raised", "licence: slow; duty: raised") in rows


def test_awards_and_shares_are_expectations() -> None:
    plan = plan_of()
    k, ell = sorted(plan.tables.awards, key=lambda row: row.supplier)
    assert (k.award, k.volume, k.orders, k.first_period) == (20 + 15, 10 + 22.5, 2 + 1.5, 1)
    assert (ell.award, ell.volume, ell.orders, ell.first_period) == (5, 5, 0.5, 3)
    mix = {row.member: row.weight for row in plan.tables.mix if row.dimension == "licence"}
    assert mix == {"export": 32.5, "free": 5}


def test_what_stands_under_a_licence() -> None:
    (row,) = plan_of().tables.licence_exposure
    assert (row.licence, row.item, row.ordered, row.delivered) == ("export", "P", 35, 32.5)
    assert (row.delivered_at_worst, row.worst_outcome) == (10, FREEZE)
    assert (row.money, row.money_at_worst) == (325, 100)
    (use,) = plan_of().tables.licence_use
    assert (use.licence, use.item, use.end_use) == ("export", "P", "general")
    assert (use.demand, use.served, use.share) == (40, 32.5, 32.5 / 40)
    assert (use.served_at_worst, use.worst_outcome) == (10, FREEZE)


def test_open_orders_that_may_not_come_count_for_what_is_expected() -> None:
    coming = OpenOrder(supplier="K", item="P", site="A", period=2, quantity=8, secured=False)
    plan = plan_of(open_orders=(coming,))
    (row,) = (r for r in plan.tables.mix if (r.dimension, r.member) == ("supplier", "K"))
    assert row.weight_with_open == pytest.approx(32.5 + 0.75 * 8)


def test_the_share_of_a_late_order_is_what_is_paid_for() -> None:
    plan = plan_of(order_cost=30, late_orders="pro_rata")  # 10 each of the 25 that L can make
    rows = [row for row in plan.tables.charges if row.component == "order_cost"]
    assert [(row.period, row.outcome, row.quantity) for row in rows] == [
        (3, FREEZE, 0.4), (4, FREEZE, 0.4),
    ]  # fmt: skip
    assert charges(plan)["order_cost"] == pytest.approx(0.8 * 30)
    (note,) = plan.facts.notes
    assert note.startswith("Settings.late_orders is pro_rata: from 2025-03 on")
    exact = plan_of(order_cost=30)
    assert charges(exact)["order_cost"] == pytest.approx(2 * 30)
    assert not exact.facts.notes


def test_a_sample_of_the_outcomes_is_called_one() -> None:
    fires = tuple(
        RiskEffect(risk=f"fire {number}", result=f"burns {number}", probability=0.1,
                   scope="supplier", target="L", from_period=number, deliverable=0.5)
        for number in (1, 2, 3)
    )  # fmt: skip
    plan = made(data_of(risks=fires, max_outcomes=5, seed=3))
    (note,) = plan.facts.notes
    assert note.startswith("The outcomes are a sample: the risks have 16 combinations of results")
    assert f"made for {len(plan.tables.outcomes)}." in note
    assert "seed 3" in note
