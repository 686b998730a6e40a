"""A search tree over the whole numbers that matter, to prove a bound.

HiGHS separates cuts at the root for minutes on models with stock over many periods, and its bound
hardly moves.  Branching on the few decisions that carry the cost (whom to use, which price tier)
moves it at once.  What is not branched on stays relaxed, so the bound holds for the whole model.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from optimizer.solve.arrays import Floats, Ints
from optimizer.solve.progress import Watch
from optimizer.solve.reduced import WHOLE, Node, Reduced

_PROBES = 8
_LEARN = 0.3
_LEAST_RISE = 1e-6
_SAFELY = 0.999  # what is cut off stands at the gap itself, which must not miss it by rounding


@dataclass(frozen=True, slots=True, order=True)
class _Open:
    objective: float
    number: int
    node: Node = field(compare=False)
    lower: Floats = field(compare=False)
    upper: Floats = field(compare=False)


class Tree:
    """Best-first branch and bound.  ``bound``: no plan costs less, with what is relaxed."""

    def __init__(self, reduced: Reduced, watch: Watch) -> None:
        self._reduced = reduced
        self._watch = watch
        self._open: list[_Open] = []
        self._number = 0
        self._closed = math.inf
        self._rise = np.full((2, len(reduced.columns)), math.nan)
        root = reduced.root(watch.left)
        self._push(root, reduced.lower, reduced.upper, -math.inf)

    @property
    def bound(self) -> float:
        """The least cost that is not ruled out."""
        return min(self._closed, self._open[0].objective if self._open else math.inf)

    def nodes(self, gap: float) -> Iterator[Node]:
        """Grow the tree; yields each node before it is branched on, the least promising last.

        Ends when the bound is within the relative gap of the watch's plan, when what is left open
        cannot lift it (a node that is whole stands below), or when the watch is over.
        """
        while self._open and not self._watch.is_over():
            if self.bound >= self._cutoff(gap) or self._open[0].objective >= self._closed:
                return
            item = self._open[0]
            yield item.node  # still open: who leaves here must not lose it from the bound
            heapq.heappop(self._open)
            self._branch(item, gap)
            self._watch.offer_bound(self.bound)
            self._watch.tell()

    def _cutoff(self, gap: float) -> float:
        best = self._watch.objective
        return best - _SAFELY * gap * abs(best) if math.isfinite(best) else math.inf

    def _push(self, node: Node, lower: Floats, upper: Floats, parent: float) -> None:
        if node.values is None:
            if not node.trusted:
                self._closed = min(self._closed, parent)
            return
        self._number += 1
        objective = max(node.objective, parent)
        heapq.heappush(self._open, _Open(objective, self._number, node, lower, upper))

    def _branch(self, item: _Open, gap: float) -> None:
        at = self._values(item.node)
        fractional = np.flatnonzero(np.abs(at - np.round(at)) > WHOLE).astype(np.int32)
        if len(fractional) == 0:
            self._closed = min(self._closed, item.objective)
            return
        cutoff = self._cutoff(gap)
        tried = self._probe(item, at, fractional, cutoff)
        down, up = self._rise[0, fractional], self._rise[1, fractional]
        part = at[fractional] - np.floor(at[fractional])
        worth = np.fmax(down * part, _LEAST_RISE) * np.fmax(up * (1 - part), _LEAST_RISE)
        chosen = int(fractional[np.argmax(np.where(np.isnan(down), -1.0, worth))])
        children = tried.get(chosen) or self._children(item, at, chosen, cutoff)
        self._learn(item, at, chosen, children)
        for side, child in enumerate(children):
            lower, upper = self._bounds(item, at, chosen, side)
            if child.values is None and child.trusted:
                self._closed = min(self._closed, max(cutoff, item.objective))
            self._push(child, lower, upper, item.objective)

    def _values(self, node: Node) -> Floats:
        assert node.values is not None
        return node.values[self._reduced.columns]

    def _probe(
        self, item: _Open, at: Floats, fractional: Ints, cutoff: float
    ) -> dict[int, tuple[Node, Node]]:
        """Solve both children of some columns that were never branched on."""
        new = [int(c) for c in fractional if math.isnan(self._rise[0, c])]
        new.sort(key=lambda c: (-min(at[c] % 1, 1 - at[c] % 1), c))
        tried: dict[int, tuple[Node, Node]] = {}
        for column in new[:_PROBES]:
            if self._watch.is_over() and tried:
                break
            tried[column] = self._children(item, at, column, cutoff)
            self._learn(item, at, column, tried[column])
        return tried

    def _children(self, item: _Open, at: Floats, column: int, cutoff: float) -> tuple[Node, Node]:
        bounds = (self._bounds(item, at, column, 0), self._bounds(item, at, column, 1))
        return self._reduced.children(item.node, bounds, cutoff, self._watch.left)

    @staticmethod
    def _bounds(item: _Open, at: Floats, column: int, side: int) -> tuple[Floats, Floats]:
        lower, upper = item.lower.copy(), item.upper.copy()
        if side == 0:
            upper[column] = math.floor(at[column])
        else:
            lower[column] = math.ceil(at[column])
        return lower, upper

    def _learn(self, item: _Open, at: Floats, column: int, children: tuple[Node, Node]) -> None:
        """Keep how much the cost rises per unit of rounding; a child without a plan rises a lot."""
        part = at[column] % 1
        base = item.node.objective
        worst = max(0.05 * abs(base), 1.0)
        for side, (child, step) in enumerate(zip(children, (part, 1 - part), strict=True)):
            rise = min(child.objective - base, worst) / max(step, WHOLE)
            known = self._rise[side, column]
            fresh = rise if math.isnan(known) else (1 - _LEARN) * known + _LEARN * rise
            self._rise[side, column] = fresh
