"""Pictures drawn as native charts; their numbers stand on the sheet Chart data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from optimizer.contract.settings import Settings
from optimizer.report import styles as look
from optimizer.report.chart_looks import LINES, MARKS, curve, point, tint_of
from optimizer.report.columns import digits, money_digits
from optimizer.report.picture import Measure, Picture, Role, Series, Shape
from optimizer.report.places import FIRST_ROW, HEADER_ROW, TITLE_ROW
from optimizer.report.words import BILLION, MILLION, TONNE

SHEET = "Chart data"
LABEL, VALUE = 2, 3
HEADINGS = ("Chart", "Series", "Label", "Value")
WIDTHS = (14, 24, 44, 16)
FONT = {"name": look.FONT, "size": 8, "color": look.INK}
TITLE_FONT = {"name": look.FONT, "size": 10, "bold": True, "color": look.INK}
SMALL_SHARE = 0.05
"""Axes that end below are read in tenths of a percent."""
THIN = {"color": look.PALE, "width": 0.5}


@dataclass(frozen=True, slots=True)
class Axis:
    """The unit in which an axis is read, and the number format that turns the values into it."""

    title: str
    number_format: str


def axis_of(picture: Picture, settings: Settings) -> Axis:
    """Large amounts are read in tonnes, millions or billions."""
    unit, currency = settings.unit, settings.currency
    if picture.measure is Measure.PERIODS:
        return Axis(f"{settings.period}s", "General")
    largest = largest_value(picture)
    if picture.measure is Measure.SHARE:
        return Axis("", "0%" if largest >= SMALL_SHARE else "0.0%")
    if picture.measure is Measure.COUNT:
        return Axis("", "General")
    if picture.measure is Measure.QUANTITY:
        if unit == "kg" and largest >= 10 * TONNE:
            return Axis("t", "#,##0,")
        return Axis(unit, look.decimals(digits([largest])))
    if largest >= 10 * BILLION:
        return Axis(f"bn {currency}", "#,##0,,,")
    if largest >= 10 * MILLION:
        return Axis(f"m {currency}", "#,##0,,")
    if largest >= MILLION:
        return Axis(f"m {currency}", "0.0,,")
    return Axis(currency, look.decimals(money_digits([largest])))


def largest_value(picture: Picture) -> float:
    """The size of the largest number of a picture."""
    return max((abs(value or 0.0) for one in picture.series for value in one.values), default=0)


class Charts:
    """Draws the pictures of one workbook; each may be placed on several sheets."""

    def __init__(
        self, book: xlsxwriter.Workbook, made: Mapping[str, Picture], settings: Settings
    ) -> None:
        self._book = book
        self._made = made
        self._settings = settings
        self._first: dict[tuple[str, str], int] = {}
        row = FIRST_ROW
        for picture in made.values():
            for series in picture.series:
                self._first[picture.key, series.name] = row
                row += len(series.values)

    @property
    def keys(self) -> frozenset[str]:
        """The pictures there are."""
        return frozenset(self._made)

    def draw(self, key: str, width: int, height: int) -> Any | None:
        """The chart of a picture, in pixels; None if the plan has no such picture."""
        picture = self._made.get(key)
        if picture is None:
            return None
        if picture.shape in (Shape.BARS, Shape.PAIRS):
            chart = self._bars(picture)
        elif picture.shape is Shape.CURVES:
            chart = self._curves(picture)
        elif picture.shape is Shape.LINES:
            chart = self._lines(picture)
        else:
            chart = self._stack(picture)
        chart.set_title({"name": picture.title, "name_font": TITLE_FONT, "overlay": False})
        chart.set_size({"width": width, "height": height})
        chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        chart.show_blanks_as("span" if picture.shape is Shape.CURVES else "gap")
        return chart

    def write_data(self, formats: look.Styles) -> None:
        """Write the sheet that the charts read, as one table."""
        sheet = self._book.add_worksheet(SHEET)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(TITLE_ROW, 0, f"{SHEET}: the numbers behind the charts.", formats.title)
        for column, title in enumerate(HEADINGS):
            sheet.write_string(HEADER_ROW, column, title, formats.header(numeric=column == VALUE))
        row, text = FIRST_ROW, formats.words(wrapped=False, apart=False)
        for picture in self._made.values():
            number = formats.number(_FORMATS.get(picture.measure, "#,##0"))
            for series in picture.series:
                for place, (label, value) in enumerate(
                    zip(picture.labels, series.values, strict=True)
                ):
                    sheet.write_string(row, 0, picture.key, text)
                    sheet.write_string(row, 1, series.name, text)
                    if picture.at:
                        fine = "0.0%" if "%" in picture.across_format else picture.across_format
                        sheet.write_number(row, LABEL, picture.at[place], formats.number(fine))
                    else:
                        sheet.write_string(row, LABEL, label, text)
                    if value is not None:
                        sheet.write_number(row, VALUE, value, number)
                    row += 1
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.autofilter(HEADER_ROW, 0, max(row - 1, HEADER_ROW), VALUE)
        sheet.hide_gridlines(1)
        sheet.fit_to_pages(1, 0)

    def _spans(self, picture: Picture) -> dict[str, Any]:
        """The error bars of a picture, where it has them."""
        cells = {}
        for role in (Role.BELOW, Role.ABOVE):
            for series in picture.series:
                if series.role is role:
                    first = self._first[picture.key, series.name]
                    last = first + len(series.values) - 1
                    area = xl_range_abs(first, VALUE, last, VALUE)
                    cells[role] = f"='{SHEET}'!{area}"
        if not cells:
            return {}
        return {
            "y_error_bars": {
                "type": "custom", "minus_values": cells[Role.BELOW],
                "plus_values": cells[Role.ABOVE], "line": {"color": look.INK, "width": 1},
            }
        }  # fmt: skip

    def _series(self, picture: Picture, series: Series, **drawn: Any) -> dict[str, Any]:
        first = self._first[picture.key, series.name]
        last = first + len(series.values) - 1
        return {
            "name": series.name,
            "categories": [SHEET, first, LABEL, last, LABEL],
            "values": [SHEET, first, VALUE, last, VALUE],
            **drawn,
        }

    def _bars(self, picture: Picture) -> Any:
        parts = [series for series in picture.series if series.role is Role.PART]
        several = len(parts) > 1
        stacked = several and picture.shape is Shape.BARS
        subtype = {"subtype": "stacked"} if stacked else {}
        chart = self._book.add_chart({"type": "bar", **subtype})
        overlap = 100 if picture.shape is Shape.BARS else 0
        spans = self._spans(picture)
        for number, series in enumerate(picture.series):
            if series.role in (Role.BELOW, Role.ABOVE):
                continue
            if series.role is Role.LIMIT:
                frame = {"color": look.INK, "width": 1, "dash_type": "dash"}
                drawn: dict[str, Any] = {"fill": {"none": True}, "border": frame}
            else:
                drawn = {"fill": {"color": look.SERIES[tint_of(series, number) if several else 0]}}
                drawn.update(border={"none": True}, **spans)
                if not several:
                    drawn["points"] = [point(picture, n) for n in range(len(series.values))]
            chart.add_series(
                self._series(picture, series, overlap=overlap, gap=picture.gap, **drawn)
            )
        axis = axis_of(picture, self._settings)
        # In a bar chart y is the axis of the labels; "low" keeps them clear of negative bars.
        chart.set_y_axis({"num_font": FONT, "reverse": True, "label_position": "low",
                          "interval_unit": 1, "line": {"color": look.GREY},
                          "major_tick_mark": "none", "crossing": "max"})  # fmt: skip
        # Parts of a whole end at 100 %; by itself the axis would go on to 120 %.
        whole: dict[str, float] = {} if picture.least is None else {"min": picture.least}
        shares = picture.measure is Measure.SHARE and 0.9 < largest_value(picture) <= 1
        if (stacked and picture.measure is Measure.SHARE) or (whole and shares):
            whole["max"] = 1
        elif picture.measure is Measure.COUNT:
            whole["major_unit"] = max(1, round(largest_value(picture) / 6))
        chart.set_x_axis({**_value_axis(axis), **whole})
        _legend(chart, several)
        return chart

    def _curves(self, picture: Picture) -> Any:
        chart = self._book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
        for number, series in enumerate(picture.series):
            chart.add_series(self._series(picture, series, **curve(series.role, number)))
        across = _value_axis(Axis(picture.across, picture.across_format))
        if picture.least is not None and picture.across_format == "0%" and max(picture.at) > 0.9:
            across["max"] = 1
        chart.set_x_axis(across)
        # The costs of a sweep lie close together; an axis from 0 would hide how they differ.
        values = [value for one in picture.series for value in one.values if value is not None]
        low, high = min(values), max(values)
        least = {"min": low and low - 0.05 * (high - low)} if high > low else {}
        if picture.measure is Measure.SHARE:
            least = {"min": 0, "max": 1} if high > 0.9 else {"min": 0}
        axis = axis_of(picture, self._settings)
        if axis.number_format.endswith("0,,") and high - low < 10 * MILLION:
            axis = Axis(axis.title, "0.0,," if high - low > MILLION else "0.00,,")
        chart.set_y_axis({**_value_axis(axis), **least})
        _legend(chart, True)
        return chart

    def _lines(self, picture: Picture) -> Any:
        chart = self._book.add_chart({"type": "line"})
        columns = None
        for series in picture.series:
            if series.role is Role.MISSING:
                columns = self._book.add_chart({"type": "column"})
                fill = {"fill": {"color": look.LIGHT}, "border": {"none": True}}
                columns.add_series(self._series(picture, series, gap=60, **fill))
            else:
                chart.add_series(self._series(picture, series, line=LINES[series.role]))
        if columns is not None:
            columns.combine(chart)
            chart = columns
        self._time_axes(chart, picture)
        _legend(chart, True)
        return chart

    def _stack(self, picture: Picture) -> Any:
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        line = None
        for number, series in enumerate(picture.series):
            if series.role in (Role.LIMIT, Role.MARK):
                line = line or self._book.add_chart({"type": "line"})
                drawn = MARKS if series.role is Role.MARK else {"line": LINES[series.role]}
                line.add_series(self._series(picture, series, **drawn))
                continue
            fill = {"color": look.SERIES[number % len(look.SERIES)]}
            chart.add_series(
                self._series(picture, series, fill=fill, border={"none": True}, gap=40)
            )
        if line is not None:
            chart.combine(line)
        self._time_axes(chart, picture)
        _legend(chart, len(picture.series) > 1)
        return chart

    def _time_axes(self, chart: Any, picture: Picture) -> None:
        # At most nine labels, so that they stay level.
        every = -(-len(picture.labels) // 9)
        chart.set_x_axis({"num_font": FONT, "interval_unit": every, "line": {"color": look.GREY},
                          "major_tick_mark": "none", "text_axis": True})  # fmt: skip
        chart.set_y_axis(_value_axis(axis_of(picture, self._settings)))


_FORMATS = {Measure.SHARE: "0.0%", Measure.PERIODS: "0.00"}


def _value_axis(axis: Axis) -> dict[str, Any]:
    return {
        "num_font": FONT, "num_format": axis.number_format, "name": axis.title,
        "name_font": {**FONT, "bold": False}, "major_gridlines": {"visible": True, "line": THIN},
        "line": {"none": True},
    }  # fmt: skip


def _legend(chart: Any, needed: bool) -> None:
    chart.set_legend({"position": "bottom", "font": FONT} if needed else {"none": True})
