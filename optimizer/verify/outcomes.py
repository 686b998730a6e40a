"""The joint futures of the plan against the rows of Risks."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import OutcomeResult
from optimizer.verify.case import Case
from optimizer.verify.effects import Effects
from optimizer.verify.futures import Combination, futures_of
from optimizer.verify.tolerance import RELATIVE, unit
from optimizer.verify.violation import Check, Violation, at_most, same, words
from optimizer.verify.worst import Deliveries


def check_happens(plan: Plan) -> Iterator[Violation]:
    """What happens in an outcome stands in Risks; without that, nothing can be worked out."""
    futures = futures_of(plan.data)
    for row in plan.tables.outcomes:
        if futures.read(row.happens) is None:
            yield words(Check.HAPPENS, _place(row), "results of Risks that do something",
                        row.happens)  # fmt: skip


def check_outcomes(case: Case) -> Iterator[Violation]:
    """Probabilities add up to 1; each outcome is one set of effects, with its probability.

    Where there are more futures than ``max_outcomes``, the outcomes are a sample: then only the
    worst of them must stand there with its own probability, or for all if there is no other.
    """
    total = sum(row.probability for row in case.tables.outcomes)
    yield from same(Check.PROBABILITIES, "all outcomes", 1.0, total, unit(1.0))
    most = case.data.settings.max_outcomes
    sampled = case.futures.more_than(most)
    seen: dict[Effects, OutcomeResult] = {}
    for row in case.tables.outcomes:
        combination = case.futures.read(row.happens)
        if combination is None:
            continue
        first = seen.setdefault(combination.effects, row)
        if first is not row:
            yield words(Check.SAME_OUTCOME, _place(row), "other effects than any other outcome",
                        f"those of {first.outcome}")  # fmt: skip
            continue
        name = case.futures.name(combination)
        if row.outcome != name:
            yield words(Check.OUTCOME_NAME, _place(row), name, row.outcome)
        if not sampled:
            yield from _weight(case, row, combination)
    if sampled:
        place = "all outcomes"
        yield from at_most(Check.SAMPLE, place, most, len(case.tables.outcomes), 0.0)
        yield from _worst(case, seen)


def _weight(case: Case, row: OutcomeResult, combination: Combination) -> Iterator[Violation]:
    weight = case.futures.weigh(combination.effects)
    chance = case.futures.chance(combination)
    place = _place(row)
    yield from same(Check.PROBABILITY, place, weight.probability, row.probability, unit(1.0))
    yield from same(Check.STANDS_FOR, place, weight.combinations, row.stands_for, 0.0)
    if chance < weight.likeliest * (1 - RELATIVE):
        yield words(Check.LIKELIEST, place, "the likeliest combination of these effects",
                    row.happens or "nothing")  # fmt: skip


def _worst(case: Case, seen: dict[Effects, OutcomeResult]) -> Iterator[Violation]:
    deliveries = Deliveries(case)
    least, effects = deliveries.least()
    kept = {e: row for e, row in seen.items() if deliveries.of(e) <= least + unit(least)}
    alone = case.data.settings.max_outcomes == 1
    if not kept:
        happens = "; ".join(f"{e.scope} {e.target}" for e in effects)
        yield words(Check.SAMPLE, "the worst combination", f"kept: {happens}", "missing")
        return
    worths = {e: 1.0 if alone else case.futures.weigh(e).probability for e in kept}
    if not any(abs(worths[e] - row.probability) <= unit(1.0) for e, row in kept.items()):
        worst, row = next(iter(kept.items()))
        expected = worths[worst]
        yield from same(Check.PROBABILITY, _place(row), expected, row.probability, unit(1.0))


def _place(row: OutcomeResult) -> str:
    return f"outcome {row.outcome}"
