"""A problem's model, built and compiled once and solved as often as a study asks.

What a study changes is a list of edits (optimizer.solve.edits): a limit, a bound, a price.  What is
known from earlier solves comes along: plans that still hold are where a solve starts, and a bound
that still holds is where its proof starts.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from models.build import build
from models.concentration import hhi_scopes
from models.problem import Problem
from models.solution import read_solution
from optimizer.solve.arrays import Arrays, Floats, is_large
from optimizer.solve.compile import Compiled, compile_model
from optimizer.solve.cuts import CutGenerator, violated_rows
from optimizer.solve.edits import DroppedRows, Edit
from optimizer.solve.guide import Guide, sourcing_guide
from optimizer.solve.guided import Guided
from optimizer.solve.large import LargeCourse
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import SolveResult
from optimizer.solve.progress import ProgressFunction, Watch
from optimizer.solve.root import Relaxed
from optimizer.solve.run import Answer
from optimizer.solve.search import solve_session
from optimizer.solve.session import Session, within
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.optimum import Optimum

HOLDS = 1e-6
"""By how much an earlier plan may miss a row, in the row's units, to be one under other limits."""

_GOODS = (
    "horizon", "outcomes", "classes", "supply", "needs", "holdings", "substitutions", "projects",
    "shares_orders", "late_orders_pro_rata", "held", "split",
)  # fmt: skip


class Loaded:
    """One problem in the solver.

    ``compiled`` says which row and column is which; ``session`` is the model without edits.
    The worst case is minimised in one step here: among plans with the same worst outcome, the
    cheapest expected one is not looked for.
    """

    def __init__(
        self,
        problem: Problem,
        options: SolveOptions,
        extend: Callable[[Any], None] | None = None,
    ) -> None:
        """Build and compile; ``extend`` may add variables and constraints to the Pyomo model.

        Raises ImpossibleError (models.build) or ContradictionError (optimizer.solve.compile) where
        a constraint cannot hold whatever is decided.
        """
        model = build(problem)
        if extend is not None:
            extend(model)
        self.problem = problem
        self.options = options
        self.compiled: Compiled = compile_model(model)
        self.session = Session(self.compiled.arrays, options)
        self._relaxed = Relaxed()
        self._made_of = (True, hhi_scopes(problem))

    def solve(
        self,
        edits: Iterable[Edit] = (),
        *,
        problem: Problem | None = None,
        starts: Sequence[Floats] = (),
        floor: float = -math.inf,
        seconds: float | None = None,
        gap: float | None = None,
        progress: ProgressFunction | None = None,
        stop: threading.Event | None = None,
    ) -> Optimum:
        """The best plan of the model with these edits; afterwards they are taken back.

        problem: the problem as the edits make it, for limits of HHI, for reading the plan and for
        advice to the search; None: as it was built.  starts: plans (one number for each column) of
        earlier solves; those that break a row or bound give no more than advice.  floor: a bound
        that is known to hold.  seconds, gap: None: those of the options.
        """
        meant = problem or self.problem
        limit = self.options.time_limit if seconds is None else seconds
        watch = Watch(max(limit, 0.0), progress, stop)
        asked = self.options.gap if gap is None else gap
        generators = [make(self.compiled) for make in hhi_generators(meant)]
        with self._to_gap(asked), self.session.edited(edits):
            arrays = self.session.arrays
            for values in starts:
                _offer(watch, arrays, values, generators)
            watch.offer_bound(floor)
            try:
                result = self._solved(meant, watch, generators, starts)
            finally:
                # Tangents hold for this limit only.
                further = self.session.arrays.rows - arrays.rows
                if further:
                    self.session.apply([DroppedRows(further)])
        answer = Answer(self.compiled, result)
        if not result.has_plan:
            return Optimum(answer, math.inf, result.bound, None)
        solution = read_solution(answer.values(), meant)
        return Optimum(answer, result.objective, result.bound, solution)

    @contextlib.contextmanager
    def _to_gap(self, gap: float) -> Iterator[None]:
        """The session with another gap while inside, and that of the options afterwards."""
        self.session.options = dataclasses.replace(self.options, gap=gap)
        try:
            yield
        finally:
            self.session.options = self.options

    def _solved(
        self,
        problem: Problem,
        watch: Watch,
        generators: Sequence[CutGenerator],
        starts: Sequence[Floats],
    ) -> SolveResult:
        same_goods = _has_the_same_goods(problem, self.problem)
        guide = self._guide(problem, same_goods)
        made_of = (same_goods, hhi_scopes(problem))
        if made_of != self._made_of:
            self._relaxed = self._relaxed.without_rows(self.compiled.arrays.rows)
            self._made_of = made_of
        now = dataclasses.replace(self.compiled, arrays=self.session.arrays)
        large = None
        if is_large(now.arrays):
            large = LargeCourse(self.session, now, guide, watch, generators, self._relaxed, starts)
        guided = Guided(self.session, now, guide, watch, generators, self._relaxed)
        return solve_session(self.session, watch, generators, guided, large)

    def _guide(self, problem: Problem, same_goods: bool) -> Guide:
        """Advice for a problem; what tightens the model as it was built holds for the same goods,
        whatever rules and prices are.
        """
        guide = sourcing_guide(self._with_all_rules(problem))
        tightenings = self._tightenings if same_goods else ()
        return dataclasses.replace(guide, tightenings=lambda compiled: tightenings)

    @cached_property
    def _tightenings(self) -> Sequence[CutGenerator]:
        return sourcing_guide(self.problem).tightenings(self.compiled)

    def _with_all_rules(self, problem: Problem) -> Problem:
        """For advice: rules that are left out still have variables in the model."""
        there = {scope.key for scope in problem.rules}
        left_out = (scope for scope in self.problem.rules if scope.key not in there)
        return dataclasses.replace(problem, rules=(*problem.rules, *left_out))


def _has_the_same_goods(one: Problem, other: Problem) -> bool:
    """Whether two problems differ in rules, prices and aim only."""
    return all(getattr(one, name) is getattr(other, name) for name in _GOODS)


def _offer(
    watch: Watch, arrays: Arrays, values: Floats, generators: Sequence[CutGenerator]
) -> None:
    """Bring an earlier plan along where it keeps every row, bound and limit as they are now."""
    plan = within(arrays, values)
    if arrays.violation(plan) <= HOLDS and not violated_rows(generators, plan):
        watch.offer_plan(arrays.objective(plan), plan)
