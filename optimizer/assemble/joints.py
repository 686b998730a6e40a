"""One combination of the ways of all causes, alone or with those that do the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from optimizer.assemble.risks import Cause, EffectKey, Way

Keys: TypeAlias = tuple[EffectKey, ...]
"""All effects of a combination, sorted: what makes it the same as another one."""

_EQUAL = 1e-12
"""Chances whose logarithms are closer than this are equal but for rounding."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Combinations that do the same.

    ``choice``: of the likeliest one (of equals the first), for each cause the place of its way;
    ``log_chance``: its probability as a logarithm, as hundreds of causes multiply to less than a
    float holds.  ``probability``: of all of them together.
    """

    probability: float
    log_chance: float
    choice: tuple[int, ...]
    stands_for: int

    def ways(self, causes: Sequence[Cause]) -> list[Way]:
        """The ways that the causes go."""
        return [cause.ways[place] for cause, place in zip(causes, self.choice, strict=True)]


def merged(one: Joint, other: Joint) -> Joint:
    """Both as one; it shows the likelier of the two."""
    difference = one.log_chance - other.log_chance
    if abs(difference) <= _EQUAL:
        shown = min(one, other, key=lambda joint: joint.choice)
    else:
        shown = one if difference > 0 else other
    return Joint(
        one.probability + other.probability,
        shown.log_chance,
        shown.choice,
        one.stands_for + other.stands_for,
    )
