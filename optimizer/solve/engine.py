"""HiGHS: loading arrays, running it so that it can be stopped, and reading what it found.

Every run happens in a thread of its own. So Ctrl-C reaches the waiting thread at once, and a
change in the number of threads takes effect: HiGHS keeps its scheduler per calling thread, made
with the thread count of the first run there.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from optimizer.solve.arrays import Arrays, Floats
from optimizer.solve.edits import (
    AddedRows,
    Coefficients,
    ColumnBounds,
    Costs,
    DroppedRows,
    Edit,
    RowBounds,
)
from optimizer.solve.progress import Watch

ModelStatus = highspy.HighsModelStatus

# Presolve's search for parallel rows and columns calls some feasible models infeasible, and ends
# the process on others (tests/solve/test_highs_presolve.py has one of each).
_NO_PARALLEL_ROWS = 8192
_BY_COLUMNS = 1
_MINIMISE = 1
_POLL_SECONDS = 0.1
_LOG_SECONDS = 0.5


class SolverError(RuntimeError):
    """The solver gave up without saying that there is no plan, or refused what it was given.

    It refuses numbers from 1e15 on; else that is a defect of this program.
    """


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What HiGHS has in hand after a run.

    values: a feasible plan or None; objective: its cost; bound: proven lower bound, -inf if none;
    duals: of the rows, where a linear program was solved to optimality, at a vertex or inside.
    """

    status: highspy.HighsModelStatus
    objective: float
    bound: float
    values: Floats | None
    duals: Floats | None


def solver() -> highspy.Highs:
    """A HiGHS without a model."""
    make: Callable[[], highspy.Highs] = highspy.Highs
    return make()


def load(arrays: Arrays, *, relaxed: bool) -> highspy.Highs:
    """A silent HiGHS with the model in it; `relaxed` leaves out that columns are whole."""
    highs = solver()
    # Without its output switched on, HiGHS does not call back with progress either.
    set_options(highs, output_flag=True, log_to_console=False)
    set_options(highs, presolve_rule_off=_NO_PARALLEL_ROWS)
    whole = np.zeros(arrays.columns, dtype=np.int32) if relaxed else arrays.integer.astype(np.int32)
    check(
        highs.passModel(
            arrays.columns,
            arrays.rows,
            len(arrays.value),
            _BY_COLUMNS,
            _MINIMISE,
            arrays.offset,
            arrays.cost,
            arrays.lower,
            arrays.upper,
            arrays.row_lower,
            arrays.row_upper,
            arrays.start[:-1],
            arrays.index,
            arrays.value,
            whole,
        ),
        "loading the model",
    )
    return highs


def set_options(highs: highspy.Highs, **options: Any) -> None:
    """Set HiGHS options by name."""
    for name, value in options.items():
        check(highs.setOptionValue(name, value), f"option {name} = {value}")


def check(status: highspy.HighsStatus, what: str) -> None:
    """Raise SolverError if HiGHS reports an error; warnings pass."""
    if status == highspy.HighsStatus.kError:
        raise SolverError(
            f"The solver refused what it was given ({what}). Look for a quantity or a price in the "
            "input that is far too large: from 1e15 on it cannot tell numbers apart."
        )


