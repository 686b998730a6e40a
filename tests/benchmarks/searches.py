"""The same model by different searches, one after the other in one run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.build import build
from models.problem import Problem
from optimizer.solve.compile import compile_model
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import relative_gap
from optimizer.solve.progress import Watch
from optimizer.solve.run import solve
from optimizer.solve.session import Session

Search = Callable[[Problem, SolveOptions], "Reached"]


@dataclass(frozen=True)
class Reached:
    """What a search came to: cost of its plan, its bound, seconds."""

    objective: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        return relative_gap(self.objective, self.bound)


def guided(problem: Problem, options: SolveOptions) -> Reached:
    """As the tool solves."""
    result = solve(build(problem), options, guide=sourcing_guide(problem)).result
    return Reached(result.objective, result.bound, result.seconds)


def diving(problem: Problem, options: SolveOptions) -> Reached:
    """Without knowing what the whole numbers mean."""
    result = solve(build(problem), options).result
    return Reached(result.objective, result.bound, result.seconds)


def highs_alone(problem: Problem, options: SolveOptions) -> Reached:
    """HiGHS' branch and bound, cold."""
    watch = Watch(options.time_limit)
    found = Session(compile_model(build(problem)).arrays, options).branch(watch)
    return Reached(found.objective, found.bound, watch.seconds)


SEARCHES: dict[str, Search] = {
    "as the tool": guided,
    "diving, then HiGHS": diving,
    "HiGHS alone": highs_alone,
}


def table(reached: dict[str, Reached]) -> str:
    """One line for each search, with its gap as a multiple of the first one's."""
    first = next(iter(reached.values()))
    lines = [f"{'search':<20}{'plan':>16}{'bound':>16}{'gap':>9}{'ratio':>8}{'seconds':>9}"]
    for name, one in reached.items():
        ratio = one.gap / max(first.gap, 1e-9)
        lines.append(
            f"{name:<20}{one.objective:>16,.0f}{one.bound:>16,.0f}"
            f"{one.gap:>9.2%}{ratio:>8.1f}{one.seconds:>9.1f}"
        )
    return "\n".join(lines)
