"""A frontier and the costs of rules beside one solve from nothing; `make bench` prints them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from optimizer.contract.data import Data
from optimizer.contract.policy import Rule
from optimizer.solve.options import SolveOptions
from tests.benchmarks.instances import instance
from tests.benchmarks.questions import frontier, rule_costs
from tests.benchmarks.scoreboard import Score

Put = Callable[[Score], None]
OPTIONS = SolveOptions(gap=0.015, time_limit=300.0)
STEPS = [None, *(n / 100 for n in range(70, 32, -2))]
"""From no limit at all down to a third; the rule costs something in the second half."""


def ten_rules(data: Data) -> Data:
    """The workbook with rules added, until there are ten."""
    more = [
        Rule(rule=f"made_in_{country}", dimension="country", member=(country,), metric="share",
             sense="max", limit=0.3)
        for country in ("VN", "ID", "JP", "AU", "US", "KR")
    ]  # fmt: skip
    return dataclasses.replace(data, rules=(*data.rules, *more))


@pytest.mark.bench
def test_twenty_steps_of_a_frontier(score: Put) -> None:
    data = instance("medium-milp")
    asked = frontier(data, data.rules[0], STEPS, OPTIONS)
    score(Score("medium-milp: frontier of 20 steps to one solve", asked.ratio, 4,
                beside=str(asked)))  # fmt: skip


@pytest.mark.bench
def test_what_ten_rules_cost(score: Put) -> None:
    asked, rows = rule_costs(ten_rules(instance("medium-milp")), OPTIONS)
    assert len(rows) == 10
    score(Score("medium-milp: costs of 10 rules to one solve", asked.ratio, 5,
                beside=str(asked)))  # fmt: skip


@pytest.mark.slow
def test_both_on_a_small_one() -> None:
    data, options = instance("small-milp"), SolveOptions(gap=0.03, time_limit=30)
    asked = frontier(data, data.rules[0], [None, 0.5], options)
    assert (asked.steps, asked.proven) == (2, 2)
    asked, rows = rule_costs(data, options)
    assert asked.proven == len(rows) == len(data.rules)
    assert asked.ratio > 0
