"""A plan, and what happens to it if one of its sources stops tomorrow."""

from __future__ import annotations

import dataclasses
import threading

from optimizer.api.course import options_of
from optimizer.api.errors import InfeasibleError, LimitError
from optimizer.api.plan import SolvedPlan
from optimizer.api.solving import solve
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.solve import Progress
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.decided import first_stage_of
from optimizer.studies.stress.study import stress_rows
from optimizer.studies.stress.survival import NoServiceError, StoppedError

PHASE = "stress"


def stress(
    data: Data,
    duration: int | None = None,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> SolvedPlan:
    """The plan of `solve`, with the table ``stress``: each source stops tomorrow.

    Each country, supplier and licence, and each country in which a stage is done, delivers nothing
    from the first period on: for `duration` periods in the loss (None: to the end), to the end in
    the time to survive.  The other arguments are those of `solve`; the time limit holds for the
    plan and, once more, for the stops.  Setting stop, or Ctrl-C, ends the search for the plan with
    the best one so far; a further Ctrl-C ends the call.

    Raises:
        InfeasibleError, SolverError, VerificationError, ValueError: as `solve`; ValueError too
            where duration is below 1.
        LimitError: no plan, or not the answer to every stop, within the time.
    """
    if duration is not None and duration < 1:
        raise ValueError(f"duration must be at least 1 period, not {duration}")
    solved = solve(
        data, gap=gap, time_limit=time_limit, threads=threads, progress=progress, stop=stop
    )
    plan = solved.contract
    if progress is not None:
        progress(Progress(PHASE, plan.facts.seconds, float("inf"), -float("inf")))
    ended = threading.Event()
    with ctrl_c_stops(ended):
        return SolvedPlan(_stressed(plan, duration, ended))


def _stressed(plan: Plan, duration: int | None, stop: threading.Event) -> Plan:
    options = options_of(plan.data)
    kept = first_stage_of(plan, assemble(plan.data))
    try:
        rows = stress_rows(plan.data, kept, options, duration, stop=stop)
    except StoppedError as error:
        reason = "Stopped" if stop.is_set() else f"{options.time_limit:g} more seconds were too few"
        raise LimitError(f"{reason} before every stop was looked at.") from error
    except NoServiceError as error:
        raise InfeasibleError(
            f"Where nothing stops and no risk comes true, no plan is possible: {error}."
        ) from error
    return dataclasses.replace(plan, tables=dataclasses.replace(plan.tables, stress=rows))
