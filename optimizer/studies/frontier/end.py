"""Where a rule becomes impossible: the step between a plan and none, halved several times."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

import numpy as np

from models.build import ImpossibleError
from models.problem import Problem
from optimizer.solve.compile import ContradictionError
from optimizer.solve.edits import Costs
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import Status
from optimizer.studies.frontier.sweep import POINTS, Grid, Place, Sweep, in_model
from optimizer.studies.limits import with_limit
from optimizer.studies.loaded import Loaded

_WITHIN = {"share": 0.1, "spend_share": 0.1, "risk": 0.1, "count": 1.0, "hhi": 10.0}
"""How exactly the place is sought, in points or units; of other metrics a part of the step."""
_PART = 0.02


@dataclass(frozen=True, slots=True)
class End:
    """There is a plan at the one limit and, as is proven, none at the other."""

    possible: float
    impossible: float


def end_between(
    grid: Grid,
    loose: Place,
    tight: Place,
    within: float | None,
    options: SolveOptions,
    stop: threading.Event,
) -> End | None:
    """Where plans end between two limits of the first rule, the first with a plan and the other
    without; None where the first is no limit.

    within: how far the two limits of the answer may lie apart, in points of a share or units of the
    metric; 0: as they are given; None: what is close enough for the metric.  Each try halves the
    step and asks only whether there is a plan, whatever it costs; it may take as long as the time
    limit of the options, and one that stays open ends the search.
    """
    sweep = grid.sweeps[0]
    possible, impossible = sweep.limits[loose[0]], sweep.limits[tight[0]]
    if possible is None or impossible is None:
        return None
    marks = _marks(sweep, possible, impossible, within)
    low, high = 0, len(marks) - 1
    while high - low > 1 and not stop.is_set():
        middle = (low + high) // 2
        limit = in_model(sweep.rule, marks[middle])
        problem = with_limit(grid.problems[tight], sweep.rule.rule, limit)
        found = _has_plan(problem, options, stop)
        if found is None:
            break
        low, high = (middle, high) if found else (low, middle)
    return End(marks[low], marks[high])


def _marks(sweep: Sweep, start: float, stop: float, within: float | None) -> list[float]:
    """Limits between two, both included: the multiples of what is close enough."""
    unit = _WITHIN.get(sweep.rule.metric, _PART * abs(stop - start)) if within is None else within
    if not unit:
        return [start, stop]
    unit = max(1.0, round(unit)) if sweep.rule.metric == "count" else unit
    scale = POINTS if sweep.of_share else 1.0
    low, high = sorted((start, stop))
    first, last = math.floor(low * scale / unit) + 1, math.ceil(high * scale / unit) - 1
    between = [k * unit / scale for k in range(first, last + 1)]
    kept = [low, *(one for one in between if low < one < high), high]
    return kept if start < stop else kept[::-1]


def _has_plan(problem: Problem, options: SolveOptions, stop: threading.Event) -> bool | None:
    """Whether a problem has any plan; None: not known in time."""
    try:
        loaded = Loaded(problem, options)
    except (ImpossibleError, ContradictionError):
        return False
    columns = loaded.session.arrays.columns
    free = Costs(np.arange(columns, dtype=np.int32), np.zeros(columns))
    found = loaded.solve([free], stop=stop).answer.result
    if found.has_plan:
        return True
    return False if found.status is Status.INFEASIBLE else None
