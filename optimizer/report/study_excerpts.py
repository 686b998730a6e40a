"""The few rows of a study's main table that stand on its Summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.contract.fields import Row
from optimizer.contract.study import Study
from optimizer.report import words
from optimizer.report.front import COLUMNS
from optimizer.report.layouts import Layout
from optimizer.report.page import Page
from optimizer.report.shown import Shown, shown_columns
from optimizer.report.study_layouts import STUDY_LAYOUTS
from optimizer.report.styles import Styles

MOST_ROWS = 10
LETTERS = 15
"""That fit into one column of the page."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A table, and the columns of it that stand on the page, with the width of each."""

    attribute: str
    columns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows of a table as the page shows them; ``left_out``: how many it does not."""

    name: str
    columns: tuple[tuple[Shown, int], ...]
    rows: Sequence[Row]
    left_out: int
    layout: Layout[Study]


CHOICES = (
    _Choice("conflicts", (("conflict", 1), ("cell", 2), ("subject", 3), ("value", 2),
                          ("change_to", 3), ("suggested", 1))),
    _Choice("scenarios_compared", (("scenario", 3), ("status", 1), ("cost", 1),
                                   ("cost_over_base", 1), ("saving_on_today", 1), ("shortage", 1),
                                   ("suppliers", 1), ("Country name", 2), ("largest_share", 1))),
    _Choice("side_by_side", (("measure", 3), ("given", 2), ("best", 2), ("difference", 2))),
    _Choice("alternatives", (("plan", 3), ("status", 1), ("cost", 2), ("over_best", 1),
                             ("suppliers", 1), ("country_share", 1), ("moved", 1),
                             ("worst_shortage", 2))),
    _Choice("frontier", (("curve", 2), ("limit", 1), ("status", 1), ("cost", 1),
                         ("over_loosest", 1), ("per_point", 1), ("shortage", 1), ("note", 4))),
    _Choice("rule_costs", (("rule", 2), ("sentence", 6), ("cost", 1), ("least", 1), ("most", 1),
                           ("status", 1))),
)  # fmt: skip
"""The first whose table has rows is shown."""


def excerpt_of(study: Study) -> Excerpt | None:
    """The rows for the page; None where the question has no table for it."""
    for choice in CHOICES:
        if study.tables.rows(choice.attribute):
            return _excerpt(choice, study)
    return None


def _excerpt(choice: _Choice, study: Study) -> Excerpt:
    layout = next(one for one in STUDY_LAYOUTS if one.attribute == choice.attribute)
    rows = layout.rows(study)
    made = {column.name: column for column in shown_columns(layout, rows, study)}
    return Excerpt(
        layout.table.name,
        tuple((made[name], span) for name, span in choice.columns if not made[name].hidden),
        rows[:MOST_ROWS],
        max(0, len(rows) - MOST_ROWS),
        layout,
    )


def write_excerpt(page: Page, formats: Styles, excerpt: Excerpt, row: int) -> int:
    """Header and rows; the row below."""
    at = 0
    for shown, span in excerpt.columns:
        span = min(span, COLUMNS - at)
        page.put(
            row, at, shown.heading, formats.header(numeric=shown.numeric, apart=at > 0), span=span
        )
        at += span
    lines = max(-(-len(shown.heading) // (LETTERS * span)) for shown, span in excerpt.columns)
    page.heights[row] = 18 * lines + 2
    for record in excerpt.rows:
        row += 1
        _write_row(page, formats, excerpt, record, row)
    if excerpt.left_out:
        row += 1
        rest = words.counted(excerpt.left_out, "more row")
        page.put(row, 0, f"{rest}: see {excerpt.name}.", formats.quiet)
    page.heights[row + 1] = 10
    return row + 2


def _write_row(page: Page, formats: Styles, excerpt: Excerpt, record: Row, row: int) -> None:
    red = excerpt.layout.broken(record) if excerpt.layout.broken else ()
    at = 0
    for shown, span in excerpt.columns:
        cell, broken = shown.value(record), shown.name in red
        if shown.numeric:
            look = formats.number(shown.format_of(record), broken=broken)
            page.put(row, at, None if cell is None else float(cell), look, span=span)
        else:
            text = words.shortened(str(cell or ""), LETTERS * span)
            look = formats.words(wrapped=False, apart=at > 0, broken=broken)
            page.put(row, at, text, look, span=span)
        at += span
