"""The input workbook, empty or filled, generated from the data contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import xlsxwriter

from optimizer.contract.fields import Table
from optimizer.contract.inputs import INPUTS
from optimizer.tables.collect import Findings
from optimizer.tables.grid import Grid
from optimizer.tables.load import START_SHEET
from optimizer.tables.nearest import fold
from optimizer.tables.raw_csv import read_folder
from optimizer.tables.template_sheet import Styles, write_settings, write_table
from optimizer.tables.template_start import write_start

# What a first-time user sees: the settings, what is needed, and rules, since they are the point.
SHOWN = ("Settings", *(table.name for table in INPUTS if table.needed), "Rules")
_CREATED = datetime(2025, 1, 1)  # a fixed date, so that the same contract gives the same bytes

# Rules to begin with; none is active, and none names anybody who may not exist.
_RULES: tuple[Mapping[str, object], ...] = (
    {"rule": "one_country_at_most_60", "dimension": "country", "metric": "share", "sense": "max",
     "limit": 0.6, "note": "Example: no country makes more than 60 % of the weight"},
    {"rule": "one_supplier_at_most_40", "dimension": "supplier", "metric": "share",
     "sense": "max", "limit": 0.4, "note": "Example: no supplier above 40 %"},
    {"rule": "two_sources_each", "dimension": "supplier", "metric": "count", "sense": "min",
     "limit": 2, "per_item": "yes", "penalty": 1000000,
     "note": "Example: two suppliers for each item, a goal that may be missed at a cost"},
    {"rule": "country_concentration", "dimension": "country", "metric": "hhi", "sense": "max",
     "limit": 2500, "note": "Example: concentration index of the countries at most 2,500 points"},
    {"rule": "mean_country_risk", "dimension": "country", "metric": "risk", "sense": "max",
     "limit": 4, "note": "Example: mean risk_score of the countries at most 4"},
)  # fmt: skip


def write_template(
    path: Path, *, with_tables: Iterable[str] = (), data_folder: Path | None = None
) -> None:
    """Write an input workbook; the same arguments give the same bytes.

    ``with_tables`` names further sheets (case does not count).  ``data_folder`` is a folder of
    CSV files; then the sheets are those that it holds and those that are always shown, filled
    with its rows.

    Raises:
        KeyError: there is no table of that name; the message names those that exist.
        OSError: the file cannot be written, or the folder cannot be read.
    """
    filled = _filled(data_folder)
    wanted = {*SHOWN, *filled, *map(_table_name, with_tables)}
    tables = [table for table in INPUTS if table.name in wanted]
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        book.set_properties({"title": "Input of a purchasing plan", "created": _CREATED})
        styles = Styles(book)
        start = book.add_worksheet(START_SHEET)
        sheets = {table.name: book.add_worksheet(table.name) for table in tables}
        write_start(start, styles, tables, [table for table in INPUTS if table not in tables])
        for table in tables:
            sheet, grid = sheets[table.name], filled.get(table.name)
            if table.name == "Settings":
                write_settings(sheet, styles, grid)
            elif table.name == "Rules" and not filled:
                write_table(sheet, styles, table, _example_rules(table), wanted)
            else:
                write_table(sheet, styles, table, grid, wanted)
        start.activate()


def _table_name(name: str) -> str:
    for table in INPUTS:
        if fold(name) in (fold(table.name), table.attribute):
            return table.name
    raise KeyError(f"no table {name!r}; there are {', '.join(table.name for table in INPUTS)}")


def _filled(folder: Path | None) -> dict[str, Grid]:
    if folder is None:
        return {}
    known = {fold(table.name): table.name for table in INPUTS}
    grids = read_folder(folder, Findings())
    return {known[fold(grid.name)]: grid for grid in grids if fold(grid.name) in known}


def _example_rules(table: Table) -> Grid:
    names = [column.name for column in table.columns]
    rows = [[str({"active": "no", **rule}.get(name, "")) for name in names] for rule in _RULES]
    return Grid(table.name, 1, 0, [names, *rows], all_text=True)
