"""What a plan comes to with one number changed: the best one found, and what it decides."""

from __future__ import annotations

import dataclasses
import math
import threading
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from models.build import ImpossibleError, build
from models.carry import keep_awards
from models.problem import Problem
from models.solution import Solution, read_solution
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.results.amounts import written
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import Status
from optimizer.solve.run import solve
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.optimum import optimum
from optimizer.studies.sensitivity.change import Decision, change_between, limits_of

FREE_SHARE = 0.6
"""Of the time for a value, the part in which nothing is held; the rest is for known decisions."""
_LEAST_GAP = 1e-6
_LEAST_SECONDS = 1e-3


class ImpossiblePointError(Exception):
    """With this value no plan keeps everything that must be kept."""


class NoPointError(Exception):
    """No plan was found in the time, or someone asked to stop."""


@dataclass(frozen=True, slots=True)
class Point:
    """The best plan found with a value: its cost, shortage (expected) and decision.

    ``objective`` is of the plan's own aim, as is ``bound``.  ``proven``: within the gap.
    ``clear``: it is certain that known decisions cost more than the gap above it, or do not.
    """

    objective: float
    bound: float
    shortage: float
    decision: Decision
    proven: bool
    clear: bool = True


class Points:
    """Solves one changed workbook after the other; what was solved before is not solved again."""

    def __init__(self, options: SolveOptions, stop: threading.Event) -> None:
        self._options, self._stop = options, stop
        self._found: dict[Hashable, Point] = {}

    def solved(self, data: Data, known: Sequence[Decision], seconds: float) -> Point:
        """The best plan for the data within so many seconds.

        known: decisions to be told apart from, the preferred one first.  If a plan that decides
        as one of them costs no more than the best one and the gap, that is what is decided: plans
        whose costs cannot be told apart are no change.  Where the time is too short to find such a
        plan and to rule it out, the point is not clear.

        Raises ImpossiblePointError, NoPointError.
        """
        key = _key(data)
        if key not in self._found:
            self._found[key] = self._free(data, FREE_SHARE * seconds)
        point = self._found[key]
        others = [one for one in known if change_between(one, point.decision)]
        if len(others) < len(known):
            return point
        share = (1 - FREE_SHARE) * seconds / max(1, len(others))
        problem, clear = assemble(data), True
        for decision in others:
            held = self._held(problem, decision, share)
            if held.objective < point.objective:
                point = dataclasses.replace(
                    point, objective=held.objective, shortage=held.shortage, decision=decision
                )
                self._found[key] = point
            ceiling = point.objective + self._room(point.objective)
            if held.objective <= ceiling:
                return dataclasses.replace(point, decision=decision)
            clear = clear and (held.proven or held.bound > ceiling)
        return dataclasses.replace(point, clear=clear, proven=point.proven and clear)

    def _free(self, data: Data, seconds: float) -> Point:
        problem = assemble(data)
        try:
            best = optimum(problem, self._within(seconds), stop=self._stop)
        except ImpossibleError as error:
            raise ImpossiblePointError from error
        status = best.answer.result.status
        if status is Status.INFEASIBLE:
            raise ImpossiblePointError
        if best.solution is None or self._stop.is_set():
            raise NoPointError
        return _point(problem, best.solution, best.objective, best.bound, status is Status.OPTIMAL)

    def _held(self, problem: Problem, decision: Decision, seconds: float) -> Point:
        """The best plan found that decides as given, rules on; its cost is infinite without one.

        ``proven``: to the gap, or that there is none.
        """
        nothing = Point(math.inf, -math.inf, 0.0, decision, proven=False)
        try:
            model = build(problem)
        except ImpossibleError:
            return dataclasses.replace(nothing, proven=True)
        keep_awards(model, *limits_of(decision))
        answer = solve(
            model,
            self._within(seconds),
            generators=hhi_generators(problem),
            guide=sourcing_guide(problem),
            stop=self._stop,
        )
        if self._stop.is_set():
            raise NoPointError
        result = answer.result
        if not result.has_plan:
            infeasible = result.status is Status.INFEASIBLE
            return dataclasses.replace(nothing, bound=result.bound, proven=infeasible)
        solution = read_solution(answer.values(), problem)
        optimal = result.status is Status.OPTIMAL
        return _point(problem, solution, result.objective, result.bound, optimal)

    def _within(self, seconds: float) -> SolveOptions:
        return dataclasses.replace(self._options, time_limit=max(_LEAST_SECONDS, seconds))

    def _room(self, objective: float) -> float:
        return max(self._options.gap, _LEAST_GAP) * abs(objective)


class Allowance:
    """The time for all values together, shared out over those that are still to come."""

    def __init__(self, seconds: float, most: float) -> None:
        self._end, self._most = time.monotonic() + seconds, most

    @property
    def left(self) -> float:
        """Seconds, never negative."""
        return max(0.0, self._end - time.monotonic())

    def share(self, waiting: int) -> float:
        """Seconds for the next one of so many that wait."""
        return min(self._most, self.left / max(1, waiting))


def _point(
    problem: Problem, solution: Solution, objective: float, bound: float, proven: bool
) -> Point:
    last, chance = problem.horizon.periods, problem.outcomes
    short = [chance[key[-1]] * written(q) for key, q in solution.shortage.items()]
    short += [chance[key[-1]] * written(q) for key, q in solution.late.items() if key[3] == last]
    award = {offer: written(quantity) for offer, quantity in solution.award.items()}
    return Point(objective, bound, math.fsum(short), Decision(award), proven)


def _key(data: Data) -> Hashable:
    """What sweeps change: data with the same key are the same."""
    chances = tuple(
        None if row.probability is None else round(row.probability, 12) for row in data.risks
    )
    terms = (data.settings.call_off_min, data.settings.call_off_max, data.settings.overbooking)
    return chances, terms
