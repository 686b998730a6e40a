"""The edits that move the limit of a rule, or leave a rule out, on a loaded model.

A limit is one coefficient (of the total of the rule's scope) or one right-hand side.  Bounds of the
model hold for other limits only where it was built with them in ``Problem.scope``.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from models.problem import Metric, Problem, RuleScope
from models.rules import LIMITS_GROUPS, OF_TOTAL
from optimizer.solve.arrays import Arrays
from optimizer.solve.compile import Compiled, Label
from optimizer.solve.edits import Edit, RowBounds, coefficient, row_bounds

_GROUPS, _RISK, _COUNT, _SINGLE = "limit_of_group", "risk_limit", "count_limit", "single_member"


def with_limit(problem: Problem, rule: str, limit: float | None) -> Problem:
    """The problem with another limit of a rule, in the metric's own unit; None: without it."""
    if limit is None:
        kept = tuple(scope for scope in problem.rules if scope.rule != rule)
        return dataclasses.replace(problem, rules=kept)
    return dataclasses.replace(
        problem,
        rules=tuple(
            dataclasses.replace(scope, limit=limit) if scope.rule == rule else scope
            for scope in problem.rules
        ),
    )


def can_be_moved(problem: Problem, rule: str, limit: float) -> bool:
    """Whether edits can move the limit there: a count near what there is needs other rows."""
    counts = [one for one in problem.rules if one.rule == rule and one.metric is Metric.COUNT]
    return all(one.sense.is_max or max(limit, one.limit) <= len(one.counted) for one in counts)


def moved(compiled: Compiled, problem: Problem, rule: str, limit: float | None) -> list[Edit]:
    """The edits that give a rule another limit, in the metric's own unit; None: no limit.

    ``problem`` is what the model was built from.  The tangents of an HHI limit are made by
    generators, not by edits: solve with the problem that ``with_limit`` gives.
    """
    edits: list[Edit] = []
    for scope in problem.rules:
        if scope.rule == rule:
            rows = rows_of(compiled, scope)
            if limit is None:
                edits.append(_free(rows))
            else:
                for row in rows:
                    edits.append(_at(compiled, scope, row, limit))
    return edits


def rows_of(compiled: Compiled, scope: RuleScope) -> list[int]:
    """The rows of a scope in which its limit stands."""
    if scope.metric in LIMITS_GROUPS:
        labels: list[Label] = [(_GROUPS, (*scope.key, n)) for n in range(len(scope.groups))]
    elif scope.metric is Metric.HHI:
        labels = [(_SINGLE, (*scope.key, member)) for member in sorted(scope.counted)]
    else:
        labels = [(_RISK if scope.metric is Metric.RISK else _COUNT, scope.key)]
    return [compiled.row_of[label] for label in labels if label in compiled.row_of]


def _free(rows: list[int]) -> RowBounds:
    none = np.full(len(rows), math.inf)
    return RowBounds(np.array(rows, dtype=np.int32), -none, none)


def _at(compiled: Compiled, scope: RuleScope, row: int, limit: float) -> Edit:
    arrays = compiled.arrays
    sign = _sign(arrays, scope, row)
    if scope.metric in OF_TOTAL or scope.metric is Metric.HHI:
        total = compiled.column_of["scope_total", scope.key]
        share = math.sqrt(limit) if scope.metric is Metric.HHI else limit
        return coefficient(row, total, -sign * share)
    side = sign * limit
    upper = scope.sense.is_max == (sign > 0)
    return row_bounds(row, -math.inf if upper else side, side if upper else math.inf)


def _sign(arrays: Arrays, scope: RuleScope, row: int) -> float:
    """1 where the row reads "reached - limit", -1 where it reads "limit - reached"."""
    has_upper = bool(np.isfinite(arrays.row_upper[row]))
    return 1.0 if has_upper == scope.sense.is_max else -1.0
