"""The worst combination of results: the one in which least is delivered."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.assemble.ground import Ground
from optimizer.assemble.reach import Reach
from optimizer.assemble.risks import Cause, Way, last_period

_WIDTH = 64
"""Partial combinations that are followed at a time."""

_Shares = NDArray[np.float64]
"""What is delivered, for each cell: offers and periods that no way tells apart are one cell."""


@dataclass(frozen=True, slots=True)
class Worst:
    """For each cause the place of its way.  ``proven``: no combination delivers less."""

    choice: tuple[int, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A combination of the causes so far, and what is delivered in it."""

    shares: _Shares
    log_chance: float
    choice: tuple[int, ...]


def worst_of(causes: Sequence[Cause], ground: Ground, reach: Reach) -> Worst:
    """The combination with the least sum of deliverable shares, over active offers and periods.

    Of equals the likeliest.  Cause by cause, the partial combinations that can still become the
    worst are followed; a way that delivers at least as much of everything as another way of its
    cause is left out.  So hundreds of causes take no longer than what they add up to.
    """
    cells, weights = _cells([[_delivered(way, ground, reach) for way in c.ways] for c in causes])
    chosen = [_open_ways(cause, shares) for cause, shares in zip(causes, cells, strict=True)]
    # What the causes from here on leave of each cell at the least.
    least = [np.ones_like(weights)]
    for shares, places in zip(reversed(cells), reversed(chosen), strict=True):
        least.append(least[-1] * np.min([shares[place] for place in places], axis=0))
    parts = [_Part(np.ones_like(weights), 0.0, ())]
    cut = math.inf
    for number, (cause, shares, places) in enumerate(zip(causes, cells, chosen, strict=True)):
        rest = least[-2 - number] * weights
        grown = _distinct(_grown(part, cause, shares, place) for part in parts for place in places)
        grown.sort(key=lambda part: (float(part.shares @ rest), -part.log_chance, part.choice))
        if len(grown) > _WIDTH:
            cut = min(cut, float(grown[_WIDTH].shares @ rest))
        parts = grown[:_WIDTH]
    best = parts[0]
    return Worst(best.choice, float(best.shares @ weights) <= cut)


def _delivered(way: Way, ground: Ground, reach: Reach) -> _Shares:
    """Deliverable shares of all active offers and periods, as one row."""
    shares = np.ones((len(ground.offers), ground.clock.last))
    for effect in way.effects:
        if effect.deliverable == 1:
            continue
        first, last = max(1, effect.from_period), last_period(effect, ground.clock.last)
        reached = np.array([reach.share(effect, offer) for offer in ground.offers])
        left = reached * effect.deliverable + (1.0 - reached)
        shares[:, first - 1 : last] *= left[:, np.newaxis]
    return shares.ravel()


def _cells(rows: Sequence[Sequence[_Shares]]) -> tuple[list[list[_Shares]], _Shares]:
    """The rows with equal columns taken together, and how many columns each cell stands for."""
    every = np.array([row for ways in rows for row in ways])
    columns, counts = np.unique(every, axis=1, return_counts=True)
    rest = iter(columns)
    return [[next(rest) for _ in ways] for ways in rows], counts.astype(np.float64)


def _open_ways(cause: Cause, shares: Sequence[_Shares]) -> list[int]:
    """The ways of a cause that no other way makes needless; of equals the likeliest."""
    order = sorted(
        range(len(shares)), key=lambda n: (float(shares[n].sum()), -cause.ways[n].chance, n)
    )
    kept: list[int] = []
    for place in order:
        if not any(bool(np.all(shares[other] <= shares[place])) for other in kept):
            kept.append(place)
    return kept


def _grown(part: _Part, cause: Cause, shares: Sequence[_Shares], place: int) -> _Part:
    return _Part(
        part.shares * shares[place],
        part.log_chance + math.log(cause.ways[place].chance),
        (*part.choice, place),
    )


def _distinct(parts: Iterator[_Part]) -> list[_Part]:
    """One of those that deliver the same, the likeliest."""
    found: dict[bytes, _Part] = {}
    for part in parts:
        other = found.setdefault(part.shares.tobytes(), part)
        if part.log_chance > other.log_chance:
            found[part.shares.tobytes()] = part
    return list(found.values())
