"""One curve of a frontier: its steps in a row, what a point costs, and where it bends and ends."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.studies.frontier.end import End
from optimizer.studies.frontier.knee import flat_until, knee
from optimizer.studies.frontier.points import Point
from optimizer.studies.frontier.steps import INFEASIBLE
from optimizer.studies.frontier.sweep import Grid, Place, Sweep


@dataclass(frozen=True, slots=True)
class Shape:
    """The steps at which a curve changes, by number: the loosest with a plan, the last that costs
    nothing more, the knee (None: there is none) and the tightest with a plan.
    """

    first: int
    flat: int
    knee: int | None
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The points of a curve from loose to tight.

    ``tightness``: of each step, in points (units of the metric) from the loosest; None where a rule
    left out cannot be placed.  ``shape``: None where no step has a plan.  ``end``: where no plan is
    possible any more, where that was sought.
    """

    name: str
    sweep: Sweep
    points: tuple[Point, ...]
    tightness: tuple[float | None, ...]
    shape: Shape | None
    end: End | None

    @property
    def impossible(self) -> int | None:
        """The number of the first step without any plan, as is proven."""
        found = (k for k, point in enumerate(self.points) if point.status == INFEASIBLE)
        return next(found, None)

    def rate(self, start: int, stop: int) -> float | None:
        """What a point costs between two steps, by the plans found; None where that is unknown."""
        here, there = self.tightness[start], self.tightness[stop]
        if here is None or there is None or not there > here:
            return None
        rise = self.points[stop].cost - self.points[start].cost
        return rise / (there - here) if math.isfinite(rise) else None

    def least_over(self, k: int) -> float | None:
        """What a step costs at least over the loosest, by the bounds."""
        if k == 0:
            return 0.0
        least = self.points[k].bound - self.points[0].cost
        return max(0.0, least) if self.points[k].plan and self.points[0].plan else None

    def most_over(self, k: int) -> float | None:
        """What a step costs at most over the loosest, by the bounds."""
        if k == 0:
            return 0.0
        most = self.points[k].cost - self.points[0].bound
        return most if math.isfinite(most) else None


def curve(
    grid: Grid, places: tuple[Place, ...], found: Mapping[Place, Point], end: End | None
) -> Curve:
    """The curve through some places, from loose to tight."""
    sweep = grid.sweeps[0]
    points = tuple(found[place] for place in places)
    tightness = _tightness(sweep, points)
    return Curve(
        name=grid.curve_name(places[0]),
        sweep=sweep,
        points=points,
        tightness=tightness,
        shape=_shape(points, tightness),
        end=end,
    )


def _shape(points: tuple[Point, ...], tightness: tuple[float | None, ...]) -> Shape | None:
    there = [k for k, point in enumerate(points) if point.plan]
    if not there:
        return None
    costs = [points[k].cost for k in there]
    flat = flat_until(costs)
    rising = there[flat:]
    placed = [at for k in rising if (at := tightness[k]) is not None]
    bend = None
    proven = points[there[-1]].bound > costs[0]
    if proven and len(placed) == len(rising) == len(set(placed)):
        bend = knee(placed, costs[flat:])
    return Shape(
        first=there[0],
        flat=there[flat],
        knee=None if bend is None else rising[bend],
        last=there[-1],
    )


def _tightness(sweep: Sweep, points: tuple[Point, ...]) -> tuple[float | None, ...]:
    sign = 1.0 if sweep.rule.sense == "min" else -1.0
    positions = [sweep.position(k) for k in range(len(points))]
    if positions[0] is None and len(positions) > 1 and points[0].reached is not None:
        # Without a limit the plan stands where it stands, which is no tighter than the next limit.
        positions[0] = max(points[0].reached, positions[1] or 0.0)
    start = positions[0] if positions[0] is not None else positions[min(1, len(positions) - 1)]
    if start is None:
        return tuple(None for _ in positions)
    return tuple(None if one is None else sign * (one - start) for one in positions)
