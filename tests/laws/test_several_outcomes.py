"""What more than one outcome costs: between knowing everything and knowing of nothing."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable

from hypothesis import assume, given

from optimizer.assemble import assemble
from optimizer.assemble.outcomes import outcomes_of
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect
from optimizer.solve import SolveOptions
from optimizer.studies.without_risk import without_risk
from tests.laws.case import Feature
from tests.laws.planning import GAP, at_most, cost_of, plan_of
from tests.laws.profile import examples
from tests.laws.strategies import risky, with_settings

LARGE = 100.0
EXPECTATIONS = frozenset((Feature.RULES, Feature.BREAKS, Feature.PROJECTS))
"""What looks at expectations over outcomes, beside minimum and maximum awards."""
MEASURES = ("expected", "cvar", "worst_case")


def _judged_by(data: Data, measure: str) -> Data:
    return with_settings(data, risk_measure=measure)


@examples(10)
@given(risky())
def test_the_more_the_worst_counts_the_higher_the_objective(data: Data) -> None:
    expected, cvar, worst = (cost_of(_judged_by(data, measure)) for measure in MEASURES)
    assert expected <= at_most(cvar, data)
    assert cvar <= at_most(worst, data)


@examples(10)
@given(risky())
def test_a_plan_for_the_tail_pays_in_the_mean_for_a_better_tail(data: Data) -> None:
    weight = data.settings.risk_weight
    assume(weight >= 0.1)
    expected = plan_of(_judged_by(data, "expected")).facts.spread
    cvar = plan_of(_judged_by(data, "cvar")).facts.spread
    assert expected.expected <= at_most(cvar.expected, data)
    # The tail is known as exactly as the objective, in which it has this weight.
    room = (at_most(expected.expected, data) - expected.expected) / weight
    assert cvar.cvar <= at_most(expected.cvar, data) + room


@examples(5)
@given(risky(without=frozenset((Feature.PROJECTS,))))
def test_knowing_earlier_is_never_dearer(data: Data) -> None:
    data = with_settings(data, late_orders="exact")
    reveal = data.settings.reveal_days
    costs = [cost_of(with_settings(data, reveal_days=days)) for days in (0.0, reveal, 1e5)]
    assert costs[0] <= at_most(costs[1], data)
    assert costs[1] <= at_most(costs[2], data)


@examples(10)
@given(risky(always=frozenset((Feature.ORDERS,))))
def test_exact_late_orders_are_never_cheaper_than_pro_rata(data: Data) -> None:
    pro_rata = cost_of(with_settings(data, late_orders="pro_rata"))
    exact = cost_of(with_settings(data, late_orders="exact"))
    assert pro_rata <= at_most(exact, data)


def _physical(data: Data) -> Data:
    """Without what looks at expectations over outcomes, so that outcomes compare."""
    free = with_settings(
        data, risk_measure="expected", late_orders="exact", overbooking=LARGE, call_off_max=LARGE
    )
    offers = tuple(
        dataclasses.replace(row, min_award=0.0, max_award=math.inf, call_off_max=None)
        for row in data.offers
    )
    return dataclasses.replace(free, offers=offers)


@examples(10)
@given(risky(without=EXPECTATIONS))
def test_wait_and_see_at_most_the_plan_at_most_the_plan_without_risk(data: Data) -> None:
    data = _physical(data)
    planned = cost_of(data)
    assert _wait_and_see(data) <= at_most(planned, data)
    found = without_risk(data, assemble(data), SolveOptions(gap=GAP, threads=1))
    assert found is not None
    if found.facts.spread is not None:
        assert planned <= at_most(found.facts.spread.expected, data)


def _wait_and_see(data: Data) -> float:
    """Each outcome planned for as if it were certain, weighted."""
    return sum(
        outcome.probability * cost_of(_certain(data, outcome.effects))
        for outcome in outcomes_of(data).all
    )


def _certain(data: Data, effects: Iterable[RiskEffect]) -> Data:
    """One risk with one result, of probability 1."""
    rows = tuple(
        dataclasses.replace(row, risk="certain", result="certain", probability=1.0)
        for row in effects
    )
    return dataclasses.replace(data, risks=rows)
