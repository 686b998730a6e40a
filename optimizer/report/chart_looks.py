"""How the lines, bars and points of the charts look, by what they mean."""

from __future__ import annotations

from typing import Any

from optimizer.report import styles as look
from optimizer.report.picture import Picture, Role, Series

LINES: dict[Role, dict[str, Any]] = {
    Role.PART: {"color": look.DARK, "width": 2.25},
    Role.WORST: {"color": look.OCHRE, "width": 1.75},
    Role.LIMIT: {"color": look.INK, "width": 1.25, "dash_type": "dash"},
}


MARKS: dict[str, Any] = {
    "line": {"none": True},
    "marker": {
        "type": "diamond", "size": 9, "fill": {"color": look.INK},
        "border": {"color": "#FFFFFF"},
    },
}  # fmt: skip


def curve(role: Role, number: int) -> dict[str, Any]:
    """How a series of CURVES is drawn: a line, the dashed line of a limit, or single points."""
    if role is Role.LIMIT:
        return {"line": LINES[role], "marker": {"type": "none"}}
    if role is Role.MARK:
        return MARKS
    if role is Role.MISSING:
        red = {"color": look.BROKEN, "width": 1.5}
        return {"line": {"none": True}, "marker": {"type": "x", "size": 8, "border": red}}
    tint = look.SERIES[number % len(look.SERIES)]
    marker = {"type": "circle", "size": 5, "fill": {"color": tint}, "border": {"color": tint}}
    return {"line": {"color": tint, "width": 1.75}, "marker": marker}


def tint_of(series: Series, number: int) -> int:
    """The colour number of a part."""
    return number if series.tint is None else series.tint


def point(picture: Picture, number: int) -> dict[str, Any]:
    """The colour of one bar: red where it is broken."""
    tint = look.SERIES[picture.tints[number] % len(look.SERIES)] if picture.tints else look.DARK
    return {"fill": {"color": look.BROKEN if number in picture.broken else tint}}
