"""Solving: a Pyomo model compiled to arrays, HiGHS around it, and what came of it."""

from optimizer.solve.compile import Compiled, ContradictionError, ModelError, compile_model
from optimizer.solve.engine import SolverError
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import PhaseNote, SolveResult, Status, relative_gap
from optimizer.solve.progress import Progress, Watch
from optimizer.solve.run import Answer, solve, solve_compiled
from optimizer.solve.search import solve_session
from optimizer.solve.session import Session

__all__ = [
    "Answer",
    "Compiled",
    "ContradictionError",
    "ModelError",
    "PhaseNote",
    "Progress",
    "Session",
    "SolveOptions",
    "SolveResult",
    "SolverError",
    "Status",
    "Watch",
    "compile_model",
    "relative_gap",
    "solve",
    "solve_compiled",
    "solve_session",
]
