"""Progressive hedging with a bound: what happens in each of its iterations.

mpi-sppy solves the outcomes of a rank, takes the mean of what they decide, and prices what is off
it.  Here prices get a start, steps their size and every iteration a bound at its prices, and what
the outcomes agree on becomes a plan.  All of it is in step: every rank does the same at
the same time, so that the course does not hang on who was faster.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from mpisppy import MPI
from mpisppy.extensions.extension import Extension
from pyomo.opt import TerminationCondition

from models.problem import Problem
from optimizer.decompose.common import DECISIONS
from optimizer.decompose.prices import Place, Prices

Decisions = Mapping[tuple[str, Any], float]
"""(variable, index) -> the value on which all outcomes agree"""
PlanFrom = Callable[[Decisions, float], float]
"""From what is agreed on, and a bound, to the cost of the best plan so far; asked on every rank."""

STEP = 0.1
"""Of the price of a unit, for being off the mean by all that there can be."""
_YES = 0.001
"""Of the cost of all, for being off the mean by a yes."""
_WHOLE = 1e-6
_QUANTITIES = frozenset(("called_off", "at_tier", "volume_in", "order"))
_MEASURES = frozenset(("scope_total_in", "member_volume_in"))
_NO_PLAN = (TerminationCondition.infeasible, TerminationCondition.infeasibleOrUnbounded)
_UNMOVED = 1e-12
"""mpi-sppy takes no step of 0."""


class Hedging(Extension):  # type: ignore[misc]  # mpi-sppy declares no types
    """The extension of mpi-sppy's progressive hedging.

    ``bound``: no plan costs less; ``objective``: of the best plan so far.  ``has_impossible``,
    ``has_unsolved``: whether an outcome of this rank has no plan, or got none in its time.
    """

    def __init__(
        self,
        ph: Any,
        *,
        problem: Problem,
        prices: Prices,
        plan_from: PlanFrom,
        is_over: Callable[[float, float], bool],
    ) -> None:
        super().__init__(ph)
        self.bound, self.objective = -math.inf, math.inf
        self.iterations = 0
        self.has_impossible = self.has_unsolved = False
        self._problem = problem
        self._prices = prices
        self._plan_from = plan_from
        self._is_over = is_over
        self._steps: dict[Place, float] = {}

    # --- called by mpi-sppy ---------------------------------------------------------------------

    def post_solve(self, subproblem: Any, results: Any) -> Any:
        """Note why an outcome has no plan: mpi-sppy says no more than that one has none."""
        if not subproblem._mpisppy_data.solution_available:
            ended = None if results is None else results.solver.termination_condition
            self.has_impossible |= ended in _NO_PLAN
            self.has_unsolved |= ended not in _NO_PLAN
        return results

    def post_iter0(self) -> None:
        """Every outcome was solved by itself: a first bound, and the prices to begin with."""
        self.bound = float(self.opt.Ebound())
        self._steps = self._all_steps()
        for name, model in self.opt.local_scenarios.items():
            weight = self._prices.weight.get(name, {})
            for place in model._mpisppy_data.nonant_indices:
                model._mpisppy_model.W[place]._value = weight.get(place, 0.0)
                # No step from what outcomes decide that know the future: prices come first.
                first = _UNMOVED if weight else self._steps[place]
                model._mpisppy_model.rho[place]._value = first

    def miditer(self) -> None:
        """The prices are new: the bound at these prices, then the step that goes on from here."""
        self.iterations = self.opt._PHIter
        agreed = self._prices.agreed if self.iterations == 1 else {}
        for model in self.opt.local_scenarios.values():
            for place in model._mpisppy_data.nonant_indices:
                model._mpisppy_model.rho[place]._value = self._steps[place]
                if place in agreed:
                    model._mpisppy_model.xbars[place]._value = agreed[place]
        self.bound = max(self.bound, self._lagrangian_bound())
        if self.iterations == 1:
            self.objective = self._plan_from(self._agreed(), self.bound)

    def enditer(self) -> None:
        """The outcomes were solved near their mean: what they agree on may be a better plan."""
        if not self.is_over():
            self.objective = self._plan_from(self._agreed(), self.bound)

    # --- bound and agreement --------------------------------------------------------------------

    def is_over(self) -> bool:
        """Whether the gap is reached, or a limit; the same on every rank."""
        return self._is_over(self.objective, self.bound)

    def _lagrangian_bound(self) -> float:
        """What the outcomes cost at best when they decide alone and pay the prices."""
        ph = self.opt
        ph._disable_prox()
        ph.solve_loop(solver_options=ph._effective_solver_options(0), need_solution=False)
        found = all(m._mpisppy_data.solution_available for m in ph.local_scenarios.values())
        failed = ph.allreduce_or(not found)
        bound = -math.inf if failed else float(ph.Ebound())
        ph._reenable_prox()
        return bound

    def _agreed(self) -> Decisions:
        """What is the same in every outcome, of what is decided before anything is known."""
        labels: list[tuple[str, Any]] = []
        least: list[float] = []
        most: list[float] = []
        for model in self.opt.local_scenarios.values():
            own = [(n, i, v) for n in DECISIONS for i, v in model.common.component(n).items()]
            values = [0.0 if v.value is None else float(v.value) for _, _, v in own]
            labels = [(n, i) for n, i, _ in own]
            least = [min(pair) for pair in zip(least, values, strict=True)] if least else values
            most = [max(pair) for pair in zip(most, values, strict=True)] if most else values
        low, high = np.array(least), np.array(most)
        all_low, all_high = np.empty_like(low), np.empty_like(high)
        self.opt.mpicomm.Allreduce(low, all_low, op=MPI.MIN)
        self.opt.mpicomm.Allreduce(high, all_high, op=MPI.MAX)
        return {
            label: float(round(value))
            for label, value, other in zip(labels, all_low, all_high, strict=True)
            if other - value <= _WHOLE and abs(value - round(value)) <= _WHOLE
        }

    # --- steps ----------------------------------------------------------------------------------

    def _all_steps(self) -> dict[Place, float]:
        """Rho of every shared variable: the same for all outcomes, from prices and sizes."""
        return {
            place: max(_UNMOVED, self._step(variable))
            for model in self.opt.local_scenarios.values()
            for place, variable in model._mpisppy_data.nonant_indices.items()
        }

    def _step(self, variable: Any) -> float:
        name, index = variable.parent_component().local_name, variable.index()
        if name in _QUANTITIES:
            price = self._problem.pricing.list_price[index[0], index[1]]
            return STEP * price / max(1.0, variable.ub or 0.0)
        if name in _MEASURES:
            return _YES * abs(self.bound) / max(1.0, variable.ub or 0.0) ** 2
        if name.startswith("_mpisppy_cvar"):
            # The value at risk keeps its price: at others its cost may have no end.
            return _UNMOVED
        return _YES * abs(self.bound)


class Converged:
    """What mpi-sppy asks after every bound: whether it is enough."""

    def __init__(self, ph: Any) -> None:
        self._ph = ph

    def is_converged(self) -> bool:
        """Whether the gap is reached, or a limit."""
        hedging: Hedging = self._ph.extobject
        return hedging.is_over()
