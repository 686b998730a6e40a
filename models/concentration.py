"""HHI limits: a second-order cone beside integers, met by tangent cuts.

The sum of squared volumes is at most H times the squared total, so the length of the vector of
member volumes is at most sqrt(H) times their sum.  HiGHS takes no cones beside integers.  A cone is
the meeting of all its tangents: each plan that breaks it is cut off by the tangent at that plan,
until the rule holds to TOLERANCE.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.index import Index
from models.problem import Metric, Problem, RuleScope

TOLERANCE = 1e-8
"""How far sum of squares / squared sum may be above the limit (as a share, not points)."""


def hhi_scopes(problem: Problem) -> list[RuleScope]:
    """The scopes with an HHI limit."""
    return [scope for scope in problem.rules if scope.metric is Metric.HHI]


def single_member_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(rule, item, member) of every HHI limit."""
    for scope in hhi_scopes(ix.problem):
        for member in sorted(scope.counted):
            yield *scope.key, member


def single_member(m: Any, rule: str, item: str, member: str) -> Any:
    r"""No member alone may reach the concentration limit: the tangents along the axes.

    .. math:: member\_volume_{r,m} \le \sqrt{H_r}\, scope\_total_r

    Unit: weight.
    """
    root = math.sqrt(m.ix.scope_of[rule, item].limit)
    return m.member_volume[rule, item, member] <= root * m.scope_total[rule, item]


@dataclass(frozen=True, slots=True)
class Tangent:
    """A linear inequality: sum of coefficient x variable <= 0."""

    coefficients: Mapping[tuple[str, tuple[str, ...]], float]


def excess(scope: RuleScope, volumes: Mapping[str, float]) -> float:
    """By how much the sum of squared shares is above the limit (0..1); 0 without any volume."""
    total = sum(volumes.values())
    if total <= 0:
        return 0.0
    return sum(v * v for v in volumes.values()) / (total * total) - scope.limit


def tangent(scope: RuleScope, volumes: Mapping[str, float]) -> Tangent | None:
    r"""The tangent at a plan that breaks the limit, or None where it holds to TOLERANCE.

    .. math:: \sum_m u_m\, member\_volume_{r,m} \le \sqrt{H_r}\, scope\_total_r, \qquad
              u = v^* / \lVert v^* \rVert

    ``volumes``: member -> volume of the plan.
    """
    if excess(scope, volumes) <= TOLERANCE:
        return None
    length = math.sqrt(sum(v * v for v in volumes.values()))
    rule, item = scope.key
    row: dict[tuple[str, tuple[str, ...]], float] = {
        ("member_volume", (rule, item, member)): v / length
        for member, v in volumes.items()
        if v > 0
    }
    row["scope_total", (rule, item)] = -math.sqrt(scope.limit)
    return Tangent(row)
