"""Numbers as they are written: sums by key, and nothing below the solver's noise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

NOISE = 1e-7
"""Quantities below this are within the tolerance of the solver and are not written.  A plan keeps
each of its rows within 1e-9, in the workbook's unit; this is two orders above that."""


def written(value: float) -> float:
    """The value, or 0 where it is only noise."""
    return value if abs(value) > NOISE else 0.0


def summed(pairs: Iterable[tuple[K, float]]) -> dict[K, float]:
    """The sum of the values of each key, in the order in which the keys first come."""
    total: dict[K, float] = defaultdict(float)
    for key, value in pairs:
        total[key] += value
    return dict(total)


def share(part: float, whole: float) -> float:
    """Part / whole; 0 of nothing."""
    return part / whole if whole else 0.0
