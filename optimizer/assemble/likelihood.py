"""How likely it is that exactly certain effects come together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from optimizer.assemble.joints import Keys
from optimizer.assemble.risks import Cause, EffectKey

_Counts: TypeAlias = NDArray[np.int64]
"""How often each of the wanted effects is there."""


def probability_of(causes: Sequence[Cause], wanted: Keys) -> float:
    """The probability of all combinations that have exactly these effects together.

    Cause by cause, only what can still become the wanted effects is followed: nothing more than
    they are, and nothing that the causes to come cannot complete.
    """
    aim = Counter(wanted)
    places = {key: place for place, key in enumerate(aim)}
    whole = np.array(list(aim.values()), dtype=np.int64)
    ways = [
        [(_counts(places, way.keys), way.probability)
         for way in cause.ways if aim.keys() >= set(way.keys)]
        for cause in causes
    ]  # fmt: skip
    needed = [whole]
    for one in reversed(ways):
        needed.append(needed[-1] - np.max([counts for counts, _ in one], axis=0))
    states = {b"": (np.zeros_like(whole), 1.0)}
    for place, one in enumerate(ways, start=1):
        grown: dict[bytes, tuple[_Counts, float]] = {}
        for known, probability in states.values():
            for counts, chance in one:
                both = known + counts
                if np.all(both <= whole) and np.all(both >= needed[-1 - place]):
                    _, before = grown.get(both.tobytes(), (both, 0.0))
                    grown[both.tobytes()] = (both, before + probability * chance)
        states = grown
    return sum(probability for _, probability in states.values())


def _counts(places: Mapping[EffectKey, int], keys: Keys) -> _Counts:
    found = np.zeros(len(places), dtype=np.int64)
    for key in keys:
        found[places[key]] += 1
    return found
