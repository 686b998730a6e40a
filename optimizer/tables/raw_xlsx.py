"""Raw tables from a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

import python_calamine as calamine

from optimizer.tables.archive import Archive, WorkbookError
from optimizer.tables.collect import Findings
from optimizer.tables.grid import Grid, Hollow, Merged, Raw, Truth, is_blank, letters
from optimizer.tables.limits import LARGEST_SHEET
from optimizer.tables.nearest import listed
from optimizer.tables.sheet_xml import Oddities, oddities, spread

_TRUTH = {True: Truth.TRUE, False: Truth.FALSE}


def read_workbook(archive: Archive, wanted: set[str], findings: Findings) -> list[Grid]:
    """The wanted sheets as grids, in the order of the workbook, without the empty ones."""
    grids = []
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(archive.content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.name in wanted and sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                    hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                    grid = _read_sheet(book, archive, sheet.name, hidden, findings)
                    if grid is not None:
                        grids.append(grid)
    except calamine.PasswordError:
        raise WorkbookError("encrypted-or-old", "the workbook is protected by a password",
                           "Save it without a password.") from None  # fmt: skip
    except calamine.CalamineError as error:
        raise _damaged(str(error)) from None
    return grids


def _damaged(message: str) -> WorkbookError:
    return WorkbookError("broken-workbook", f"the workbook is damaged: {message}",
                        "Open it in Excel, let Excel repair it, and save it again.")  # fmt: skip


def _read_sheet(
    book: calamine.CalamineWorkbook, archive: Archive, name: str, hidden: bool, findings: Findings
) -> Grid | None:
    xml = archive.sheets.get(name, b"")
    if spread(xml) > LARGEST_SHEET:
        findings.error(
            "too-large", name, "",
            "the cells of the sheet are spread over too large an area",
            "Delete stray cells far below or to the right of the table.",
        )  # fmt: skip
        return None
    try:
        sheet = book.get_sheet_by_name(name)
        values = _without_bool(sheet.to_python(skip_empty_area=True))
    except calamine.CalamineError as error:
        findings.error(
            "broken-sheet", name, "", f"the sheet cannot be read: {error}",
            "Open the workbook in Excel, let Excel repair it, and save it again.",
        )  # fmt: skip
        return None
    odd = oddities(xml)
    rows, first_row, first_column = _with_odd_cells(values, sheet.start, odd)
    if not rows:
        return None
    merged = _merged(sheet.merged_cell_ranges or [], first_row, first_column, rows)
    grid = Grid(name, first_row, first_column, rows, merged=tuple(merged))
    _say_hidden(grid, odd, hidden, findings)
    return grid


def _with_odd_cells(
    values: list[list[Raw]], start: tuple[int, int] | None, odd: Oddities
) -> tuple[list[list[Raw]], int, int]:
    """Rows with error cells and the like in their places.

    The reader of values leaves out empty cells at the edges, and takes an error cell for empty;
    so the rectangle may have to grow.
    """
    rows = values
    top, left = start or (0, 0)
    if not odd.cells:
        return rows, top + 1, left
    width = len(rows[0]) if rows else 0
    if not rows:
        top, left = (min(place) for place in zip(*((r - 1, c) for r, c in odd.cells), strict=True))
    lowest = max(max(r for r, _ in odd.cells), top + len(rows))
    rightmost = max(max(c for _, c in odd.cells) + 1, left + width)
    up = min(min(r - 1 for r, _ in odd.cells), top)
    west = min(min(c for _, c in odd.cells), left)
    blank: list[Raw] = [""] * (rightmost - west)
    grown: list[list[Raw]] = [list(blank) for _ in range(up, top)]
    grown += [[*[""] * (left - west), *row, *[""] * (rightmost - left - len(row))] for row in rows]
    grown += [list(blank) for _ in range(up + len(grown), lowest)]
    for (row, column), what in odd.cells.items():
        grown[row - 1 - up][column - west] = what
    return grown, up + 1, west


def _without_bool(rows: list[list[Any]]) -> list[list[Raw]]:
    if bool not in set(map(type, chain.from_iterable(rows))):
        return rows
    return [[_TRUTH[raw] if isinstance(raw, bool) else raw for raw in row] for row in rows]


def _merged(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]],
    first_row: int,
    first_column: int,
    rows: list[list[Raw]],
) -> Iterator[Merged]:
    """The merged cells that hold something; the cells they cover are marked in ``rows``."""
    for (top, left), (bottom, right) in ranges:
        here = Merged(
            max(top - first_row + 1, 0),
            max(left - first_column, 0),
            min(bottom - first_row + 1, len(rows) - 1),
            min(right - first_column, len(rows[0]) - 1),
        )
        inside = here.top <= here.bottom and here.left <= here.right
        if not inside or is_blank(rows[here.top][here.left]):
            continue
        for row in range(here.top, here.bottom + 1):
            for column in range(here.left, here.right + 1):
                if (row, column) != (here.top, here.left):
                    rows[row][column] = Hollow.MERGED
        yield here


def _say_hidden(grid: Grid, odd: Oddities, hidden: bool, findings: Findings) -> None:
    last = grid.first_row + len(grid.rows)
    rows = [row for row in odd.hidden_rows if grid.first_row <= row < last]
    width = len(grid.rows[0])
    columns = [c for c in odd.hidden_columns if 0 <= c - grid.first_column < width]
    if hidden:
        findings.warning("hidden-sheet", grid.name, "", "the sheet is hidden; it is read as well",
                         "Show it, or delete it if it is not meant.")  # fmt: skip
    if rows:
        why = "filtered out or hidden" if odd.filtered else "hidden"
        findings.warning(
            "hidden-rows", grid.name, grid.cell(rows[0] - grid.first_row, 0),
            f"{'rows' if len(rows) > 1 else 'row'} {listed(map(str, rows))} "
            f"{'are' if len(rows) > 1 else 'is'} {why}, and read as well",
            "Show them, or delete them if they are not meant.",
        )  # fmt: skip
    if columns:
        findings.warning(
            "hidden-columns", grid.name, grid.cell(0, columns[0] - grid.first_column),
            f"columns {listed(map(letters, columns))} are hidden; they are read as well",
            "Show them, or delete them if they are not meant.",
        )  # fmt: skip
