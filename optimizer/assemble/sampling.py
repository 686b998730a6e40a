"""Outcomes drawn by chance, where there are too many of them, and the worst one beside them."""

from __future__ import annotations

import bisect
import itertools
import math
import random
import sys
from collections.abc import Sequence

from optimizer.assemble.ground import Ground
from optimizer.assemble.joints import Joint, Keys, merged
from optimizer.assemble.likelihood import probability_of
from optimizer.assemble.reach import Reach
from optimizer.assemble.risks import Cause
from optimizer.assemble.worst import worst_of

Choice = tuple[int, ...]
"""For each cause the place of its way."""


def sample(
    causes: Sequence[Cause], most: int, ground: Ground, reach: Reach
) -> tuple[list[Joint], bool]:
    """At most so many outcomes in the order of the combinations, and whether the worst is proven.

    The outcome of the worst combination keeps its own probability; the others are drawn (with the
    seed of the settings) and share the rest equally.  Where only one is wanted, it is the worst.
    """
    order = _order(causes)
    ordered = [
        Cause(causes[place].risk, tuple(causes[place].ways[n] for n in ways))
        for place, ways in order
    ]
    worst = worst_of(ordered, ground, reach)
    own = max(probability_of(ordered, _keys(ordered, worst.choice)), sys.float_info.min)
    others = _others(ordered, worst.choice, most - 1, random.Random(ground.settings.seed))
    shares = [(worst.choice, own), *((choice, (1.0 - own) / len(others)) for choice in others)]
    found: dict[Keys, Joint] = {}
    for choice, share in shares:
        joint = _joint(causes, _as_on_the_sheet(order, choice), share)
        keys = _keys(ordered, choice)
        found[keys] = merged(found[keys], joint) if keys in found else joint
    return sorted(found.values(), key=lambda joint: joint.choice), worst.proven


def _order(causes: Sequence[Cause]) -> list[tuple[int, Choice]]:
    """The places of the causes and of their ways, by what they do and not by where they stand."""
    ways = [_by_effects(cause) for cause in causes]
    places = sorted(
        range(len(causes)),
        key=lambda p: [(causes[p].ways[n].keys, causes[p].ways[n].probability) for n in ways[p]],
    )
    return [(place, ways[place]) for place in places]


def _by_effects(cause: Cause) -> Choice:
    return tuple(sorted(range(len(cause.ways)), key=lambda place: cause.ways[place].keys))


def _as_on_the_sheet(order: Sequence[tuple[int, Choice]], choice: Choice) -> Choice:
    """The same choice, with causes and ways in the order of the sheet again."""
    back = {place: ways[n] for (place, ways), n in zip(order, choice, strict=True)}
    return tuple(back[place] for place in range(len(back)))


def _keys(causes: Sequence[Cause], choice: Choice) -> Keys:
    """What a combination does."""
    return tuple(sorted(key for c, n in zip(causes, choice, strict=True) for key in c.ways[n].keys))


def _joint(causes: Sequence[Cause], choice: Choice, probability: float) -> Joint:
    chances = (c.ways[n].chance for c, n in zip(causes, choice, strict=True))
    return Joint(probability, math.fsum(map(math.log, chances)), choice, 1)


def _others(
    causes: Sequence[Cause], worst: Choice, number: int, chances: random.Random
) -> list[Choice]:
    """At most so many combinations that do not do the same as the worst; at least one, if any."""
    others: list[Choice] = []
    while number and not others:
        drawn = (_drawn(causes, worst, chances) for _ in range(number))
        others = [choice for choice in drawn if _keys(causes, choice) != _keys(causes, worst)]
    return others


def _drawn(causes: Sequence[Cause], worst: Choice, chances: random.Random) -> Choice:
    """A combination, drawn from all but the worst.

    First it is drawn which cause is the first that goes another way than in the worst; those
    before it go as there, those after it go as they may.  So nothing is drawn in vain, however
    likely the worst is.
    """
    differing = _first_to_differ(causes, worst, chances.random())
    choice = list(worst)
    for place in range(differing, len(causes)):
        if len(causes[place].ways) > 1:
            besides = worst[place] if place == differing else None
            choice[place] = _thrown(causes[place], chances.random(), besides)
    return tuple(choice)


def _first_to_differ(causes: Sequence[Cause], worst: Choice, chance: float) -> int:
    steps = []
    as_worst, passed = 1.0, 0.0
    for cause, place in zip(causes, worst, strict=True):
        others = math.fsum(way.probability for n, way in enumerate(cause.ways) if n != place)
        passed += as_worst * others
        as_worst *= cause.ways[place].probability
        steps.append(passed)
    return bisect.bisect_right(steps, chance * steps[-1])


def _thrown(cause: Cause, chance: float, besides: int | None) -> int:
    """The place of a way of the cause, by a number from 0 to 1; one may be left out."""
    places = [place for place in range(len(cause.ways)) if place != besides]
    steps = list(itertools.accumulate(cause.ways[place].probability for place in places))
    return places[bisect.bisect_right(steps, chance * steps[-1])]
