"""Laws of splits of one's own, over random workbooks."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable
from typing import Any

import pytest

import optimizer
from models.build import build
from models.carry import without_rules
from optimizer.assemble import assemble
from optimizer.contract.choice_results import Measured
from optimizer.contract.data import Data
from optimizer.contract.study import Study
from tests.models.case import best
from tests.models.random_cases import workbook

QUICK = 3


def slow_from(every: Iterable[int]) -> list[Any]:
    seeds = list(every)
    return [*seeds[:QUICK], *(pytest.param(one, marks=pytest.mark.slow) for one in seeds[QUICK:])]


WITH_A_PLAN = slow_from(seed for seed in range(24) if seed != 2)  # no plan keeps its rules
SEEDS = slow_from(range(24))


def cost_of(study: Study) -> Measured:
    (row,) = (row for row in study.tables.side_by_side if row.measure == "Cost")
    return row


def exact(seed: int) -> Data:
    data = workbook(seed)
    return dataclasses.replace(
        data, settings=dataclasses.replace(data.settings, gap=1e-9, threads=1)
    )


@pytest.mark.parametrize("seed", WITH_A_PLAN)
def test_the_best_plan_evaluated_costs_what_it_costs(seed: int) -> None:
    data = exact(seed)
    plan = optimizer.solve(data).contract
    awards = {(row.supplier, row.item): row.award for row in plan.tables.awards}
    study = optimizer.evaluate(data, awards).contract
    cost = cost_of(study)
    assert cost.given == pytest.approx(plan.facts.objective, rel=1e-6)
    # What has a penalty may be broken, as in the plan.
    assert all(row.given == pytest.approx(row.best) for row in study.tables.split_rules)
    assert all(row.short_of_asked == 0 for row in study.tables.split)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_split_costs_less_than_the_best_plan_without_rules(seed: int) -> None:
    data, rng = exact(seed), random.Random(seed)
    awards = {
        (row.supplier, row.item): rng.choice((0.0, 10.0, 60.0)) for row in data.offers if row.active
    }
    least = best(build(without_rules(assemble(data))))
    given = cost_of(optimizer.evaluate(data, awards).contract).given
    assert given is not None
    assert given >= least - 1e-6 * abs(least)
