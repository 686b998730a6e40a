"""What the Summary of a plan and that of a study have in common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.report import styles as look
from optimizer.report.page import Formula, Page
from optimizer.report.sheets import A4
from optimizer.report.styles import Styles

SHEET = "Summary"
COLUMNS, COLUMN_PIXELS, ROW_PIXELS = 12, 100, 20
TILE_COLUMNS = 2
LINE_LETTERS = 165
"""Letters of ordinary size that fit into one line of the page."""
ANSWER_LETTERS = 125


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure: what it is, its value, whom it is about, and its limit in words."""

    label: str
    value: Formula | float
    number_format: str
    who: str
    limit: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One line of what needs action; ``broken`` where something that was asked for is not met."""

    text: str
    broken: bool = False


def write_heading(page: Page, formats: Styles, title: str, said: str) -> int:
    """The title, and the sentence that states the answer; the row below."""
    page.put(0, 0, title, formats.get(bold=True, font_size=16, font_color=look.DARK))
    page.heights[0] = 30
    page.put(1, 0, said, formats.get(font_size=13, text_wrap=True, valign="top"), span=COLUMNS)
    page.heights[1] = 23 * math.ceil(len(said) / ANSWER_LETTERS) + 4
    return 2


def write_lines(
    page: Page, formats: Styles, heading: str, lines: Sequence[Action], row: int
) -> int:
    """A heading and a line for each point; the row below."""
    page.put(row, 0, heading, formats.get(bold=True, font_color=look.DARK))
    row += 1
    for line in lines:
        colour = look.BROKEN if line.broken else look.INK
        style = formats.get(font_color=colour, text_wrap=True, valign="top")
        page.put(row, 0, f"•  {line.text}", style, span=COLUMNS)
        page.heights[row] = 18 * math.ceil(len(line.text) / LINE_LETTERS)
        row += 1
    page.heights[row] = 8
    return row + 1


def write_tiles(page: Page, formats: Styles, tiles: Sequence[Tile], row: int) -> int:
    """The key figures side by side; the row below."""
    edge: dict[str, Any] = {"bg_color": "#F3F5F8", "indent": 1, "left": 5, "left_color": "#FFFFFF"}
    for number, tile in enumerate(tiles):
        column = number * TILE_COLUMNS
        colour = look.BROKEN if tile.broken else look.DARK
        label = formats.get(font_color=look.QUIET, font_size=9, top=2, top_color=colour, **edge)
        value = formats.get(
            bold=True, font_size=18, font_color=colour, align="left",
            num_format=tile.number_format, **edge,
        )  # fmt: skip
        small = formats.get(font_size=9, font_color=look.INK, shrink=True, **edge)
        lines = ((tile.label, label), (tile.value, value), (tile.who, small), (tile.limit, small))
        for line, (content, style) in enumerate(lines):
            page.put(row + line, column, content, style, span=TILE_COLUMNS)
    page.heights.update({row: 20, row + 1: 30, row + 2: 18, row + 3: 20, row + 4: 10})
    return row + 5


def set_page(sheet: Any, bottom: int, footer: str) -> None:
    """One printed page, landscape, down to that row."""
    sheet.set_column_pixels(0, COLUMNS - 1, COLUMN_PIXELS)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.5)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, bottom, COLUMNS - 1)
    sheet.set_footer(f"&L&F&R{footer}")
