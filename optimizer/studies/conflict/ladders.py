"""The values that a cell could have instead, from the nearest to the loosest, in readable steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.policy import Rule
from optimizer.studies.conflict.cells import Cell
from optimizer.studies.conflict.members import MOST_MODULES, MOST_TIMES, Kind, Member

_DIGITS = 3
_FAR = 10**7
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Ladder:
    """``at(n)``: the value n steps off, n = 1..steps; each is looser than the one before."""

    now: float
    step: float
    sign: float
    steps: int
    loosest: float

    def at(self, n: int) -> float:
        """The value n steps off, on the grid of the step."""
        if n >= self.steps:
            return self.loosest
        whole = self.now / self.step
        near = round(whole)
        on_grid = abs(whole - near) <= _EXACT * max(1.0, abs(whole))
        if self.sign > 0:
            place = (near if on_grid else math.floor(whole)) + n
        else:
            place = (near if on_grid else math.ceil(whole)) - n
        value = without_noise(place * self.step, self.step)
        return min(value, self.loosest) if self.sign > 0 else max(value, self.loosest)

    def near(self, amount: float) -> int:
        """The number of steps for a change of so much, outward."""
        return max(1, min(self.steps, math.ceil(amount / self.step - _EXACT)))


def without_noise(value: float, step: float) -> float:
    """Without what binary fractions leave behind."""
    return round(value, max(0, 2 - math.floor(math.log10(step))))


def ladder_of(member: Member, data: Data, amount: float | None) -> Ladder:
    """The ladder of a member's cell, of any kind but a ban, a demand and the setting on it.

    ``amount``: about how much it takes, where that is known.
    """
    value = member.cell.value(data)
    match member.kind:
        case Kind.RULE:
            return _of_rule(data.rules[member.cell.place])
        case Kind.AVAILABLE_FROM | Kind.SUBSTITUTE_FROM:
            return Ladder(value, 1.0, -1.0, value - 1, 1.0)
        case Kind.QUALIFICATION | Kind.LEAD | Kind.TRANSIT | Kind.BUILD:
            return Ladder(value, 1.0, -1.0, math.ceil(value), 0.0)
        case Kind.CALENDAR | Kind.SUBSTITUTE_SHARE:
            return _up_to(value, 1e-3, 1.0)
        case Kind.MODULES:
            return _up_to(value, 1.0, MOST_MODULES)
        case Kind.CALL_OFF | Kind.OVERBOOKING:
            return _factor(member.cell, value)
        case Kind.MIN_AWARD | Kind.MIN_ORDER:
            step = step_for(value if amount is None else max(value - amount, amount))
            return Ladder(value, step, -1.0, math.ceil(value / step), 0.0)
        case _:
            step = step_for(max(value, amount or 0.0) or 1.0)
            return Ladder(value, step, 1.0, _FAR, math.inf)


def _of_rule(rule: Rule) -> Ladder:
    step = {"share": 1e-3, "spend_share": 1e-3, "count": 1.0, "hhi": 10.0, "risk": 0.01}.get(
        rule.metric, step_for(rule.limit)
    )
    if rule.sense == "min":
        return Ladder(rule.limit, step, -1.0, math.ceil(rule.limit / step), 0.0)
    most = {"share": 1.0, "spend_share": 1.0, "hhi": 10_000.0, "risk": 10.0}.get(rule.metric)
    if most is None:
        return Ladder(rule.limit, step, 1.0, _FAR, math.inf)
    return _up_to(rule.limit, step, most)


def _up_to(value: float, step: float, most: float) -> Ladder:
    return Ladder(value, step, 1.0, max(1, math.ceil((most - value) / step - _EXACT)), most)


def _factor(cell: Cell, value: float) -> Ladder:
    if cell.column == "call_off_min":
        return Ladder(value, 0.01, -1.0, math.ceil(value / 0.01), 0.0)
    if cell.column == "call_off_max":
        return _up_to(value, 0.01, MOST_TIMES)
    return Ladder(value, 0.01, 1.0, _FAR, math.inf)


def step_for(value: float) -> float:
    """The step with so many digits of a value: 1 for 1,234, 0.01 for 43.3."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    return float(10.0 ** (math.floor(math.log10(value)) - _DIGITS))


def is_exact(member: Member, data: Data) -> bool:
    """Whether what an elastic model says of a member is the change of its cell."""
    if member.kind is Kind.RULE:
        return data.rules[member.cell.place].metric in ("quantity", "spend", "count")
    return member.kind in (
        Kind.SUPPLIER_CAPACITY,
        Kind.OFFER_CAPACITY,
        Kind.MIN_AWARD,
        Kind.MAX_AWARD,
        Kind.MIN_ORDER,
        Kind.LANE_CAPACITY,
        Kind.QUOTA,
        Kind.STORAGE,
    )


def fewest_steps(
    steps: int, guess: int | None, works: Callable[[int], bool], *, enough: bool = False
) -> int | None:
    """The least n in 1..steps for which it works, or None where not even the last does.

    More steps work wherever fewer do.  A good guess takes two trials, or one where it is known
    that fewer steps are not ``enough``.
    """
    low, high = 0, steps
    if guess is not None and 1 <= guess < steps and works(guess):
        if enough or guess == 1 or not works(guess - 1):
            return guess
        high = guess - 1
    elif steps < 1 or not works(steps):
        return None
    elif guess is not None and guess < steps:
        low, stride = guess, 1
        while low + stride < steps and not works(low + stride):
            low, stride = low + stride, 2 * stride
        high = min(low + stride, steps)
    while high - low > 1:
        middle = (low + high) // 2
        if works(middle):
            high = middle
        else:
            low = middle
    return high
