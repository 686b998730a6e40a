"""What a plan comes to in the world of another scenario: laws."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.solve import SolveOptions
from optimizer.studies.compare.promised import promised_by
from optimizer.studies.compare.regret_world import Kept, kept_in
from tests.laws.case import Feature
from tests.laws.planning import GAP, at_most, cost_of, plan_of
from tests.laws.profile import examples
from tests.laws.strategies import CERTAIN, risky, with_settings, workbooks

EXACT = SolveOptions(gap=GAP, threads=1)
FACTORS = st.lists(st.sampled_from((0.5, 0.8, 1.0, 1.3, 2.0)), min_size=12, max_size=12)


def carried(plan: Plan, made_for: Problem, into: Data) -> Kept:
    promised = promised_by(plan, made_for)
    return kept_in(into, assemble(into), {"it": promised}, EXACT)["it"]


def priced_anew(data: Data, factors: list[float]) -> Data:
    """Other prices of offers without price breaks."""
    tiered = {(row.supplier, row.item) for row in data.price_breaks}
    return dataclasses.replace(
        data,
        offers=tuple(
            row
            if (row.supplier, row.item) in tiered
            else dataclasses.replace(row, price=row.price * factors[number % len(factors)])
            for number, row in enumerate(data.offers)
        ),
    )


@examples(25)
@given(risky() | workbooks())
def test_in_its_own_world_a_plan_is_as_good_as_itself(data: Data) -> None:
    data = with_settings(data, risk_measure="expected")
    plan = plan_of(data)
    kept = carried(plan, assemble(data), data)
    assert kept.cost is not None
    assert kept.cost <= at_most(plan.facts.objective, data)
    assert (kept.unfilled, kept.uncalled, kept.gone) == ({}, {}, ())


@examples(20)
@given(workbooks(CERTAIN - {Feature.RULES, Feature.AWARDS}), FACTORS)
def test_without_rules_no_plan_is_better_than_the_one_made_for_the_world(
    data: Data, factors: list[float]
) -> None:
    other = priced_anew(data, factors)
    plan = plan_of(other)
    kept = carried(plan, assemble(other), data)
    assert kept.cost is not None
    assert cost_of(data) <= at_most(kept.cost, data)


@examples(15)
@given(workbooks(CERTAIN), FACTORS)
def test_knowing_later_is_never_cheaper(data: Data, factors: list[float]) -> None:
    other = priced_anew(data, factors)
    plan, problem = plan_of(other), assemble(other)
    early, late = (
        carried(plan, problem, with_settings(data, reveal_days=days)) for days in (0.0, 1e5)
    )
    assert early.cost is not None
    assert late.cost is not None
    assert early.cost <= at_most(late.cost, data)
