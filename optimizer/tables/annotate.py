"""A copy of an input with the cells of its findings marked, and a list that links to them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

from optimizer.contract.findings import Finding, Severity
from optimizer.tables.cells import shown
from optimizer.tables.collect import Findings
from optimizer.tables.load import FINDINGS_SHEET
from optimizer.tables.raw_csv import read_folder

_LOSSES = (
    "This is a marked copy for reading. Correct the original and check that one: the copy has "
    "lost the stored results of formulas, and any shapes, sparklines and formatting inside cells."
)
_COLUMNS = ("severity", "where", "what is wrong", "what to do", "value", "code")
_WIDTHS = (10, 18, 70, 70, 20, 22)
_FILLS = {
    Severity.ERROR: PatternFill("solid", start_color="F4B8B0"),
    Severity.WARNING: PatternFill("solid", start_color="FCE8B2"),
}
_LONGEST_NOTE = 2000
_LONGEST_SHEET_NAME = 31


def write_annotated(source: Path, target: Path, findings: Sequence[Finding]) -> None:
    """Write a copy of ``source`` (a workbook, or a folder of CSV files) with findings marked.

    Each finding's cell is filled (red: error, yellow: warning) and has a note; the first sheet,
    Findings, lists all of them with links.  A source that cannot be opened at all gives a
    workbook with that sheet only.

    Raises:
        ValueError: source and target are the same file.
        OSError: the target cannot be written.
    """
    if target.exists() and source.exists() and target.samefile(source):
        raise ValueError(f"{target} is the input; write the copy elsewhere")
    book = _from_folder(source) if source.is_dir() else _from_workbook(source)
    for sheet in book.worksheets:
        if sheet.title == FINDINGS_SHEET:
            del book[sheet.title]
    _mark(book, findings)
    _list(book, findings)
    book.save(target)


def _from_workbook(source: Path) -> Workbook:
    try:
        return load_workbook(source)
    except (InvalidFileException, zipfile.BadZipFile, OSError, KeyError, ValueError, TypeError):
        # Whatever openpyxl stumbles over: what is wrong with the file stands in the findings.
        return _empty()


def _empty() -> Workbook:
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def _from_folder(source: Path) -> Workbook:
    book = _empty()
    for grid in read_folder(source, Findings()):
        sheet = book.create_sheet(grid.name[:_LONGEST_SHEET_NAME])
        for row, raws in enumerate(grid.rows, grid.first_row):
            for column, raw in enumerate(raws, grid.first_column + 1):
                if raw != "":
                    cell = sheet.cell(row, column)
                    cell.value = shown(raw)
                    cell.data_type = "s"  # text stays text, also where it begins like a formula
    return book


def _mark(book: Workbook, findings: Sequence[Finding]) -> None:
    notes: dict[tuple[str, str], list[str]] = {}
    # Warnings first, so that an error on the same cell has the last word on its colour.
    for one in sorted(findings, key=lambda finding: finding.severity is Severity.ERROR):
        cell = _cell(book, one)
        if cell is not None:
            cell.fill = _FILLS[one.severity]
            note = notes.setdefault((one.sheet, one.cell), [])
            note.insert(0, f"{one.message}. {one.remedy}")
            comment = Comment("\n".join(note)[:_LONGEST_NOTE], "check", width=340)
            comment.height = 40 + 18 * (len(comment.text) // 45 + len(note))
            cell.comment = comment


def _cell(book: Workbook, finding: Finding) -> Cell | None:
    if not finding.cell or finding.sheet not in book.sheetnames:
        return None
    try:
        coordinate_from_string(finding.cell)
    except CellCoordinatesException:
        return None
    cell = book[finding.sheet][finding.cell]
    return cell if isinstance(cell, Cell) else None  # not the covered part of a merged cell


def _list(book: Workbook, findings: Sequence[Finding]) -> None:
    sheet = book.create_sheet(FINDINGS_SHEET, 0)
    sheet["A1"] = _count(findings)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = _LOSSES
    for place, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True), 1):
        head = sheet.cell(4, place, name)
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = width
    for row, one in enumerate(findings, 5):
        texts = (one.severity.value, one.place, one.message, one.remedy, one.value, one.code)
        for place, text in enumerate(texts, 1):
            cell = sheet.cell(row, place)
            cell.value = _printable(text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = _FILLS[one.severity]
        if _cell(book, one) is not None:
            quoted = one.sheet.replace("'", "''")
            link = sheet.cell(row, 2)
            link.hyperlink = f"#'{quoted}'!{one.cell}"
            link.font = Font(color="1F4E79", underline="single")
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = f"A4:F{max(len(findings), 1) + 4}"
    book.active = 0


def _count(findings: Sequence[Finding]) -> str:
    errors = sum(one.severity is Severity.ERROR for one in findings)
    warnings = len(findings) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _printable(text: str) -> str:
    """Text without the control characters that a workbook cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
