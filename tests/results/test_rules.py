"""Rule check: every metric, at its limit, broken, relaxed and with nothing bought."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.contract.goods import Item
from optimizer.contract.plan import Plan
from optimizer.contract.policy import Rule
from optimizer.contract.results import RuleResult
from optimizer.contract.supply import Country, Origin, Supplier
from optimizer.verify import verify
from tests.results.made import lane, made, unmet, use
from tests.small import need, offer, small

# K in X delivers 60 for 10 each, L in Y 30 for 12, M in Y 10 for 20
VOLUMES = {"K": 60.0, "L": 30.0, "M": 10.0}
PRICES = {"K": 10.0, "L": 12.0, "M": 20.0}
COUNTRIES = {"K": "X", "L": "Y", "M": "Y"}
SPEND = 600 + 360 + 200


def bought(
    volumes: dict[str, float] = VOLUMES, relaxed: float = 0.0, **rule: Any
) -> tuple[Plan, list[RuleResult]]:
    rule = {"rule": "r", "dimension": "supplier", "metric": "share", "sense": "max", **rule}
    data = small(
        suppliers=[Supplier(supplier=k, country=c) for k, c in COUNTRIES.items()],
        countries=[
            Country(country="X", risk_score=2),
            Country(country="Y", risk_score=7, region="R"),
        ],
        offers=[offer(k, price=p) for k, p in PRICES.items()],
        upstream=[
            Origin(supplier="K", stage="refining", country="Y", share=0.75),
            Origin(supplier="L", stage="refining", country="X", share=1),
        ],
        rules=[Rule(**rule)],
    )
    total = sum(volumes.values())
    plan = made(
        data,
        order={lane(k, 1): volume for k, volume in volumes.items()},
        issue={use(1): total},
        shortage={unmet(1): 100 - total},
        relaxed={("r", "", 0): relaxed},
    )
    return plan, list(plan.tables.rule_check)


@pytest.mark.parametrize(
    "rule, member, actual",
    [
        ({"member": ("K",), "limit": 0.7}, "K", 0.6),
        ({"member": ("M", "L"), "limit": 0.7}, "L; M", 0.4),
        ({"dimension": "country", "member": ("Y",), "limit": 0.5}, "Y", 0.4),
        ({"dimension": "region", "member": ("R",), "limit": 0.5}, "R", 0.4),
        ({"metric": "quantity", "member": ("K",), "limit": 70}, "K", 60),
        ({"metric": "spend", "member": ("K",), "limit": 700}, "K", 600),
        ({"metric": "spend_share", "member": ("K",), "limit": 0.6}, "K", 600 / SPEND),
        ({"metric": "count", "limit": 3}, "all", 3),
        ({"metric": "count", "sense": "min", "limit": 2, "counts_from": 0.2}, "all", 2),
        ({"metric": "hhi", "limit": 5000}, "all", 4600),
        ({"metric": "risk", "limit": 5}, "all", (60 * 2 + 40 * 7) / 100),
        # on the stage, M's 10 and a quarter of K's 60 are unknown: they count against a maximum
        ({"dimension": "refining", "member": ("Y",), "limit": 0.8}, "Y", (45 + 15 + 10) / 100),
        (
            {"dimension": "refining", "member": ("Y",), "sense": "min", "limit": 0.4},
            "Y",
            0.45,
        ),
        ({"dimension": "refining", "metric": "count", "limit": 3}, "all", 3),
        (
            {"dimension": "refining", "metric": "hhi", "limit": 5000},
            "all",
            10_000 * (0.45**2 + 0.3**2 + 0.25**2),
        ),
        (
            {"dimension": "refining", "metric": "risk", "limit": 9},
            "all",
            0.45 * 7 + 0.3 * 2 + 0.25 * 10,
        ),
    ],
)
def test_what_a_rule_measures(rule: dict[str, Any], member: str, actual: float) -> None:
    plan, (row,) = bought(**rule)
    assert row.member == member
    assert row.actual == pytest.approx(actual)
    sign = 1 if row.sense == "max" else -1
    assert row.slack == pytest.approx(sign * (rule["limit"] - actual))
    assert row.relaxed == 0
    assert verify(plan) == ()


def test_each_member_has_its_row() -> None:
    plan, rows = bought(limit=0.6)
    assert [(row.member, row.binding) for row in rows] == [("K", True), ("L", False), ("M", False)]
    assert all("may come from any one supplier" in row.sentence for row in rows)
    assert verify(plan) == ()


def test_a_broken_goal_says_by_how_much() -> None:
    # slack of 0.1 x (reference 100) = 60 - 0.5 x 100
    plan, (row,) = bought(relaxed=0.1, member=("K",), limit=0.5, penalty=1000)
    assert (row.slack, row.relaxed, row.penalty_cost) == pytest.approx((-0.1, 0.1, 100))
    (charge,) = (one for one in plan.tables.charges if one.component == "relaxation")
    assert (charge.subject, charge.quantity, charge.rate) == ("r", pytest.approx(0.1), 1000)
    assert verify(plan) == ()


@pytest.mark.parametrize(
    "rule",
    [
        {"sense": "min", "member": ("K",), "limit": 0.5},
        {"metric": "count", "sense": "min", "limit": 2},
        {"metric": "hhi", "limit": 1800},
        {"metric": "risk", "limit": 1},
    ],
)
def test_nothing_bought_keeps_a_relative_rule(rule: dict[str, Any]) -> None:
    plan, (row,) = bought({}, **rule)
    assert row.actual == 0
    assert row.slack >= 0
    assert not row.binding
    assert verify(plan) == ()


def test_a_rule_for_each_item() -> None:
    data = small(
        offers=[offer("K", item="P"), offer("L", item="P"), offer("K", item="Q")],
        demand=[*need(10, item="P"), *need(10, item="Q")],
        rules=[
            Rule(rule="r", dimension="supplier", member=("K",), metric="share", sense="max",
                 limit=0.5, per_item=True, penalty=10)
        ],
    )  # fmt: skip
    plan = made(
        data,
        order={lane("K", 1): 5, lane("L", 1): 5, lane("K", 1, item="Q"): 10},
        issue={use(1): 10, use(1, item="Q"): 10},
        relaxed={("r", "Q", 0): 0.5},
    )
    rows = [(row.item, row.actual, row.binding, row.relaxed) for row in plan.tables.rule_check]
    assert rows == [("P", 0.5, True, 0), ("Q", 1, False, 0.5)]
    assert verify(plan) == ()


def test_a_rule_that_nothing_can_touch_has_its_row() -> None:
    data = small(
        offers=[offer("K", item="P")],
        items=[Item(item="P"), Item(item="Q")],
        demand=need(10, item="P"),
        rules=[
            Rule(rule="r", dimension="supplier", metric="share", sense="max", limit=0.5, item="Q")
        ],
    )
    plan = made(data, order={lane("K", 1): 10}, issue={use(1): 10})
    (row,) = plan.tables.rule_check
    assert (row.rule, row.limit, row.actual, row.binding) == ("r", 0.5, 0, False)
    assert verify(plan) == ()
