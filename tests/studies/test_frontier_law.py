"""Whatever the workbook: each step of a frontier is a solve with that limit, and no more."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

import optimizer
from optimizer.contract.data import Data
from optimizer.contract.frontier_results import FrontierRow
from optimizer.contract.policy import Rule
from tests.models.random_cases import workbook

SEEDS = range(30)
GAP = 1e-9
ROUNDING = 1e-12
LIMITS: dict[tuple[str, str], list[float | None]] = {
    ("share", "max"): [None, 0.8, 0.5, 0.2],
    ("share", "min"): [None, 0.2, 0.5, 0.9],
    ("spend_share", "max"): [0.9, 0.6, 0.4],
    ("risk", "max"): [None, 8, 5, 3],
    ("count", "min"): [1, 2, 3],
    ("count", "max"): [3, 2, 1],
    ("quantity", "min"): [None, 10, 40, 90],
}


def with_rule(seed: int) -> Data:
    data = workbook(seed)
    settings = dataclasses.replace(data.settings, gap=GAP, threads=1)
    return dataclasses.replace(data, settings=settings)


CASES = {seed: with_rule(seed) for seed in SEEDS if with_rule(seed).rules}


def alone(data: Data, rule: Rule, limit: float | None) -> float | None:
    """Cost of a workbook with that limit; None where there is no plan."""
    rules = (
        dataclasses.replace(rule, active=False)
        if limit is None
        else dataclasses.replace(rule, limit=limit),
        *data.rules[1:],
    )
    try:
        return optimizer.solve(dataclasses.replace(data, rules=rules)).facts.objective
    except optimizer.InfeasibleError:
        return None


def check_curve(rows: tuple[FrontierRow, ...]) -> None:
    """Never cheaper than a looser step, no plan beyond a step without one, intervals in order."""
    found = [row.cost for row in rows]
    there = [cost for cost in found if cost is not None]
    assert found[len(there) :] == [None] * (len(found) - len(there))
    assert there == pytest.approx(sorted(there), rel=ROUNDING)
    for row in rows:
        if row.over_loosest is not None:
            assert row.least_over_loosest is not None
            assert row.most_over_loosest is not None
            assert 0 <= row.least_over_loosest <= row.over_loosest + 1e-6
            assert row.over_loosest <= row.most_over_loosest + 1e-6


def test_there_are_cases() -> None:
    kinds = {(data.rules[0].metric, data.rules[0].sense) for data in CASES.values()}
    assert kinds == LIMITS.keys()


@pytest.mark.parametrize("seed", CASES)
def test_each_step_is_a_solve_of_its_own(seed: int) -> None:
    data = CASES[seed]
    rule = data.rules[0]
    limits = LIMITS[rule.metric, rule.sense]
    expected = [alone(data, rule, limit) for limit in limits]
    if expected[0] is None:
        with pytest.raises(optimizer.InfeasibleError):
            optimizer.frontier(data, {rule.rule: limits}, within=0)
        return
    study = optimizer.frontier(data, {rule.rule: limits}, within=0)
    rows = study.contract.tables.frontier
    assert [row.cost is None for row in rows] == [cost is None for cost in expected]
    assert [row.cost for row in rows if row.cost is not None] == pytest.approx(
        [cost for cost in expected if cost is not None], rel=1e-6, abs=1e-6
    )
    check_curve(rows)


@pytest.mark.parametrize("seed", [seed for seed, data in CASES.items() if len(data.rules) > 1])
def test_a_family_is_cheaper_the_looser_any_of_its_limits_is(seed: int) -> None:
    data = CASES[seed]
    first, second = data.rules[:2]
    swept = {rule.rule: LIMITS[rule.metric, rule.sense][:3] for rule in (first, second)}
    try:
        rows = optimizer.frontier(data, swept, gap=0.05, within=0).contract.tables.frontier
    except optimizer.InfeasibleError:
        return
    steps = len({row.step for row in rows})
    curves = [rows[n : n + steps] for n in range(0, len(rows), steps)]
    for curve in curves:
        check_curve(curve)
    for looser, tighter in itertools.pairwise(curves):
        for here, there_ in zip(looser, tighter, strict=True):
            if there_.cost is not None:
                assert here.cost is not None
                assert here.cost <= there_.cost * (1 + ROUNDING)
