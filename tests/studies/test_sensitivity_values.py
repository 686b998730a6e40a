"""What is swept, over which values, and what counts as a change of the plan."""

from __future__ import annotations

import math
from typing import Any

import pytest

from optimizer.assemble import assemble
from optimizer.contract.policy import RiskEffect
from optimizer.studies.sensitivity.change import Decision, change_between
from optimizer.studies.sensitivity.values import (
    NO_LIMIT,
    factors,
    spread,
    sweeps_of,
    with_probability,
)
from tests.small import offer, small


def effect(result: str, probability: float | None, **does: Any) -> RiskEffect:
    return RiskEffect(
        risk="licence", result=result, probability=probability, scope="supplier", target="K", **does
    )


def test_other_results_keep_their_ratio_and_so_does_nothing_happens() -> None:
    rows = [
        effect("a", 0.2),
        effect("b", 0.1),
        RiskEffect(risk="licence", result="a", scope="all"),  # a further effect of a
        RiskEffect(risk="strike", result="a", probability=0.7, scope="all"),
    ]
    made = with_probability(rows, "licence", "a", 0.6)
    # b : nothing was 0.1 : 0.7 and is that in the remaining 0.4.
    assert [row.probability for row in made] == pytest.approx([0.6, 0.05, None, 0.7])
    assert sum(row.probability or 0.0 for row in made[:2]) == pytest.approx(1 - 0.35)


def test_with_nothing_left_the_rest_is_that_nothing_happens() -> None:
    rows = [effect("a", 1.0), effect("b", 0.0), effect("c", None)]
    assert [r.probability for r in with_probability(rows, "licence", "a", 0.25)] == [0.25, 0, None]
    assert [r.probability for r in with_probability(rows, "licence", "c", 0.25)] == [0.75, 0, 0.25]


def test_a_complete_risk_stays_complete() -> None:
    rows = [effect(name, share) for name, share in (("a", 0.5), ("b", 0.2), ("c", 0.3))]
    for value in (0.0, 0.25, 0.9, 1.0):
        made = [row.probability or 0.0 for row in with_probability(rows, "licence", "b", value)]
        assert math.fsum(made) == pytest.approx(1.0)
        assert made[1] == value
        assert made[0] * 0.3 == pytest.approx(made[2] * 0.5)


@pytest.mark.parametrize(
    "given, points, values",
    [
        (0.1, 5, (0, 0.05, 0.1, 0.2, 1)),
        (0.6, 5, (0, 0.3, 0.6, 0.8, 1)),
        (0.0, 5, (0, 0.25, 0.5, 0.75, 1)),
        (1.0, 3, (0, 0.5, 1)),
        (0.25, 2, (0, 0.25)),
    ],
)
def test_values_of_a_share(given: float, points: int, values: tuple[float, ...]) -> None:
    found = spread(given, points)
    assert found == pytest.approx(values)
    assert given in found


@pytest.mark.parametrize(
    "given, points, values",
    [
        (1.5, 5, (1, 1.25, 1.5, 2, NO_LIMIT)),
        (1.2, 6, (1, 1.1, 1.2, 1.4, 1.8, NO_LIMIT)),
        (1.0, 4, (1, 1.25, 2, NO_LIMIT)),
        (5000.0, 3, (1, 2500.5, 5000)),
    ],
)
def test_values_of_a_factor(given: float, points: int, values: tuple[float, ...]) -> None:
    found = factors(given, points)
    assert found == pytest.approx(values)
    assert given in found


def test_own_values_of_offers_move_in_proportion() -> None:
    own_terms = offer("K", call_off_min=0.8, call_off_max=2.0)
    data = small(offers=[own_terms, offer("L")], risks=[effect("frozen", 0.1, deliverable=0.0)])
    sweeps = {sweep.kind: sweep for sweep in sweeps_of(data, assemble(data), 5)}
    least, most = sweeps["call_off_min"], sweeps["call_off_max"]
    own = [least.data_at(value).offers[0].call_off_min for value in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert own == pytest.approx([0, 0.4, 0.8, 0.9, 1])
    own = [most.data_at(value).offers[0].call_off_max for value in (1.0, 1.25, 1.5, 3.0)]
    assert own == pytest.approx([1, 1.5, 2, 4])
    assert least.data_at(0.0).offers[1].call_off_min is None
    assert least.data_at(0.0).settings.call_off_min == 0
    assert sweeps["overbooking"].data_at(3.0).offers == data.offers


def test_terms_are_left_out_where_they_do_nothing() -> None:
    certain = small()
    assert sweeps_of(certain, assemble(certain), 5) == ()
    dear = small(risks=[effect("dear", 0.5, price_factor=2.0)])
    kinds = [sweep.kind for sweep in sweeps_of(dear, assemble(dear), 5)]
    assert kinds == ["probability", "call_off_min", "call_off_max"]


def test_a_change_in_words() -> None:
    before = Decision({("CN01", "N45"): 88.0, ("CN02", "N45"): 12.0, ("JP01", "N35"): 10.0})
    after = Decision({("CN01", "N45"): 76.0, ("VN01", "N45"): 24.0, ("JP01", "N35"): 10.2})
    assert change_between(before, after) == (
        "adds VN01; drops CN02; N45 from VN01 +24 points; "
        "N45 from CN01 -12 points; N45 from CN02 -12 points"
    )
    assert change_between(before, before) == ""


def test_five_points_are_no_change_and_a_trace_is_no_use() -> None:
    before = Decision({("K", "P"): 60.0, ("L", "P"): 40.0})
    assert change_between(before, Decision({("K", "P"): 65.0, ("L", "P"): 35.0})) == ""
    assert change_between(before, Decision({("K", "P"): 65.2, ("L", "P"): 34.8})) != ""
    assert change_between(before, Decision({**before.award, ("M", "P"): 0.005})) == ""
