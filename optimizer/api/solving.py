"""From checked data to a verified plan."""

from __future__ import annotations

import dataclasses
import threading

from models.build import ImpossibleError
from models.carry import first_stage
from models.problem import Problem
from optimizer.api.course import Course, options_of, refuse_without_plan, with_settings
from optimizer.api.errors import InfeasibleError, VerificationError
from optimizer.api.hints import hints, impossible
from optimizer.api.locks import (
    Given,
    given_awards,
    lock_hints,
    lock_notes,
    locked,
    with_findings,
)
from optimizer.api.plan import SolvedPlan
from optimizer.api.unavoidable import (
    NOT_KNOWN,
    refuse_what_no_easing_mends,
    unavoidable_shortage,
)
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.given import GivenAwards
from optimizer.contract.plan import Plan, Size
from optimizer.results import Solved, Unavoidable, tabulate
from optimizer.results.comparison import Comparison
from optimizer.solve import Answer, Status
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.optimum import Optimum, optimum
from optimizer.studies.stress.main_stops import main_stops
from optimizer.studies.without_risk import without_risk
from optimizer.verify import Check, Violation, verify

_AGREEMENT = 1e-6
_PLAN_STATUS = {
    Status.OPTIMAL: "optimal",
    Status.TIME_LIMIT: "time_limit",
    Status.INTERRUPTED: "interrupted",
    Status.ERROR: "stopped",
}
_STOPPED = "The solver stopped before it reached the gap that Settings ask for."


def solve(
    data: Data,
    *,
    lock: Given | None = None,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> SolvedPlan:
    """The cheapest plan that keeps every rule, checked by the independent checker.

    lock: awards to keep (the sheet Awards of a result, perhaps edited, a CSV with supplier, item
    and award, or quantities over the horizon by supplier and item); 0 forbids an offer, and what
    is blank or not named is free.  Rules, minimum awards and capacities hold all the same.

    gap (0..1), time_limit (seconds, from the call to the plan) and threads (0: the machine's) take
    the place of the settings of that name.  What the plan is compared with comes on top, each
    within as much time again: the least shortage of any plan where it is short of something, and
    where there is risk the plan made without risk, its course in the outcomes, and the main stops.
    progress is told how far the work is, from this thread.  Setting stop, or the first Ctrl-C,
    ends the search with the best plan so far.

    Raises:
        InfeasibleError: no plan keeps everything that must be kept, the lock included.
        InputErrors: the file of the lock has errors.
        LimitError: the time limit or Ctrl-C came before any plan.
        QuestionError: the lock names what is no active offer, or no quantity.
        SolverError: the solver gave up.
        VerificationError: the checker disagrees with the plan.
        ValueError: gap, time_limit or threads is out of range.
    """
    data = with_settings(data, gap=gap, time_limit=time_limit, threads=threads)
    held = GivenAwards({}) if lock is None else given_awards(lock, data)
    data = with_findings(data, held)
    stop = stop or threading.Event()
    with ctrl_c_stops(stop):
        course = Course(options_of(data), progress, stop)
        course.tell("problem")
        problem = locked(assemble(data), held, data)
        plan = _plan(data, problem, course)
        course.tell("check")
        violations = verify(plan)
    if violations:
        raise VerificationError(tuple(violations))
    return SolvedPlan(plan)


def _plan(data: Data, problem: Problem, course: Course) -> Plan:
    """The best plan found, as tables, beside the plan made without risk and the main stops."""
    try:
        best = best_of(data, problem, course)
    except InfeasibleError:
        refuse_what_no_easing_mends(data, problem, course)
        raise
    assert best.solution is not None
    unavoidable = unavoidable_shortage(data, problem, course, best.solution)
    comparison = None
    if len(problem.outcomes) > 1 and not course.stop.is_set():
        course.tell("plan without risk")
        comparison = without_risk(data, problem, course.options, course.stop)
    plan = tabulated(data, problem, best, course, unavoidable, comparison)
    if len(problem.outcomes) > 1 and not course.stop.is_set():
        course.tell("stress")
        rows = main_stops(plan, first_stage(best.solution), course.options, course.stop)
        plan = dataclasses.replace(plan, tables=dataclasses.replace(plan.tables, stress=rows))
    return plan


def best_of(data: Data, problem: Problem, course: Course) -> Optimum:
    """The best plan of the data's problem; there is one.

    Raises InfeasibleError, LimitError and SolverError as `solve` does.
    """
    course.tell("build")
    try:
        best = optimum(problem, course.limits, progress=course.relay, stop=course.stop)
    except ImpossibleError as error:
        raise InfeasibleError(
            impossible(error, data), (*lock_hints(problem), *hints(data))
        ) from error
    if best.answer.result.status is Status.INFEASIBLE:
        kept = "every rule, every minimum and every award that is held"
        message = f"No plan keeps {kept if problem.held else 'every rule and every minimum'}."
        raise InfeasibleError(message, (*lock_hints(problem), *hints(data)))
    refuse_without_plan(best.answer, course.options.time_limit)
    return best


def tabulated(
    data: Data,
    problem: Problem,
    best: Optimum,
    course: Course,
    unavoidable: Unavoidable | None,
    comparison: Comparison | None = None,
) -> Plan:
    """The tables of the best plan, which cost what it costs.

    unavoidable: of its shortage; None where that is not known.

    Raises VerificationError where they cost something else.
    """
    course.tell("tables")
    assert best.solution is not None
    status = best.answer.result.status
    solved = Solved(
        status=_PLAN_STATUS[status],
        bound=best.bound,
        seconds=course.seconds,
        size=_size(problem, best.answer),
        comparison=comparison,
        notes=(
            *lock_notes(problem, data),
            *((_STOPPED,) if status is Status.ERROR else ()),
            *((NOT_KNOWN,) if unavoidable is None else ()),
        ),
    )
    plan = tabulate(data, problem, best.solution, solved, unavoidable or Unavoidable(0.0, 0.0))
    _refuse_other_cost(plan, best)
    return plan


def _size(problem: Problem, answer: Answer) -> Size:
    assert answer.compiled is not None
    arrays = answer.compiled.arrays
    return Size(
        outcomes=len(problem.outcomes),
        variables=arrays.columns,
        binaries=int(arrays.integer.sum()),
        constraints=arrays.rows,
    )


def _refuse_other_cost(plan: Plan, best: Optimum) -> None:
    """Raise VerificationError if the written rows cost something else than the solver's plan.

    They may cost less, by what the solver switched on and never used, but not less than the bound.
    """
    cost = plan.facts.objective
    tolerance = _AGREEMENT * max(1.0, abs(best.objective))
    for limit, excess in (
        (best.objective, cost - best.objective),
        (best.bound, best.bound - cost),
    ):
        if excess > tolerance:
            raise VerificationError(
                (Violation(Check.OBJECTIVE, "cost of the solver's plan", limit, cost, excess),)
            )
