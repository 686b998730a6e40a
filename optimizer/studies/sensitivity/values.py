"""What is swept: each number of the workbook that is a guess or a term, and its other values."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

from models.problem import Problem
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect
from optimizer.contract.supply import Offer

NO_LIMIT = 1000.0
"""What stands for no limit of call_off_max and overbooking: a thousand times award or need."""
_EXCESS = 0.5
"""The first step above 1 of a term that stands at 1."""
_DIGITS = 6
_SAME = 1e-9


class Eases(Enum):
    """In which direction every plan stays possible."""

    NEITHER = 0
    UP = 1
    DOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """One number, its value in the workbook, and the values it is given in turn.

    ``values`` are ascending, ``given`` among them.  ``data_at`` makes the data with another value.
    ``precision``: how close two values are between which no point of change is sought any more.
    """

    kind: str
    subject: str
    given: float
    values: tuple[float, ...]
    eases: Eases
    precision: float
    data_at: Callable[[float], Data]

    def between(self, low: float, high: float) -> float:
        """A value in the middle: of factors, which have no largest value, as a ratio."""
        middle = math.sqrt(low * high) if low >= 1 else (low + high) / 2
        return round(middle, _DIGITS)

    @property
    def name(self) -> str:
        """As it is called in messages."""
        return self.subject or self.kind


def sweeps_of(data: Data, problem: Problem, points: int) -> tuple[Sweep, ...]:
    """Everything that is swept, each over so many values: results of risks, then terms.

    Terms count only where the problem of the data has more than one outcome, overbooking only
    where some delivery is uncertain.  points: at least 2.

    Raises ValueError where points is less than that.
    """
    if points < 2:
        raise ValueError(f"points must be at least 2, not {points}")
    results = dict.fromkeys((row.risk, row.result) for row in data.risks)
    found = [_probability(data, risk, result, points) for risk, result in results]
    if len(problem.outcomes) > 1:
        found += [_call_off_min(data, points), _call_off_max(data, points)]
        if math.isfinite(problem.supply.overbooking):
            found.append(_overbooking(data, points))
    return tuple(found)


def with_probability(
    rows: Iterable[RiskEffect], risk: str, result: str, value: float
) -> tuple[RiskEffect, ...]:
    """The rows of Risks with another probability of one result.

    The other results of that risk, and "nothing happens", keep their ratio in what is left of 1.
    If they had nothing, what is left goes to "nothing happens".
    """
    kept = tuple(rows)
    given = _chance(kept, risk, result)
    ratio = (1.0 - value) / (1.0 - given) if given < 1.0 - _SAME else 0.0
    blank = all(r.probability is None for r in kept if (r.risk, r.result) == (risk, result))
    made = []
    for row in kept:
        probability = row.probability
        if row.risk == risk and row.result == result:
            if probability is not None or blank:
                probability, blank = value, False
        elif row.risk == risk and probability is not None:
            probability = min(1.0, probability * ratio)
        made.append(dataclasses.replace(row, probability=probability))
    return tuple(made)


def spread(given: float, points: int) -> tuple[float, ...]:
    """Values from 0 to 1: the given one, 0, 1, twice and half of it, then the widest gaps' middles.

    As many as asked for, ascending; twice the given one, where that is above 1, is the middle.
    """
    twice = 2 * given if 2 * given < 1 - _SAME else (given + 1) / 2
    values: list[float] = []
    for value in (given, 0.0, 1.0, twice, given / 2):
        if len(values) < points and all(abs(value - other) > _SAME for other in values):
            values.append(value)
    while len(values) < points:
        values.sort()
        gap, low = max((high - low, low) for low, high in pairwise(values))
        values.append(low + gap / 2)
    return tuple(sorted(value if value == given else round(value, _DIGITS) for value in values))


def factors(given: float, points: int) -> tuple[float, ...]:
    """Values from 1 to no limit: the given one, no limit, 1, and its excess over 1 doubled, halved.

    As many as asked for, ascending; the further ones double the excess again.
    """
    excess = given - 1 if given > 1 + _SAME else _EXCESS
    wanted = [given, max(NO_LIMIT, given), 1.0, 1 + 2 * excess, 1 + excess / 2]
    wanted += [1 + excess * 2**power for power in range(2, points + 2)]
    values: list[float] = []
    for value in wanted:
        fits = value <= max(NO_LIMIT, given)
        if fits and len(values) < points and all(abs(value - other) > _SAME for other in values):
            values.append(value)
    return tuple(sorted(value if value == given else round(value, _DIGITS) for value in values))


def _chance(rows: Iterable[RiskEffect], risk: str, result: str) -> float:
    for row in rows:
        if row.risk == risk and row.result == result and row.probability is not None:
            return row.probability
    return 0.0


def _probability(data: Data, risk: str, result: str, points: int) -> Sweep:
    def data_at(value: float) -> Data:
        return dataclasses.replace(data, risks=with_probability(data.risks, risk, result, value))

    given = _chance(data.risks, risk, result)
    return Sweep(
        kind="probability",
        subject=f"{risk}: {result}",
        given=given,
        values=spread(given, points),
        eases=Eases.NEITHER,
        precision=0.01,
        data_at=data_at,
    )


def _call_off_min(data: Data, points: int) -> Sweep:
    given = data.settings.call_off_min

    def own(value: float) -> Callable[[float], float]:
        if value <= given:
            return lambda offered: offered * (value / given if given else 1.0)
        return lambda offered: 1 - (1 - offered) * (1 - value) / (1 - given)

    return _term(data, "call_off_min", spread(given, points), Eases.DOWN, own)


def _call_off_max(data: Data, points: int) -> Sweep:
    given = data.settings.call_off_max

    def own(value: float) -> Callable[[float], float]:
        if value < given:
            return lambda offered: 1 + (offered - 1) * (value - 1) / (given - 1)
        return lambda offered: offered * value / given

    return _term(data, "call_off_max", factors(given, points), Eases.UP, own)


def _overbooking(data: Data, points: int) -> Sweep:
    values = factors(data.settings.overbooking, points)
    return _term(data, "overbooking", values, Eases.UP, None)


def _term(
    data: Data,
    kind: str,
    values: tuple[float, ...],
    eases: Eases,
    own: Callable[[float], Callable[[float], float]] | None,
) -> Sweep:
    """A setting; where offers have their own value of it, that moves in proportion.

    own: from the value of the setting to what becomes of an offer's own value.
    """

    def data_at(value: float) -> Data:
        changed: dict[str, Any] = {kind: value}
        settings = dataclasses.replace(data.settings, **changed)
        if own is None:
            return dataclasses.replace(data, settings=settings)
        moved = own(value)
        offers = tuple(_with_own(offer, kind, moved) for offer in data.offers)
        return dataclasses.replace(data, settings=settings, offers=offers)

    return Sweep(
        kind=kind,
        subject="",
        given=getattr(data.settings, kind),
        values=values,
        eases=eases,
        precision=0.01 if eases is Eases.DOWN else 0.05,
        data_at=data_at,
    )


def _with_own(offer: Offer, kind: str, moved: Callable[[float], float]) -> Offer:
    value = getattr(offer, kind)
    if value is None:
        return offer
    changed: dict[str, Any] = {kind: moved(value)}
    return dataclasses.replace(offer, **changed)
