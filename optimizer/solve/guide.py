"""What the solver is told about a model's whole numbers, so that it need not guess."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.problem import Problem
from models.start import DETAILS, suggest, suggest_details
from optimizer.solve.compile import Label

Suggestion = Callable[[Mapping[Label, float]], Mapping[Label, float]]
"""From a relaxed plan to whole values that fit it."""


@dataclass(frozen=True, slots=True)
class Guide:
    """details: variables whose whole numbers may be decided last, because each matters little.

    suggest: whole values for the other whole numbers, read off a relaxed plan; suggest_details:
    for the details, read off a plan in which only they are relaxed.
    """

    details: frozenset[str]
    suggest: Suggestion
    suggest_details: Suggestion


def sourcing_guide(problem: Problem) -> Guide:
    """The guide for a sourcing problem."""
    return Guide(
        DETAILS,
        lambda values: suggest(problem, values),
        lambda values: suggest_details(problem, values),
    )
