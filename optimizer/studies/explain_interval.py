"""Break-even values: what is found of them, and what is proven.

A question is a model with one number in its cost, in which the best plan costs V(x): never less for
a larger x.  It is asked at which x the cost is that of the reference.  For a known plan its cost is
a line in x (one for each outcome), so the x at which that plan breaks even can be worked out; the
plan that is best there breaks even no earlier, and so on, until it stands (Newton's method, or
Dinkelbach's).  What is proven: at an x at which a known plan costs no more than the bound of the
reference, the answer is yes; where a bound is above what the reference costs, it is no.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.problem import Aim, Measure
from optimizer.results.spread import cvar
from optimizer.solve.arrays import Floats
from optimizer.solve.outcome import Status

_ROUNDS = 10
_HALVINGS = 200
_STANDS = 1e-9
_STEP = 1e-6
_WORTH = 1.5
_AIR = 1.25


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """How the costs of outcomes become the one number that is minimised."""

    chances: Floats
    aim: Aim

    def of(self, costs: Floats) -> float:
        """The number that is minimised, of one cost for each outcome."""
        mean = float(self.chances @ costs)
        if len(costs) == 1 or self.aim.measure is Measure.EXPECTED:
            return mean
        if self.aim.measure is Measure.WORST_CASE:
            return float(costs.max())
        pairs = list(zip(self.chances.tolist(), costs.tolist(), strict=True))
        beyond = cvar(pairs, self.aim.level)
        return (1.0 - self.aim.weight) * mean + self.aim.weight * beyond

    @property
    def of_the_mean(self) -> float:
        """By how much the number rises at least if the expected cost rises by 1."""
        if len(self.chances) == 1 or self.aim.measure is Measure.EXPECTED:
            return 1.0
        return 1.0 - self.aim.weight if self.aim.measure is Measure.CVAR else 0.0

    @property
    def is_mean(self) -> bool:
        """Whether it is the expected cost and nothing else."""
        return len(self.chances) == 1 or self.aim.measure is Measure.EXPECTED


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What a known plan costs in each outcome: base + x * slope, slopes never negative.

    ``holds_from``: the least x at which the plan is possible.
    """

    base: Floats
    slope: Floats
    holds_from: float = -math.inf

    def reach(self, tail: Tail, level: float) -> float:
        """The largest x at which the plan costs no more than the level; -inf: at none."""
        rising = float(tail.chances @ self.slope)
        if rising <= 0:
            return math.inf if tail.of(self.base) <= level else -math.inf
        high = (level - float(tail.chances @ self.base)) / rising
        if tail.is_mean or tail.of(self.base + high * self.slope) <= level:
            return high
        width = max(1.0, abs(high))
        low = high - width
        while tail.of(self.base + low * self.slope) > level:
            width *= 2
            low = high - width
            if not math.isfinite(width * float(self.slope.max())):
                return -math.inf
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if not low < middle < high:
                break
            fits = tail.of(self.base + middle * self.slope) <= level
            low, high = (middle, high) if fits else (low, middle)
        return low


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """What was found at an x: no plan costs less than ``bound`` there; the best known plan."""

    at: float
    status: Status
    found: float = math.inf
    bound: float = -math.inf
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What the reference costs, and the bound below which nothing costs."""

    found: float
    bound: float


@dataclass(frozen=True, slots=True)
class Slopes:
    """The least and the most by which the cost of any plan rises where x rises by 1."""

    least: float = 0.0
    most: float = math.inf


@dataclass(frozen=True, slots=True)
class Interval:
    """x: yes at any below ``least``, no at any above ``most``; ``found``: with the known plans."""

    found: float
    least: float
    most: float


Ask = Callable[[float], Point | None]
"""From x to what was found there; None: there was no time."""


def interval(points: Sequence[Point], level: Level, tail: Tail, slopes: Slopes) -> Interval:
    """What the points say together."""
    found = max((_reach(one, tail, level.found) for one in points), default=-math.inf)
    least = max((_reach(one, tail, level.bound) for one in points), default=-math.inf)
    most = min((_most(one, level, slopes) for one in points), default=math.inf)
    return Interval(found, min(least, found), max(most, found))


def _reach(point: Point, tail: Tail, level: float) -> float:
    if point.line is None:
        return -math.inf
    reached = point.line.reach(tail, level)
    return reached if reached >= point.line.holds_from else -math.inf


def _most(point: Point, level: Level, slopes: Slopes) -> float:
    above = point.bound - level.found
    if above >= 0:
        return point.at - (above / slopes.most if slopes.most > 0 else 0.0)
    return point.at - above / slopes.least if slopes.least > 0 else math.inf


def floor_at(points: Sequence[Point], x: float, slopes: Slopes) -> float:
    """A bound at x that follows from those at other points."""
    floors = [
        one.bound + slopes.least * (x - one.at)
        if x >= one.at
        else one.bound - slopes.most * (one.at - x)
        for one in points
        if math.isfinite(one.bound)
    ]
    return max((one for one in floors if math.isfinite(one)), default=-math.inf)


def break_even(
    ask: Ask,
    start: float | None,
    level: Level,
    tail: Tail,
    slopes: Slopes,
    known: Sequence[Point] = (),
) -> list[Point]:
    """Points from which the interval follows: those that are known, and asked ones.

    start: where to ask first; None: where the known ones say.  Ends where the interval is about as
    narrow as the gaps of the solves allow, where there is no plan, or where there is no time.
    """
    points = list(known)
    at = _next(points, level, tail, slopes) if start is None else start
    for _ in range(_ROUNDS):
        if at is None or not math.isfinite(at):
            break
        point = ask(at)
        if point is None:
            break
        points.append(point)
        if point.line is None:
            break
        at = _next(points, level, tail, slopes)
    return points


def _next(points: Sequence[Point], level: Level, tail: Tail, slopes: Slopes) -> float | None:
    """Where to ask next; None: it is as good as it gets."""
    known = interval(points, level, tail, slopes)
    last = points[-1]
    assert last.line is not None
    rising = float(tail.chances @ last.line.slope)
    if rising <= 0:
        return None
    best = known.found if math.isfinite(known.found) else last.line.reach(tail, level.found)
    if not math.isfinite(best):
        return None
    of_gaps = (level.found - level.bound + last.found - last.bound) / rising
    scale = max(1.0, abs(best)) if slopes.least == 0 else abs(best)
    if known.most - known.least <= max(_WORTH * of_gaps, _STANDS * scale):
        return None
    if all(abs(one.at - best) > _STANDS * scale for one in points):
        return best
    further = best + max(_AIR * of_gaps, _STEP * scale)
    if math.isfinite(known.most) or any(one.at >= further for one in points):
        return None
    return further
