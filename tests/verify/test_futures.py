"""Which outcomes there are, how likely, which is the worst, and what contracts may come to."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from optimizer.contract.goods import Item, StockTarget, Substitution
from optimizer.contract.policy import RiskEffect
from optimizer.verify import Check, verify
from optimizer.verify.case import case_of
from optimizer.verify.contracts import expected_demand
from optimizer.verify.effects import together
from optimizer.verify.futures import Futures, futures_of
from optimizer.verify.worst import Deliveries
from tests.small import offer, small
from tests.verify import licence
from tests.verify.editing import added, both, edited_outcomes, settings


def risk(name: str, result: str, probability: float | None, **effect) -> RiskEffect:
    row = {"scope": "supplier", "target": "K", **effect}
    return RiskEffect(risk=name, result=result, probability=probability, **row)


def futures(*rows: RiskEffect) -> Futures:
    return futures_of(small(risks=rows))


def named(found: Futures, happens: str) -> str:
    combination = found.read(happens)
    assert combination is not None
    return found.name(combination)


def weighed(found: Futures, happens: str) -> tuple[float, int]:
    combination = found.read(happens)
    assert combination is not None
    weight = found.weigh(combination.effects)
    return pytest.approx(weight.probability), weight.combinations


def test_independent_risks_make_every_combination():
    found = futures(
        risk("a", "x", 0.25, deliverable=0.0),
        risk("a", "y", 0.5, deliverable=0.5),
        risk("b", "z", 0.125, delay_days=5.0),
    )
    assert weighed(found, "a: x; b: z") == (0.25 * 0.125, 1)
    assert weighed(found, "a: y") == (0.5 * 0.875, 1)
    assert weighed(found, "") == (0.25 * 0.875, 1)
    assert not found.more_than(6)
    assert found.more_than(5)


def test_futures_with_the_same_effects_are_one():
    found = futures(
        risk("a", "x", 0.25, deliverable=0.0),
        risk("b", "y", 0.125, deliverable=0.0),
        risk("b", "idle", 0.5),
    )
    assert weighed(found, "a: x") == (0.25 * 0.875 + 0.75 * 0.125, 3)
    assert weighed(found, "") == (0.75 * 0.875, 2)
    assert weighed(found, "a: x; b: y") == (0.25 * 0.125, 1)
    assert not found.more_than(3)


@pytest.mark.parametrize(
    "change", [{"probability": 0.0}, {"from_period": 2}, {"to_period": 0}, {"deliverable": 1.0}]
)
def test_what_cannot_happen_or_changes_nothing_is_no_outcome(change):
    row = {"probability": 0.5, "deliverable": 0.0, **change}
    found = futures(risk("a", "x", row.pop("probability"), **row))
    assert found.read("a: x") is None
    assert named(found, "") == "certain"


def test_an_effect_to_the_end_is_the_same_however_it_is_written():
    found = futures(
        risk("a", "x", 0.5, deliverable=0.0), risk("a", "y", 0.5, deliverable=0.0, to_period=9)
    )
    assert weighed(found, "a: x") == (1.0, 2)
    assert weighed(found, "") == (0.0, 0)


def test_an_effect_that_began_before_the_start_keeps_its_date():
    found = futures(
        risk("a", "x", 0.5, deliverable=0.0), risk("a", "y", 0.5, deliverable=0.0, from_period=-3)
    )
    assert weighed(found, "a: x") == (0.5, 1)


def test_names_are_those_of_results_and_say_the_risk_where_two_share_one():
    found = futures(
        risk("a", "slow", 0.25, deliverable=0.0),
        risk("b", "slow", 0.25, delay_days=5.0),
        risk("b", "off; c: on", 0.25, delay_days=6.0),
        risk("c", "on", 0.25, delay_days=7.0),
    )
    assert named(found, "a: slow; b: slow; c: on") == "a: slow + b: slow + on"
    assert named(found, "b: off; c: on; c: on") == "off; c: on + on"
    assert named(found, "") == "nothing happens"
    assert found.read("c: on; a: slow") is None
    assert found.read("a: slow; ") is None


def test_thirty_risks_do_not_blow_up():
    rows = [
        risk(f"r{n}", f"x{k}", 0.25, deliverable=1 / (2 + n + 40 * k))
        for n in range(30)
        for k in range(3)
    ]
    found = futures(*rows)
    assert found.more_than(64)
    happens = "; ".join(f"r{n}: x{n % 3}" for n in range(30))
    assert weighed(found, happens) == (0.25**30, 1)


@pytest.mark.parametrize("seed", range(5))
def test_the_worst_combination_is_that_of_all_combinations(seed):
    chance = random.Random(seed)
    rows = [
        risk(f"r{n}", f"x{k}", 0.25, target=chance.choice("KLM"), from_period=chance.choice((1, 2)),
             deliverable=chance.choice((0.0, 0.25, 0.5)))
        for n in range(5)
        for k in range(3)
    ]  # fmt: skip
    data = small(risks=rows, horizon=2, offers=[offer("K"), offer("L"), offer("M")])
    plan = both(lambda p: type(p)(data, p.facts), edited_outcomes(("nothing happens", "", 1.0)))
    case = case_of(plan(licence.plan()))
    deliveries = Deliveries(case)
    every = itertools.product(*(one.results for one in case.futures.risks))
    sums = []
    for combination in every:
        effects = together(*(result.effects for result in combination))
        factors = [
            math.prod(e.deliverable for e in effects if e.holds(t) and e.target == k)
            for k in "KLM"
            for t in (1, 2)
        ]
        assert deliveries.of(effects) == pytest.approx(sum(factors))
        sums.append(sum(factors))
    least, effects = deliveries.least()
    assert least == pytest.approx(min(sums))
    assert deliveries.of(effects) == pytest.approx(least)


def overbooked(*changes) -> list[float | str]:
    plan = both(*changes)(licence.plan())
    return [v.expected for v in verify(plan) if v.check is Check.OVERBOOKING]


def test_the_need_is_expected_demand_and_the_largest_cover():
    """212.5 of M are expected; 0.1 years' cover is 15 at most, before the boom."""
    tight = settings(overbooking=0.1)
    cover = added("stock_policy", StockTarget(min_cover_days=36.525))
    assert overbooked(tight) == [pytest.approx(21.25)]
    assert overbooked(tight, cover) == [pytest.approx(22.75)]


def test_the_need_of_a_substitute_is_what_it_may_replace():
    """In the second year, two units for each unit of at most a fifth of 100, or of 150."""
    row = Substitution(item="M", substitute="N", ratio=2.0, max_share=0.2, from_period=2)
    plan = both(added("items", Item(item="N")), added("substitutions", row))(licence.plan())
    assert expected_demand(case_of(plan), "N") == pytest.approx(0.4 * (0.75 * 100 + 0.25 * 150))
