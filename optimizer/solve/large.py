"""The course for a large model: an interior point proves the bound and says where plans are.

A vertex of a large relaxation takes many times longer than its optimal value.  So the bound comes
from the duals of an interior point (optimizer.solve.duality), and plans are looked for in a smaller
model: without the many columns that the reduced costs say no good plan uses.  Its whole numbers are
read off the relaxation, and one thing after another is tried otherwise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from optimizer.solve.arrays import Arrays, Bools, Floats, Ints
from optimizer.solve.compile import Compiled
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.duality import proven_bound, reduced_costs
from optimizer.solve.edits import ColumnBounds
from optimizer.solve.exact import exact_plan
from optimizer.solve.guide import Guide, Suggestion, Values
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_ROUNDS = 6
_WORTH = 2e-5
_DEAR = 0.02
_NO_COST = 1e-4
_GRACE_SECONDS = 10.0


@dataclass(slots=True)
class Relaxed:
    """What is known of a relaxation from an earlier solve of the same model with other numbers.

    duals: of its rows; point: the relaxed plan by variable.
    """

    duals: Floats | None = None
    point: Values = field(default_factory=dict)


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
        integer = session.arrays.integer
        details = integer & self._named(guide.details)
        self._columns = np.flatnonzero(integer & ~details).astype(np.int32)
        self._details = np.flatnonzero(details).astype(np.int32)
        self._tried: set[bytes] = set()

    def run(self, gap: float) -> bool:
        """Until the gap is proven, time is up or nothing is left to try.

        False where the relaxation was not solved, so that another course has to be taken.
        """
        if self._known.duals is not None:
            self._from_earlier(self._known.duals, gap)
            if not self._goes_on(gap):
                return True
        with self._watch.during("relaxation"):
            point = self._session.relaxation(self._watch, method="interior")
            if point.values is None or point.duals is None:
                return self._watch.plan is not None
            self._watch.offer_bound(proven_bound(self._session.arrays, point.duals))
        readings = iter(self._guide.readings(self._compiled.values(point.values)))
        relaxed = next(readings)
        self._known.duals, self._known.point = point.duals, relaxed
        if not self._goes_on(gap):
            return True
        with self._watch.during("start"):
            few = Session(self._with_few(point.duals), self._session.options)
            best, plan = self._improved(few, relaxed, "ipm")
            for stricter in readings:
                if plan is not None or self._watch.is_over():
                    break
                best, plan = self._improved(few, stricter, "ipm")
            while plan is not None and self._goes_on(gap):
                tries = self._guide.variations(relaxed, self._compiled.values(plan))
                found, better = self._first_better(few, best, tries, gap)
                if better is None:
                    break
                best, plan = found, better
        return True

    def _from_earlier(self, duals: Floats, gap: float) -> None:
        """A bound from the duals of an earlier solve, which hold for any numbers, and plans whose
        whole numbers are read off earlier plans.
        """
        arrays = self._session.arrays
        further = np.zeros(max(0, arrays.rows - len(duals)))
        duals = np.concatenate([duals[: arrays.rows], further])
        self._watch.offer_bound(proven_bound(arrays, duals))
        if self._watch.plan is not None or not self._goes_on(gap):
            return  # what an earlier plan suggests comes to that plan again
        with self._watch.during("start"):
            few = Session(self._with_few(duals), self._session.options)
            tries: list[Values] = [self._compiled.values(values) for values in self._starts]
            for values in tries or [self._known.point]:
                if self._improved(few, values, "ipm")[1] is not None or self._watch.is_over():
                    return

    def _goes_on(self, gap: float) -> bool:
        return self._watch.gap > gap and not self._watch.is_over()

    def _first_better(
        self, few: Session, best: float, tries: Iterable[Values], gap: float
    ) -> tuple[float, Floats | None]:
        for values in tries:
            if not self._goes_on(gap):
                break
            found, plan = self._improved(few, values, "choose", best)
            if plan is not None:
                return found, plan
        return best, None

    def _improved(
        self, few: Session, values: Values, method: str, best: float = np.inf
    ) -> tuple[float, Floats | None]:
        """Suggest, solve the rest, suggest again; the plan is offered where it is worth it."""
        plan, fixed = None, None
        for _ in range(_ROUNDS):
            suggested = self._fixed(few.arrays, self._guide.suggest, values, self._columns)
            seen = suggested.lower.tobytes()
            if seen in self._tried:
                break
            self._tried.add(seen)
            with few.edited([suggested]):
                tried = few.relaxation(self._watch, method=method)
            if tried.values is None or not tried.objective < best * (1.0 - _WORTH):
                break
            best, plan, fixed, method = tried.objective, tried.values, suggested, "choose"
            values = self._compiled.values(tried.values)
            if self._watch.is_over():
                break
        if plan is not None and fixed is not None:
            self._offer(few, plan, fixed)
        return best, plan

    def _offer(self, few: Session, plan: Floats, fixed: ColumnBounds) -> None:
        """Decide what is left of a plan, and hand it to the watch."""
        details = self._fixed(
            few.arrays, self._guide.suggest_details, self._compiled.values(plan), self._details
        )
        with few.edited([fixed, details]):
            found = few.relaxation(self._watch)
        if found.values is None:
            return
        finish = Watch(time_limit=max(self._watch.left, _GRACE_SECONDS))
        exact = exact_plan(few, found.values, finish, self._generators)
        if exact is not None:
            self._watch.offer_plan(exact.objective, exact.values)

    def _with_few(self, duals: Floats) -> Arrays:
        """The model without the columns that are many and too dear by the duals."""
        arrays, sparse = self._session.arrays, self._named(self._guide.sparse)
        costs = np.abs(arrays.cost)
        typical = float(np.median(costs[sparse])) if sparse.any() else 0.0
        dear = reduced_costs(arrays, duals) > np.maximum(_DEAR * costs, _NO_COST * typical)
        upper = np.where(sparse & dear & (arrays.lower <= 0), 0.0, arrays.upper)
        return dataclasses.replace(arrays, upper=upper)

    def _named(self, names: frozenset[str]) -> Bools:
        found = np.zeros(self._session.arrays.columns, dtype=np.bool_)
        for (name, _), column in self._compiled.column_of.items():
            if name in names:
                found[column] = True
        return found

    def _fixed(
        self, arrays: Arrays, suggestion: Suggestion, values: Values, columns: Ints
    ) -> ColumnBounds:
        """The edit that fixes columns as suggested, where nothing is suggested as rounded."""
        whole = np.zeros(arrays.columns)
        for label, value in values.items():
            column = self._compiled.column_of.get(label)
            if column is not None:
                whole[column] = round(value)
        for label, value in suggestion(values).items():
            column = self._compiled.column_of.get(label)
            if column is not None:
                whole[column] = value
        fixed = np.clip(whole[columns], arrays.lower[columns], arrays.upper[columns])
        return ColumnBounds(columns, fixed, fixed)
