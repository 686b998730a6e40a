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
INK, QUIET, RULE, BROKEN = "#1A1A1A", "#595959", "#BFBFBF", "#B3261E"

Format: TypeAlias = Any
"""A format of XlsxWriter, which declares no types."""

NUMBER_FORMATS: dict[Look, str] = {
    Look.MONEY: "#,##0",
    Look.UNIT_PRICE: "#,##0.00",
    Look.SHARE: "0.0%",
}
METRIC_FORMATS: dict[str, str] = {
    "share": "0.0%",
    "spend_share": "0.0%",
    "quantity": "#,##0",
    "spend": "#,##0",
    "hhi": "#,##0",
    "count": "General",
    "risk": "0.00",
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

    @cached_property
    def text(self) -> Format:
        """Text in a table."""
        return self.get(num_format="@", valign="top")

    @cached_property
    def wrapped(self) -> Format:
        """Long text in a table."""
        return self.get(num_format="@", text_wrap=True, valign="top")

    @cached_property
    def header(self) -> Format:
        """A header cell."""
        return self.get(
            bold=True, text_wrap=True, valign="bottom", bg_color="#E7ECF2", bottom=1,
            bottom_color=DARK,
        )  # fmt: skip

    @cached_property
    def number_header(self) -> Format:
        """The header cell of a column of numbers."""
        return self.get(
            bold=True, text_wrap=True, valign="bottom", bg_color="#E7ECF2", bottom=1,
            bottom_color=DARK, align="right", indent=1,
        )  # fmt: skip

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
    """Right-aligned with a little air, so that the text of the next column stands apart."""
    return {"num_format": number_format, "align": "right", "indent": 1, "valign": "top"}
