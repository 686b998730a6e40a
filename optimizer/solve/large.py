"""The course for a large model: an interior point proves the bound and says where plans are.

A vertex of a large relaxation takes many times longer than its optimal value.  So the bound comes
from the duals of an interior point (optimizer.solve.duality), and plans are looked for in a smaller
model: without the many columns that the reduced costs say no good plan uses.  Its whole numbers are
read off the relaxation; then parts of the plan are decided anew, and one thing after another is
tried otherwise.
"""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from optimizer.solve.arrays import Floats
from optimizer.solve.compile import Compiled
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.engine import Found
from optimizer.solve.guide import Guide, Values
from optimizer.solve.progress import Watch
from optimizer.solve.reader import Read, Reader, side_by_side, thinned
from optimizer.solve.root import Relaxed, relaxed_root, tightened
from optimizer.solve.session import Session

_TICK_SECONDS = 0.2


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
        with self._tightening(point, gap), self._watch.during("start"):
            plan = few.first(relaxed, self._guide.coarsely)
            if plan is not None:
                few.offer(plan)
        if plan is not None:
            self._improve(few, relaxed, plan, gap)
        return True

    def _improve(self, few: Reader, relaxed: Values, plan: Read, gap: float) -> None:
        """Parts decided anew and plans nearby, in turn, as long as that makes a plan cheaper."""

        def goes_on() -> bool:
            return self._goes_on(gap)

        before, parts = math.inf, few.parts()
        while plan.cost < before and goes_on():
            before = plan.cost
            with self._watch.during("parts"):
                values = parts.swept(plan.values, goes_on)
                swept = None if values is plan.values else few.taken(values)
                if swept is not None and swept.cost < plan.cost:
                    plan = swept
                    few.offer(plan)
            with self._watch.during("start"):
                for better in few.climb(relaxed, plan, goes_on):
                    plan = better
                    few.offer(plan)

    def _relaxation(self) -> Found:
        """Without further rows: each round takes as long as the first, and a plan comes before."""
        return relaxed_root(self._session, (), self._watch, self._known, "interior")

    @contextlib.contextmanager
    def _tightening(self, point: Found, gap: float) -> Iterator[None]:
        """The relaxation is tightened beside what happens inside, which needs one core as well.

        What is found inside may be close enough, or time over: then it is not waited for.  Where
        there is one core only, it comes afterwards.
        """
        if self._session.options.thread_count == 1:
            yield
            if self._goes_on(gap):
                self._tightened(point, self._watch)
            return
        enough = threading.Event()
        beside = Watch(self._watch.left, None, enough)
        with ThreadPoolExecutor(1) as thread:
            job = thread.submit(self._tightened, point, beside)
            try:
                yield
                with self._watch.during("relaxation"):
                    while self._goes_on(gap) and not job.done():
                        wait([job], _TICK_SECONDS)
            finally:
                enough.set()
            job.result()
        self._watch.offer_bound(beside.bound)

    def _tightened(self, point: Found, watch: Watch) -> None:
        """One round: each takes as long as the relaxation, and the second lifts it little."""
        tightenings = self._guide.tightenings(self._compiled)
        generators = (*self._generators, *tightenings)
        tightened(self._session, generators, watch, self._known, point, "interior", rounds=1)

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
