"""Somebody's own split: what it costs, what it breaks, and how it compares with the best plan."""

from __future__ import annotations

import dataclasses
import threading

from models.problem import Problem
from optimizer.api.course import Course, options_of, with_settings
from optimizer.api.errors import InfeasibleError, LimitError, QuestionError, VerificationError
from optimizer.api.hints import unavoidable_hints
from optimizer.api.locks import Given, given_awards, with_findings
from optimizer.api.plan import StudyResult, answered
from optimizer.api.solving import solve
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.given import GivenAwards
from optimizer.contract.plan import Plan
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.evaluate.given import Evaluated, evaluate_awards, evaluate_today
from optimizer.studies.evaluate.study import evaluated, refuted

TODAY = "today"


def evaluate(
    data: Data,
    awards: Given = TODAY,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> StudyResult:
    """A given split priced, checked against the rules and stopped, beside the plan of `solve`.

    awards: "today" for the shares of Offers.baseline, where what is bought in all is decided anew
    and a source that cannot deliver its share leaves the rest to the others of today; or a file
    (the sheet Awards of a result, perhaps edited, or a CSV with supplier, item and award); or
    quantities over the horizon by (supplier, item).  Of quantities as much is kept as can be
    contracted, and what is not listed gets nothing.  Rules without a penalty, minimum awards and
    overbooking are off for the given split, and named where it breaks them; everything that is not
    given is planned as well as it can be.

    Gives the tables ``side_by_side``, ``split``, ``split_rules``, ``split_outcomes`` and
    ``split_stress``.  The other arguments are those of `solve`; the time limit holds for the best
    plan, for what can be contracted, for the given split and for the stops of each.  Setting stop,
    or the first Ctrl-C, ends the search for the best plan with the best one so far.

    Raises:
        InfeasibleError: not even without rules is there any plan around the given split.
        InputErrors: the file has errors.
        LimitError: the given split was not priced in the time there was.
        QuestionError: awards names no active offer or is no quantity, or there is no baseline.
        SolverError, VerificationError, ValueError: as `solve`.
    """
    data = with_settings(data, gap=gap, time_limit=time_limit, threads=threads)
    today = isinstance(awards, str) and awards.strip().casefold() == TODAY
    given = None if today else given_awards(awards, data)
    if given is None and not any(offer.baseline > 0 for offer in data.offers):
        raise QuestionError("Nobody has a baseline in Offers, so there is no split of today.")
    if given is not None:
        data = with_findings(data, given)
    ended = stop or threading.Event()
    with ctrl_c_stops(ended):
        course = Course(options_of(data), progress, ended)
        best, no_best = _best(data, course)
        course.tell("given split")
        # A stop that ended the search for the best plan is over; a later one is another.
        later = threading.Event() if ended.is_set() else ended
        problem = assemble(data)
        found = _priced(data, problem, given, course, later)
        wrong = refuted(found.carried.plan)
        if wrong:
            raise VerificationError(wrong)
        course.tell("stress")
        study = evaluated(
            data, problem, found, best, no_best, course.options, course.seconds, later
        )
        return answered(dataclasses.replace(study, seconds=course.seconds))


def _best(data: Data, course: Course) -> tuple[Plan | None, str]:
    """The best plan, or why there is none: a given split can be priced all the same."""
    try:
        return solve(data, progress=course.progress, stop=course.stop).contract, ""
    except InfeasibleError:
        return None, "no plan keeps every rule and every minimum."
    except LimitError as error:
        if course.stop.is_set():
            raise
        return None, str(error)


def _priced(
    data: Data,
    problem: Problem,
    given: GivenAwards | None,
    course: Course,
    stop: threading.Event,
) -> Evaluated:
    began = course.seconds
    if given is None:
        found = evaluate_today(data, problem, course.options, stop)
    else:
        found = evaluate_awards(data, problem, given, course.options, stop)
    if found is not None:
        return found
    if stop.is_set() or course.seconds - began >= course.options.time_limit:
        raise LimitError("The given split was not priced in the time there was.")
    raise InfeasibleError(
        "Not even without rules is there a plan around the given split.", unavoidable_hints(data)
    )