def edit_loaded(highs: highspy.Highs, edit: Edit) -> None:
    """Apply an edit to a loaded model; its basis stays, where there is one."""
    match edit:
        case RowBounds(rows, lower, upper):
            for row, least, most in zip(rows, lower, upper, strict=True):
                check(highs.changeRowBounds(int(row), float(least), float(most)), "row bounds")
        case ColumnBounds(columns, lower, upper):
            check(highs.changeColsBounds(len(columns), columns, lower, upper), "column bounds")
        case Costs(columns, costs):
            check(highs.changeColsCost(len(columns), columns, costs), "costs")
        case Coefficients(rows, columns, values):
            for row, column, value in zip(rows, columns, values, strict=True):
                check(highs.changeCoeff(int(row), int(column), float(value)), "a coefficient")
        case AddedRows(added):
            lengths = [len(row.columns) for row in added]
            starts = np.cumsum([0, *lengths[:-1]]).astype(np.int32)
            check(
                highs.addRows(
                    len(added),
                    np.array([row.lower for row in added]),
                    np.array([row.upper for row in added]),
                    sum(lengths),
                    starts,
                    np.concatenate([row.columns for row in added]).astype(np.int32),
                    np.concatenate([row.values for row in added]),
                ),
                "further rows",
            )
        case DroppedRows(count):
            last = highs.getNumRow()
            gone = np.arange(last - count, last, dtype=np.int32)
            check(highs.deleteRows(count, gone), "dropping rows")


def give_start(highs: highspy.Highs, values: Floats) -> highspy.HighsStatus:
    """Hand over a plan to start from, one number for each column."""
    solution = highspy.HighsSolution()
    solution.col_value = list(values)
    return highs.setSolution(solution)


def run(highs: highspy.Highs, watch: Watch, seconds: float = math.inf) -> Found:
    """Run HiGHS until it ends, `seconds` or the watch's limit pass, or someone asks to stop.

    An error in the watch's progress function, or a KeyboardInterrupt, stops HiGHS first and is
    then raised.
    """
    # The clock of an instance goes on from run to run, and its limit is compared with the total.
    allowed = highs.getRunTime() + min(seconds, watch.left)
    set_options(highs, time_limit=min(allowed, highspy.kHighsInf))
    set_options(highs, mip_min_logging_interval=_LOG_SECONDS)
    abandoned = threading.Event()
    latest = [math.inf, -math.inf]

    def interrupt(event: Any) -> None:
        if abandoned.is_set() or watch.stop.is_set():
            event.interrupt()

    def log(event: Any) -> None:
        latest[0] = event.data_out.mip_primal_bound
        latest[1] = event.data_out.mip_dual_bound

    callbacks = (highs.cbSimplexInterrupt, highs.cbIpmInterrupt, highs.cbMipInterrupt)
    for callback in callbacks:
        callback.subscribe(interrupt)
    highs.cbMipLogging.subscribe(log)

    def work() -> None:
        highs.run()
        # A scheduler that outlives its thread can hang the interpreter's exit on Windows.
        highspy.Highs.resetGlobalScheduler(False)

    worker = threading.Thread(target=work, name="HiGHS", daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(_POLL_SECONDS)
            if worker.is_alive():
                watch.tell(*latest)
    finally:
        abandoned.set()
        worker.join()
        for callback in callbacks:
            callback.unsubscribe(interrupt)
        highs.cbMipLogging.unsubscribe(log)
    return _read(highs)


def _read(highs: highspy.Highs) -> Found:
    status = highs.getModelStatus()
    if status == ModelStatus.kModelEmpty:
        cost = highs.getLp().offset_
        return Found(ModelStatus.kOptimal, cost, cost, np.zeros(0), np.zeros(highs.getNumRow()))
    info = highs.getInfo()
    was_mip = info.mip_node_count >= 0
    feasible = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    vertex = status == ModelStatus.kOptimal and not was_mip and highs.getBasis().valid
    values = duals = None
    objective = math.inf
    # A feasible point of an unbounded model is no plan: there is always a cheaper one.
    if feasible and status != ModelStatus.kUnbounded:
        solution = highs.getSolution()
        values = np.array(solution.col_value, dtype=np.float64)
        objective = info.objective_function_value
        if not was_mip and solution.dual_valid:
            duals = np.array(solution.row_dual, dtype=np.float64)
    # The objective of an interior point is close to the bound, but only a vertex proves it.
    bound = info.mip_dual_bound if was_mip else (objective if vertex else -math.inf)
    return Found(status, objective, bound if math.isfinite(bound) else -math.inf, values, duals)
