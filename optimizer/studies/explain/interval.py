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

import numpy as np

from models.problem import Aim, Measure
from optimizer.results.spread import cvar
from optimizer.solve.arrays import Floats
from optimizer.solve.outcome import Status

_ROUNDS = 10
_DOUBLINGS = 40
_HALVINGS = 200
_NOISE = 1e-6
_STANDS = 1e-9
_STEP = 1e-6
_WORTH = 1.5
_AIR = 1.25
_FURTHER = 4.0
_SECANT = 2


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
        slope = np.where(self.slope > _NOISE * self.slope.max(initial=0.0), self.slope, 0.0)
        level += _NOISE * _NOISE * abs(level)
        rising = float(tail.chances @ slope)
        if rising <= 0:
            return math.inf if tail.of(self.base) <= level else -math.inf
        high = (level - float(tail.chances @ self.base)) / rising
        if tail.is_mean or tail.of(self.base + high * slope) <= level:
            return high
        width = max(1.0, abs(high))
        low = high - width
        for _ in range(_DOUBLINGS):
            if tail.of(self.base + low * slope) <= level:
                break
            width *= 2
            low = high - width
        else:
            return -math.inf
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if not low < middle < high:
                break
            fits = tail.of(self.base + middle * slope) <= level
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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: where the cost is that of the level, by whom, and how steep it can be.

    ``easiest``: the x at which to ask where a plan breaks even nowhere that is known.
    """

    ask: Ask
    level: Level
    tail: Tail
    slopes: Slopes
    easiest: float = 0.0

    def interval(self, points: Sequence[Point]) -> Interval:
        """What the points say together."""
        return interval(points, self.level, self.tail, self.slopes)

    def points(self, start: float | None, known: Sequence[Point] = ()) -> list[Point]:
        """Points from which the interval follows: those that are known, and asked ones.

        start: where to ask first; None: where the known ones say.  Ends where the interval is about
        as narrow as the gaps of the solves allow, where there is no plan, or where there is no
        time.
        """
        points = list(known)
        at = self._next(points) if start is None else start
        for _ in range(_ROUNDS):
            point = None if at is None else self.ask(at)
            if point is None:
                break
            points.append(point)
            if point.line is None:
                break
            at = self._next(points)
        return points

    def _next(self, points: Sequence[Point]) -> float | None:
        """Where to ask next; None: it is as good as it gets."""
        known, last = self.interval(points), points[-1]
        assert last.line is not None
        rising = float(self.tail.chances @ last.line.slope)
        best = known.found
        if not math.isfinite(best):
            best = last.line.reach(self.tail, self.level.found)
        if rising <= 0 or not math.isfinite(best):
            asked = any(one.at <= self.easiest for one in points)
            return None if asked else self.easiest
        of_gaps = self.level.found - self.level.bound + last.found - last.bound
        scale = max(1.0, abs(best)) if self.slopes.least == 0 else abs(best)
        width = max(_AIR * of_gaps / rising, _STANDS * scale)
        if known.most - known.least <= _WORTH * width:
            return None
        best = self._in_the_tail(points, known, best)
        if all(abs(one.at - best) > _STANDS * scale for one in points):
            return best
        # What is proven of a no is still far: ask a little above, and further each time.
        tried = sum(one.at > best and one.bound < self.level.found for one in points)
        further = best + max(width, _STEP * scale) * _FURTHER**tried
        return further if further < known.most else None

    def _in_the_tail(self, points: Sequence[Point], known: Interval, best: float) -> float:
        """Where more than the mean counts, a plan's other outcomes are not as good as they could
        be, so that it breaks even earlier than need be: a secant of the costs is closer.
        """
        if self.tail.is_mean or len(points) < _SECANT:
            return best
        one, other = sorted(points[-_SECANT:], key=lambda point: point.at)
        rising = other.found - one.found
        if not (rising > 0 and math.isfinite(rising)):
            return best
        run = (other.at - one.at) / rising
        crossing = other.at + (self.level.found - other.found) * run
        return crossing if known.found < crossing < known.most else best
