"""Rows written as text are to the letter what XlsxWriter writes cell by cell."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from optimizer.report.row_sheet import (
    LONGEST_TEXT,
    NUMBER_END,
    ROW_END,
    RowSheet,
    formula_end,
    number_middle,
    row_start,
    safe_text,
)

TEXTS = ["plain", " led", "trailed ", "two\nlines", 'a & b < c > "d"', "\x01 \x1f", "_x0041_",
         "café, 磁铁", "=1+1", "\ufffe"]  # fmt: skip
NUMBERS = [0, -0.5, 0.1, 1 / 3, 1e300, -1e-12, 12_345_678.9, 2**53, 100.0]


def book(path: Path) -> Any:
    return xlsxwriter.Workbook(str(path), {"constant_memory": True})


def by_row(path: Path) -> Path:
    with book(path) as made:
        look = made.add_format({"num_format": "0.0"})
        sheet = made.add_worksheet("A", RowSheet)
        sheet.write_string(0, 1, "above", look)
        sheet.write_string(1, 0, "header", look)
        rows = [f'<c r="A{line}{sheet.text_end(look, text)}' for line, text in enumerate(TEXTS, 3)]
        first = 3 + len(TEXTS)
        rows += [
            f'<c r="B{line}{number_middle(look)}{number:.16G}{NUMBER_END}'
            for line, number in enumerate(NUMBERS, first)
        ]
        last = first + len(NUMBERS)
        rows.append(f'<c r="B{last}{formula_end(look, "SUM(A1,A2)&A3", 1.5)}')
        sheet.set_row(last - 1, 27)
        heights = {last: 27.0}
        sheet.write_rows(2, len(rows), (f"{row_start(line, heights.get(line))}{row}{ROW_END}"
                                        for line, row in enumerate(rows, 3)))  # fmt: skip
    return path


def by_cell(path: Path) -> Path:
    with book(path) as made:
        look = made.add_format({"num_format": "0.0"})
        sheet = made.add_worksheet("A")
        sheet.write_string(0, 1, "above", look)
        sheet.write_string(1, 0, "header", look)
        for line, text in enumerate(TEXTS, 2):
            sheet.write_string(line, 0, text, look)
        for line, number in enumerate(NUMBERS, 2 + len(TEXTS)):
            sheet.write_number(line, 1, number, look)
        last = 2 + len(TEXTS) + len(NUMBERS)
        sheet.set_row(last, 27)
        sheet.write_formula(last, 1, "=SUM(A1,A2)&A3", look, 1.5)
    return path


def test_the_files_are_the_same(tmp_path: Path) -> None:
    ours = zipfile.ZipFile(by_row(tmp_path / "row.xlsx"))
    theirs = zipfile.ZipFile(by_cell(tmp_path / "cell.xlsx"))
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"):
        assert ours.read(name) == theirs.read(name)


def test_text_that_looks_like_markup_is_text(tmp_path: Path) -> None:
    text = "<r><t>bold</t></r>"
    with book(tmp_path / "out.xlsx") as made:
        sheet = made.add_worksheet("A", RowSheet)
        end = sheet.text_end(made.add_format(), text)
        sheet.write_rows(0, 1, [f'{row_start(1)}<c r="A1{end}{ROW_END}'])
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["A"]["A1"].value == text


def test_nothing_is_written_where_there_are_no_rows(tmp_path: Path) -> None:
    with book(tmp_path / "out.xlsx") as made:
        sheet = made.add_worksheet("A", RowSheet)
        sheet.write_string(0, 0, "above")
        sheet.write_rows(1, 0, [])
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["A"].dimensions == "A1:A1"


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
def test_text_is_cut_where_a_cell_is_full(letter: str) -> None:
    cut = safe_text(letter * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST_TEXT - 1, LONGEST_TEXT)
    assert cut.rstrip("…").strip(letter) == ""
    assert cut.endswith("…")
    fits = "x" * LONGEST_TEXT
    assert safe_text(fits) == fits
