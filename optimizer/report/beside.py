"""Where the table of a layout stands, and the charts beside it."""

from __future__ import annotations

from typing import Any

from optimizer.report.charts import Charts
from optimizer.report.layouts import Layout
from optimizer.report.places import FIRST_ROW, HEADER_ROW, Place, place
from optimizer.report.shown import headings
from optimizer.report.tabled import P

CHART_WIDTH, CHART_HEIGHT, CHART_ROWS, CHART_COLUMNS = 620, 340, 18, 10


def place_of(layout: Layout[P], result: P) -> Place:
    """The sheets of a table, and the position of each column."""
    pairs = headings(layout, result.data)
    return place(
        layout.table.name,
        len(result.tables.rows(layout.attribute)),
        [title for _, title in pairs],
        {name: number for number, (name, _) in enumerate(pairs)},
    )


def put_beside(sheet: Any, layout: Layout[P], charts: Charts, place: Place) -> None:
    """Charts stand to the right of the table, below each other."""
    drawn = [
        chart for key in layout.pictures if (chart := charts.draw(key, CHART_WIDTH, CHART_HEIGHT))
    ]
    column = len(place.headings) + 1
    for number, chart in enumerate(drawn):
        row = HEADER_ROW + number * CHART_ROWS
        sheet.insert_chart(row, column, chart, {"object_position": 3})
    if drawn and layout.pictures_printed:
        last = max(FIRST_ROW + place.parts[0].stop, HEADER_ROW + len(drawn) * CHART_ROWS)
        sheet.print_area(0, 0, last - 1, column + CHART_COLUMNS - 1)
