"""HHI limits: as good as the best that exists, and kept to 1e-8."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.build import build
from models.concentration import TOLERANCE, excess, hhi_scopes, tangent
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.contract.policy import Rule
from optimizer.contract.supply import Supplier
from optimizer.solve.run import Answer, solve
from optimizer.solve.tangents import hhi_generators
from tests.models.case import EXACT, YEAR
from tests.small import need, offer, small

PRICES = {"K": 10.0, "L": 12.0, "M": 20.0}


def three(points: float, wanted: float = 100.0, onboarding: float = 0.0) -> Problem:
    """Three suppliers of 100, an HHI limit, and what it costs to begin with M."""
    return assemble(
        small(
            settings=YEAR,
            demand=need(wanted),
            offers=[offer(k, price=price) for k, price in PRICES.items()],
            suppliers=[Supplier(supplier="M", country="X", onboarding_cost=onboarding)],
            rules=[Rule(rule="R", dimension="supplier", metric="hhi", sense="max", limit=points)],
        )
    )


def solved(problem: Problem) -> tuple[Answer, dict[str, float], float]:
    """The answer, the members' volumes and by how much they break the limit."""
    answer = solve(build(problem), EXACT, generators=hhi_generators(problem))
    assert answer.result.has_plan, answer.result
    (scope,) = hhi_scopes(problem)
    volumes = {k: answer.value("member_volume", ("R", "", k)) for k in PRICES}
    return answer, volumes, excess(scope, volumes)


def grid_best(limit: float, steps: int) -> float:
    """The least mean price over a fine grid of shares that keep the limit."""
    share = np.arange(steps + 1) / steps
    first, second = np.meshgrid(share, share, indexing="ij")
    third = 1.0 - first - second
    kept = (third >= -1e-12) & (first**2 + second**2 + third**2 <= limit)
    price = PRICES["K"] * first + PRICES["L"] * second + PRICES["M"] * third
    return float(price[kept].min())


@pytest.mark.parametrize("points", [3500.0, 4000.0, 5000.0, 6000.0, 8000.0])
def test_never_worse_than_a_grid_of_shares(points: float) -> None:
    answer, _, broken = solved(three(points))
    assert broken <= TOLERANCE
    assert answer.result.objective <= 100 * grid_best(points / 10_000, 1000) + 1e-9


def test_the_optimum_on_the_sphere() -> None:
    # Shares 1/3 - r d/|d| with d = prices less their mean 14 = (-4, -2, 6) and r^2 = H - 1/3:
    # the cost is 14 - r |d| a unit.
    radius = math.sqrt(0.4 - 1 / 3)
    answer, volumes, _ = solved(three(4000.0))
    assert answer.result.objective == pytest.approx(100 * (14 - radius * math.sqrt(56)), rel=1e-6)
    assert volumes["M"] == pytest.approx(100 * (1 / 3 - radius * 6 / math.sqrt(56)), abs=0.1)


@pytest.mark.parametrize("wanted", [1e-3, 1.0, 1e6])
def test_the_limit_holds_for_small_and_large_totals(wanted: float) -> None:
    answer, _, broken = solved(three(4000.0, wanted=wanted))
    assert broken <= TOLERANCE
    expected = wanted * (14 - math.sqrt(0.4 - 1 / 3) * math.sqrt(56))
    assert answer.result.objective == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("onboarding", "used"), [(1.0, True), (200.0, False)])
def test_beside_a_yes_or_no(onboarding: float, used: bool) -> None:
    # At H = 0.5 K and L with half each cost 1100. With a little of M the sphere of
    # test_the_optimum_on_the_sphere costs 5.5 less: worth 1 to begin with M, but not 200.
    answer, volumes, broken = solved(three(5000.0, onboarding=onboarding))
    on_the_sphere = 100 * (14 - math.sqrt(0.5 - 1 / 3) * math.sqrt(56))
    assert broken <= TOLERANCE
    assert (volumes["M"] > 0.1) is used
    expected = on_the_sphere + onboarding if used else 1100
    assert answer.result.objective == pytest.approx(expected, rel=1e-4)


def test_a_limit_that_nobody_can_keep_allows_no_volume() -> None:
    # Three suppliers have an HHI of 3333 at least; 100 short cost 100 each.
    answer, volumes, _ = solved(three(3000.0))
    assert answer.result.objective == pytest.approx(10_000, rel=1e-6)
    assert sum(volumes.values()) == pytest.approx(0, abs=1e-6)


def test_a_tangent_cuts_off_the_plan_and_nothing_else() -> None:
    (scope,) = hhi_scopes(three(4000.0))
    plan = {"K": 70.0, "L": 30.0, "M": 0.0}
    cut = tangent(scope, plan)
    assert cut is not None

    def side(volumes: dict[str, float]) -> float:
        total = cut.coefficients["scope_total", ("R", "")] * sum(volumes.values())
        members = (
            cut.coefficients.get(("member_volume", ("R", "", k)), 0.0) * v
            for k, v in volumes.items()
        )
        return total + sum(members)

    assert side(plan) > 1.0
    rng = np.random.default_rng(0)
    kept = [dict(zip(PRICES, row, strict=True)) for row in rng.dirichlet((3, 3, 3), 2000)]
    kept = [volumes for volumes in kept if excess(scope, volumes) <= 0]
    assert len(kept) > 500
    assert max(side(volumes) for volumes in kept) <= 1e-12


def test_no_tangent_where_the_limit_holds_or_nothing_is_bought() -> None:
    (scope,) = hhi_scopes(three(4000.0))
    assert tangent(scope, {"K": 40.0, "L": 35.0, "M": 25.0}) is None
    assert tangent(scope, {"K": 0.0, "L": 0.0, "M": 0.0}) is None
