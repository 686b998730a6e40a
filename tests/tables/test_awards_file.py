"""Awards from a file: a good one, and files that differ from it by one edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from optimizer.contract.data import Data
from optimizer.contract.findings import InputErrors
from optimizer.tables.awards_file import read_awards
from tests.small import offer, small

# Title, totals and a gap stand above the header, as on the sheet of a result.
LINES: list[list[object]] = [
    ["Awards: what to contract with whom. Quantities in kg, money in USD."],
    ["Total", "", "", "", 150],
    [],
    ["Supplier", "Supplier name", "Item", "Licences", "Award (kg)", "Share of item"],
    ["K", "Kay", "P", "none", 100, 0.8],
    ["L", "Ell", "P", "none", 25.5, 0.2],
    ["L", "Ell", "Q", "none", 24.5, 1],
]
HEADER = 4
GOOD = {("K", "P"): 100, ("L", "P"): 25.5, ("L", "Q"): 24.5}


def data_of() -> Data:
    return small(
        offers=[
            offer("K"),
            offer("L"),
            offer("L", item="Q"),
            offer("M", active=False),
            offer("M", item="Q"),
        ]
    )


def written(path: Path, lines: list[list[object]] = LINES) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Summary").write(0, 0, "Something else")
        sheet = book.add_worksheet("Awards")
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, cell)
    return path


def edited(path: Path, edit: Callable[[Any], object]) -> Path:
    """The good file after one edit of its sheet, as a person would make it."""
    book = openpyxl.load_workbook(written(path))
    edit(book["Awards"])
    book.save(path)
    return path


def put(cell: str, value: object) -> Callable[[Any], object]:
    def edit(sheet: Any) -> None:
        sheet[cell] = value

    return edit


def test_a_good_file(tmp_path: Path) -> None:
    path = written(tmp_path / "plan.xlsx")
    before = path.read_bytes()
    found = read_awards(path, data_of())
    assert found.awards == GOOD
    assert (found.source, found.findings) == ("plan.xlsx", ())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda sheet: sheet.append(["M", None, "Q", None, 7]), GOOD | {("M", "Q"): 7}),
        (lambda sheet: sheet.append([" m ", None, "q"]), GOOD),  # a blank award gives nothing
        (lambda sheet: sheet.delete_rows(5), {o: q for o, q in GOOD.items() if o[0] == "L"}),
        (lambda sheet: sheet.insert_rows(6), GOOD),
        (put("E5", 0), GOOD | {("K", "P"): 0}),
        (put("A5", " k"), GOOD),
        (lambda sheet: sheet.append(["M", None, "P", None, 0]), GOOD),  # inactive, and given 0
        (put("H1", "a note"), GOOD),
        (put("E4", "Award"), GOOD),
    ],
)
def test_edits_that_mean_something(
    edit: Callable[[Any], object], expected: dict[tuple[str, str], float], tmp_path: Path
) -> None:
    found = read_awards(edited(tmp_path / "plan.xlsx", edit), data_of())
    assert {o: q for o, q in found.awards.items() if o != ("M", "P")} == expected


@pytest.mark.parametrize(
    ("edit", "code", "place"),
    [
        (put("E6", "a lot"), "not-a-number", "Awards!E6"),
        (put("E6", "1,234"), "ambiguous-number", "Awards!E6"),
        (put("E6", -1), "out-of-range", "Awards!E6"),
        (put("E6", "#N/A"), "error-value", "Awards!E6"),
        (put("E6", "=10+20"), "formula-without-value", "Awards!E6"),
        (put("E6", True), "not-a-number", "Awards!E6"),
        (put("A6", "Kk"), "unknown-name", "Awards!A6"),
        (put("C6", "R"), "unknown-name", "Awards!C6"),
        (put("A6", None), "missing-value", "Awards!A6"),
        (put("C6", None), "missing-value", "Awards!C6"),
        (put("A7", "K"), "no-offer", "Awards!A7"),
        (put("A6", "M"), "inactive-offer", "Awards!E6"),
        (put("A6", "K"), "duplicate-key", "Awards!A6"),
        (lambda sheet: sheet.merge_cells("E5:E6"), "merged-cells", "Awards!E5"),
        (put("E4", "Award (t)"), "other-unit", "Awards!E4"),
        (put("E4", "Quantity"), "missing-column", "Awards!A4"),
        (put("F4", "Award (kg)"), "duplicate-column", "Awards!F4"),
        (lambda sheet: sheet.delete_rows(4), "missing-column", "Awards!A1"),
        (lambda sheet: sheet.delete_rows(5, 3), "empty-table", "Awards"),
    ],
)
def test_bad_files(edit: Callable[[Any], object], code: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as refused:
        read_awards(edited(tmp_path / "plan.xlsx", edit), data_of())
    assert [(one.code, one.place) for one in refused.value.findings] == [(code, place)]
    assert refused.value.findings[0].remedy


def test_every_mistake_is_found_in_one_pass(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["E5"], sheet["A6"], sheet["C7"] = "much", "nobody", "nothing"

    with pytest.raises(InputErrors) as refused:
        read_awards(edited(tmp_path / "plan.xlsx", edit), data_of())
    places = [one.place for one in refused.value.findings]
    assert places == ["Awards!E5", "Awards!A6", "Awards!C7"]


def test_a_number_stored_as_text_is_read_and_said(tmp_path: Path) -> None:
    found = read_awards(edited(tmp_path / "plan.xlsx", put("E6", "25.5")), data_of())
    assert found.awards == GOOD
    assert [one.code for one in found.findings] == ["number-as-text"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.xlsx", b"", "not-a-workbook"),
        ("plan.xlsx", b"PK nonsense", "broken-workbook"),
        ("plan.csv", b"", "empty-table"),
        ("plan.csv", b"\xff\xfe", "not-utf-8"),
        ("plan.csv", b"supplier,item\nK,P", "missing-column"),
        ("plan.csv", b"supplier,item,award\nK,P,x", "not-a-number"),
    ],
)
def test_files_of_other_kinds(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputErrors) as refused:
        read_awards(path, data_of())
    assert [one.code for one in refused.value.findings] == [code]


def test_a_workbook_without_the_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "in.xlsx") as book:
        book.add_worksheet("Offers").write(0, 0, "supplier")
    with pytest.raises(InputErrors, match="no sheet Awards"):
        read_awards(tmp_path / "in.xlsx", data_of())


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match=r"nothing\.csv"):
        read_awards(tmp_path / "nothing.csv", data_of())


def test_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "split.csv"
    path.write_text("supplier;item;award\nK;P;99,5\nL;P;\n", encoding="utf-8")
    assert read_awards(path, data_of()).awards == {("K", "P"): 99.5}
