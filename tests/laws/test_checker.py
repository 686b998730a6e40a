"""The independent checker agrees with every plan, and the plan's money adds up."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, note

from optimizer.api.errors import VerificationError
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.contract.policy import RiskEffect
from optimizer.contract.settings import Settings
from tests.laws.case import Feature
from tests.laws.measures import objective
from tests.laws.planning import about, cost_of, plan_of
from tests.laws.profile import examples
from tests.laws.strategies import CERTAIN, EVERYTHING, workbooks
from tests.small import small

RULES = frozenset((Feature.RULES,))
RISKS = frozenset((Feature.RISKS,))


def _checked(data: Data) -> Plan:
    try:
        return plan_of(data)
    except VerificationError as error:
        note("\n".join(map(str, error.violations)))
        raise


def _holds(data: Data) -> None:
    plan = _checked(data)
    assert plan.facts.objective == about(_added_up(plan), data)
    assert plan.facts.objective == about(cost_of(data), data)
    _shares_are_whole(plan)


def _added_up(plan: Plan) -> float:
    """Orders and charges of each outcome, and what they come to over the outcomes."""
    of_outcome: defaultdict[str, float] = defaultdict(float)
    for order in plan.tables.orders:
        of_outcome[order.outcome] += (
            order.delivered * order.landed_unit_cost * order.discount_factor
        )
    for charge in plan.tables.charges:
        of_outcome[charge.outcome] += charge.quantity * charge.rate * charge.discount_factor
    costs = [(row.probability, of_outcome[row.outcome]) for row in plan.tables.outcomes]
    return objective(costs, plan.data.settings)


def _shares_are_whole(plan: Plan) -> None:
    """Shares of a dimension, unknown origin included, are all there is; licences overlap."""
    shares: defaultdict[str, float] = defaultdict(float)
    weights: defaultdict[str, float] = defaultdict(float)
    for row in plan.tables.mix:
        shares[row.dimension] += row.share
        weights[row.dimension] += row.weight
    for dimension, whole in shares.items():
        if dimension != "licence" and weights[dimension] > 0:
            assert whole == pytest.approx(1.0, abs=1e-9)


@examples(35)
@given(workbooks())
def test_every_plan_passes_the_check(data: Data) -> None:
    _holds(data)


@examples(20)
@given(workbooks(always=RULES | {Feature.UPSTREAM, Feature.LICENCES}))
def test_every_plan_under_rules_on_stages_passes_the_check(data: Data) -> None:
    _holds(data)


@examples(25)
@given(workbooks(EVERYTHING, always=RISKS))
def test_every_plan_under_risk_passes_the_check(data: Data) -> None:
    _holds(data)


@pytest.mark.slow
@examples(100)
@given(workbooks(EVERYTHING, always=RISKS | RULES))
def test_many_plans_under_risk_and_rules_pass_the_check(data: Data) -> None:
    _holds(data)


@pytest.mark.slow
@examples(100)
@given(workbooks(EVERYTHING, always=RISKS | {Feature.SAMPLE}))
def test_plans_for_a_sample_of_outcomes_pass_the_check(data: Data) -> None:
    _holds(data)


@pytest.mark.slow
@examples(300)
@given(workbooks(always=RULES))
def test_many_plans_under_rules_pass_the_check(data: Data) -> None:
    _holds(data)


@pytest.mark.slow
@examples(100)
@given(workbooks(always=CERTAIN))
def test_plans_of_everything_at_once_pass_the_check(data: Data) -> None:
    _holds(data)


def test_a_sample_of_one_outcome_is_the_worst_as_if_it_were_certain() -> None:
    half, nothing = (
        RiskEffect(risk="W", result=f"{left:g}", probability=0.3, scope="all", deliverable=left)
        for left in (0.5, 0.0)
    )
    data = small(settings=Settings(start="2025-01", max_outcomes=1), risks=[half, nothing])
    rows = _checked(data).tables.outcomes
    assert [(row.happens, row.probability) for row in rows] == [("W: 0", 1.0)]


def test_a_sample_of_one_outcome_in_which_nothing_happens_is_not_called_certain() -> None:
    dear = RiskEffect(risk="W", result="dear", probability=0.3, scope="all", price_factor=2.0)
    data = small(settings=Settings(start="2025-01", max_outcomes=1), risks=[dear])
    assert [row.outcome for row in _checked(data).tables.outcomes] == ["nothing happens"]
