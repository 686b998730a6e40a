"""The frozen answer, and the only reader of the model's variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from models.index import Index
from models.problem import Problem
from models.written_out import written_out

NEGLIGIBLE = 1e-9
"""Values of continuous variables below this are solver noise and are left out."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The values of the variables that are not zero, by variable and flat index.

    Field names and indices are those of the model's variables, each index flattened to one tuple
    (or one name where there is only one): ``order[supplier, item, site, mode, period, outcome]``.
    Binaries and integers are whole, but for ``placed`` where late orders count pro rata: there it
    is the part of a full order that is ordered.  ``called_off`` stays once for each course.
    """

    order: Mapping[tuple[str, str, str, str, int, str], float]
    called_off: Mapping[tuple[str, str, str], float]
    award: Mapping[tuple[str, str], float]
    volume: Mapping[tuple[str, str], float]
    lane_volume: Mapping[tuple[str, str, str, str], float]
    use: Mapping[str, float]
    awarded: Mapping[tuple[str, str], float]
    placed: Mapping[tuple[str, str, int, str], float]
    lane_used: Mapping[tuple[str, str, str], float]
    tier_reached: Mapping[tuple[str, str, int], float]
    tier_volume: Mapping[tuple[str, str, str, str, int, str], float]
    modules: Mapping[str, float]
    incentivised: Mapping[tuple[str, str, str], float]
    stock: Mapping[tuple[str, str, str, int, str], float]
    issue: Mapping[tuple[str, str, str, str, int, str], float]
    replace: Mapping[tuple[str, str, str, str, int, str], float]
    substitution_used: Mapping[str, float]
    late: Mapping[tuple[str, str, str, int, str], float]
    shortage: Mapping[tuple[str, str, str, int, str], float]
    overflow: Mapping[tuple[str, int, str], float]
    cover_under: Mapping[tuple[str, str, int, str], float]
    cover_over: Mapping[tuple[str, str, int, str], float]
    scope_total: Mapping[tuple[str, str], float]
    member_volume: Mapping[tuple[str, str, str], float]
    member_used: Mapping[tuple[str, str, str], float]
    unsourced: Mapping[tuple[str, str], float]
    relaxed: Mapping[tuple[str, str, int], float]
    outcome_cost: Mapping[str, float]
    threshold: Mapping[str, float]
    tail_excess: Mapping[str, float]


WHOLE = frozenset(
    (
        "use",
        "awarded",
        "placed",
        "lane_used",
        "tier_reached",
        "modules",
        "substitution_used",
        "member_used",
    )
)
"""Variables that are integer."""


def read_solution(values: Mapping[tuple[str, Any], float], problem: Problem) -> Solution:
    """The solution from ``(variable name, index) -> value``; what is absent is 0.

    Integers are rounded; a value below NEGLIGIBLE is left out.  What the model keeps once for
    several outcomes or stock classes is written out for each (models.written_out).
    """
    found: dict[str, dict[Any, float]] = {f.name: {} for f in fields(Solution)}
    for (name, index), value in values.items():
        if name not in found:
            continue
        number = float(round(value)) if name in WHOLE else float(value)
        if abs(number) > NEGLIGIBLE:
            found[name][index] = number
    return Solution(**written_out(Index(problem), found))
