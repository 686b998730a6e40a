"""What rules cost: by hand, and within what is proven."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import optimizer
from optimizer.contract.data import Data
from optimizer.contract.explain_results import RuleCost
from optimizer.contract.policy import Rule
from optimizer.contract.settings import Settings
from tests.small import need, offer, small
from tests.studies.quoted import at_risk, best, quoted


def rows(data: Data) -> dict[str, RuleCost]:
    found = optimizer.explain(data, only=("rules",)).contract.tables.rule_costs
    return {row.rule: row for row in found}


def share(rule: str, limit: float, member: str = "K", **rest: Any) -> Rule:
    return Rule(
        rule=rule,
        dimension="supplier",
        member=(member,),
        metric="share",
        sense="max",
        limit=limit,
        **rest,
    )


def by_hand(*rules: Rule) -> Data:
    """K sells for 10, L for 12, M for 15; 100 are needed."""
    return small(
        offers=[offer("K", price=10), offer("L", price=12), offer("M", price=15)],
        demand=need(100),
        rules=rules,
        settings=Settings(start="2025-01", threads=1, gap=1e-9),
    )


def test_by_hand() -> None:
    """At most 60 from K and 30 from L, so 10 from M: 600 + 360 + 150 = 1110.

    Without the cap on K: 1000, it costs 110.  Without that on L: 600 + 480 = 1080, it costs 30.
    That M may have half costs nothing, and neither does a rule that nothing can touch.
    """
    found = rows(
        by_hand(
            share("K", 0.6),
            share("L", 0.3, "L"),
            share("M", 0.5, "M"),
            share("nobody", 0.1, "L", family="none of them"),
        )
    )
    assert list(found) == ["K", "L", "M", "nobody"]
    for name, cost in {"K": 110, "L": 30, "M": 0, "nobody": 0}.items():
        row = found[name]
        assert [row.least, row.cost, row.most] == pytest.approx([cost] * 3, abs=1e-5)
    assert [row.binding for row in found.values()] == [True, True, False, False]
    assert found["K"].share_of_cost == pytest.approx(110 / 1110)
    assert "Nothing that can be bought" in found["nobody"].note


def test_a_soft_rule_that_is_broken_costs_its_penalty_at_most() -> None:
    """40 points over at 1 each for a point cost 40; to keep it would cost 80 more than that."""
    row = rows(by_hand(share("K", 0.6, penalty=100.0)))["K"]
    assert row.cost == pytest.approx(40)


def test_hhi_is_left_out_as_well() -> None:
    hhi = Rule(rule="hhi", dimension="supplier", metric="hhi", sense="max", limit=5_000)
    row = rows(by_hand(hhi))["hhi"]
    # The shares nearest to K within sqrt(1/2 - 1/3) of (1, 1, 1) / 3: 0.6013, 0.3716, 0.0271.
    assert row.cost == pytest.approx(100 * (12 * 0.3716 + 10 * 0.6013 + 15 * 0.0271) - 1000, 1e-2)


@pytest.mark.parametrize("seed", range(8))
def test_costs_are_those_of_plans_of_their_own(seed: int) -> None:
    data = quoted(seed)
    with_all = best(data).objective
    for row in rows(data).values():
        others = tuple(rule for rule in data.rules if rule.rule != row.rule)
        cost = with_all - best(dataclasses.replace(data, rules=others)).objective
        assert row.cost is not None
        assert row.least is not None
        assert row.most is not None
        assert 0 <= row.least <= row.most
        assert row.least <= row.cost + 1e-9
        assert row.least - 1e-4 <= cost <= row.most + 1e-4


@pytest.mark.parametrize("measure", ["expected", "cvar", "worst_case"])
def test_under_risk(measure: str) -> None:
    data = at_risk(2, risk_measure=measure)
    with_all = best(data).objective
    for row in rows(data).values():
        others = tuple(rule for rule in data.rules if rule.rule != row.rule)
        cost = with_all - best(dataclasses.replace(data, rules=others)).objective
        assert row.least is not None
        assert row.most is not None
        assert row.least - 2e-3 <= cost <= row.most + 2e-3


def test_with_a_gap_the_interval_holds_the_cost() -> None:
    exact, found = rows(quoted(4)), rows(quoted(4, gap=0.3))
    for name, row in found.items():
        cost = exact[name].cost
        assert cost is not None
        assert row.least is not None
        assert row.most is not None
        assert 0 <= row.least <= cost + 1e-6
        assert cost <= row.most + 1e-6


def test_a_rule_that_is_slack_by_far_costs_nothing_within_it() -> None:
    data = quoted(5)
    slack = Rule(rule="far", dimension="supplier", metric="share", sense="max", limit=0.999,
                 member=("M",), per_item=True)  # fmt: skip
    row = rows(dataclasses.replace(data, rules=(*data.rules, slack)))["far"]
    assert row.least == 0.0
    assert row.most == pytest.approx(0.0, abs=1e-4)


def test_when_there_is_no_time_rows_say_so() -> None:
    found = optimizer.explain(quoted(0), only=("rules", "offers"), total=0.0)
    tables = found.contract.tables
    assert {row.status for row in (*tables.rule_costs, *tables.prices_to_win)} == {"not reached"}
    assert any("not reached" in line for line in found.contract.attention)
