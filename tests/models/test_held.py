"""Given awards: what they make a plan buy, and that no bound cuts off the best plan with them."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping
from typing import Any

import pytest

from models.beyond import LARGEST_DILUTION
from models.bounds import Bounds
from models.build import ImpossibleError, build
from models.problem import LaneKey, OfferKey, Problem
from optimizer.assemble import assemble
from optimizer.contract.supply import Supplier
from optimizer.solve.run import solve
from tests.models.case import EXACT, YEAR
from tests.models.random_cases import workbook
from tests.small import need, offer, small

HUGE = 20_000.0


def cost(problem: Problem) -> float | None:
    result = solve(build(problem), EXACT).result
    return result.objective if result.has_plan else None


def loose(monkeypatch: pytest.MonkeyPatch) -> None:
    def most(bounds: Any) -> Mapping[LaneKey, float]:
        return dict.fromkeys(bounds._problem.supply.lanes, HUGE)

    monkeypatch.setattr(Bounds, "most", property(most))


def given(problem: Problem, rng: random.Random) -> tuple[dict[OfferKey, float], ...]:
    """Awards for some offers, and shares for others."""
    items = sorted({item for _, item in problem.supply.offers})
    shared = set(rng.sample(items, len(items) // 2))
    held = {
        o: rng.choice((0.0, 20.0, 90.0))
        for o in problem.supply.offers
        if o[1] not in shared and rng.random() < 0.5
    }
    parts = {o: rng.choice((0, 1, 2, 5)) for o in problem.supply.offers if o[1] in shared}
    whole = {item: sum(n for o, n in parts.items() if o[1] == item) for item in shared}
    return held, {o: n / whole[o[1]] for o, n in parts.items() if whole[o[1]]}


@pytest.mark.parametrize("seed", range(30))
def test_bounds_cut_off_no_plan_with_given_awards(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = dataclasses.replace(workbook(seed), rules=())
    problem = assemble(data)
    held, split = given(problem, random.Random(seed))
    problem = dataclasses.replace(problem, held=held, split=split)
    tight = cost(problem)
    loose(monkeypatch)
    assert cost(problem) == (tight if tight is None else pytest.approx(tight, rel=1e-6))


def test_who_is_needed_brings_the_others_along() -> None:
    # 60 are the least that K sells, three quarters are L's: 60 and 180, though 10 are wanted.
    data = small(
        settings=YEAR,
        demand=need(10),
        offers=[offer("K", price=1, min_order=60), offer("L", price=1)],
        suppliers=[Supplier(supplier="L", country="X", onboarding_cost=5)],
    )
    problem = dataclasses.replace(assemble(data), split={("K", "P"): 0.25, ("L", "P"): 0.75})
    assert cost(problem) == pytest.approx(60 + 180 + 5)


def test_a_tiny_share_makes_no_huge_bound() -> None:
    data = small(settings=YEAR, offers=[offer("K"), offer("L")])
    split = {("K", "P"): 1e-8, ("L", "P"): 1 - 1e-8}
    most = Bounds(dataclasses.replace(assemble(data), split=split)).most
    assert max(most.values()) <= 100 + LARGEST_DILUTION * 100


def test_shares_that_add_up_to_one_but_for_the_last_digit() -> None:
    offers = [offer(name, price=10) for name in ("K", "L", "M")]
    split = {(name, "P"): 1 / 3 - 1e-12 for name in ("K", "L", "M")}
    problem = dataclasses.replace(assemble(small(settings=YEAR, offers=offers)), split=split)
    assert cost(problem) == pytest.approx(1000)


@pytest.mark.parametrize("what", ["held", "split"])
def test_an_award_without_any_lane_is_impossible(what: str) -> None:
    problem = assemble(small(settings=YEAR))
    with pytest.raises(ImpossibleError, match="held_"):
        build(dataclasses.replace(problem, **{what: {("nobody", "P"): 0.5}}))
    build(dataclasses.replace(problem, **{what: {("nobody", "P"): 0.0}}))


def test_shares_of_nothing_buy_nothing() -> None:
    offers = [offer("K", price=10), offer("L", price=10)]
    problem = assemble(small(settings=YEAR, offers=offers))
    none = dataclasses.replace(problem, split={("K", "P"): 0.0, ("L", "P"): 0.0})
    assert cost(none) == pytest.approx(100 * 100)
