"""What is known when, and who shares orders because of it."""

from typing import Any

import pytest

from optimizer.assemble import assemble
from optimizer.assemble.knowledge import knowledge_of
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect
from optimizer.contract.settings import Settings
from tests.small import need, small

MONTH = 30.4375
NOTHING = "nothing happens"


def row(risk: str, result: str, probability: float | None = 0.25, **effect: Any) -> RiskEffect:
    effect = {"scope": "supplier", "target": "K", "deliverable": 0.0} | effect
    return RiskEffect(risk=risk, result=result, probability=probability, **effect)


def case(*rows: RiskEffect, reveal_days: float = 0.0, period: str = "month") -> Data:
    settings = Settings(start="2025-01", reveal_days=reveal_days, period=period)
    return small(risks=rows, demand=need(1, 1, 1, 1, 1, 1), settings=settings)


def tree(data: Data) -> dict[int, list[tuple[str, ...]]]:
    return {known.period: [group.outcomes for group in known.groups]
            for known in knowledge_of(data)}  # fmt: skip


@pytest.mark.parametrize(("days", "known_from"), [
    (0, 2), (0.49 * MONTH, 2), (0.5 * MONTH, 3), (MONTH, 3), (90, 5), (1000, None),
])  # fmt: skip
def test_an_effect_is_known_some_time_after_it_begins(days: float, known_from: int | None) -> None:
    data = case(row("fire", "bad", from_period=2), reveal_days=days)
    shared = assemble(data).shares_orders
    last = 6 if known_from is None else known_from - 1
    assert shared == {(t, NOTHING): "bad" for t in range(1, last + 1)}
    expected = {1: [("bad", NOTHING)]}
    if known_from is not None:
        expected[known_from] = [("bad",), (NOTHING,)]
    assert tree(data) == expected


@pytest.mark.parametrize(("begins", "days", "known_from"), [
    (1, 0, 1), (-1, 2 * MONTH, 1), (0, 2 * MONTH, 2), (-1, 4 * MONTH, 3),
])  # fmt: skip
def test_what_began_before_the_start_is_known_the_sooner(
    begins: int, days: float, known_from: int
) -> None:
    data = case(row("fire", "bad", from_period=begins), reveal_days=days)
    assert assemble(data).shares_orders == {(t, NOTHING): "bad" for t in range(1, known_from)}


def test_days_count_by_the_length_of_the_period() -> None:
    data = case(row("fire", "bad"), reveal_days=90, period="quarter")
    assert tree(data) == {1: [("bad", NOTHING)], 2: [("bad",), (NOTHING,)]}


def test_results_with_the_same_beginning_are_told_apart_when_they_part() -> None:
    data = case(
        row("licence", "freeze", to_period=3), row("licence", "freeze", None, from_period=4,
                                                   deliverable=0.5),
        row("licence", "thaw", to_period=3), row("licence", "thaw", None, from_period=4,
                                                 deliverable=0.9),
        row("licence", "cut"),
    )  # fmt: skip
    # An effect is known whole, with its end: a cut is no freeze from the first day on.
    assert tree(data) == {
        1: [("freeze", "thaw"), ("cut",), (NOTHING,)],
        4: [("freeze",), ("thaw",), ("cut",), (NOTHING,)],
    }
    assert assemble(data).shares_orders == {(t, "thaw"): "freeze" for t in (1, 2, 3)}


def test_two_risks_are_known_one_after_the_other() -> None:
    data = case(row("fire", "bad", from_period=3), row("war", "long", target="*", from_period=5))
    assert tree(data) == {
        1: [("bad + long", "bad", "long", NOTHING)],
        3: [("bad + long", "bad"), ("long", NOTHING)],
        5: [("bad + long",), ("bad",), ("long",), (NOTHING,)],
    }
    shared = assemble(data).shares_orders
    assert {o: first for (t, o), first in shared.items() if t == 4} == {
        "bad": "bad + long", NOTHING: "long",
    }  # fmt: skip
    assert max(t for t, _ in shared) == 4
    assert [t for t, _ in shared] == sorted(t for t, _ in shared)


def test_equal_effects_of_two_risks_are_counted() -> None:
    """One stop of half and two of them leave different shares, so they can be told apart."""
    data = case(row("r", "a", deliverable=0.5), row("s", "b", deliverable=0.5))
    assert tree(data) == {1: [("a + b",), ("a",), (NOTHING,)]}


def test_a_group_says_what_is_known_of_it() -> None:
    data = case(row("fire", "bad", from_period=3), row("war", "long", target="*", from_period=5),
                reveal_days=MONTH)  # fmt: skip
    first, second, third = knowledge_of(data)
    assert [known.period for known in (first, second, third)] == [1, 4, 6]
    assert [group.known for group in first.groups] == [()]
    assert [[(e.risk, e.result) for e in group.known] for group in second.groups] == [
        [("fire", "bad")], [],
    ]  # fmt: skip
    assert [[e.risk for e in group.known] for group in third.groups] == [
        ["fire", "war"], ["fire"], ["war"], [],
    ]  # fmt: skip


def test_one_outcome_has_nothing_to_tell_apart() -> None:
    assert tree(case()) == {1: [("certain",)]}
    assert assemble(case(row("fire", "bad", 1.0))).shares_orders == {}
