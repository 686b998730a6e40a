"""Pools: stock classes that may serve the same end uses are one heap of goods to the model.

A licence that bans nothing makes no difference to who may use what came under it.  The model keeps
one stock for such classes; which of them was used is settled afterwards, first in, first out.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping

from models.problem import FREE, Problem

TRACE = 1e-9
"""Less than this is what adding up leaves."""


def pools(problem: Problem) -> Mapping[str, str]:
    """Stock class -> the first class, in the order of names, with the same bans."""
    classes = sorted({FREE, *problem.classes, *problem.supply.stock_class.values()})
    first: dict[frozenset[str], str] = {}
    bans = problem.needs.bans
    return {name: first.setdefault(bans.get(name, frozenset()), name) for name in classes}


Batch = tuple[str, float]
"""stock class, quantity"""


class Heap:
    """The goods of one pool at one place, batch by batch in the order in which they came."""

    def __init__(self) -> None:
        self._batches: deque[list[float | str]] = deque()

    def add(self, stock_class: str, quantity: float) -> None:
        """A batch that comes in."""
        if quantity > 0:
            self._batches.append([stock_class, quantity])

    def take(self, quantity: float, otherwise: str) -> list[Batch]:
        """The oldest goods of that quantity; what rounding misses is of the class ``otherwise``."""
        found: dict[str, float] = defaultdict(float)
        left = quantity
        while left > TRACE and self._batches:
            batch = self._batches[0]
            name, there = str(batch[0]), float(batch[1])
            taken = min(left, there)
            found[name] += taken
            left -= taken
            if there <= taken:
                self._batches.popleft()
            else:
                batch[1] = there - taken
        if left > 0:
            found[next(iter(found), otherwise)] += left
        return list(found.items())

    def left(self) -> list[Batch]:
        """What is there, by class."""
        found: dict[str, float] = defaultdict(float)
        for name, quantity in self._batches:
            found[str(name)] += float(quantity)
        return list(found.items())
