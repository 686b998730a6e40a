"""Where a curve bends: the limit from which on a point gets markedly dearer."""

from __future__ import annotations

from collections.abc import Sequence

DEARER = 2.0
"""A point after the knee costs at least this many times what one before it costs."""
_FLAT = 1e-6


def knee(tightness: Sequence[float], costs: Sequence[float]) -> int | None:
    """The number of the step at the knee; None where the curve has none.

    tightness: rising along the curve, in points; costs: never falling.  The knee is the step that
    lies furthest below the straight line from the first to the last, if a point costs at least
    twice as much from there on as it did up to there, on average.  Give it the rising part of a
    curve: that a limit which costs nothing begins to bind is no knee.
    """
    if len(costs) < 3 or not costs[-1] - costs[0] > _FLAT * abs(costs[0]):
        return None
    width, rise = tightness[-1] - tightness[0], costs[-1] - costs[0]

    def below(k: int) -> float:
        return (tightness[k] - tightness[0]) / width - (costs[k] - costs[0]) / rise

    k = max(range(1, len(costs) - 1), key=below)
    before = (costs[k] - costs[0]) / (tightness[k] - tightness[0])
    after = (costs[-1] - costs[k]) / (tightness[-1] - tightness[k])
    return k if after >= DEARER * before else None


def flat_until(costs: Sequence[float]) -> int:
    """The number of the last step that costs no more than the first."""
    return max(k for k, cost in enumerate(costs) if cost - costs[0] <= _FLAT * abs(costs[0]))
