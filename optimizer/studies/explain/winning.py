"""At which prices an award is won: the plan with it costs what the best plan without it does."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimizer.solve.edits import Edit
from optimizer.solve.outcome import Status
from optimizer.studies.explain.interval import Interval, Level, Point, Question, floor_at
from optimizer.studies.explain.near import Newcomer, plans_near
from optimizer.studies.explain.price import CostPart, Prices
from optimizer.studies.explain.reference import NOT_REACHED, Reference


@dataclass(frozen=True, slots=True, eq=False)
class Bid:
    """An award that somebody asks for, all or nothing.

    own: the part of the cost that is its price x; held: the edits that hold the award at its size,
    which is counted in units of which 1 of each item has ``worth``; now: x as it is; offered:
    whether such an award could be had at ``now``, or cheaper, as things are.
    """

    subject: str
    who: Newcomer
    own: CostPart
    held: tuple[Edit, ...]
    worth: Mapping[str, float]
    size: float
    now: float
    offered: bool


def winning(reference: Reference, prices: Prices, bid: Bid) -> tuple[list[Point], Interval | None]:
    """At which x the plan with the award costs what the reference costs.

    Returns the points that were asked, and the interval where a plan was found.
    """
    level = Level(reference.found, reference.bound)
    slopes = prices.slopes(bid.own, bid.size, bid.worth)
    starts = [reference.values]
    starts += plans_near(reference, [*bid.held, *bid.own.edits(bid.now)], bid.who)
    asked: list[Point] = []

    def ask(x: float) -> Point | None:
        # What can be had as things are costs no less than the best plan.
        least = level.bound if bid.offered and x >= bid.now else -math.inf
        answer = reference.solve(
            bid.subject,
            [*bid.held, *bid.own.edits(x)],
            starts=starts,
            floor=max(floor_at(asked, x, slopes), least),
        )
        if answer is None:
            return None
        values, line = answer.answer.result.values, None
        if values is not None:
            starts.append(values)
            line = prices.where.line(values, answer.objective, x, bid.own.slope(values))
        status = answer.answer.result.status
        asked.append(Point(x, status, answer.objective, answer.bound, line))
        return asked[-1]

    question = Question(ask, level, prices.where.tail, slopes)
    points = question.points(bid.now)
    if not any(point.line for point in points):
        return points, None
    return points, question.interval(points)


def status_of_points(points: Sequence[Point]) -> str:
    """How the least proven of the solves ended."""
    if not points:
        return NOT_REACHED
    ends = [point.status for point in points]
    return next((end for end in ends if end is not Status.OPTIMAL), Status.OPTIMAL).value


def finite(number: float) -> float | None:
    """The number, unless it is infinite."""
    return number if math.isfinite(number) else None
