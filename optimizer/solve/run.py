"""Solve a model: the one way in.

compile -> load -> relaxation and cuts -> start plan -> branch and bound -> exact plan
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import pyomo.environ as pyo

from optimizer.solve.arrays import is_large
from optimizer.solve.compile import Compiled, ContradictionError, Label, compile_model, store
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.guide import Guide
from optimizer.solve.guided import Guided
from optimizer.solve.large import LargeCourse
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import PhaseNote, SolveResult, Status
from optimizer.solve.progress import ProgressFunction, Watch, ctrl_c_stops
from optimizer.solve.search import solve_session
from optimizer.solve.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The result of a solve, readable by the names of the model's variables."""

    compiled: Compiled | None
    result: SolveResult

    def value(self, name: str, index: Hashable = None) -> float:
        """Value of a variable of the plan.

        Raises KeyError for a variable that is not in the model, ValueError without a plan.
        """
        if self.compiled is None or self.result.values is None:
            raise ValueError(f"there is no plan: {self.result.status.value}")
        return self.compiled.value(self.result.values, name, index)

    def values(self) -> dict[Label, float]:
        """All variables of the plan by (component name, index), those without a use included.

        Raises ValueError without a plan.
        """
        if self.compiled is None or self.result.values is None:
            raise ValueError(f"there is no plan: {self.result.status.value}")
        return self.compiled.values(self.result.values)

    def store(self, model: pyo.ConcreteModel) -> None:
        """Write the plan into the variables of `model`. Raises ValueError without a plan."""
        if self.compiled is None or self.result.values is None:
            raise ValueError(f"there is no plan: {self.result.status.value}")
        store(model, self.compiled, self.result.values)


def solve(
    model: pyo.ConcreteModel,
    options: SolveOptions | None = None,
    *,
    generators: Sequence[Callable[[Compiled], CutGenerator]] = (),
    guide: Guide | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> Answer:
    """Solve a linear or mixed-integer minimisation.

    generators: each makes a cut generator from the compiled model, whose `column_of` tells it
    where its variables are; guide: what is known of the whole numbers (without one HiGHS has to
    find its own way); progress: told how far the solve is, from this thread; stop: set it
    to end early with the best plan so far, as the first Ctrl-C does.

    Raises ModelError for a model that is no such minimisation.
    """
    try:
        compiled = compile_model(model)
    except ContradictionError as error:
        note = PhaseNote("compile", 0.0, text=str(error))
        return Answer(None, SolveResult(Status.INFEASIBLE, notes=(note,)))
    made = [make(compiled) for make in generators]
    options, stop = options or SolveOptions(), stop or threading.Event()
    with ctrl_c_stops(stop):
        watch = Watch(options.time_limit, progress, stop)
        session = Session(compiled.arrays, options)
        if guide is None:
            return Answer(compiled, solve_session(session, watch, made))
        large = None
        if is_large(compiled.arrays):
            large = LargeCourse(session, compiled, guide, watch, made)
        help_ = Guided(session, compiled, guide, watch, made)
        return Answer(compiled, solve_session(session, watch, made, help_, large))


def solve_compiled(
    compiled: Compiled,
    options: SolveOptions | None = None,
    *,
    generators: Sequence[CutGenerator] = (),
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> SolveResult:
    """Solve a compiled model; see `solve`. The values of the result are by column."""
    options = options or SolveOptions()
    stop = stop or threading.Event()
    with ctrl_c_stops(stop):
        watch = Watch(options.time_limit, progress, stop)
        return solve_session(Session(compiled.arrays, options), watch, generators)
