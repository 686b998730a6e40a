"""Outcomes: combinations of the results of Risks, what is merged, dropped, sampled."""

import itertools
import math
import random
from collections.abc import Sequence
from typing import Any

import pytest

from models.problem import Aim, Band, Measure
from optimizer.assemble import assemble
from optimizer.assemble.outcomes import COUNTED, Outcomes, outcomes_of
from optimizer.contract.policy import RiskEffect
from optimizer.contract.settings import Settings
from tests.small import need, offer, small

NUMBERS = {"deliverable", "delay_days", "price_factor", "price_add", "demand_factor"}


def row(risk: str, result: str, probability: float | None = None, **effect: Any) -> RiskEffect:
    """A row of Risks; by default it stops the supplier K for good."""
    effect.setdefault("scope", "supplier")
    effect.setdefault("target", "K")
    if NUMBERS.isdisjoint(effect):
        effect["deliverable"] = 0.0
    return RiskEffect(risk=risk, result=result, probability=probability, **effect)


def outcomes(*rows: RiskEffect, periods: int = 1, **settings: Any) -> Outcomes:
    data = small(
        risks=rows,
        offers=[offer("K"), offer("L"), offer("M")],
        settings=Settings(start="2025-01", periods=periods, **settings),
    )
    return outcomes_of(data)


def chances(found: Outcomes) -> dict[str, float]:
    return {name: round(chance, 12) for name, chance in found.probabilities.items()}


def test_two_results_of_one_risk_and_nothing() -> None:
    found = outcomes(row("licence", "slow", 0.3, delay_days=90), row("licence", "refused", 0.2))
    assert chances(found) == {"slow": 0.3, "refused": 0.2, "nothing happens": 0.5}
    assert [one.happens for one in found.all] == ["licence: slow", "licence: refused", ""]
    assert (found.combinations, found.sampled) == (3, False)


def test_every_combination_of_two_risks() -> None:
    found = outcomes(row("strike", "long", 0.5), row("fire", "bad", 0.25, target="L"))
    assert chances(found) == {
        "long + bad": 0.125,
        "long": 0.375,
        "bad": 0.125,
        "nothing happens": 0.375,
    }
    assert found.all[0].results == (("strike", "long"), ("fire", "bad"))
    assert [effect.target for effect in found.all[0].effects] == ["K", "L"]


def test_a_result_may_have_several_rows_and_its_probability_on_any_of_them() -> None:
    found = outcomes(
        row("licence", "freeze", to_period=2), row("licence", "freeze", 0.4, from_period=3,
                                                   deliverable=0.5), periods=4,
    )  # fmt: skip
    assert chances(found) == {"freeze": 0.4, "nothing happens": 0.6}
    assert [effect.deliverable for effect in found.all[0].effects] == [0.0, 0.5]


def test_results_of_one_name_are_told_apart_by_their_risk() -> None:
    found = outcomes(row("fire", "bad", 0.5), row("strike", "bad", 0.5, target="L"),
                     row("war", "worse", 0.5, target="M"))  # fmt: skip
    assert next(iter(found.probabilities)) == "fire: bad + strike: bad + worse"


def test_no_two_outcomes_have_one_name() -> None:
    found = outcomes(row("r1", "a", 0.1), row("r1", "a + b", 0.1, target="M"),
                     row("r2", "b", 0.5, target="L"))  # fmt: skip
    assert list(found.probabilities)[:4] == ["a + b", "a", "a + b + b", "a + b (2)"]


