"""The few names that random data is made of, and how amounts are drawn.

Numbers are round, so that a counterexample can be worked out by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

ALL = "*"
ITEMS = ("P", "Q", "R")
SITES = ("A", "B")
SUPPLIERS = ("K", "L", "M", "N")
COUNTRIES = ("X", "Y", "Z")
ELEMENTS = ("Dy", "Tb")
LICENCES = ("direct", "content")
STAGES = ("mining", "refining")
END_USES = ("civil", "defence")
MODES = ("air", "sea")
FOREIGN = "EUR"

DAYS = {"month": 30.4375, "week": 7.0, "quarter": 91.3125, "year": 365.25}
PER_YEAR = {"month": 12, "week": 52, "quarter": 4, "year": 1}

Draw = Any
"""What hypothesis hands to a composite strategy."""


def amount(draw: Draw, low: int, high: int, step: float = 1.0) -> float:
    """A round number between low and high."""
    return float(draw(st.integers(round(low / step), round(high / step)))) * step


def share(draw: Draw, low: int = 0, high: int = 10) -> float:
    """A number of tenths."""
    return int(draw(st.integers(low, high))) / 10


def sometimes(draw: Draw) -> bool:
    """Yes or no; shrinks to no."""
    return bool(draw(st.booleans()))


def one_of(draw: Draw, choices: Sequence[Any]) -> Any:
    """One of these; shrinks to the first."""
    return draw(st.sampled_from(choices))


def some_of(draw: Draw, choices: Sequence[Any]) -> list[Any]:
    """Any part of these, in their order; shrinks to none."""
    return [choice for choice in choices if sometimes(draw)]
