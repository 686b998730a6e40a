"""What can go wrong, as types: each message says what happened and what to do."""

from __future__ import annotations

from optimizer.report.atomic import OutputError
from optimizer.solve import SolverError
from optimizer.tables import InputErrors
from optimizer.verify.violation import Violation

__all__ = [
    "InfeasibleError",
    "InputErrors",
    "LimitError",
    "OutputError",
    "QuestionError",
    "SolverError",
    "VerificationError",
]

_SHOWN = 5
_FAILED = (
    "The plan failed the independent check, so it is not given out. This is a fault of the "
    "program; please report it with the workbook."
)


class InfeasibleError(Exception):
    """No plan keeps everything that must be kept; ``hints`` name what that is."""

    def __init__(self, message: str, hints: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *(f"- {hint}" for hint in hints))))
        self.message = message
        self.hints = hints


class LimitError(Exception):
    """The time limit, or Ctrl-C, came before any plan was found."""


class QuestionError(ValueError):
    """What is asked names what the input does not have, or what cannot be."""


class VerificationError(Exception):
    """The independent checker disagrees with the plan; ``violations`` say in what.

    That is a fault of this program, never of the input.
    """

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        lines = [_FAILED]
        for one in violations[:_SHOWN]:
            lines.append(f"- {one.check}: {one.place}: {one.actual} instead of {one.expected}")
        if len(violations) > _SHOWN:
            lines.append(f"- and {len(violations) - _SHOWN} more")
        super().__init__("\n".join(lines))
        self.violations = violations
