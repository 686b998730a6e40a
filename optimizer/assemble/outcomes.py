"""Outcomes: every combination of one result per risk; those that do the same are one outcome."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from optimizer.assemble.ground import Ground, ground_of
from optimizer.assemble.joints import Joint, merged
from optimizer.assemble.licensing import licences_of
from optimizer.assemble.origins import origins_of
from optimizer.assemble.reach import Reach
from optimizer.assemble.risks import Cause, EffectKey, causes_of
from optimizer.assemble.sampling import sample
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect

CERTAIN = "certain"
"""The one outcome where no risk does anything."""
NOTHING_HAPPENS = "nothing happens"
"""The outcome without any effect, beside others."""
COUNTED = 10**15
"""Combinations are counted up to this number; spreadsheets hold no larger one exactly."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One joint future.

    ``results``: (risk, result) of its likeliest combination, only results that have an effect, in
    the order in which the risks first stand in Risks.  ``effects``: rows of Risks in that order.
    ``stands_for``: how many combinations of results do the same; where outcomes are sampled, how
    many of those that were drawn.
    """

    name: str
    probability: float
    results: tuple[tuple[str, str], ...]
    effects: tuple[RiskEffect, ...]
    stands_for: int

    @property
    def happens(self) -> str:
        """``risk: result; risk: result``; empty: nothing happens."""
        return "; ".join(f"{risk}: {result}" for risk, result in self.results)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes of a workbook, in the order of the combinations; probabilities in sum 1.

    ``combinations``: of results with a probability above 0, counted up to `COUNTED`.
    ``sampled``: there are more different outcomes than Settings.max_outcomes.  ``worst_proven``:
    no combination delivers less than the worst of the sample; always true if nothing is sampled.
    """

    all: tuple[Outcome, ...]
    combinations: int
    sampled: bool = False
    worst_proven: bool = True

    @property
    def probabilities(self) -> Mapping[str, float]:
        """Name -> probability."""
        return {outcome.name: outcome.probability for outcome in self.all}

    @property
    def stands_for(self) -> Mapping[str, int]:
        """Name -> how many combinations, or drawn ones, do the same."""
        return {outcome.name: outcome.stands_for for outcome in self.all}


def outcomes_of(data: Data) -> Outcomes:
    """The outcomes of a workbook.  Without any effect: the one outcome ``certain``."""
    ground = ground_of(data)
    origins = origins_of(ground)
    return combined(ground, Reach(ground, origins, licences_of(ground, origins)))


def combined(ground: Ground, reach: Reach) -> Outcomes:
    """The same, from what is already prepared."""
    causes = causes_of(ground.data.risks, ground.clock.last)
    most = ground.settings.max_outcomes
    joints = _all(causes, most)
    sampled = joints is None
    worst_proven = True
    if joints is None:
        joints, worst_proven = sample(causes, most, ground, reach)
    names = _names(causes, joints, ground.data.risks)
    total = math.fsum(joint.probability for joint in joints)
    outcomes = (
        _outcome(causes, joint, name, joint.probability / total)
        for joint, name in zip(joints, names, strict=True)
    )
    combinations = math.prod(sum(way.results for way in cause.ways) for cause in causes)
    return Outcomes(tuple(outcomes), min(combinations, COUNTED), sampled, worst_proven)


def _all(causes: Sequence[Cause], most: int) -> list[Joint] | None:
    """All different outcomes, or None if there are more than so many.

    One risk is added after the other, and what does the same is merged at once.  Another risk
    never makes the different ones fewer, so that the first step with too many of them is the end.
    """
    # Numbers in place of the effects: the same combinations are the same, and quicker to compare.
    numbers: dict[EffectKey, int] = {}
    found: dict[tuple[int, ...], Joint] = {(): Joint(1.0, 0.0, (), 1)}
    for cause in causes:
        does = [[numbers.setdefault(key, len(numbers)) for key in w.keys] for w in cause.ways]
        grown: dict[tuple[int, ...], Joint] = {}
        for known, joint in found.items():
            for place, way in enumerate(cause.ways):
                longer = Joint(
                    joint.probability * way.probability,
                    joint.log_chance + math.log(way.chance),
                    (*joint.choice, place),
                    min(joint.stands_for * way.results, COUNTED),
                )
                both = tuple(sorted((*known, *does[place])))
                grown[both] = merged(grown[both], longer) if both in grown else longer
        if len(grown) > most:
            return None
        found = grown
    return sorted((j for j in found.values() if j.probability > 0), key=lambda j: j.choice)


def _outcome(causes: Sequence[Cause], joint: Joint, name: str, probability: float) -> Outcome:
    ways = joint.ways(causes)
    return Outcome(
        name=name,
        probability=probability,
        results=tuple(
            (cause.risk, way.result) for cause, way in zip(causes, ways, strict=True) if way.effects
        ),
        effects=tuple(effect for way in ways for effect in way.effects),
        stands_for=min(joint.stands_for, COUNTED),
    )


def _names(
    causes: Sequence[Cause], joints: Sequence[Joint], rows: Iterable[RiskEffect]
) -> list[str]:
    """The results that have an effect, each with its risk where two risks use its name."""
    if not any(way.effects for cause in causes for way in cause.ways):
        return [CERTAIN]
    used = Counter(result for _, result in {(row.risk, row.result) for row in rows})
    names = []
    for joint in joints:
        parts = [
            f"{cause.risk}: {way.result}" if used[way.result] > 1 else way.result
            for cause, way in zip(causes, joint.ways(causes), strict=True)
            if way.effects
        ]
        names.append(" + ".join(parts) or NOTHING_HAPPENS)
    return _told_apart(names)


def _told_apart(names: Iterable[str]) -> list[str]:
    """The same names; one that stood before gets a number ("a + b" may be one result's name)."""
    found: dict[str, None] = {}
    for name in names:
        number, own = 1, name
        while own in found:
            number += 1
            own = f"{name} ({number})"
        found[own] = None
    return list(found)
