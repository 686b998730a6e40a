"""What the decisions of a plan cost, and what it would take to decide otherwise."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Collection

from optimizer.api.course import Course, options_of, with_settings
from optimizer.api.errors import InfeasibleError, VerificationError
from optimizer.api.hints import ASK
from optimizer.api.plan import StudyResult, answered
from optimizer.api.solving import best_of, tabulated
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.study import Study
from optimizer.results import Unavoidable
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.conflict.study import why_infeasible
from optimizer.studies.explain.answer import told, told_why_not
from optimizer.studies.explain.reference import Clock
from optimizer.studies.explain.sizes import SHARE
from optimizer.studies.explain.study import PARTS, explained
from optimizer.verify import verify

_TIMES = 10.0
_FINER = 0.2
"""Nothing can be known better than the plan itself: its gap is this x what is asked."""
_NOT_FOUND = "What of it cannot all hold was not found in the time there was: allow more."


def explain(
    data: Data,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    only: Collection[str] = PARTS,
    size: float = SHARE,
    total: float | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> StudyResult:
    """What each rule costs, at which price each loser would win, when each project would pay.

    gap, time_limit (seconds, for each solve) and threads take the place of the settings of that
    name.  only: what is asked, of shortage, rules, projects, offers, suppliers and next; size: of
    an award that is asked for, as a share of what has to be bought of its item; total: seconds for
    all solves after the plan, ten times the time limit if None.  The plan itself is sought to a
    fifth of the gap, as nothing can be known better than that.  progress is told which question
    is asked.  Setting stop, or the first Ctrl-C, ends with the answers so far.

    Where no plan keeps everything that must be kept, the answer is why: what cannot all hold, cell
    by cell, with the smallest changes that mend it.  only, size and total are for nothing then.

    Raises:
        InfeasibleError: there is no plan, and no conflict was found in time that says why.
        LimitError: the time limit or Ctrl-C came before any plan.
        SolverError: the solver gave up.
        VerificationError: the checker disagrees with the plan.
        ValueError: a number is out of range, or only names something that cannot be asked.
    """
    unknown = sorted(set(only) - set(PARTS))
    if unknown:
        raise ValueError(f"only must be of {', '.join(PARTS)}, not {', '.join(unknown)}")
    if not 0.0 < size <= 1.0:
        raise ValueError(f"size must be above 0 and at most 1, not {size:g}")
    if total is not None and not total >= 0.0:
        raise ValueError(f"total must be at least 0 seconds, not {total:g}")
    data = with_settings(data, gap=gap, time_limit=time_limit, threads=threads)
    stop = stop or threading.Event()
    with ctrl_c_stops(stop):
        options = options_of(data)
        finer = dataclasses.replace(options, gap=_FINER * options.gap)
        course = Course(finer, progress, stop)
        course.tell("problem")
        problem = assemble(data)
        try:
            best = best_of(data, problem, course)
        except InfeasibleError as error:
            return answered(_why_not(data, course, error))
        plan = tabulated(data, problem, best, course, Unavoidable(0.0, 0.0))
        course.tell("check")
        violations = verify(plan)
        if violations:
            raise VerificationError(tuple(violations))
        seconds = _TIMES * data.settings.time_limit if total is None else total
        clock = Clock(seconds, progress, stop)
        found = explained(data, problem, plan, best, options, clock, only, size)
        return answered(told(data, plan, found, course.seconds))


def _why_not(data: Data, course: Course, error: InfeasibleError) -> Study:
    """What cannot all hold; raises the error where nothing was found that says so."""
    found = why_infeasible(data, course.options, course.progress, course.stop)
    if not found.conflicts and not found.reasons:
        said = tuple(hint for hint in error.hints if hint != ASK)
        raise InfeasibleError(f"{error.message} {_NOT_FOUND}", said) from error
    return told_why_not(data, found, course.seconds)
