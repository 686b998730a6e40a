"""What Python users and the commands call.

>>> import optimizer
>>> data = optimizer.read("quotes.xlsx")
>>> plan = optimizer.solve(data)
>>> plan.awards                      # a DataFrame, as every result table
>>> optimizer.write(plan, "plan.xlsx")
"""

from optimizer.api.comparing import compare
from optimizer.api.errors import (
    InfeasibleError,
    InputErrors,
    LimitError,
    OutputError,
    QuestionError,
    SolverError,
    VerificationError,
)
from optimizer.api.evaluating import evaluate
from optimizer.api.explaining import explain
from optimizer.api.files import annotate, check, read, refuse_outputs, template, write
from optimizer.api.frontiers import frontier
from optimizer.api.near_optimal import alternatives
from optimizer.api.plan import SolvedPlan, StudyResult
from optimizer.api.scenarios import scenario, scenario_names
from optimizer.api.sensitivities import DISTANCES, sensitivity
from optimizer.api.solving import solve
from optimizer.api.stressing import stress
from optimizer.solve.progress import Progress, ProgressFunction

__all__ = [
    "DISTANCES",
    "InfeasibleError",
    "InputErrors",
    "LimitError",
    "OutputError",
    "Progress",
    "ProgressFunction",
    "QuestionError",
    "SolvedPlan",
    "SolverError",
    "StudyResult",
    "VerificationError",
    "alternatives",
    "annotate",
    "check",
    "compare",
    "evaluate",
    "explain",
    "frontier",
    "read",
    "refuse_outputs",
    "scenario",
    "scenario_names",
    "sensitivity",
    "solve",
    "stress",
    "template",
    "write",
]
