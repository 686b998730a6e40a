"""The tables of a frontier."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from optimizer.contract.frontier_results import KNEE, FrontierRow, FrontierShare
from optimizer.studies.frontier.curve import Curve
from optimizer.studies.frontier.knee import DEARER
from optimizer.studies.frontier.sweep import limit_text

_NO_PLAN = {
    "limit": "no plan was found in time",
    "interrupted": "stopped before this step",
    "stopped": "the solver gave up before it found a plan",
}


def frontier_rows(curves: Sequence[Curve]) -> tuple[FrontierRow, ...]:
    """One row for each step of each curve."""
    return tuple(_row(curve, k) for curve in curves for k in range(len(curve.points)))


def share_rows(curves: Sequence[Curve]) -> tuple[FrontierShare, ...]:
    """Who gets which share at each step that has a plan."""
    return tuple(row for curve in curves for row in _shares(curve))


def _row(curve: Curve, k: int) -> FrontierRow:
    point, sweep = curve.points[k], curve.sweep
    facts = point.plan.facts if point.plan else None
    over = point.cost - curve.points[0].cost
    return FrontierRow(
        curve=curve.name,
        step=k + 1,
        rule=sweep.rule.rule,
        metric=sweep.rule.metric,
        limit=sweep.limits[k],
        status=point.status,
        cost=facts.objective if facts else None,
        bound=point.bound if math.isfinite(point.bound) else None,
        cash_cost=facts.cash_cost if facts else None,
        penalty_cost=facts.penalty_cost if facts else None,
        shortage=facts.shortage if facts else None,
        reached=point.reached,
        over_loosest=over if math.isfinite(over) else None,
        least_over_loosest=curve.least_over(k),
        most_over_loosest=curve.most_over(k),
        per_point=curve.rate(k - 1, k) if k else None,
        note=_note(curve, k),
    )


def _note(curve: Curve, k: int) -> str:
    point = curve.points[k]
    if k == curve.impossible:
        return _end(curve)
    if point.status == "infeasible":
        return "impossible"
    if point.plan is None:
        return _NO_PLAN.get(point.status, "")
    shape = curve.shape
    if shape is not None and k == shape.knee:
        return f"{KNEE}: from here on a point costs at least {DEARER:g} times as much as up to here"
    if shape is not None and shape.first < k == shape.flat:
        return "costs nothing up to here"
    return ""


def _end(curve: Curve) -> str:
    if curve.end is None:
        return "impossible from here on"
    rule = curve.sweep.rule
    return (
        f"impossible from here on; there is a plan at {limit_text(rule, curve.end.possible)}, and "
        f"none at {limit_text(rule, curve.end.impossible)}"
    )


def _shares(curve: Curve) -> Iterator[FrontierShare]:
    for k, point in enumerate(curve.points):
        if point.plan is None:
            continue
        for row in point.plan.tables.mix:
            if row.share > 0:
                yield FrontierShare(
                    curve=curve.name,
                    step=k + 1,
                    limit=curve.sweep.limits[k],
                    metric=curve.sweep.rule.metric,
                    dimension=row.dimension,
                    member=row.member,
                    share=row.share,
                )
