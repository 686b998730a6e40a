"""What the solver is told about a model's whole numbers, so that it need not guess."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from models.problem import Problem
from models.start import (
    BANDS,
    DETAILS,
    READ_FROM,
    SETTLED,
    SPARSE,
    Variation,
    readings,
    suggest,
    suggest_details,
    suggest_settled,
    suggest_sure,
    variations,
)
from models.variables import item_of
from optimizer.solve.compile import Compiled, Label
from optimizer.solve.covers import cover_generators
from optimizer.solve.cuts import CutGenerator

Values = Mapping[Label, float]
"""(variable, index) -> value"""
Suggestion = Callable[[Values], Values]
"""From a relaxed plan to whole values that fit it."""


@dataclass(frozen=True, slots=True)
class Guide:
    """details: variables whose whole numbers may be decided last, because each matters little;
    read_from: what suggestions are read from, beside the other whole numbers.

    suggest: whole values for the other whole numbers, read off a relaxed plan; partly: the same for
    ever more of them, leaving those open of which the plan is least sure; coarsely: in fewer
    stages, for models where each takes long; suggest_details: for the details, read off a plan in
    which only they are relaxed; tightenings: makers of rows that every whole plan keeps and the
    relaxation need not.

    For large models also: sparse: variables of which a good plan uses few; readings: a relaxed plan
    without the traces of an interior point, read ever more strictly; variations: from a relaxed
    plan and a plan to what is worth deciding otherwise; about: what a variable is about, where what
    is about something else meets it in few rows; None for what is about everything.
    """

    details: frozenset[str]
    read_from: frozenset[str]
    suggest: Suggestion
    suggest_details: Suggestion
    tightenings: Callable[[Compiled], Sequence[CutGenerator]] = lambda compiled: ()
    sparse: frozenset[str] = frozenset()
    partly: Sequence[Suggestion] = ()
    coarsely: Sequence[Suggestion] = ()
    readings: Callable[[Values], Iterable[Values]] = lambda relaxed: (relaxed,)
    variations: Callable[[Values, Values], Sequence[Variation]] = lambda relaxed, planned: ()
    about: Callable[[Label], Hashable | None] = lambda label: None


def sourcing_guide(problem: Problem) -> Guide:
    """The guide for a sourcing problem."""
    return Guide(
        DETAILS,
        READ_FROM,
        lambda values: suggest(problem, values),
        lambda values: suggest_details(problem, values),
        lambda compiled: cover_generators(problem, compiled),
        SPARSE,
        [partial(suggest_sure, problem, band=band) for band in BANDS],
        [partial(suggest_settled, problem, band=band) for band in SETTLED],
        lambda values: readings(problem, values),
        lambda relaxed, planned: variations(problem, relaxed, planned),
        item_of,
    )
