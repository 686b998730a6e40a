"""When a search tree is given up, so that HiGHS has the time that is left."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from optimizer.solve.progress import Watch

_EVERY = 50
_FAR = 3000

Patience = Callable[[float], bool]
"""Asked at each node of a tree with its bound: whether it is worth going on."""


@dataclass(frozen=True, slots=True)
class AsLongAsRival:
    """Where a bound is proven already: the tree has to come to it in the seconds that it took."""

    watch: Watch
    rival: float
    until: float

    def __call__(self, bound: float) -> bool:
        """Whether the time is not over, or the tree has overtaken."""
        return self.watch.seconds <= self.until or bound >= self.rival


@dataclass(slots=True)
class AtItsPace:
    """Counted in nodes, so that it is the same on a busy machine: at the pace of the last nodes, a
    tree has to be at its end before too many more of them.
    """

    watch: Watch
    gap: float
    _nodes: int = field(default=0, init=False)
    _before: float = field(default=-math.inf, init=False)

    def __call__(self, bound: float) -> bool:
        """Whether it is, or it is too soon to tell."""
        self._nodes += 1
        if self._nodes % _EVERY != 1:
            return True
        pace, self._before = (bound - self._before) / _EVERY, bound
        best = self.watch.objective
        missing = best - self.gap * abs(best) - bound if math.isfinite(best) else math.inf
        return missing <= _FAR * pace
