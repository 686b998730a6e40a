"""A model loaded once and solved many times.

A session keeps the linear relaxation in HiGHS, so that a re-solve after an edit starts from the
last basis, and hands the mixed-integer model over afresh for each branch and bound. It is the
ground under sweeps of a limit, prices of rules and scenarios that change numbers only.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterable, Iterator

import highspy
import numpy as np

from optimizer.solve import engine
from optimizer.solve.arrays import MEDIUM, Arrays, Floats, Ints
from optimizer.solve.edits import ColumnBounds, Costs, Edit, edited
from optimizer.solve.engine import Found, ModelStatus
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch

_INTERIOR = 1e-5
_VERTEX = 1e-8


class Session:
    """One loaded model: its present arrays, its relaxation in HiGHS, and its edits."""

    def __init__(self, arrays: Arrays, options: SolveOptions | None = None) -> None:
        self.options = options or SolveOptions()
        self._arrays = arrays
        self._relaxed: highspy.Highs | None = None

    @property
    def arrays(self) -> Arrays:
        """The model as it stands after all edits."""
        return self._arrays

    @property
    def whole_columns(self) -> Ints:
        """Columns that are to be whole numbers."""
        return np.flatnonzero(self._arrays.integer).astype(np.int32)

    def apply(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Apply edits in order; returns those that undo them, in the order to apply them in."""
        undo: list[Edit] = []
        for edit in edits:
            self._arrays, back = edited(self._arrays, edit)
            undo.insert(0, back)
            if self._relaxed is not None:
                engine.edit_loaded(self._relaxed, edit)
        return tuple(undo)

    @contextlib.contextmanager
    def edited(self, edits: Iterable[Edit]) -> Iterator[None]:
        """The model with these edits while inside, and without them afterwards."""
        undo = self.apply(edits)
        try:
            yield
        finally:
            self.apply(undo)

    def relaxation(
        self,
        watch: Watch,
        *,
        seconds: float = math.inf,
        method: str = "choose",
        feasibility: float | None = None,
        below: float = math.inf,
    ) -> Found:
        """Solve without the columns being whole, from the last basis where there is one.

        seconds: a limit beside the watch's own; feasibility: tolerance of rows and bounds, that of
        the final plan if None; below: a cost from which on there is no interest in the plan.
        method: "choose" (the simplex from the last basis; where there is none and the model is
        not small, an interior point and then a vertex), "simplex", "ipm", or "interior": an
        interior point, which is no vertex and proves no bound by itself (optimizer.solve.duality),
        but is had quickest where the model is large.
        """
        highs = self._loaded_relaxation()
        cold = len(self._arrays.value) >= MEDIUM and not highs.getBasis().valid
        if method == "choose" and cold:
            method = "ipm"
        engine.set_options(
            highs,
            solver="ipm" if method == "interior" else method,
            run_crossover="off" if method == "interior" else "on",
            ipm_optimality_tolerance=_INTERIOR if method == "interior" else _VERTEX,
            primal_feasibility_tolerance=feasibility or self.options.feasibility,
            dual_feasibility_tolerance=self.options.search_feasibility,
            objective_bound=min(below, highspy.kHighsInf),
            threads=self.options.thread_count,
            random_seed=self.options.seed,
        )
        return self._settled(engine.run(highs, watch, seconds), watch)

    def branch(
        self,
        watch: Watch,
        *,
        seconds: float = math.inf,
        start: Floats | None = None,
        gap: float | None = None,
        nodes: int | None = None,
    ) -> Found:
        """Branch and bound on the model as it stands, from a plan where one is at hand.

        seconds, nodes: limits beside the watch's own; gap: relative, that of the options if None.
        That there is no plan is believed only when HiGHS finds none without its presolve either,
        which has called feasible models infeasible (docs/decisions/0004).
        """
        highs = engine.load(self._arrays, relaxed=False)
        options = self.options
        engine.set_options(
            highs,
            threads=options.thread_count,
            random_seed=options.seed,
            mip_rel_gap=options.gap if gap is None else gap,
            mip_abs_gap=0.0,
            mip_feasibility_tolerance=options.search_feasibility,
            primal_feasibility_tolerance=options.search_feasibility,
        )
        if len(self._arrays.value) >= MEDIUM:
            engine.set_options(highs, mip_lp_solver="ipm")
        if nodes is not None:
            engine.set_options(highs, mip_max_nodes=nodes)
        if start is not None:
            engine.check(engine.give_start(highs, within(self._arrays, start)), "a start plan")
        found = engine.run(highs, watch, seconds)
        if found.status == ModelStatus.kInfeasible:
            engine.set_options(highs, presolve="off")
            highs.clearSolver()
            found = engine.run(highs, watch, seconds)
        return self._settled(found, watch)

    def _loaded_relaxation(self) -> highspy.Highs:
        if self._relaxed is None:
            self._relaxed = engine.load(self._arrays, relaxed=True)
        return self._relaxed

    def _settled(self, found: Found, watch: Watch) -> Found:
        """Tell unbounded from infeasible where HiGHS' presolve has left it open."""
        if found.status != ModelStatus.kUnboundedOrInfeasible:
            return found
        arrays, _ = edited(self._arrays, _no_costs(self._arrays))
        highs = engine.load(arrays, relaxed=False)
        feasible = engine.run(highs, watch).values is not None
        status = ModelStatus.kUnbounded if feasible else highs.getModelStatus()
        return Found(status, math.inf, -math.inf, None, None)


def fixing(arrays: Arrays, values: Floats) -> ColumnBounds:
    """The edit that fixes every whole-number column at its rounded value, within its bounds."""
    columns = np.flatnonzero(arrays.integer).astype(np.int32)
    fixed = np.clip(np.round(values[columns]), arrays.lower[columns], arrays.upper[columns])
    return ColumnBounds(columns, fixed, fixed)


def within(arrays: Arrays, values: Floats) -> Floats:
    """`values` with whole numbers rounded and everything inside its bounds."""
    rounded = np.where(arrays.integer, np.round(values), values)
    return np.clip(rounded, arrays.lower, arrays.upper)


def _no_costs(arrays: Arrays) -> Costs:
    return Costs(np.arange(arrays.columns, dtype=np.int32), np.zeros(arrays.columns))
