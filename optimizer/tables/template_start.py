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

_HOW_TO_ADD = (
    "To add them: diversify template NEW.xlsx --with {name} writes a template with that sheet; "
    "copy it over, or add a sheet with the same name and column names yourself."
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
    sheet.write_string(0, 0, "Your input for a purchasing plan", styles.title)
    row = _line(sheet, styles, 2, _HOW) + 1
    for table in tables:
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", styles.link, table.name)
        optional = "" if table.needed or table.name == "Settings" else " Optional."
        sheet.write_string(row, 1, f"{table.meaning}{optional}", styles.prose)
        row += 1
    row = _line(sheet, styles, row + 1, _THEN)
    if not others:
        return
    row += 1
    sheet.write_string(row, 0, "Further sheets", styles.heading)
    sheet.write_string(row, 1, "when they apply", styles.heading)
    for table in others:
        row += 1
        sheet.write_string(row, 0, table.name, styles.prose)
        when = f"Add when {table.add_when}." if table.add_when else table.meaning
        sheet.write_string(row, 1, when, styles.prose)
    _line(sheet, styles, row + 2, _HOW_TO_ADD.format(name=others[0].attribute))


def _line(sheet: Any, styles: Styles, row: int, text: str) -> int:
    sheet.merge_range(row, 0, row, 1, text, styles.prose)
    sheet.set_row(row, 15 * (1 + len(text) // 110))
    return row + 1
