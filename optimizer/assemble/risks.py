"""Risks as independent causes: the ways in which each can go, and what each way does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from optimizer.contract.policy import RiskEffect

NOTHING = ""
"""The result of a risk of which nothing comes."""

_NO_CHANCE = 1e-9
"""What adding up percentages leaves to 1, not a chance that nothing happens."""

EffectKey: TypeAlias = tuple[str, str, int, int, float, float, float, float, float]
"""scope, target, first and last period, then the numbers: what makes two effects the same."""


@dataclass(frozen=True, slots=True)
class Way:
    """The results of one risk that do the same.

    ``result``: the likeliest of them (of equals the first on the sheet), with its ``chance``;
    ``probability``: of all of them; ``results``: how many.  ``keys``: of the effects, sorted.
    """

    result: str
    chance: float
    probability: float
    results: int
    effects: tuple[RiskEffect, ...]
    keys: tuple[EffectKey, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """One risk and its ways, in the order of the sheet; the way without effects stands last."""

    risk: str
    ways: tuple[Way, ...]


def causes_of(rows: Iterable[RiskEffect], last: int) -> tuple[Cause, ...]:
    """The risks in the order in which they first stand on the sheet.

    ``last``: T, where effects without an end, or with a later one, end.  Probabilities of a risk
    add up to 1; ways of probability 0 are left out.
    """
    by_risk: dict[str, dict[str, list[RiskEffect]]] = {}
    for row in rows:
        by_risk.setdefault(row.risk, {}).setdefault(row.result, []).append(row)
    return tuple(Cause(risk, _ways(results, last)) for risk, results in by_risk.items())


def key_of(effect: RiskEffect, last: int) -> EffectKey:
    """What makes the effect the same as another one."""
    return (
        effect.scope,
        effect.target,
        effect.from_period,
        last_period(effect, last),
        effect.deliverable,
        effect.delay_days,
        effect.price_factor,
        effect.price_add,
        effect.demand_factor,
    )


def last_period(effect: RiskEffect, last: int) -> int:
    """The last period of the horizon in which the effect is in force."""
    return last if effect.to_period is None else min(effect.to_period, last)


def _changes_anything(effect: RiskEffect, last: int) -> bool:
    """Whether the effect is in force in the horizon, and any of its numbers does something."""
    end = last_period(effect, last)
    if end < 1 or end < effect.from_period:
        return False
    ones = (effect.deliverable, effect.price_factor, effect.demand_factor)
    return any(number != 1 for number in ones) or effect.delay_days != 0 or effect.price_add != 0


def _ways(results: dict[str, list[RiskEffect]], last: int) -> tuple[Way, ...]:
    chances = {
        result: next((row.probability for row in rows if row.probability is not None), 0.0)
        for result, rows in results.items()
    }
    whole = math.fsum(chances.values())
    missing = 1.0 - whole
    if missing >= _NO_CHANCE:
        whole = 1.0
    else:
        missing = 0.0
    found: dict[tuple[EffectKey, ...], list[tuple[str, float, tuple[RiskEffect, ...]]]] = {}
    for result, rows in results.items():
        effects = tuple(row for row in rows if _changes_anything(row, last))
        keys = tuple(sorted(key_of(row, last) for row in effects))
        if chances[result] > 0:
            found.setdefault(keys, []).append((result, chances[result] / whole, effects))
    if missing:
        found.setdefault((), []).append((NOTHING, missing, ()))
    ways = [_merged(keys, same) for keys, same in found.items()]
    return tuple(sorted(ways, key=lambda way: not way.effects))


def _merged(
    keys: tuple[EffectKey, ...], same: Sequence[tuple[str, float, tuple[RiskEffect, ...]]]
) -> Way:
    result, chance, effects = max(same, key=lambda one: one[1])
    probability = math.fsum(one[1] for one in same)
    return Way(result if effects else NOTHING, chance, probability, len(same), effects, keys)
