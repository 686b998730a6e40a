"""The rows of Risks: what each result of each risk does, and how likely it is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect

NO_CHANCE = 1e-9
"""What is missing to 1 over a risk is nothing if it is less than this."""


@dataclass(frozen=True, slots=True, order=True)
class Effect:
    """What a row does, whoever's it is: two rows with the same numbers are the same effect.

    ``first`` may lie before the start of the horizon; ``last`` is within it.
    """

    scope: str
    target: str
    first: int
    last: int
    deliverable: float
    delay_days: float
    price_factor: float
    price_add: float
    demand_factor: float

    def holds(self, period: int) -> bool:
        """Whether it is in force then."""
        return self.first <= period <= self.last


Effects = tuple[Effect, ...]
"""Sorted; an effect that stands there twice acts twice."""


@dataclass(frozen=True, slots=True)
class Result:
    """One way a risk can go; without a name: nothing happens."""

    name: str
    probability: float
    effects: Effects


@dataclass(frozen=True, slots=True)
class Risk:
    """Its possible results, of which the probabilities add up to 1."""

    name: str
    results: tuple[Result, ...]


def together(*parts: Iterable[Effect]) -> Effects:
    """The effects of several results, in the order in which they are compared."""
    return tuple(sorted(effect for part in parts for effect in part))


def risks_of(data: Data) -> tuple[Risk, ...]:
    """The risks in the order in which they first stand; impossible results are left out."""
    rows: dict[str, dict[str, list[RiskEffect]]] = {}
    for row in data.risks:
        rows.setdefault(row.risk, {}).setdefault(row.result, []).append(row)
    return tuple(Risk(name, _results(of_risk, data.horizon)) for name, of_risk in rows.items())


def _results(rows: dict[str, list[RiskEffect]], horizon: int) -> tuple[Result, ...]:
    found = []
    for name, of_result in rows.items():
        probability = math.fsum(row.probability or 0.0 for row in of_result)
        effects = (effect for row in of_result for effect in _effect(row, horizon))
        if probability > 0:
            found.append(Result(name, probability, together(effects)))
    missing = 1.0 - math.fsum(result.probability for result in found)
    if missing > NO_CHANCE:
        found.append(Result("", missing, ()))
    return tuple(found)


def _effect(row: RiskEffect, horizon: int) -> Effects:
    """None if the row changes nothing, or nothing within the horizon."""
    last = horizon if row.to_period is None else min(row.to_period, horizon)
    numbers = (
        row.deliverable, row.delay_days, row.price_factor, row.price_add, row.demand_factor
    )  # fmt: skip
    if numbers == (1.0, 0.0, 1.0, 0.0, 1.0) or last < max(1, row.from_period):
        return ()
    return (Effect(row.scope, row.target, row.from_period, last, *numbers),)
