"""A solve that is told which whole numbers matter: plans read off relaxations, bounds by a tree.

A suggestion for the whole numbers that matter is tried by solving the rest as a linear program;
its volumes suggest again, until nothing gets cheaper.  What is left (single orders) HiGHS decides
well once the others stand.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.solve.arrays import Bools, Floats, Ints
from optimizer.solve.compile import Compiled
from optimizer.solve.edits import ColumnBounds
from optimizer.solve.engine import Found
from optimizer.solve.guide import Guide, Suggestion
from optimizer.solve.progress import Watch
from optimizer.solve.reduced import Reduced
from optimizer.solve.session import Session
from optimizer.solve.tree import Tree

_ROUNDS = 6
_ALWAYS = 12
_EVERY = 8
_WORTH = 2e-4

Offer = Callable[[Floats], None]
"""What to do with the values of a plan that was found."""


class Guided:
    """Plans and bounds for one session, as a guide suggests."""

    def __init__(self, session: Session, compiled: Compiled, guide: Guide, watch: Watch) -> None:
        self._session = session
        self._compiled = compiled
        self._guide = guide
        self._watch = watch
        self._best = np.inf
        self._matters = self._those_that_matter()
        self._columns = np.flatnonzero(self._matters).astype(np.int32)
        details = session.arrays.integer & ~self._matters
        self._detail_columns = np.flatnonzero(details).astype(np.int32)

    def start(self, root: Found, offer: Offer) -> None:
        """The first plan, read off the relaxation."""
        if root.values is not None:
            self._try(root.values, offer)

    def prove(self, gap: float, offer: Offer) -> None:
        """Grow the tree until the gap is proven or time is up; plans are read off its nodes."""
        reduced = Reduced(self._session.arrays, self._matters, self._session.options)
        if reduced.empty or len(reduced.columns) == 0:
            return
        try:
            tree = Tree(reduced, self._watch)
            for number, node in enumerate(tree.nodes(gap)):
                if number < _ALWAYS or number % _EVERY == 0:
                    self._try(reduced.full(node), offer)
            self._watch.offer_bound(tree.bound)
        finally:
            reduced.close()

    def _those_that_matter(self) -> Bools:
        matters = self._session.arrays.integer.copy()
        for (name, _), column in self._compiled.column_of.items():
            if name in self._guide.details:
                matters[column] = False
        return matters

    def _try(self, values: Floats, offer: Offer) -> None:
        """Suggest, solve the rest, suggest again; finish the plan if it is worth it."""
        best, found, relaxed = np.inf, None, values
        for _ in range(_ROUNDS):
            suggested = self._fixed(self._guide.suggest, relaxed, self._columns)
            with self._session.edited([suggested]):
                tried = self._session.relaxation(self._watch)
            if tried.values is None or not tried.objective < best * (1 - _WORTH):
                break
            best, found, relaxed = tried.objective, suggested, tried.values
            if self._watch.is_over():
                break
        if found is None or best >= self._best * (1 - _WORTH):
            return
        self._best = best
        details = self._fixed(self._guide.suggest_details, relaxed, self._detail_columns)
        with self._session.edited([found, details]):
            tried = self._session.relaxation(self._watch)
        if tried.values is not None:
            offer(tried.values)

    def _fixed(self, suggestion: Suggestion, values: Floats, columns: Ints) -> ColumnBounds:
        """The edit that fixes columns as suggested, where nothing is suggested as rounded."""
        whole = np.round(values)
        for label, value in suggestion(self._compiled.values(values)).items():
            column = self._compiled.column_of.get(label)
            if column is not None:
                whole[column] = value
        arrays = self._session.arrays
        fixed = np.clip(whole[columns], arrays.lower[columns], arrays.upper[columns])
        return ColumnBounds(columns, fixed, fixed)
