"""Plans made for one world in the world of another, worked out by hand.

100 are wanted in one year, a unit short costs 100, K sells for 10 and L for 14.  Nothing is ordered
before the world shows itself unless a test says so; of an award 50 % to 150 % can be called off.

    world        its best plan         cost
    base         K 100                 1,000
    dear         L 100                 1,400     K sells for 20
    cut          K 40, L 60            1,240     K can make 40
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from optimizer.api.comparison_jobs import carry_all, plan_scenario
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.scenario_results import RegretRow
from optimizer.contract.supply import Project, Supplier
from optimizer.studies.compare.regret import is_proven, plan_rows, regret_rows
from optimizer.studies.compare.regret_world import Kept
from tests.models.case import YEAR
from tests.small import change, need, offer, small

ALL_OF_IT = {"call_off_min": 1.0, "call_off_max": 1.0}
HALF = Rule(rule="half", dimension="supplier", member=("K",), metric="share", sense="max",
            limit=0.5)  # fmt: skip
DEAR = 20.0


def world(k: dict[str, Any] | None = None, reveal: float = 0.0, **tables: Any) -> Data:
    """K as a test says, and L."""
    settings = dataclasses.replace(YEAR, reveal_days=reveal, gap=1e-9, threads=1)
    offers = [offer("K", **({"price": 10.0} | (k or {}))), offer("L", price=14.0)]
    return small(settings=settings, **({"offers": offers} | tables))


BASE = world()
WORLDS = {"base": BASE, "dear": world({"price": DEAR}), "cut": world({"capacity": 40.0})}


def carried(plan: Data, into: Data) -> Kept:
    """The plan made for one world in another."""
    planned = plan_scenario(plan, "").planned
    assert planned is not None
    return carry_all(into, {"it": planned.promised})["it"]


def own(data: Data) -> Kept:
    planned = plan_scenario(data, "").planned
    assert planned is not None
    return Kept(planned.facts.objective, planned.facts.bound, planned.facts.shortage, True)


def test_the_band_of_an_award_is_what_a_plan_can_do_elsewhere() -> None:
    cost = {
        (plan, into): carried(WORLDS[plan], WORLDS[into]).cost
        for plan in WORLDS
        for into in WORLDS
        if plan != into
    }
    assert cost == pytest.approx(
        {
            ("base", "dear"): 100 * 20,  # L has no award
            ("base", "cut"): 40 * 10 + 60 * 100,
            ("dear", "base"): 100 * 14,  # K has none
            ("dear", "cut"): 100 * 14,
            ("cut", "base"): 60 * 10 + 40 * 14,  # 150 % of 40 from K, the rest from L
            ("cut", "dear"): 20 * 20 + 80 * 14,  # 50 % of 40 from K
        },
        rel=1e-6,
    )


def test_the_least_largest_regret() -> None:
    best = {name: own(data) for name, data in WORLDS.items()}
    found: Mapping[str, Mapping[str, Kept]] = {
        into: {
            plan: best[into] if plan == into else carried(WORLDS[plan], WORLDS[into])
            for plan in WORLDS
        }
        for into in WORLDS
    }
    rows = regret_rows(found, "kg")
    regret = {(row.plan, row.world): row.regret for row in rows}
    assert regret == pytest.approx(
        {
            ("base", "base"): 0, ("base", "dear"): 600, ("base", "cut"): 6400 - 1240,
            ("dear", "base"): 400, ("dear", "dear"): 0, ("dear", "cut"): 160,
            ("cut", "base"): 160, ("cut", "dear"): 120, ("cut", "cut"): 0,
        },
        abs=1e-3,
    )  # fmt: skip
    table = plan_rows(rows)
    assert [(row.plan, row.world) for row in table] == [
        ("cut", "base"), ("dear", "base"), ("base", "cut"),
    ]  # fmt: skip
    assert [row.largest_regret for row in table] == pytest.approx([160, 400, 5160], abs=1e-3)
    assert [row.mean_regret for row in table] == pytest.approx(
        [280 / 3, 560 / 3, 5760 / 3], abs=1e-3
    )
    assert [row.largest_shortage for row in table] == pytest.approx([0, 0, 60])
    assert is_proven(table)
    (row,) = (row for row in rows if (row.plan, row.world) == ("base", "cut"))
    # 50 of K are owed and 40 can be made; its owed part is no broken rule of the plan's
    assert row.note == "owed to suppliers, but cannot be called off there: 10 kg of P from K"
    assert row.broken == ""


def test_orders_before_the_world_shows_itself_stand() -> None:
    """Two years, 50 each.  In the new world K makes 30 a year: of the 50 ordered in the first year
    20 are not filled; 50 % of the award can be called off (60 of 100), and L has none.
    """
    demand = need(50.0, 50.0)
    known, late = (world(reveal=days, demand=demand) for days in (0.0, 365.0))
    new = {"capacity": 30.0}
    found = carried(late, world(new, 365.0, demand=demand))
    assert found.cost == pytest.approx(60 * 10 + 40 * 100)
    assert found.unfilled == pytest.approx({("K", "P"): 20}, rel=1e-4)
    assert found.uncalled == {}
    at_once = carried(known, world(new, 0.0, demand=demand))
    assert at_once.unfilled == {}


@pytest.mark.parametrize(("reveal", "cost"), [(0.0, 80 * 10 + 20 * 30), (365.0, 70 * 10 + 30 * 30)])
def test_what_is_ordered_before_is_paid_at_the_new_price(reveal: float, cost: float) -> None:
    """L makes 30 a year for 9: L 60, K 40 in two years.  Then L costs 30.

    K can be asked for 80 (twice its award), and nothing is owed to L, but for the 30 of the first
    year where they are ordered before anybody knows.
    """
    free = {"call_off_min": 0.0, "call_off_max": 2.0}
    k, l = offer("K", price=10.0, **free), offer("L", price=9.0, capacity=30.0, **free)
    plan = world(reveal=reveal, demand=need(50.0, 50.0), offers=[k, l])
    into = change(plan, offers=[k, dataclasses.replace(l, price=30.0)])
    assert own(plan).cost == pytest.approx(60 * 9 + 40 * 10)
    assert carried(plan, into).cost == pytest.approx(cost)


def test_an_offer_that_is_no_longer_made_delivers_nothing() -> None:
    gone = [offer("K", price=10.0, active=False), offer("L", price=14.0)]
    found = carried(BASE, world(offers=gone))
    assert (found.cost, found.shortage) == pytest.approx((100 * 100, 100))
    assert found.gone == (("K", "P"),)


def test_what_is_built_is_paid_for_whether_it_is_needed_or_not() -> None:
    """K makes 60 and can build 60 more for 500: with 100 wanted it does, with 60 it need not."""
    plant = Project(project="plant", supplier="K", capacity=60.0, capex=500.0, life_years=1.0)
    only_k = {
        "offers": [offer("K", price=10.0)],
        "suppliers": [Supplier(supplier="K", country="X", capacity=60.0)],
        "projects": [plant],
    }
    large, low = world(**only_k), world(**only_k, demand=need(60.0))
    assert own(large).cost == pytest.approx(1000 + 500)
    assert own(low).cost == pytest.approx(600)
    assert carried(large, low).cost == pytest.approx(600 + 500)
    # The other way round: 90 could be called off, but nothing was built.
    assert carried(low, large).cost == pytest.approx(600 + 40 * 100)


def test_a_rule_without_a_penalty_is_broken_and_named() -> None:
    ruled = world(rules=[HALF])
    assert own(ruled).cost == pytest.approx(1200)
    found = carried(BASE, ruled)
    assert found.cost == pytest.approx(1000)
    assert found.broken == ("half (K): 100.0% against 50.0%",)
    row = row_of(found, own(ruled))
    assert row.regret == pytest.approx(-200)
    assert row.note == "cheaper than the plan made for that world, whose rules it does not keep"


def test_a_rule_with_a_penalty_is_paid_for() -> None:
    """1,000 for each unit of share: half too much costs 500, more than 50 x 4 for L."""
    ruled = world(rules=[dataclasses.replace(HALF, penalty=1000.0)])
    assert own(ruled).cost == pytest.approx(1200)
    found = carried(BASE, ruled)
    assert found.cost == pytest.approx(1000 + 500)
    assert found.broken == ()


def test_a_minimum_award_of_the_new_world_is_broken_and_named() -> None:
    least = [offer("K", price=10.0, min_award=80.0), offer("L", price=14.0)]
    found = carried(WORLDS["cut"], world(offers=least))
    assert found.cost == pytest.approx(1160)
    assert found.broken == ("minimum award of P from K: 60 of 80",)


def test_a_plan_made_for_certain_in_a_world_with_risk_and_back() -> None:
    """K fails with 1/2, which is known only after the year: K 100 costs nothing then but 100 short.

    K 100 costs (1,000 + 10,000) / 2 there, L 100 costs 1,400 in both worlds.
    """
    fire = RiskEffect(risk="fire", result="down", probability=0.5, scope="supplier", target="K",
                      deliverable=0.0)  # fmt: skip
    risky, certain = world(reveal=365.0, risks=[fire]), world(reveal=365.0)
    found = carried(certain, risky)
    assert (found.cost, found.shortage) == pytest.approx((5500, 50))
    assert found.broken == ()
    assert found.uncalled == {}
    assert carried(risky, certain).cost == pytest.approx(1400)


def test_force_majeure_owes_nothing() -> None:
    """With every award owed in full, K that certainly delivers half need not be called off."""
    half = RiskEffect(risk="r", result="half", probability=1.0, scope="supplier", target="K",
                      deliverable=0.5, price_factor=3.0)  # fmt: skip
    owed = [offer(k, price=price, **ALL_OF_IT) for k, price in (("K", 10.0), ("L", 14.0))]
    full = world(offers=[dataclasses.replace(owed[0], capacity=40.0), owed[1]])
    found = carried(full, world(offers=owed, risks=[half]))
    # L 60 of 60; of K 40 can be ordered, 20 come, at 30: cheaper than 100 for a unit short
    assert found.cost == pytest.approx(60 * 14 + 20 * 30 + 20 * 100)
    dear = dataclasses.replace(half, price_factor=20.0)
    # at 200 a unit it is left: what is owed is excused
    assert carried(full, world(offers=owed, risks=[dear])).cost == pytest.approx(60 * 14 + 4000)
    certain = change(full, offers=[dataclasses.replace(owed[0], price=200.0), owed[1]])
    assert carried(full, certain).cost == pytest.approx(60 * 14 + 40 * 200)


def row_of(kept: Kept, best: Kept) -> RegretRow:
    rows = regret_rows({"there": {"there": best, "it": kept}, "it": {"it": kept}}, "kg")
    (row,) = (row for row in rows if (row.plan, row.world) == ("it", "there"))
    return row


@pytest.mark.parametrize(
    ("cost", "bound", "note"),
    [
        (990.0, 980.0, "proven within its gap only"),
        (960.0, 955.0, "what it has contracted leaves it more room"),
        (1010.0, 1005.0, ""),
    ],
)
def test_a_negative_regret_says_why(cost: float, bound: float, note: str) -> None:
    row = row_of(Kept(cost, bound, 0.0, True), Kept(1000.0, 970.0, 0.0, True))
    assert note in row.note
    assert bool(row.note) == bool(note)
    assert (row.regret, row.least, row.most) == (cost - 1000, bound - 1000, cost - 970)


def test_who_has_the_least_is_proven_only_outside_the_gaps() -> None:
    own_a, own_b = (Kept(1000.0, 1000.0, 0.0, True) for _ in range(2))
    for bound, proven in ((1090.0, False), (1110.0, True)):
        found = {
            "a": {"a": own_a, "b": Kept(1120.0, bound, 0.0, True)},
            "b": {"b": own_b, "a": Kept(1100.0, 1095.0, 0.0, True)},
        }
        table = plan_rows(regret_rows(found, "kg"))
        assert [row.plan for row in table] == ["a", "b"]
        assert is_proven(table) is proven


def test_of_equal_regrets_that_which_keeps_more_rules_comes_first() -> None:
    own = Kept(1000.0, 1000.0, 0.0, True)
    cheaper = Kept(900.0, 900.0, 0.0, True, broken=("cap",))
    found = {"a": {"a": own, "b": own}, "b": {"b": own, "a": cheaper}}
    table = plan_rows(regret_rows(found, "kg"))
    assert [(row.plan, row.largest_regret, row.worlds_with_broken_rules) for row in table] == [
        ("b", 0.0, 0.0), ("a", 0.0, 1.0),
    ]  # fmt: skip


def test_a_plan_that_cannot_be_carried_out_comes_last() -> None:
    own_a, own_b = (Kept(1000.0, 1000.0, 0.0, True) for _ in range(2))
    nothing = Kept(None, float("-inf"), 0.0, False, why_not="no plan was found")
    found = {"a": {"a": own_a, "b": own_b}, "b": {"b": own_b, "a": nothing}}
    table = plan_rows(regret_rows(found, "kg"))
    assert [(row.plan, row.largest_regret, row.world) for row in table] == [
        ("b", 0.0, "a"), ("a", None, "b"),
    ]  # fmt: skip
