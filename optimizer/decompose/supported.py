"""What cannot be decomposed, said before any work is done."""

from __future__ import annotations

from models.aim import averages_tail
from models.problem import Measure, Problem
from optimizer.api.errors import QuestionError


def refuse_unsupported(problem: Problem, ranks: int) -> None:
    """Raise QuestionError, which names the cell, where a problem cannot be decomposed.

    ranks: how many processes share the outcomes.
    """
    count = len(problem.outcomes)
    if count == 1:
        raise QuestionError(
            "There is one outcome, so there is nothing to decompose: the sheet Risks has no row "
            "that makes a difference. Use diversify solve."
        )
    if ranks > count:
        raise QuestionError(
            f"{ranks} processes are more than the {count} outcomes that they would share. "
            f"Start at most {count} (mpiexec -n {count})."
        )
    aim = problem.aim
    if aim.measure is not Measure.EXPECTED and not averages_tail(aim):
        cell = (
            "Settings.risk_measure is worst_case"
            if aim.measure is Measure.WORST_CASE
            else "Settings.cvar_level is 1, which is the worst case"
        )
        raise QuestionError(
            f"{cell}: the worst outcome has no probability by which outcomes could be weighed one "
            "by one. decompose takes expected, and cvar with a cvar_level below 1."
        )
