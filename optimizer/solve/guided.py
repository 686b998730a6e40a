"""A solve that is told which whole numbers matter: plans read off relaxations, bounds by a tree.

Plans are read off the relaxation and off the nodes of the tree, and looked for near the best of
them.  What is left (single orders) HiGHS decides well once the others stand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from optimizer.solve.arrays import Bools
from optimizer.solve.compile import Compiled
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.engine import Found
from optimizer.solve.guide import Guide, Values
from optimizer.solve.patience import Patience
from optimizer.solve.progress import Watch
from optimizer.solve.reader import Read, Reader, named, side_by_side
from optimizer.solve.reduced import Reduced
from optimizer.solve.root import Relaxed, relaxed_root
from optimizer.solve.session import Session
from optimizer.solve.tree import Tree

_ALWAYS = 12
_EVERY = 8
_WORTH = 2e-4


class Guided:
    """Plans and bounds for one session, as a guide suggests."""

    def __init__(
        self,
        session: Session,
        compiled: Compiled,
        guide: Guide,
        watch: Watch,
        generators: Sequence[CutGenerator] = (),
        known: Relaxed | None = None,
    ) -> None:
        """known: of an earlier solve, brought up to date."""
        self._known = Relaxed() if known is None else known
        self._session = session
        self._compiled = compiled
        self._guide = guide
        self._watch = watch
        self._generators = generators
        self._reader = Reader([session], compiled, guide, watch, generators)
        self._best: Read | None = None

    def bring_along(self) -> None:
        """Rows and a bound from earlier solves."""
        self._known.bring_into(self._session, self._watch)

    def relaxation(self) -> Found:
        """The relaxation, tightened; its bound goes to the watch."""
        tightenings = self._guide.tightenings(self._compiled)
        generators = (*self._generators, *tightenings)
        return relaxed_root(self._session, generators, self._watch, self._known)

    def start(self, root: Found) -> None:
        """The first plan, read off the relaxation; a plan at hand that is cheaper stands in."""
        if root.values is None:
            return
        asked = self._reader.asked(root.values)
        self._best = self._reader.first(asked, self._guide.partly)
        if self._best is not None:
            self._reader.offer(self._best)
        known = self._watch.plan
        if known is not None and (self._best is None or self._best.cost > self._watch.objective):
            self._best = self._reader.read(self._reader.asked(known)) or self._best

    def improve(self, root: Found, gap: float, seconds: float) -> None:
        """Plans near the best one, for so long or until the gap is proven."""
        if root.values is None or self._best is None:
            return
        until = self._watch.seconds + seconds
        together = Reader(
            side_by_side(self._session.arrays, self._session.options),
            self._compiled,
            self._guide,
            self._watch,
            self._generators,
        )

        def goes_on() -> bool:
            return not (
                self._watch.gap <= gap or self._watch.is_over() or self._watch.seconds > until
            )

        relaxed = self._reader.asked(root.values)
        for better in together.climb(relaxed, self._best, goes_on):
            together.offer(better)
            self._best = better

    def prove(self, gap: float, is_worth_it: Patience) -> None:
        """Grow the tree until the gap is proven or patience at an end; plans are read off nodes."""
        reduced = Reduced(self._session.arrays, self._those_that_matter(), self._session.options)
        if reduced.empty or len(reduced.columns) == 0:
            return
        try:
            tree = Tree(reduced, self._watch)
            for number, node in enumerate(tree.nodes(gap)):
                # The best is grown first: a node costs what the tree has proven so far.
                if not is_worth_it(node.objective):
                    break
                if number < _ALWAYS or number % _EVERY == 0:
                    self._try(self._reader.asked(reduced.full(node)))
            self._watch.offer_bound(tree.bound)
        finally:
            reduced.close()

    def _those_that_matter(self) -> Bools:
        details = named(self._compiled, self._guide.details)
        return np.asarray(self._session.arrays.integer & ~details)

    def _try(self, values: Values) -> None:
        below = math.inf if self._best is None else self._best.cost * (1 - _WORTH)
        found = self._reader.read(values, below=below)
        if found is not None:
            self._best = found
            self._reader.offer(found)
