"""Published cases with known answers: read, solve, check, compare the optimum."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from optimizer import api

ORACLES = Path(__file__).parent / "oracles"
GAP = 1e-9
SECONDS = 60.0
"""A case that takes longer has become too slow: each is small."""


def _expected() -> dict[str, tuple[float, float]]:
    with (ORACLES / "expected.csv").open(newline="") as lines:
        return {
            row["case"]: (float(row["optimum"]), float(row["rel_tol"]))
            for row in csv.DictReader(lines)
        }


EXPECTED = _expected()


def test_every_case_with_an_optimum_is_there() -> None:
    folders = {path.name for path in ORACLES.iterdir() if path.is_dir()}
    assert len(EXPECTED) >= 13
    assert EXPECTED.keys() <= folders


@pytest.mark.parametrize("case", EXPECTED)
def test_the_plan_costs_what_is_published(case: str) -> None:
    optimum, tolerance = EXPECTED[case]
    facts = api.solve(api.read(ORACLES / case), gap=GAP, time_limit=SECONDS).facts
    assert facts.status == "optimal"
    assert facts.objective == pytest.approx(optimum, rel=tolerance)
    assert facts.bound == pytest.approx(optimum, rel=tolerance)


def test_breaks_for_all_units_and_for_increments_differ_on_the_same_quotes() -> None:
    same_quotes = [api.read(ORACLES / case) for case in ("xpress_purchase", "xpress_purch1")]
    numbers = [
        {(row.supplier, row.item, row.from_quantity, row.price) for row in data.price_breaks}
        for data in same_quotes
    ]
    assert numbers[0] == numbers[1]
    costs = [api.solve(data, gap=GAP).facts.objective for data in same_quotes]
    assert costs[1] < costs[0]