def test_what_is_missing_to_1_by_rounding_is_none() -> None:
    found = outcomes(row("r", "a", 0.7), row("r", "b", 0.3 - 5e-10, target="L"))
    assert list(found.probabilities) == ["a", "b"]
    assert math.fsum(found.probabilities.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("effect", [
    {"deliverable": 1.0}, {"price_add": 0.0}, {"to_period": 0, "deliverable": 0.0},
    {"from_period": 5, "deliverable": 0.0},
])  # fmt: skip
def test_what_changes_nothing_is_no_effect(effect: dict[str, object]) -> None:
    only = outcomes(row("idle", "as ever", 0.4, **effect), periods=4)
    assert chances(only) == {"certain": 1.0}
    assert (only.all[0].stands_for, only.combinations) == (2, 2)
    beside = outcomes(row("idle", "as ever", 0.4, **effect), row("fire", "bad", 0.5), periods=4)
    assert chances(beside) == {"bad": 0.5, "nothing happens": 0.5}
    assert beside.all[0].results == (("fire", "bad"),)
    assert beside.stands_for == {"bad": 2, "nothing happens": 2}


def test_without_risks_and_with_impossible_ones_the_outcome_is_certain() -> None:
    assert chances(outcomes()) == {"certain": 1.0}
    assert chances(outcomes(row("fire", "bad", 0.0))) == {"certain": 1.0}


def test_a_certain_result_is_the_only_outcome() -> None:
    (only,) = outcomes(row("fire", "bad", 1.0)).all
    assert (only.name, only.probability, len(only.effects)) == ("bad", 1.0, 1)


def test_equal_outcomes_are_merged_under_the_likeliest_name() -> None:
    found = outcomes(row("fire", "small", 0.1), row("fire", "large", 0.2),
                     row("strike", "long", 0.25))  # fmt: skip
    # Whatever stops K alone is one outcome: a strike is likelier than either fire.
    assert chances(found) == {"large + long": 0.075, "long": 0.4, "nothing happens": 0.525}
    assert found.stands_for == {"large + long": 2, "long": 3, "nothing happens": 1}
    assert found.combinations == 6


def test_an_effect_that_ends_with_the_horizon_is_the_same_as_one_without_end() -> None:
    found = outcomes(row("r", "a", 0.2, to_period=3, deliverable=0.0), row("r", "b", 0.3),
                     row("r", "c", 0.1, to_period=2, deliverable=0.0), periods=3)  # fmt: skip
    assert chances(found) == {"b": 0.5, "c": 0.1, "nothing happens": 0.4}


def test_splitting_a_result_changes_nothing_but_what_is_counted() -> None:
    whole = outcomes(row("r", "a", 0.4), row("s", "b", 0.5, target="L"))
    halves = outcomes(row("r", "a", 0.2), row("r", "half", 0.2), row("s", "b", 0.5, target="L"))
    assert chances(whole) == chances(halves)
    assert halves.stands_for["a + b"] == 2


ROWS = [
    row("fire", "bad", 0.3, deliverable=0.5),
    row("strike", "long", 0.2, target="L", deliverable=0.1),
    row("licence", "refused", 0.1, target="M"),
    row("licence", "half", 0.5, target="M", deliverable=0.5),
    row("storm", "late", 0.4, target="*", delay_days=40.0),
    row("flood", "late", 0.4, target="L", delay_days=50.0),
]


def test_the_worst_keeps_its_own_probability_in_a_sample() -> None:
    found = outcomes(*ROWS, max_outcomes=10)
    assert found.sampled
    assert found.worst_proven
    assert found.combinations == 2 * 2 * 3 * 2 * 2
    assert len(found.all) <= 10
    # Of those in which least is delivered the likeliest: delays take nothing away.
    assert found.probabilities["bad + long + refused"] == pytest.approx(0.3 * 0.2 * 0.1 * 0.36)
    rest = (1 - 0.3 * 0.2 * 0.1 * 0.36) / 9
    for one in found.all:
        if one.name != "bad + long + refused":
            assert one.probability == pytest.approx(one.stands_for * rest)
    assert math.fsum(found.probabilities.values()) == pytest.approx(1, abs=1e-12)


def test_a_sample_depends_on_the_seed_and_on_nothing_else() -> None:
    first = chances(outcomes(*ROWS, max_outcomes=10))
    mixed = list(ROWS)
    random.Random(3).shuffle(mixed)
    again = outcomes(*mixed, max_outcomes=10)
    assert sorted(chances(again).values()) == sorted(first.values())
    assert {frozenset(name.split(" + ")) for name in again.probabilities} == {
        frozenset(name.split(" + ")) for name in first
    }
    idle = row("idle", "as ever", 0.5, deliverable=1.0)
    assert chances(outcomes(idle, *ROWS, max_outcomes=10)) == first
    assert chances(outcomes(*ROWS, max_outcomes=10, seed=1)) != first


def test_a_sample_gets_the_probabilities_right_in_the_long_run() -> None:
    exact = outcomes(*ROWS)
    sampled = outcomes(*ROWS, max_outcomes=47)
    assert not exact.sampled
    assert sampled.sampled
    several = [outcomes(*ROWS, max_outcomes=47, seed=seed).probabilities for seed in range(60)]
    for name, chance in exact.probabilities.items():
        mean = sum(found.get(name, 0.0) for found in several) / len(several)
        assert mean == pytest.approx(chance, abs=0.012)


def test_one_outcome_of_many_is_the_worst() -> None:
    assert chances(outcomes(*ROWS, max_outcomes=1)) == {"bad + long + refused": 1.0}


def test_the_worst_has_the_probability_of_all_combinations_that_come_to_it() -> None:
    swapped = [row("r1", "a", 0.25), row("r1", "b", 0.25, target="L"),
               row("r2", "a", 0.25), row("r2", "b", 0.25, target="L")]  # fmt: skip
    found = outcomes(*swapped, max_outcomes=4)
    assert found.sampled
    worst = next(one for one in found.all if len({e.target for e in one.effects}) == 2)
    assert worst.probability == pytest.approx(2 * 0.25 * 0.25)


@pytest.mark.parametrize("seed", range(12))
def test_the_worst_is_the_least_of_all_sums(seed: int) -> None:
    """Against all combinations, of risks none of whose results is simply worse than the others."""
    chance = random.Random(seed)
    periods = 3
    rows = []
    for number, result in itertools.product(range(5), ("x", "y", "z")):
        start = chance.randint(1, periods)
        effect = {
            "target": chance.choice("KLM*"), "from_period": start,
            "to_period": chance.randint(start, periods), "deliverable": chance.random(),
        }  # fmt: skip
        rows.append(row(f"r{number}", result, 1 / 3, **effect))
    found = outcomes(*rows, periods=periods, max_outcomes=5)
    assert found.worst_proven
    by_risk = [[[one] for one in rows if one.risk == f"r{number}"] for number in range(5)]
    least = min(_sum([effect for (effect,) in combination], periods)
                for combination in itertools.product(*by_risk))  # fmt: skip
    assert min(_sum(one.effects, periods) for one in found.all) == pytest.approx(least)


def _sum(effects: Sequence[RiskEffect], periods: int) -> float:
    total = 0.0
    for supplier, period in itertools.product("KLM", range(1, periods + 1)):
        total += math.prod(
            effect.deliverable
            for effect in effects
            if effect.target in ("*", supplier)
            and effect.from_period <= period <= (effect.to_period or periods)
        )
    return total


def test_hundreds_of_risks_are_no_trouble() -> None:
    shares = random.Random(0)
    rows = [row(f"r{n}", "x", 0.3, target="KLM"[n % 3], deliverable=shares.random())
            for n in range(300)]  # fmt: skip
    found = outcomes(*rows, max_outcomes=64)
    assert (found.sampled, found.worst_proven, found.combinations) == (True, True, COUNTED)
    assert math.fsum(found.probabilities.values()) == pytest.approx(1, abs=1e-12)
    assert max(len(one.effects) for one in found.all) == 300


def test_many_equal_risks_are_few_outcomes() -> None:
    found = outcomes(*(row(f"r{n}", "x", 0.5, deliverable=0.5) for n in range(40)))
    assert len(found.all) == 41
    assert not found.sampled
    assert sorted(found.probabilities.values())[-1] == pytest.approx(math.comb(40, 20) / 2**40)


def test_a_workbook_without_risks_has_nothing_of_them() -> None:
    settings = Settings(risk_measure="cvar", late_orders="pro_rata", overbooking=1.0)
    problem = assemble(small(settings=settings))
    assert problem.outcomes == {"certain": 1.0}
    assert (problem.supply.deliverable, problem.supply.call_off) == ({}, {})
    assert problem.supply.overbooking == math.inf
    assert (problem.shares_orders, problem.late_orders_pro_rata) == ({}, False)
    assert problem.aim == Aim()


def test_settings_of_risk_hold_where_there_is_more_than_one_outcome() -> None:
    settings = Settings(risk_measure="cvar", cvar_level=0.8, risk_weight=0.3,
                        late_orders="pro_rata", overbooking=1.1, call_off_min=0.4)  # fmt: skip
    offers = [offer("K"), offer("L", call_off_min=0.0, call_off_max=2.0)]
    problem = assemble(small(settings=settings, offers=offers, risks=[row("fire", "bad", 0.5)]))
    assert problem.outcomes == {"bad": 0.5, "nothing happens": 0.5}
    assert problem.aim == Aim(Measure.CVAR, 0.8, 0.3)
    assert problem.late_orders_pro_rata
    assert problem.supply.overbooking == 1.1
    assert problem.supply.call_off == {("K", "P"): Band(0.4, 1.5), ("L", "P"): Band(0.0, 2.0)}


def test_one_outcome_that_delivers_half_still_limits_overbooking() -> None:
    risks = [row("licence", "half", 1.0, deliverable=0.5)]
    supply = assemble(small(demand=need(10, 10), risks=risks)).supply
    assert (supply.call_off, supply.overbooking) == ({}, 1.2)
    dearer = [row("market", "dear", 1.0, price_factor=2.0)]
    assert assemble(small(risks=dearer)).supply.overbooking == math.inf
