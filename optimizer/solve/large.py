"""The course for a large model: an interior point proves the bound and says where plans are.

A vertex of a large relaxation takes many times longer than its optimal value.  So the bound comes
from the duals of an interior point (optimizer.solve.duality), and plans are looked for in a smaller
model: without the many columns that the reduced costs say no good plan uses.  Its whole numbers are
read off the relaxation, and one thing after another is tried otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.solve.arrays import Floats
from optimizer.solve.compile import Compiled
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.engine import Found
from optimizer.solve.guide import Guide, Values
from optimizer.solve.progress import Watch
from optimizer.solve.reader import Reader, side_by_side, thinned
from optimizer.solve.root import Relaxed, relaxed_root, tightened
from optimizer.solve.session import Session


class LargeCourse:
    """Bound and plans for one session, as a guide suggests."""

    def __init__(
        self,
        session: Session,
        compiled: Compiled,
        guide: Guide,
        watch: Watch,
        generators: Sequence[CutGenerator],
        known: Relaxed | None = None,
        starts: Sequence[Floats] = (),
    ) -> None:
        """known: of an earlier solve, brought up to date; starts: plans of other numbers, which
        need not hold here.
        """
        self._known = Relaxed() if known is None else known
        self._starts = starts
        self._session = session
        self._compiled = compiled
        self._guide = guide
        self._watch = watch
        self._generators = generators

    def run(self, gap: float) -> bool:
        """Until the gap is proven, time is up or nothing is left to try.

        False where the relaxation was not solved, so that another course has to be taken.
        """
        duals = self._known.bring_into(self._session, self._watch)
        if duals is not None and self._goes_on(gap):
            self._from_earlier(duals)
        if not self._goes_on(gap):
            return True
        with self._watch.during("relaxation"):
            point = self._relaxation()
            if point.values is None or point.duals is None:
                return self._watch.plan is not None
        few = self._reader(point.duals)
        relaxed, *_ = self._guide.readings(few.asked(point.values))
        self._known.point = relaxed
        if not self._goes_on(gap):
            return True
        with self._watch.during("start"):
            plan = few.first(relaxed, self._guide.coarsely)
            if plan is not None:
                few.offer(plan)
        if plan is None or not self._goes_on(gap):
            return True
        with self._watch.during("relaxation"):
            self._tightened(point)
        with self._watch.during("start"):
            for better in few.climb(relaxed, plan, lambda: self._goes_on(gap)):
                few.offer(better)
        return True

    def _relaxation(self) -> Found:
        """Without further rows: each round takes as long as the first, and a plan comes before."""
        return relaxed_root(self._session, (), self._watch, self._known, "interior")

    def _tightened(self, point: Found) -> Found:
        tightenings = self._guide.tightenings(self._compiled)
        generators = (*self._generators, *tightenings)
        return tightened(self._session, generators, self._watch, self._known, point, "interior")

    def _from_earlier(self, duals: Floats) -> None:
        """Plans whose whole numbers are read off earlier plans, which need not hold here."""
        if self._watch.plan is not None:
            return  # what an earlier plan suggests comes to that plan again
        with self._watch.during("start"):
            few = self._reader(duals)
            tries: list[Values] = [few.asked(values) for values in self._starts]
            for values in tries or [self._known.point]:
                plan = few.read(values)
                if plan is not None:
                    few.offer(plan)
                if plan is not None or self._watch.is_over():
                    return

    def _goes_on(self, gap: float) -> bool:
        return self._watch.gap > gap and not self._watch.is_over()

    def _reader(self, duals: Floats) -> Reader:
        arrays = thinned(self._session, self._compiled, self._guide, duals)
        sessions = side_by_side(arrays, self._session.options)
        return Reader(sessions, self._compiled, self._guide, self._watch, self._generators)
