"""A plan, and how far it depends on what can only be guessed."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterable

from optimizer.api.course import options_of
from optimizer.api.plan import SolvedPlan
from optimizer.api.solving import solve
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.solve import Progress
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.sensitivity.study import Tell, sweep_rows
from optimizer.studies.sensitivity.worst import worst_rows

DISTANCES = (0.05, 0.1, 0.2)
POINTS = 5


def sensitivity(
    data: Data,
    *,
    distances: Iterable[float] = DISTANCES,
    points: int = POINTS,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> SolvedPlan:
    """The plan of `solve`, with the tables ``sensitivity`` and ``worst_probabilities``.

    Each probability of Risks, the call-off band and overbooking are given `points` values in turn
    (at least 2, the given one included), and everything is planned anew each time; where suppliers
    or awards change in between, the point of change is sought.  The plan's expected cost is worked
    out under the worst probabilities of the outcomes that are each at most a distance (0..1) off.

    The other arguments are those of `solve`.  Each further plan may take as long as the time limit,
    all of them ten times as long; a note says which values were left out.  Setting stop, or Ctrl-C,
    ends the search for the plan with the best one so far; a further Ctrl-C ends the other solves,
    and what was found by then is kept.

    Raises:
        InfeasibleError, LimitError, SolverError, VerificationError: as `solve`.
        ValueError: as `solve`, or points or a distance is out of range.
    """
    wanted = tuple(distances)
    if points < 2:
        raise ValueError(f"points must be at least 2, not {points}")
    for distance in wanted:
        if not 0 <= distance <= 1:
            raise ValueError(f"a distance must lie between 0 and 1, not {distance:g}")
    began = time.monotonic()

    def tell(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, time.monotonic() - began, float("inf"), -float("inf")))

    solved = solve(
        data, gap=gap, time_limit=time_limit, threads=threads, progress=progress, stop=stop
    )
    ended = stop or threading.Event()
    with ctrl_c_stops(ended):
        return SolvedPlan(_studied(solved.contract, wanted, points, tell, ended))


def _studied(
    plan: Plan,
    distances: tuple[float, ...],
    points: int,
    tell: Tell,
    stop: threading.Event,
) -> Plan:
    facts, options = plan.facts, options_of(plan.data)
    worst = worst_rows(plan, distances, options)
    swept = sweep_rows(plan, assemble(plan.data), options, points, tell, stop)
    return dataclasses.replace(
        plan,
        facts=dataclasses.replace(facts, notes=(*facts.notes, *swept.notes)),
        tables=dataclasses.replace(plan.tables, sensitivity=swept.rows, worst_probabilities=worst),
    )
