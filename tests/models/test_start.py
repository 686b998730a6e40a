"""Whole numbers read off a relaxed plan, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from models.problem import Problem
from models.start import suggest, suggest_details, suggest_settled, suggest_sure, variations
from optimizer.assemble import assemble
from optimizer.contract.goods import Demand
from optimizer.contract.policy import Rule
from optimizer.contract.supply import PriceBreak, Supplier
from tests.models.case import YEAR
from tests.small import need, offer, small

TIERS = {0: 0.0, 1: 40.0, 2: 90.0}


@pytest.mark.parametrize(
    ("type", "volume", "reached"),
    [
        ("all_units", 0.0, [0, 0, 0]),
        ("all_units", 39.0, [1, 0, 0]),
        ("all_units", 40.0, [0, 1, 0]),
        ("all_units", 100.0, [0, 0, 1]),
        ("incremental", 50.0, [1, 1, 0]),
    ],
)
def test_the_tier_is_the_one_that_the_volume_reaches(
    type: str, volume: float, reached: list[int]
) -> None:
    breaks = [
        PriceBreak(supplier="K", item="P", from_quantity=start, price=10 - n, type=type)
        for n, start in TIERS.items()
    ]
    problem = assemble(small(settings=YEAR, price_breaks=breaks))
    values: dict[Any, float] = {("volume", ("K", "P")): volume}
    values |= {("tier_reached", ("K", "P", n)): 0.1 for n in TIERS}
    found = suggest(problem, values)
    assert [found["tier_reached", ("K", "P", n)] for n in TIERS] == reached


def test_who_delivers_is_used_and_awarded() -> None:
    problem = assemble(
        small(settings=YEAR, suppliers=[Supplier(supplier="K", country="X", fixed_cost=5)])
    )
    values: dict[Any, float] = {
        ("volume", ("K", "P")): 0.01, ("use", "K"): 0.001, ("use", "L"): 0.9,
        ("awarded", ("K", "P")): 0.001, ("modules", "M"): 1.2, ("lane_used", ("r", "K", "A")): 0.0,
    }  # fmt: skip
    assert suggest(problem, values) == {
        ("use", "K"): 1, ("use", "L"): 0, ("awarded", ("K", "P")): 1,
        ("modules", "M"): 2, ("lane_used", ("r", "K", "A")): 0,
    }  # fmt: skip


def test_a_member_counts_from_its_share_on() -> None:
    rule = Rule(rule="r", dimension="supplier", metric="count", sense="min", limit=2,
                counts_from=0.1, penalty=1)  # fmt: skip
    problem = assemble(small(settings=YEAR, offers=[offer("K"), offer("L")], rules=[rule]))
    values: dict[Any, float] = {
        ("scope_total", ("r", "")): 100.0,
        ("member_volume", ("r", "", "K")): 91.0, ("member_volume", ("r", "", "L")): 9.0,
        ("member_used", ("r", "", "K")): 1.0, ("member_used", ("r", "", "L")): 0.9,
    }  # fmt: skip
    assert suggest(problem, values) == {
        ("member_used", ("r", "", "K")): 1, ("member_used", ("r", "", "L")): 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ordered", "placed"),
    [
        ([20, 0, 20], [1, 0, 1]),
        ([8, 8, 8], [0, 1, 0]),  # 8; 16 >= 10, less 20 is -4; 4
        ([4, 0, 0], [0, 0, 0]),
    ],
)
def test_small_orders_are_saved_up(ordered: list[float], placed: list[int]) -> None:
    problem = assemble(small(offers=[offer(min_order=20)], demand=need(10, 10, 10)))
    values: dict[Any, float] = {}
    for t, quantity in enumerate(ordered, start=1):
        values["order", ("K", "P", "A", "standard", t, "certain")] = quantity
        values["placed", ("K", "P", t, "certain")] = quantity / 100
    found: Mapping[Any, float] = suggest_details(problem, values)
    assert [found["placed", ("K", "P", t, "certain")] for t in (1, 2, 3)] == placed


def three_suppliers() -> Problem:
    """K, L and M cost something to use, and each sells 100 or more, or nothing."""
    names = ("K", "L", "M")
    return assemble(
        small(
            settings=YEAR,
            demand=[Demand(item="P", site="A", period=1, quantity=300)],
            suppliers=[Supplier(supplier=k, country="X", fixed_cost=5) for k in names],
            offers=[offer(k, min_award=100) for k in names],
        )
    )


def test_what_is_not_sure_is_left_open() -> None:
    """K has nearly a whole yes, L hardly any, M half of one."""
    yes = {"K": 0.98, "L": 0.02, "M": 0.5}
    problem = three_suppliers()
    values: dict[Any, float] = {("volume", (k, "P")): 100.0 for k in yes}
    values |= {("awarded", (k, "P")): part for k, part in yes.items()}
    values |= {("use", k): part for k, part in yes.items()}
    sure = suggest_sure(problem, values, (0.05, 0.95))
    assert sure == {("awarded", ("K", "P")): 1, ("awarded", ("L", "P")): 0,
                    ("use", "K"): 1, ("use", "L"): 0}  # fmt: skip
    of_supplier = {("volume", ("M", "P")): 100.0, ("use", "M"): 0.5}
    assert suggest_sure(problem, of_supplier, (0.05, 0.95)) == {}


def test_coarsely_what_is_sure_is_read_off_least_awards() -> None:
    """Least awards of 100: K has nearly all of it, L hardly any, M about half."""
    volumes = {"K": 98.0, "L": 2.0, "M": 50.0}
    problem = three_suppliers()
    values: dict[Any, float] = {("volume", (k, "P")): v for k, v in volumes.items()}
    values |= {("awarded", (k, "P")): 0.3 for k in volumes} | {("use", k): 0.3 for k in volumes}
    settled = {("awarded", ("K", "P")): 1, ("awarded", ("L", "P")): 0,
               ("use", "K"): 1, ("use", "L"): 0}  # fmt: skip
    assert suggest_settled(problem, values, (0.05, 0.95)) == settled
    assert suggest_sure(problem, values, (0.05, 0.95)) == {}


def test_an_offer_that_is_taken_in_gets_its_least_award() -> None:
    """K has all; the relaxation had a fifth of a yes for L, and 10 of its least award of 100."""
    problem = assemble(
        small(settings=YEAR, offers=[offer("K"), offer("L", min_award=100, qualification_cost=5)])
    )
    award = ("awarded", ("L", "P"))
    relaxed: dict[Any, float] = {
        ("volume", ("K", "P")): 90.0, ("volume", ("L", "P")): 10.0, award: 0.2
    }  # fmt: skip
    planned: dict[Any, float] = {
        ("volume", ("K", "P")): 100.0, ("volume", ("L", "P")): 0.0, award: 0.0
    }  # fmt: skip
    (taken,) = variations(problem, relaxed, planned)
    assert suggest(problem, {**planned, **taken.change})[award] == 1.0
