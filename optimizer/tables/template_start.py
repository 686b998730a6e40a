"""The first page of the template: what to fill in, in ten lines, with links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.contract.fields import Table
from optimizer.tables.template_sheet import Styles

_HOW = (
    "Fill in the sheets below, from top to bottom. Dark column names must be filled in; "
    "light ones may stay blank, and the note on each name says what blank means. Codes (of items, "
    "sites, suppliers, countries) are yours; use the same ones everywhere."
)
_THEN = (
    "Save the workbook, then run: diversify check THIS.xlsx - it lists what is missing or unclear, "
    "with its cell - and then: diversify solve THIS.xlsx -o plan.xlsx"
)


def write_start(
    sheet: Any, styles: Styles, tables: Sequence[Table], others: Sequence[Table]
) -> None:
    """Write the page: how to begin, a link to each sheet, and sheets that can be added."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 88)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "A purchasing plan begins here", styles.title)
    row = 2
    row = _line(sheet, styles, row, _HOW)
    for table in tables:
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", styles.link, table.name)
        needed = "" if table.needed else " May stay blank." if table.name == "Settings" else (
            " Optional.")  # fmt: skip
        sheet.write_string(row, 1, f"{table.meaning}{needed}", styles.prose)
        row += 1
    row = _line(sheet, styles, row, _THEN)
    if not others:
        return
    row += 1
    sheet.write_string(row, 0, "Further sheets", styles.heading)
    sheet.write_string(
        row, 1, "Add one when it applies: diversify template NEW.xlsx --with "
        f"{others[0].attribute}, or copy its columns from docs/contract.md", styles.heading,
    )  # fmt: skip
    for table in others:
        row += 1
        sheet.write_string(row, 0, table.name, styles.prose)
        when = f"Add when {table.add_when}." if table.add_when else table.meaning
        sheet.write_string(row, 1, when, styles.prose)


def _line(sheet: Any, styles: Styles, row: int, text: str) -> int:
    sheet.merge_range(row, 0, row, 1, text, styles.prose)
    sheet.set_row(row, 15 * (1 + len(text) // 110))
    return row + 1
