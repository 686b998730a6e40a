"""Each place's plan as tables, checked by the independent checker, and what it reaches."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.solution import Solution
from optimizer.contract.plan import Plan, Size
from optimizer.contract.policy import Rule
from optimizer.results import Solved, Unavoidable, tabulate
from optimizer.results.basis import basis
from optimizer.results.rules import rule_rows
from optimizer.solve.outcome import relative_gap
from optimizer.studies.frontier.steps import INFEASIBLE, Steps
from optimizer.studies.frontier.sweep import Grid, Place, with_limits
from optimizer.verify import Violation, verify

_AGREEMENT = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One place: its status, the plan where there is one, and what the swept rule reaches.

    ``bound``: no plan costs less; -inf where nothing was proven.
    """

    status: str
    bound: float
    plan: Plan | None = None
    reached: float | None = None

    @property
    def cost(self) -> float:
        """Cost of the plan, by its tables; inf without one."""
        return math.inf if self.plan is None else self.plan.facts.objective


class RefutedError(Exception):
    """The checker disagrees with a plan; ``violations`` say in what."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(f"{len(violations)} violations")
        self.violations = violations


def points(grid: Grid, steps: Steps, gap: float) -> Mapping[Place, Point]:
    """Every place with the tables of its plan: its own, or that of a tighter place if cheaper.

    gap: relative, at which a plan counts as optimal.  Raises RefutedError where the checker
    disagrees with a plan.
    """
    made = _Points(grid, steps, gap)
    for place in sorted(grid.places, key=sum, reverse=True):
        made.add(place)
    return {place: made.found[place] for place in grid.places}


class _Points:
    def __init__(self, grid: Grid, steps: Steps, gap: float) -> None:
        self._grid = grid
        self._steps = steps
        self._gap = gap
        self._source: dict[Place, Place] = {}
        self.found: dict[Place, Point] = {}

    def add(self, place: Place) -> None:
        """A place, once all tighter ones are there."""
        status, bound = self._steps.status(place), self._steps.bound(place)
        best: tuple[Plan, Solution] | None = None
        for source in (place, *self._tighter(place)):
            cost = math.inf if best is None else best[0].facts.objective
            if source != place and not self.found[source].cost < cost:
                continue
            origin = self._source.get(source, source)
            solution = self._steps.solution(place, origin)
            if solution is None:
                continue
            plan = self._tabulated(place, solution)
            if plan.facts.objective < cost:
                best = plan, solution
                self._source[place] = origin
        if best is None:
            self.found[place] = Point(status, -math.inf if status == INFEASIBLE else bound)
            return
        plan, solution = best
        violations = verify(plan)
        if violations:
            raise RefutedError(violations)
        reached = _reached(self._grid, solution, self._grid.sweeps[0].rule)
        self.found[place] = Point(self._status(plan, status), plan.facts.bound, plan, reached)

    def _tighter(self, place: Place) -> Iterator[Place]:
        """The places one limit tighter."""
        for n, one in enumerate(self._grid.sweeps):
            if place[n] + 1 < len(one.limits):
                yield (*place[:n], place[n] + 1, *place[n + 1 :])

    def _tabulated(self, place: Place, solution: Solution) -> Plan:
        problem = self._grid.problems[place]
        solved = Solved(
            status=self._steps.status(place),
            bound=self._steps.bound(place),
            seconds=self._steps.seconds(place),
            size=Size(len(problem.outcomes), 0, 0, 0),
        )
        data = self._grid.data_at(place)
        return tabulate(data, problem, solution, solved, Unavoidable(0.0, 0.0))

    def _status(self, plan: Plan, status: str) -> str:
        """What is to be said of a plan, which may be another one than the solve ended with."""
        if relative_gap(plan.facts.objective, plan.facts.bound) <= max(self._gap, _AGREEMENT):
            return "optimal"
        return status if status in ("interrupted", "stopped") else "time_limit"


def _reached(grid: Grid, solution: Solution, rule: Rule) -> float | None:
    """What the plan makes of the swept rule, also where the rule is left out."""
    active = with_limits(grid.data, {rule.rule: rule.limit})
    rows = rule_rows(basis(active, grid.problem, solution))
    found = [row.actual for row in rows if row.rule == rule.rule]
    if not found:
        return None
    return max(found) if rule.sense == "max" else min(found)
