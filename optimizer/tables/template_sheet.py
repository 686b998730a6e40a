"""One sheet of the template: header with notes, drop-down lists, formats, and rows if any."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from optimizer.contract.fields import Column, Kind, Table
from optimizer.contract.inputs import input_table
from optimizer.contract.settings import SETTINGS
from optimizer.tables.cells import Converter, converter, shown
from optimizer.tables.grid import Grid, Raw, is_blank, letters
from optimizer.tables.headers import OWN
from optimizer.tables.nearest import fold

_SPARE = 1000  # rows below the data that have formats and lists ready
_NARROW, _WIDE = 11, 46
_MONEY = ("currency", "offer currency", "base currency")
_SHARES = ("share", "kg per kg")
_SHARE_METRICS = ("share", "spend_share")


class Styles:
    """The formats of the template, made once per workbook."""

    def __init__(self, book: Any) -> None:
        """Register the formats in a workbook."""
        base = {"font_name": "Calibri", "font_size": 11}
        head = {**base, "bold": True, "valign": "vcenter", "bottom": 1, "bottom_color": "#1F4E79"}
        self.title = book.add_format({**base, "bold": True, "font_size": 16})
        self.heading = book.add_format({**base, "bold": True, "bottom": 1})
        self.prose = book.add_format({**base, "text_wrap": True, "valign": "top"})
        self.link = book.add_format({**base, "font_color": "#1F4E79", "underline": 1,
                                     "valign": "top"})  # fmt: skip
        self.required = book.add_format({**head, "bg_color": "#1F4E79", "font_color": "#FFFFFF"})
        self.optional = book.add_format({**head, "bg_color": "#DCE6F1", "font_color": "#1A1A1A"})
        self.own = book.add_format({**head, "bg_color": "#F2F2F2", "font_color": "#595959"})
        self.quiet = book.add_format({**base, "font_color": "#595959"})
        self.text = book.add_format({**base, "num_format": "@"})
        self.number = book.add_format(base)
        self.whole = book.add_format({**base, "num_format": "#,##0"})
        self.money = book.add_format({**base, "num_format": "#,##0.00"})
        self.exact = book.add_format({**base, "num_format": "#,##0.00####"})
        self.percent = book.add_format({**base, "num_format": "0.0####%"})

    def column(self, column: Column) -> Any:
        """The format of a whole column."""
        if column.kind in (Kind.NUMBER, Kind.INTEGER):
            return self.percent if _is_share(column) else self.number
        return self.number if column.kind is Kind.ANY else self.text

    def cell(self, column: Column, value: float) -> Any:
        """The format of one number."""
        if _is_share(column):
            return self.percent
        if value == int(value):
            return self.whole
        return self.money if column.unit.startswith(_MONEY) else self.exact


def write_table(
    sheet: Any, styles: Styles, table: Table, grid: Grid | None, tables: Collection[str]
) -> None:
    """Write the header of a table and the rows of a grid; ``tables``: sheets of the workbook."""
    columns, places = _columns(table, grid)
    rows = grid.rows[1:] if grid else []
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name,
                           styles.required if column.required else styles.optional)  # fmt: skip
        sheet.write_comment(0, place, note(column), _note_size(column))
        source = places.get(column.name)
        width = _write_cells(sheet, styles, column, place, [row[source] for row in rows]
                             if source is not None else [])  # fmt: skip
        sheet.set_column(place, place, width, styles.column(column))
        validation = _list(table, column, tables)
        if validation:
            sheet.data_validation(1, place, len(rows) + _SPARE, place, validation)
    if table.name == "Rules":
        _percent_limits(sheet, styles, columns, rows, places)
    _freeze(sheet, len(rows), len(columns), len(table.keys))


def write_settings(sheet: Any, styles: Styles, grid: Grid | None) -> None:
    """Write every setting, with the given values; its default and meaning stand beside it."""
    given = {fold(shown(row[0])): row[1] for row in grid.rows[1:] if len(row) > 1} if grid else {}
    heads = (("setting", styles.required), ("value", styles.optional),
             (f"{OWN} unit", styles.own), (f"{OWN} default", styles.own),
             (f"{OWN} meaning", styles.own))  # fmt: skip
    for place, (text, style) in enumerate(heads):
        sheet.write_string(0, place, text, style)
    for row, column in enumerate(SETTINGS, 1):
        sheet.write_string(row, 0, column.name, styles.text)
        _write_cell(sheet, styles, column, row, 1, given.get(fold(column.name), ""),
                    _reader(column))  # fmt: skip
        unit = column.unit or (", ".join(column.allowed) if column.allowed else "")
        for place, text in enumerate((unit, column.says, column.meaning), 2):
            sheet.write_string(row, place, text, styles.quiet)
        if column.allowed:
            sheet.data_validation(row, 1, row, 1, {"validate": "list",
                                                   "source": list(column.allowed)})  # fmt: skip
    for place, width in enumerate((18, 30, 30, 48, 100)):
        sheet.set_column(place, place, width)
    _freeze(sheet, len(SETTINGS), 2, 1)


def note(column: Column) -> str:
    """The help of a column, as the note on its header."""
    lines = [column.meaning]
    if column.unit:
        lines.append(f"Unit: {column.unit}.")
    if column.allowed:
        lines.append(f"One of: {', '.join(column.allowed)}.")
    elif column.kind is not Kind.TEXT:
        lines.append(f"Type: {column.type_text}.")
    if column.refers_to:
        lines.append(f"As in {column.refers_to}.")
    if column.required:
        lines.append("Must be filled in.")
    elif column.says:
        lines.append(f"Blank: {column.says}.")
    return "\n".join(lines)


def _note_size(column: Column) -> Mapping[str, int]:
    lines = sum(1 + len(line) // 42 for line in note(column).split("\n"))
    return {"width": 290, "height": 18 * lines + 12}


def _columns(table: Table, grid: Grid | None) -> tuple[list[Column], dict[str, int]]:
    """The columns to write, and where the grid has them; a column per period comes last."""
    if grid is None:
        return list(table.columns), {}
    places = {fold(shown(raw)): place for place, raw in enumerate(grid.rows[0])}
    columns = list(table.columns)
    known = {fold(column.name) for column in columns}
    extra = [shown(raw) for raw in grid.rows[0] if not is_blank(raw) and fold(shown(raw))
             not in known and not shown(raw).startswith(OWN)]  # fmt: skip
    if extra:
        columns = [column for column in columns if fold(column.name) in places]
        quantity = input_table("Demand").column("quantity")
        columns += [Column(name, Kind.NUMBER, unit=quantity.unit, meaning=quantity.meaning)
                    for name in extra]  # fmt: skip
    return columns, {
        column.name: places[fold(column.name)] for column in columns if fold(column.name) in places
    }


def _reader(column: Column) -> Converter | None:
    if column.kind in (Kind.NUMBER, Kind.INTEGER, Kind.ANY):
        number = Column(column.name, Kind.NUMBER, unit="" if column.kind is Kind.ANY
                        else column.unit)  # fmt: skip
        return converter(number, decimal_comma=False, all_text=True)
    return None


def _write_cells(sheet: Any, styles: Styles, column: Column, place: int, raws: list[Raw]) -> int:
    """Write a column below its header; gives the width that fits."""
    reader = _reader(column)
    longest = len(column.name) + 2
    for row, raw in enumerate(raws, 1):
        _write_cell(sheet, styles, column, row, place, raw, reader)
        longest = max(longest, len(shown(raw)) + 1)
    return min(max(longest, _NARROW), _WIDE)


def _write_cell(
    sheet: Any,
    styles: Styles,
    column: Column,
    row: int,
    place: int,
    raw: Raw,
    reader: Converter | None,
) -> None:
    if is_blank(raw):
        sheet.write_blank(row, place, None, styles.column(column))
        return
    if reader is not None:
        value = reader[raw]
        if raw not in reader.flaws:
            sheet.write_number(row, place, value, styles.cell(column, value))
            return
    sheet.write_string(row, place, shown(raw), styles.text)


def _percent_limits(
    sheet: Any,
    styles: Styles,
    columns: list[Column],
    rows: Any,
    places: Mapping[str, int],
) -> None:
    """Limits of shares as percentages: 0.6 shows as 60 %, and 60 typed there is 60 %."""
    at = next(place for place, column in enumerate(columns) if column.name == "limit")
    if not {"limit", "metric"} <= set(places):
        return
    reader = _reader(columns[at])
    for row, raws in enumerate(rows, 1):
        raw = raws[places["limit"]]
        is_share = shown(raws[places["metric"]]).strip().casefold() in _SHARE_METRICS
        if reader is not None and is_share and not is_blank(raw):
            value = reader[raw]
            if raw not in reader.flaws:
                sheet.write_number(row, at, value, styles.percent)


def _is_share(column: Column) -> bool:
    return column.unit.startswith(_SHARES) or (column.kind is Kind.NUMBER and column.high == 1)


def _list(table: Table, column: Column, tables: Collection[str]) -> dict[str, Any]:
    """The drop-down list of a column; {} where its values are not known."""
    if column.allowed:
        fixed = [word for word in column.allowed if " " not in word]
        return {"validate": "list", "source": fixed,
                "show_error": len(fixed) == len(column.allowed)}  # fmt: skip
    target, _, key = column.refers_to.partition(".")
    # Several names in one cell, and columns that declare nothing once, make no list.
    if column.kind is Kind.NAMES or target not in tables or target == table.name:
        return {}
    declaring = input_table(target)
    if declaring.keys != (key,):
        return {}
    place = letters([one.name for one in declaring.columns].index(key))
    return {
        "validate": "list",
        "source": f"='{target}'!${place}$2:${place}${_SPARE}",
        "show_error": False,  # * and names that are added later are fine
    }


def _freeze(sheet: Any, rows: int, columns: int, keys: int) -> None:
    sheet.freeze_panes(1, min(keys, 2))
    sheet.set_row(0, 20)
    if rows:
        sheet.autofilter(0, 0, rows, columns - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
