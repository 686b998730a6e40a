"""Bars that several questions draw: shares of the largest members, and what is left."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from optimizer.report import words
from optimizer.report.picture import Measure, Picture, Series, Shape

MOST_BARS = 8
MOST_MEMBERS = 4


def largest_members(shares: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """Members with the largest share anywhere, largest first, as many as there are colours."""
    top: dict[str, float] = {}
    for column in shares:
        for member, share in column.items():
            top[member] = max(top.get(member, 0.0), share)
    return tuple(sorted(top, key=lambda member: (-top[member], member))[:MOST_MEMBERS])


def stacked_shares(
    key: str, title: str, members: Sequence[str], names: Mapping[str, str],
    shares: Mapping[str, Mapping[str, float]],
) -> Picture:  # fmt: skip
    """One bar for each label (``shares``: label -> member -> share), divided among the members.

    ``members`` have a colour each, and ``names`` what they are called; the others stand together
    at the end.
    """
    columns = list(shares.values())
    series = [
        Series(names[member], tuple(one.get(member, 0.0) for one in columns), tint=number)
        for number, member in enumerate(members)
        if any(member in one for one in columns)
    ]
    rest = tuple(
        max(0.0, math.fsum(share for member, share in one.items() if member not in members))
        for one in columns
    )
    if any(share > 1e-6 for share in rest):
        series.append(Series("others", rest, tint=MOST_MEMBERS))
    labels = tuple(words.shortened(label, words.NAME_LETTERS) for label in shares)
    return Picture(
        key, title, Shape.BARS, Measure.SHARE, labels, tuple(series), gap=gap_of(len(labels))
    )


def least_of(values: Iterable[float | None]) -> float | None:
    """Bars begin at 0, unless one of them ends below."""
    return None if any(value is not None and value < 0 for value in values) else 0.0


def gap_of(bars: int) -> int:
    """The gap between so many bars, which would be slabs if there are few."""
    return 45 + 90 * max(0, 4 - bars)


def plain_bars(
    key: str, title: str, measure: Measure, bars: Mapping[str, float | None],
    broken: frozenset[int] = frozenset(),
) -> Picture:  # fmt: skip
    """One bar for each label, without a legend: the labels say the numbers."""
    return Picture(
        key, title, Shape.BARS, measure, tuple(bars), (Series("value", tuple(bars.values())),),
        broken=broken, gap=gap_of(len(bars)), least=least_of(bars.values()),
    )  # fmt: skip
