"""Supplier diversification: from a workbook of quotes to a purchasing plan.

>>> import optimizer
>>> data = optimizer.read("quotes.xlsx")
>>> plan = optimizer.solve(data)
>>> plan.awards                      # a DataFrame, as every result table
>>> optimizer.write(plan, "plan.xlsx")
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimizer.api import (
        InfeasibleError,
        InputErrors,
        LimitError,
        OutputError,
        QuestionError,
        SolvedPlan,
        SolverError,
        StudyResult,
        VerificationError,
        alternatives,
        annotate,
        check,
        compare,
        evaluate,
        explain,
        frontier,
        read,
        scenario,
        scenario_names,
        sensitivity,
        solve,
        stress,
        template,
        write,
    )

__all__ = [
    "InfeasibleError",
    "InputErrors",
    "LimitError",
    "OutputError",
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
    "scenario",
    "scenario_names",
    "sensitivity",
    "solve",
    "stress",
    "template",
    "write",
]


class _Package(ModuleType):
    """This package: its verbs are loaded at first use, because what they need takes a second.

    ``optimizer.solve`` is the verb, although there is a room of that name.  Python binds a package
    that it has imported to its parent; for that one name it must not.
    """

    def __getattr__(self, name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from optimizer import api

        return getattr(api, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name == "solve" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
