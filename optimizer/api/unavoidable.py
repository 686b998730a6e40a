"""What no plan can avoid to be short of, from a linear model without rules, minimums and costs."""

from __future__ import annotations

from models.build import ImpossibleError, build_unavoidable
from models.problem import Problem
from models.solution import Solution
from optimizer.api.course import Course
from optimizer.api.errors import InfeasibleError
from optimizer.api.hints import ASK, impossible, unavoidable_hints
from optimizer.contract.data import Data
from optimizer.results import Unavoidable
from optimizer.results.amounts import written
from optimizer.solve import Answer, Status
from optimizer.solve.run import solve as run

NOT_KNOWN = "How much of the shortage no plan can avoid was not worked out in the time."


def unavoidable_shortage(
    data: Data, problem: Problem, course: Course, solution: Solution
) -> Unavoidable | None:
    """The part of the shortage that no plan can avoid; None where it was not found in time.

    A plan that is short of nothing shows that nothing is unavoidable, without a further solve.
    """
    if not solution.shortage and not solution.late:
        return Unavoidable(0.0, 0.0)
    if course.stop.is_set():
        return None
    answer = _least_shortage(data, problem, course)
    if not answer.result.has_plan:
        return None
    chance, last = problem.outcomes, problem.horizon.periods
    short = 0.0
    for (name, index), quantity in answer.values().items():
        if name in ("shortage", "late") and isinstance(index, tuple):
            item, *_, period, outcome = index
            if not problem.needs.shortage_cost[item]:
                continue  # what costs nothing is left short here, whether it need be or not
            if name == "shortage" or period == last:
                short += chance[outcome] * written(quantity)
    return Unavoidable(cost=answer.result.objective if short else 0.0, quantity=short)


def refuse_what_no_easing_mends(data: Data, problem: Problem, course: Course) -> None:
    """Raise InfeasibleError where rules and minimums are not to blame that there is no plan."""
    _least_shortage(data, problem, course)


def _least_shortage(data: Data, problem: Problem, course: Course) -> Answer:
    course.tell("unavoidable shortage")
    try:
        model = build_unavoidable(problem)
    except ImpossibleError as error:
        raise InfeasibleError(impossible(error, data), (*unavoidable_hints(data), ASK)) from error
    answer = run(model, course.options, stop=course.stop)
    if answer.result.status is Status.INFEASIBLE:
        raise InfeasibleError(
            "No plan meets what must be met, not even without rules, minimums and costs.",
            (*unavoidable_hints(data), ASK),
        )
    return answer
