"""From what outcomes agree on to a plan for all of them together."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from models.problem import Problem
from optimizer.api.course import Course
from optimizer.decompose.hedging import Decisions
from optimizer.solve.edits import ColumnBounds
from optimizer.studies.loaded import Loaded
from optimizer.studies.optimum import Optimum

_SHARE = 0.5
"""Of what is left of the time, for one plan: the bound needs the rest."""
_LEAST_SECONDS = 1.0


class Planner:
    """The whole model on one rank, with what is agreed on given, and the best plan that it made.

    What is not agreed on is decided by branch and bound, so that every plan keeps every rule.
    """

    def __init__(self, problem: Problem, course: Course) -> None:
        self._problem, self._course = problem, course
        self._loaded: Loaded | None = None
        self._tried: set[frozenset[tuple[tuple[str, Any], float]]] = set()
        self.best: Optimum | None = None

    @property
    def objective(self) -> float:
        """What the best plan so far costs; inf without one."""
        return math.inf if self.best is None else self.best.objective

    def plan_from(self, agreed: Decisions, bound: float) -> float:
        """Look for a better plan that decides as agreed, unless that was done before.

        bound: no plan costs less.  Returns what the best plan so far costs.

        Raises ImpossibleError (models.build) where a constraint cannot hold whatever is decided.
        """
        said = frozenset(agreed.items())
        if said in self._tried or self._course.stop.is_set():
            return self.objective
        self._tried.add(said)
        if self._loaded is None:
            self._loaded = Loaded(self._problem, self._course.options)
        column_of = self._loaded.compiled.column_of
        known = [(column_of[label], value) for label, value in agreed.items() if label in column_of]
        columns = np.array([column for column, _ in known], dtype=np.int32)
        values = np.array([value for _, value in known])
        found = self._loaded.solve(
            [ColumnBounds(columns, values, values)] if known else [],
            floor=bound,
            seconds=max(_LEAST_SECONDS, _SHARE * self._course.limits.time_limit),
            stop=self._course.stop,
        )
        if found.solution is not None and found.objective < self.objective:
            self.best = replace(found, bound=bound)
        return self.objective
