"""Plans under risk: what is said in other words, and risks that change nothing."""

from __future__ import annotations

from hypothesis import given

from optimizer.assemble.outcomes import outcomes_of
from optimizer.contract.data import Data
from tests.laws.planning import about, at_most, cost_of
from tests.laws.profile import examples
from tests.laws.rewordings import with_neutral_risk, with_results_halved, with_results_told_twice
from tests.laws.strategies import risky
from tests.laws.transforms import in_money, in_units, renamed, reversed_rows

FACTOR = 0.8


@examples(6)
@given(risky())
def test_the_order_of_rows_changes_nothing(data: Data) -> None:
    assert cost_of(reversed_rows(data)) == about(cost_of(data), data)


@examples(6)
@given(risky())
def test_names_change_nothing(data: Data) -> None:
    assert cost_of(renamed(data)) == about(cost_of(data), data)


@examples(6)
@given(risky())
def test_another_base_currency_changes_the_scale(data: Data) -> None:
    assert cost_of(in_money(data, FACTOR)) == about(FACTOR * cost_of(data), data)


@examples(6)
@given(risky())
def test_another_unit_changes_nothing(data: Data) -> None:
    assert cost_of(in_units(data, 2.0)) == about(cost_of(data), data)


@examples(8)
@given(risky())
def test_a_risk_that_changes_nothing_changes_nothing(data: Data) -> None:
    more = with_neutral_risk(data)
    assert outcomes_of(more).probabilities == outcomes_of(data).probabilities
    assert cost_of(more) == about(cost_of(data), data)


@examples(8)
@given(risky())
def test_a_result_in_two_equal_halves_changes_nothing(data: Data) -> None:
    assert cost_of(with_results_halved(data)) == about(cost_of(data), data)


@examples(8)
@given(risky())
def test_a_result_told_in_two_ways_is_never_dearer(data: Data) -> None:
    """Two ways to the same end are two outcomes, and a plan may treat them alike."""
    twice = with_results_told_twice(data)
    assert cost_of(twice) <= at_most(cost_of(data), data)
