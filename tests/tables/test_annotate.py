"""The marked copy of an input."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from optimizer.tables import check
from optimizer.tables.annotate import write_annotated
from tests.tables.books import SMALL, book, folder, small

BAD = small(
    Offers=[["supplier", "item", "price"], ["S1", "A", "dear"], ["S9", "A", 1], ["S2", "B", "3"]]
)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_cells_are_marked_and_listed(tmp_path: Path, form: str) -> None:
    source = book(tmp_path / "in.xlsx", BAD) if form == "xlsx" else folder(tmp_path / "in", BAD)
    _, findings = check(source)
    assert {one.place for one in findings} >= {"Offers!C2", "Offers!A3"}
    target = tmp_path / "marked.xlsx"
    write_annotated(source, target, findings)
    marked = openpyxl.load_workbook(target)
    assert marked.sheetnames[0] == "Findings"
    cell = marked["Offers"]["C2"]
    assert cell.value == "dear"
    assert cell.fill.fgColor.rgb.endswith("F4B8B0")
    assert "text where a number is expected" in cell.comment.text
    assert marked["Offers"]["C3"].comment is None
    listing = marked["Findings"]
    assert listing["A1"].value.startswith("2 errors")
    assert "lost" in listing["A2"].value
    rows = {row[1].value: row for row in listing.iter_rows(min_row=5)}
    assert set(rows) == {one.place for one in findings}
    link = rows["Offers!C2"][1].hyperlink
    assert (link.location or link.target).lstrip("#") == "'Offers'!C2"


def test_a_marked_copy_is_refused_as_input(tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", BAD)
    write_annotated(source, tmp_path / "marked.xlsx", check(source)[1])
    codes = {one.code for one in check(tmp_path / "marked.xlsx")[1]}
    assert "annotated-copy" in codes


def test_the_input_itself_is_never_written(tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", SMALL)
    before = source.read_bytes()
    with pytest.raises(ValueError, match="is the input"):
        write_annotated(source, source, check(source)[1])
    assert source.read_bytes() == before


def test_what_cannot_be_opened_gives_the_list_alone(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    source.write_bytes(b"no workbook")
    write_annotated(source, tmp_path / "marked.xlsx", check(source)[1])
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert marked.sheetnames == ["Findings"]
    assert marked["Findings"]["F5"].value == "not-a-workbook"


def test_text_like_a_formula_stays_text(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", small(Items=[["item", "description"], ["A", "=1+1"],
                                                  ["B", ""]]))  # fmt: skip
    write_annotated(source, tmp_path / "marked.xlsx", check(source)[1])
    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Items"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
