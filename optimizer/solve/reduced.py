"""The presolved relaxation of a model, solved again and again with other bounds.

Branching needs thousands of linear programs that differ in a few bounds.  They are solved on what
HiGHS' presolve leaves of the model, from the basis of the parent, two at a time.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import highspy
import numpy as np

from optimizer.solve import engine
from optimizer.solve.arrays import Arrays, Bools, Floats, Ints
from optimizer.solve.engine import ModelStatus
from optimizer.solve.options import SolveOptions

WHOLE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A linear program that was solved: its cost, values and basis, all in the reduced model.

    objective: inf where there is no plan below the cutoff; ``trusted``: whether that is proven.
    """

    objective: float
    values: Floats | None
    basis: highspy.HighsBasis | None
    trusted: bool = True


class Reduced:
    """A model with some of its columns whole, presolved; ``columns`` are those that are left."""

    def __init__(self, arrays: Arrays, whole: Bools, options: SolveOptions) -> None:
        self._presolved = engine.load(replace(arrays, integer=whole), relaxed=False)
        engine.set_options(
            self._presolved, primal_feasibility_tolerance=options.search_feasibility, threads=1
        )
        engine.check(self._presolved.presolve(), "presolve")
        model = self._presolved.getPresolvedLp()
        kept = [kind == highspy.HighsVarType.kInteger for kind in model.integrality_]
        self.columns: Ints = np.flatnonzero(kept).astype(np.int32)
        self.lower: Floats = np.array(model.col_lower_)[self.columns]
        self.upper: Floats = np.array(model.col_upper_)[self.columns]
        self.empty = model.num_col_ == 0
        model.integrality_ = []
        self._pair = [self._loaded(model, options) for _ in range(2)]
        self._threads = ThreadPoolExecutor(2) if options.thread_count > 1 else None

    @staticmethod
    def _loaded(model: highspy.HighsLp, options: SolveOptions) -> highspy.Highs:
        highs = engine.solver()
        engine.set_options(
            highs,
            output_flag=False,
            presolve="off",
            threads=1,
            random_seed=options.seed,
            primal_feasibility_tolerance=options.search_feasibility,
            dual_feasibility_tolerance=options.search_feasibility,
        )
        engine.check(highs.passModel(model), "the reduced model")
        return highs

    def close(self) -> None:
        """Give back the threads."""
        if self._threads is not None:
            self._threads.shutdown()

    def root(self, seconds: float) -> Node:
        """The relaxation without further bounds."""
        return self._solve(0, self.lower, self.upper, None, math.inf, seconds)

    def children(
        self,
        parent: Node,
        bounds: tuple[tuple[Floats, Floats], tuple[Floats, Floats]],
        cutoff: float,
        seconds: float,
    ) -> tuple[Node, Node]:
        """Two programs with their own (lower, upper) of ``columns``; dropped above the cutoff."""
        tasks = [
            (place, lower, upper, parent.basis, cutoff, seconds)
            for place, (lower, upper) in enumerate(bounds)
        ]
        if self._threads is None:
            first, second = (self._solve(*task) for task in tasks)
        else:
            first, second = self._threads.map(lambda task: self._solve(*task), tasks)
        return first, second

    def _solve(
        self,
        place: int,
        lower: Floats,
        upper: Floats,
        basis: highspy.HighsBasis | None,
        cutoff: float,
        seconds: float,
    ) -> Node:
        highs = self._pair[place]
        engine.check(
            highs.changeColsBounds(len(self.columns), self.columns, lower, upper), "bounds"
        )
        if basis is not None:
            engine.check(highs.setBasis(basis), "a basis")
        limit = min(highs.getRunTime() + seconds, highspy.kHighsInf)
        engine.set_options(highs, objective_bound=min(cutoff, highspy.kHighsInf), time_limit=limit)
        highs.run()
        status = highs.getModelStatus()
        if status in (ModelStatus.kObjectiveBound, ModelStatus.kInfeasible):
            return Node(math.inf, None, None)
        if status != ModelStatus.kOptimal:
            return Node(math.inf, None, None, trusted=False)
        values = np.array(highs.getSolution().col_value, dtype=np.float64)
        return Node(highs.getInfo().objective_function_value, values, highs.getBasis())

    def full(self, node: Node) -> Floats:
        """The values of a node for every column of the model that was presolved."""
        solution = highspy.HighsSolution()
        assert node.values is not None
        solution.col_value = list(node.values)
        engine.check(self._presolved.postsolve(solution), "postsolve")
        return np.array(self._presolved.getSolution().col_value, dtype=np.float64)
