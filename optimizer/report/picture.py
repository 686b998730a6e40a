"""What a chart is made of, as plain data; nothing here knows a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Shape(Enum):
    """How a picture is drawn."""

    BARS = "horizontal bars, with the limit as a frame where there is one"
    LINES = "lines over time"
    STACK = "stacked columns over time with a line"
    PAIRS = "horizontal bars, two or more side by side"
    CURVES = "lines over a number"


class Role(Enum):
    """What a series means; it decides how it is drawn."""

    PART = "a quantity, or a part of one"
    LIMIT = "a limit or target"
    WORST = "the worst outcome"
    MISSING = "what a target lacks"
    MARK = "single points"
    BELOW = "how far the values of the series before may be less"
    ABOVE = "how far they may be more"


class Measure(Enum):
    """What the axis shows."""

    SHARE = "share"
    MONEY = "money"
    QUANTITY = "quantity"
    PERIODS = "periods"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one series, one for each label; None leaves a gap.

    ``tint``: its colour number among several parts; None: its place among them.
    """

    name: str
    values: tuple[float | None, ...]
    role: Role = Role.PART
    tint: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart.

    ``tints``: the colour number of each bar; ``broken``: the bars shown in red; ``at``: where the
    points of CURVES stand on the horizontal axis, whose title is ``across`` and whose numbers are
    shown as ``across_format``; ``gap``: between bars, in percent of a bar;
    ``least``: where the axis of values begins (None: where the spreadsheet thinks fit).
    """

    key: str
    title: str
    shape: Shape
    measure: Measure
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    tints: tuple[int, ...] = ()
    broken: frozenset[int] = field(default_factory=frozenset)
    at: tuple[float, ...] = ()
    across: str = ""
    across_format: str = "0%"
    gap: int = 45
    least: float | None = None
