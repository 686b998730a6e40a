"""How far a plan depends on what can only be guessed, and on the terms of its contracts.

One number of the workbook at a time is given other values, and each time everything is planned
anew.  Where the plan changes between two of them, the point of change is sought by bisection.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from models.problem import Problem
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import SweepRow
from optimizer.solve.options import SolveOptions
from optimizer.studies.sensitivity.change import Decision, change_between
from optimizer.studies.sensitivity.drift import Drift
from optimizer.studies.sensitivity.points import (
    Allowance,
    ImpossiblePointError,
    NoPointError,
    Point,
    Points,
)
from optimizer.studies.sensitivity.values import Eases, Sweep, sweeps_of

TIME_FACTOR = 10.0
"""All values together may take this many times the time limit of one solve."""
UNCLEAR = "whether anything changes was not found out in the time"
BISECTIONS = 6
"""Further solves at most for one point of change."""
_PROVEN = "optimal"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Swept:
    """The rows, by sweep and value, and what could not be found, in words."""

    rows: tuple[SweepRow, ...]
    notes: tuple[str, ...]


def sweep_rows(
    plan: Plan,
    problem: Problem,
    options: SolveOptions,
    points: int = 5,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
) -> Swept:
    """Every result's probability and every term, over so many values each.

    plan and problem: of the workbook as given.  A row's ``changed`` is about that plan: other
    suppliers, or an award that moved by more than 5 % of all awards of its item, and not only
    because the same orders have other probabilities.  If a plan that decides as the given one costs
    no more than the best one and the gap, nothing changes; where the time is too short to find one
    and to rule it out, ``change`` says so.

    All values together take at most TIME_FACTOR times the time limit; each gets an equal share of
    what is left, at most the time limit.  A point of change is sought only between values whose
    plans are proven to the gap.  With what is left of the time each gets up to BISECTIONS further
    values, down to the sweep's precision.  Setting `stop` ends with what was found.

    Raises ValueError where points is below 2.
    """
    study = _Study(plan, problem, options, tell or (lambda _: None), stop or threading.Event())
    courses = [_Course(sweep, {sweep.given: study.given}) for sweep in
               sweeps_of(plan.data, problem, points)]  # fmt: skip
    study.look_at_values(courses)
    study.look_for_changes(courses)
    rows = tuple(row for course in courses for row in study.rows(course))
    return Swept(rows, tuple(study.notes))


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """A sweep and what was found at its values so far."""

    sweep: Sweep
    found: dict[float, Point] = field(default_factory=dict)

    def next_to(self, value: float) -> tuple[Point | None, Point | None]:
        """What was found at the next lower and the next higher value."""
        lower = max((v for v in self.found if v < value), default=None)
        higher = min((v for v in self.found if v > value), default=None)
        return (
            None if lower is None else self.found[lower],
            None if higher is None else self.found[higher],
        )


class _Study:
    """The plan as given, and the solves about it."""

    def __init__(
        self, plan: Plan, problem: Problem, options: SolveOptions, tell: Tell, stop: threading.Event
    ) -> None:
        facts, self._drift = plan.facts, Drift(plan)
        proven = facts.status == _PROVEN
        self.given = Point(
            facts.objective, facts.bound, facts.shortage, self._drift.decision, proven
        )
        self.notes: list[str] = []
        self._points = Points(options, stop)
        self._time = Allowance(TIME_FACTOR * options.time_limit, options.time_limit)
        self._tell, self._stop = tell, stop

    def look_at_values(self, courses: list[_Course]) -> None:
        """Solve every value of every sweep, outwards from the given one."""
        planned = [(course, value) for course in courses for value in _outwards(course.sweep)]
        missed: list[str] = []
        for number, (course, value) in enumerate(planned):
            what = f"{course.sweep.name} at {value:g}"
            self._tell(f"sensitivity {number + 1} of {len(planned)}: {what}")
            try:
                self._look_at(course, value, self._time.share(len(planned) - number))
            except ImpossiblePointError:
                self.notes.append(f"Sensitivity: with {what} no plan keeps everything it must.")
            except NoPointError:
                missed.append(what)
            if self._stop.is_set() or self._time.left <= 0:
                missed += [f"{c.sweep.name} at {v:g}" for c, v in planned[number + 1 :]]
                break
        if missed:
            why = "because it was stopped" if self._stop.is_set() else "for want of time"
            self.notes.append(
                f"Sensitivity: {len(missed)} of {len(planned)} values have no plan {why}: "
                f"{_listed(missed)}."
            )

    def look_for_changes(self, courses: list[_Course]) -> None:
        """Bisect between neighbours of which one has changed suppliers or awards and one has not.

        So too between two that use different suppliers.
        """
        pairs = [(course, low, high) for course in courses for low, high in self._breaks(course)]
        for number, (course, low, high) in enumerate(pairs):
            self._tell(f"point of change {number + 1} of {len(pairs)}: {course.sweep.name}")
            waiting = BISECTIONS * (len(pairs) - number)
            for step in range(BISECTIONS):
                middle = course.sweep.between(low, high)
                if high - low <= course.sweep.precision or middle in (low, high):
                    break
                if self._stop.is_set() or self._time.left <= 0:
                    return
                try:
                    self._look_at(course, middle, self._time.share(waiting - step))
                except (ImpossiblePointError, NoPointError):
                    break
                if not course.found[middle].proven:
                    break
                if self._differ(course, low, middle):
                    high = middle
                else:
                    low = middle

    def rows(self, course: _Course) -> list[SweepRow]:
        """The rows of a sweep, by value."""
        rows = []
        for value, point in sorted(course.found.items()):
            change = self._change(course, value)
            rows.append(
                SweepRow(
                    kind=course.sweep.kind,
                    subject=course.sweep.subject,
                    value=value,
                    given=value == course.sweep.given,
                    cost=point.objective,
                    bound=min(point.bound, point.objective),
                    difference=point.objective - self.given.objective,
                    shortage=point.shortage,
                    changed=bool(change),
                    change=change if point.clear else UNCLEAR,
                )
            )
        return rows

    def _look_at(self, course: _Course, value: float, seconds: float) -> None:
        """Solve a value."""
        data = course.sweep.data_at(value)
        point = self._points.solved(data, self._same_as_given(data), seconds)
        lower, higher = course.next_to(value)
        match course.sweep.eases:
            case Eases.UP:
                point = _between(point, tighter=lower, looser=higher)
            case Eases.DOWN:
                point = _between(point, tighter=higher, looser=lower)
            case Eases.NEITHER:
                pass
        course.found[value] = point

    def _breaks(self, course: _Course) -> list[tuple[float, float]]:
        """Neighbouring values between which to look, the nearest to the given one first."""
        found = course.found
        pairs = [
            (low, high)
            for low, high in pairwise(sorted(found))
            if found[low].proven and found[high].proven and self._differ(course, low, high)
        ]
        given = course.sweep.given
        return sorted(pairs, key=lambda pair: min(abs(value - given) for value in pair))

    def _differ(self, course: _Course, one: float, other: float) -> bool:
        """Whether the plan has changed at one of two values only, or they use other suppliers."""
        changes = [self._change(course, value) for value in (one, other)]
        if not any(changes):
            return False
        used = [course.found[value].decision.used for value in (one, other)]
        return not all(changes) or used[0] != used[1]

    def _change(self, course: _Course, value: float) -> str:
        """What the plan at a value decides otherwise than the given one.

        Empty: nothing, or not for certain.
        """
        if not course.found[value].clear:
            return ""
        data = course.sweep.data_at(value)
        found = [
            change_between(same, course.found[value].decision) for same in self._same_as_given(data)
        ]
        return found[0] if all(found) else ""

    def _same_as_given(self, data: Data) -> tuple[Decision, ...]:
        """Decisions that are no change: the given orders at these probabilities, the awards."""
        drifted, given = self._drift.at(data), self._drift.decision
        return (given,) if drifted is given else (drifted, given)


def _between(point: Point, *, tighter: Point | None, looser: Point | None) -> Point:
    """The point with what neighbours prove: where terms are looser, every plan stays possible.

    A plan that costs less than one under looser terms shows only that the latter is not the best
    within the gap; it counts as costing the same.
    """
    if tighter is not None and tighter.objective < point.objective:
        point = dataclasses.replace(tighter, bound=point.bound, proven=point.proven)
    if looser is not None:
        point = dataclasses.replace(
            point,
            objective=max(point.objective, looser.objective),
            bound=max(point.bound, looser.bound),
        )
    return point


def _outwards(sweep: Sweep) -> list[float]:
    """The values other than the given one, from it upwards, then from it downwards."""
    above = [value for value in sweep.values if value > sweep.given]
    below = [value for value in sweep.values if value < sweep.given]
    return [*above, *reversed(below)]


def _listed(names: list[str], most: int = 3) -> str:
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest
