"""Fonts, colours and number formats of the workbook."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeAlias

import xlsxwriter

from optimizer.report.columns import Look

# Arial is metrically the same on every machine (Liberation Sans stands in for it), so that widths
# and page breaks are those that were designed.
FONT = "Arial"
FONT_SIZE = 10

# Told apart by colour-blind people and in grey print: each differs clearly in lightness.
DARK, OCHRE, LIGHT, GREY, PALE = "#1F4E79", "#D99A2B", "#9FBFDD", "#7F7F7F", "#D9D9D9"
SERIES = (DARK, OCHRE, LIGHT, GREY, PALE)
INK, QUIET, BROKEN = "#1A1A1A", "#595959", "#B3261E"
HEADER_FILL = "#E7ECF2"

Format: TypeAlias = Any
"""A format of XlsxWriter, which declares no types."""

NUMBER_FORMATS: dict[Look, str] = {
    Look.SHARE: "0.0%",
}
METRIC_FORMATS: dict[str, str] = {
    "share": "0.0%",
    "spend_share": "0.0%",
    "hhi": "#,##0",
    "count": "General",
    "risk": "0.00",
    "periods": "0.00",
}


def decimals(number: int) -> str:
    """A number format with so many decimals."""
    return "#,##0." + "0" * number if number else "#,##0"


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def number(self, number_format: str, *, broken: bool = False, bold: bool = False) -> Format:
        """A number in a table."""
        properties = _number(number_format)
        if broken:
            properties["font_color"] = BROKEN
        if broken or bold:
            properties["bold"] = True
        return self.get(**properties)

    def words(self, *, wrapped: bool, apart: bool, broken: bool = False) -> Format:
        """Text in a table; ``apart``: with air to its left, because numbers stand there."""
        properties: dict[str, Any] = {"num_format": "@", "valign": "vcenter"}
        if wrapped:
            properties["text_wrap"] = True
        if apart:
            properties["indent"] = 1
        if broken:
            properties.update(font_color=BROKEN, bold=True)
        return self.get(**properties)

    def header(self, *, numeric: bool, apart: bool = False) -> Format:
        """A header cell, aligned like what stands below it."""
        properties: dict[str, Any] = {
            "bold": True, "text_wrap": True, "valign": "bottom", "bg_color": HEADER_FILL,
            "bottom": 1, "bottom_color": DARK,
        }  # fmt: skip
        if numeric:
            properties["align"] = "right"
        elif apart:
            properties.update(align="left", indent=1)
        return self.get(**properties)

    @cached_property
    def title(self) -> Format:
        """The line above a sheet."""
        return self.get(bold=True, font_size=11, font_color=DARK)

    @cached_property
    def quiet(self) -> Format:
        """Notes and labels."""
        return self.get(font_color=QUIET)

    def shown(self, number_format: str) -> Format:
        """The total of the rows that a filter shows."""
        return self.get(font_color=QUIET, **_number(number_format))


def _number(number_format: str) -> dict[str, Any]:
    return {"num_format": number_format, "align": "right", "valign": "vcenter"}
