"""What no plan can avoid to be short of, from a linear model without rules, minimums and costs."""

from __future__ import annotations

from collections.abc import Mapping

from models.build import ImpossibleError, build_unavoidable
from models.out_of_reach import ShortKey, out_of_reach, shortage_cost
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

NOT_KNOWN = (
    "How much of the shortage no plan can avoid was not found out: "
    "the time was over, the search was stopped, or the solver gave up."
)


def unavoidable_shortage(
    data: Data, problem: Problem, course: Course, solution: Solution
) -> Unavoidable | None:
    """The part of the shortage that no plan can avoid; None where it was not found out.

    A plan that is short of nothing but what nothing can reach shows it without a further solve.
    Else one is needed, which tells nothing where it is stopped, runs out of time or gives up.
    """
    plain = out_of_reach(problem)
    if not solution.late and _is_within(solution.shortage, plain):
        return Unavoidable(shortage_cost(problem, plain), _quantity(problem, plain))
    if course.stop.is_set():
        return None
    answer = _least_shortage(data, problem, course)
    # A plan of a search that was cut short may be short of more than the least.
    if answer.result.status is not Status.OPTIMAL:
        return None
    last = problem.horizon.periods
    short = {
        index: quantity
        for (name, index), quantity in answer.values().items()
        if isinstance(index, tuple)
        and (name == "shortage" or (name == "late" and index[-2] == last))
    }
    quantity = _quantity(problem, short)
    return Unavoidable(cost=answer.result.objective if quantity else 0.0, quantity=quantity)


def _is_within(short: Mapping[ShortKey, float], plain: Mapping[ShortKey, float]) -> bool:
    return all(written(q) <= written(plain.get(key, 0.0)) for key, q in short.items())


def _quantity(problem: Problem, short: Mapping[ShortKey, float]) -> float:
    """Expected; what costs nothing is left short whether it need be or not, and is not counted."""
    cost, chance = problem.needs.shortage_cost, problem.outcomes
    return sum(chance[key[-1]] * written(q) for key, q in short.items() if cost[key[0]])


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
