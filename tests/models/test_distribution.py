"""The worst distribution nearby, against moving probability by hand from cheap to dear."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.distribution import build_worst_distribution
from optimizer.solve.options import SolveOptions
from optimizer.solve.run import solve

OPTIONS = SolveOptions(threads=1, gap=0.0)


def worst(
    probability: Mapping[str, float], cost: Mapping[str, float], distance: float
) -> tuple[dict[str, float], float]:
    """The worst probabilities, and by how much the expected cost rises."""
    answer = solve(build_worst_distribution(probability, cost, distance), OPTIONS)
    return {w: answer.value("weight", w) for w in cost}, -answer.result.objective


def moved_by_hand(
    probability: Mapping[str, float], cost: Mapping[str, float], distance: float
) -> float:
    """The rise of the cost if probability goes from the cheapest to the dearest, piece by piece."""
    gives = {w: min(distance, p) for w, p in probability.items()}
    takes = {w: min(distance, 1 - p) for w, p in probability.items()}
    cheap, dear = sorted(cost, key=lambda w: cost[w]), sorted(cost, key=lambda w: -cost[w])
    rise = 0.0
    for source in cheap:
        for target in dear:
            if cost[target] > cost[source]:
                moved = min(gives[source], takes[target])
                gives[source] -= moved
                takes[target] -= moved
                rise += moved * (cost[target] - cost[source])
    return rise


def test_three_outcomes_by_eye() -> None:
    probability = {"good": 0.6, "slow": 0.3, "frozen": 0.1}
    cost = {"good": 100.0, "slow": 150.0, "frozen": 400.0}
    weight, rise = worst(probability, cost, 0.2)
    assert weight == pytest.approx({"good": 0.4, "slow": 0.3, "frozen": 0.3})
    assert rise == pytest.approx(60.0)


def test_no_probability_leaves_0_to_1() -> None:
    weight, rise = worst({"a": 0.95, "b": 0.05}, {"a": 10.0, "b": 0.0}, 0.2)
    assert weight == pytest.approx({"a": 1.0, "b": 0.0})
    assert rise == pytest.approx(0.5)


def test_with_any_error_the_dearest_outcome_is_certain() -> None:
    weight, _ = worst({"a": 0.5, "b": 0.5, "c": 0.0}, {"a": 1.0, "b": 2.0, "c": 3.0}, 1.0)
    assert weight == pytest.approx({"a": 0.0, "b": 0.0, "c": 1.0})


@settings(max_examples=40, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.integers(0, 20), st.integers(-1000, 1000)), min_size=2, max_size=6
    ).filter(lambda parts: sum(part for part, _ in parts) > 0),
    distance=st.sampled_from([0.0, 0.01, 0.05, 0.2, 0.5, 1.0]),
)
def test_as_moved_by_hand(parts: list[tuple[int, int]], distance: float) -> None:
    whole = sum(part for part, _ in parts)
    probability = {f"w{n}": part / whole for n, (part, _) in enumerate(parts)}
    cost = {f"w{n}": float(amount) for n, (_, amount) in enumerate(parts)}
    weight, rise = worst(probability, cost, distance)
    assert rise == pytest.approx(moved_by_hand(probability, cost, distance), abs=1e-5)
    assert math.fsum(weight.values()) == pytest.approx(1.0, abs=1e-8)
    assert all(abs(weight[w] - p) <= distance + 1e-8 for w, p in probability.items())


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="distance"):
        build_worst_distribution({"a": 1.0}, {"a": 1.0}, 1.5)
    with pytest.raises(ValueError, match="same outcomes"):
        build_worst_distribution({"a": 1.0}, {"b": 1.0}, 0.1)
