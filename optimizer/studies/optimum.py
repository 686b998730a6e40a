"""The best plan of a problem: the one way in which a problem becomes a plan.

For the worst case there are two steps: the least worst cost, then the least expected cost among the
plans whose worst outcome costs no more than that, within the gap.
"""

from __future__ import annotations

import dataclasses
import math
import threading
import time
from dataclasses import dataclass

from models.build import build
from models.problem import Measure, Problem
from models.solution import Solution, read_solution
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import ProgressFunction
from optimizer.solve.run import Answer, solve
from optimizer.solve.tangents import hhi_generators

_LEAST_SECONDS = 1e-3
_FIRST_STEP = 0.6
_LEAST_ROOM = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """What came of a problem.  ``objective`` and ``bound`` are of its own aim; ``solution`` is
    None where no plan was found, and ``answer`` says why.
    """

    answer: Answer
    objective: float
    bound: float
    solution: Solution | None


def optimum(
    problem: Problem,
    options: SolveOptions,
    *,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> Optimum:
    """The best plan of a problem within the limits of the options.

    Raises ImpossibleError (models.build) where a constraint cannot hold whatever is decided.
    """
    worst_first = problem.aim.measure is Measure.WORST_CASE and len(problem.outcomes) > 1
    if not worst_first:
        return _solved(problem, options, progress, stop)
    began = time.monotonic()
    first = dataclasses.replace(options, time_limit=_FIRST_STEP * options.time_limit)
    least = _solved(problem, first, progress, stop)
    if least.solution is None or (stop is not None and stop.is_set()):
        return least
    room = max(options.gap, _LEAST_ROOM) * abs(least.objective)
    ceiling = max(least.objective, min(least.objective + room, least.bound + room))
    left = max(_LEAST_SECONDS, options.time_limit - (time.monotonic() - began))
    second = _solved(
        dataclasses.replace(problem, aim=dataclasses.replace(problem.aim, ceiling=ceiling)),
        dataclasses.replace(options, time_limit=left),
        progress,
        stop,
    )
    if second.solution is None:
        return least
    worst = max(second.solution.outcome_cost.values(), default=least.objective)
    return dataclasses.replace(second, objective=worst, bound=least.bound)


def _solved(
    problem: Problem,
    options: SolveOptions,
    progress: ProgressFunction | None,
    stop: threading.Event | None,
) -> Optimum:
    answer = solve(
        build(problem),
        options,
        generators=hhi_generators(problem),
        guide=sourcing_guide(problem),
        progress=progress,
        stop=stop,
    )
    result = answer.result
    if not result.has_plan:
        return Optimum(answer, math.inf, result.bound, None)
    return Optimum(answer, result.objective, result.bound, read_solution(answer.values(), problem))
