"""Every place of a sweep solved on one loaded model, with what is known from the other places.

A bound of a looser place holds for every tighter one, and a plan of a tighter place for every
looser one; a plan of a looser place often keeps a tighter limit as well, and where it nearly costs
the bound, nothing is solved.  So each curve begins with its loosest limit, goes on with its
tightest, and then with the middle of what is still open: little is proven impossible twice.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence

from models.build import ImpossibleError
from models.problem import Problem
from models.solution import Solution, read_solution
from optimizer.solve.arrays import Arrays, Floats
from optimizer.solve.compile import ContradictionError
from optimizer.solve.edits import Edit, edited
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import Status
from optimizer.solve.progress import ProgressFunction
from optimizer.studies.frontier.plans import Known
from optimizer.studies.frontier.sweep import Grid, Place, in_model, scoped
from optimizer.studies.limits import can_be_moved, moved
from optimizer.studies.loaded import Loaded

INFEASIBLE = "infeasible"
_PROVEN = 1e-6
_ADVISERS = 2
_STATUS = {
    Status.OPTIMAL: "optimal",
    Status.TIME_LIMIT: "time_limit",
    Status.TIME_LIMIT_NO_PLAN: "limit",
    Status.INTERRUPTED: "interrupted",
    Status.INTERRUPTED_NO_PLAN: "interrupted",
    Status.INFEASIBLE: INFEASIBLE,
}

Tell = Callable[[Place], ProgressFunction | None]
"""What is told which place is next, and gives what is to be told how far its solve is."""


class Steps:
    """The places of a grid and what is known of each: status, bound, a plan, seconds of its solve.

    The time limit of the options holds for each solve.
    """

    def __init__(
        self, grid: Grid, options: SolveOptions, tell: Tell, stop: threading.Event
    ) -> None:
        """Build and load the model; once stop is set, nothing more is solved."""
        self._grid = grid
        self._options = options
        self._tell = tell
        self._stop = stop
        self._shared = _loaded(grid.problem, options)
        self._status: dict[Place, str] = {}
        self._bound: dict[Place, float] = {}
        self._plan: dict[Place, Known] = {}
        self._seconds: dict[Place, float] = {}
        self._gaps: dict[Place, float] = {}

    def solve(self) -> None:
        """Solve every place that has to be."""
        curves = self._grid.curves
        for curve in (curves[0], *reversed(curves[1:])):
            for place in _both_ends_first(curve):
                self._settle(place)

    def status(self, place: Place) -> str:
        """As in the table Frontier: how the solve of the place ended."""
        return self._status[place]

    def bound(self, place: Place) -> float:
        """No plan of the place costs less, by the best bound of this place and all looser ones."""
        known = (place, *self._looser(place))
        return max((self._bound.get(one, -math.inf) for one in known), default=-math.inf)

    def seconds(self, place: Place) -> float:
        """Of the solve of the place; 0 where what was known settled it."""
        return self._seconds.get(place, 0.0)

    def solution(self, place: Place, found_at: Place) -> Solution | None:
        """The plan that was found at a place, as one for this place; None where it is none."""
        plan, loaded = self._plan.get(found_at), self._loaded_for(place)
        if plan is None or loaded is None:
            return None
        values = plan.under(loaded.compiled, _with_edits(loaded, self._edits(place, loaded)))
        if values is None:
            return None
        return read_solution(loaded.compiled.values(values), self._grid.problems[place])

    def _settle(self, place: Place) -> None:
        """Know what a place costs, by a solve unless a looser place is impossible already."""
        progress = self._tell(place)
        status = INFEASIBLE
        if not any(self._status[other] == INFEASIBLE for other in self._looser(place)):
            loaded = self._loaded_for(place)
            if loaded is not None:
                status = self._solve(place, loaded, progress)
        self._status[place] = status

    def _solve(self, place: Place, loaded: Loaded, progress: ProgressFunction | None) -> str:
        if self._stop.is_set():
            return "interrupted"
        edits = self._edits(place, loaded)
        found = loaded.solve(
            edits,
            problem=self._grid.problems[place],
            starts=self._starts(place, loaded, _with_edits(loaded, edits)),
            floor=self.bound(place),
            gap=max([self._options.gap, *self._gaps.values()]),
            progress=progress,
            stop=self._stop,
        ).answer.result
        self._bound[place] = found.bound
        self._seconds[place] = found.seconds if found.notes else 0.0
        if found.values is None:
            return _STATUS.get(found.status, "stopped")
        self._plan[place] = Known(loaded.compiled, found.values)
        if found.gap <= max(self._options.gap, _PROVEN):
            return _STATUS[Status.OPTIMAL]
        # Where the time was too short for one place, no other has to be proven closer.
        self._gaps.setdefault(place[1:], found.gap)
        ended_early = found.status is Status.INTERRUPTED
        return _STATUS[Status.INTERRUPTED if ended_early else Status.TIME_LIMIT]

    def _starts(self, place: Place, loaded: Loaded, arrays: Arrays) -> list[Floats]:
        """Plans of other places that hold here; where none does, those of the nearest as advice."""
        known = [plan.under(loaded.compiled, arrays) for plan in self._plan.values()]
        held = [values for values in known if values is not None]
        if held:
            return held
        near = sorted(self._plan, key=lambda other: _distance(place, other))[:_ADVISERS]
        plans = [self._plan[other] for other in near]
        return [plan.values for plan in plans if plan.compiled is loaded.compiled]

    def _looser(self, place: Place) -> list[Place]:
        return [other for other in self._status if _is_looser(other, place)]

    def _edits(self, place: Place, loaded: Loaded) -> list[Edit]:
        edits: list[Edit] = []
        if loaded is self._shared:
            for one, number in zip(self._grid.sweeps, place, strict=True):
                limit = in_model(one.rule, one.limits[number])
                edits += moved(loaded.compiled, self._grid.problem, one.rule.rule, limit)
        return edits

    def _loaded_for(self, place: Place) -> Loaded | None:
        """The model for a place, its own where edits cannot bring the shared one there."""
        if self._shared is not None and self._can_be_moved(place):
            return self._shared
        problem = self._grid.problems[place]
        return _loaded(scoped(problem, [problem]), self._options)

    def _can_be_moved(self, place: Place) -> bool:
        limits = self._grid.limits_at(place).items()
        return all(
            limit is None or can_be_moved(self._grid.problem, rule, limit) for rule, limit in limits
        )


def _both_ends_first(curve: Sequence[Place]) -> Iterator[Place]:
    """The loosest and the tightest place, then the middle of each part that is left."""
    last = len(curve) - 1
    yield curve[0]
    if last:
        yield curve[last]
    parts = [(0, last)]
    while parts:
        loose, tight = parts.pop(0)
        if tight - loose > 1:
            middle = (loose + tight) // 2
            yield curve[middle]
            parts += [(loose, middle), (middle, tight)]


def _distance(one: Place, other: Place) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def _is_looser(one: Place, other: Place) -> bool:
    """Whether every plan for the other place is one for this place as well."""
    return one != other and all(a <= b for a, b in zip(one, other, strict=True))


def _loaded(problem: Problem, options: SolveOptions) -> Loaded | None:
    """The model; None where a constraint cannot hold, whatever is decided."""
    try:
        return Loaded(problem, options)
    except (ImpossibleError, ContradictionError):
        return None


def _with_edits(loaded: Loaded, edits: Sequence[Edit]) -> Arrays:
    arrays = loaded.session.arrays
    for edit in edits:
        arrays, _ = edited(arrays, edit)
    return arrays
