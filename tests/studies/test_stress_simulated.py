"""One item against a simulation that serves everything as early as it can."""

from __future__ import annotations

import random

import pytest

from tests.small import need, offer, small
from tests.studies.stops import open_order, stock, stress


@pytest.mark.parametrize("seed", range(12))
def test_one_item_against_a_simulation(seed: int) -> None:
    draw = random.Random(seed)
    periods, capacity, opening = draw.randint(2, 6), draw.randint(2, 12), draw.randint(0, 25)
    wanted = [draw.randint(0, 14) for _ in range(periods)]
    coming = {t: draw.randint(1, 8) for t in range(1, periods + 1) if draw.random() < 0.3}
    data = small(
        demand=need(*wanted),
        horizon=periods,
        stock=[stock(opening)],
        open_orders=[open_order("L", t, q) for t, q in coming.items()],
        offers=[offer("K"), offer("L", capacity=capacity)],
    )
    row = stress(data)["supplier K"]
    for most, survives, short in (
        (0, row.survives_today, row.shortage_today),
        (capacity, row.survives, row.shortage),
    ):
        expected, missing = simulated(wanted, coming, opening, most)
        assert (survives is None) == (expected is None)
        assert survives == pytest.approx(expected, abs=1e-5)
        assert short == pytest.approx(missing, abs=1e-5)


def simulated(
    wanted: list[int], coming: dict[int, int], opening: float, most: int
) -> tuple[float | None, float]:
    """Serve everything as early as possible, always ordering the most."""
    survives, missing, left = None, 0.0, opening
    for t, quantity in enumerate(wanted, start=1):
        arriving = most + coming.get(t, 0)
        short = quantity - left - arriving
        if short > 0 and survives is None:
            survives = t - 1 + left / (quantity - arriving)
        missing += max(0.0, short)
        left = max(0.0, -short)
    return survives, missing
