"""Files that are no workbook, or would better not be opened: a finding, quickly, and no more."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.tables.books import SMALL, book, edit_part, found

SHEET = "xl/worksheets/sheet6.xml"


@pytest.fixture
def good_file(tmp_path: Path) -> Path:
    return book(tmp_path / "good.xlsx", SMALL)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-workbook"),
        (b"item,site\nA,B\n", "not-a-workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "encrypted-or-old"),
        (b"PK\x03\x04" + bytes(100), "broken-workbook"),
    ],
)
def test_no_workbook_at_all(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    assert found(path) == {("error", code, "in.xlsx")}


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated(tmp_path: Path, good_file: Path, share: float) -> None:
    path = tmp_path / "in.xlsx"
    content = good_file.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert found(path) == {("error", "broken-workbook", "in.xlsx")}


def test_a_changed_byte(tmp_path: Path, good_file: Path) -> None:
    content = bytearray(good_file.read_bytes())
    place = content.index(SHEET.encode()) + len(SHEET) + 40
    content[place] ^= 0xFF
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    assert found(path) == {("error", "broken-workbook", "in.xlsx")}


def test_an_encrypted_archive(tmp_path: Path, good_file: Path) -> None:
    content = bytearray(good_file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag 'encrypted'
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    assert found(path) == {("error", "encrypted-or-old", "in.xlsx")}


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert found(path) == {("error", "broken-workbook", "in.xlsx")}


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, good_file: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(good_file) as given, zipfile.ZipFile(path, "w") as made:
        for one in given.infolist():
            made.writestr(one.filename, given.read(one), zipfile.ZIP_DEFLATED)
        made.writestr("xl/media/big.xml", bytes(64 << 20), zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1 << 20
    assert found(path) == {("error", "too-large", "in.xlsx")}


def test_a_bomb_that_lies_about_its_size(tmp_path: Path, good_file: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(good_file) as given, zipfile.ZipFile(path, "w") as made:
        for one in given.infolist():
            made.writestr(one.filename, given.read(one), zipfile.ZIP_DEFLATED)
        made.writestr("xl/media/big.xml", bytes(64 << 20), zipfile.ZIP_DEFLATED)
    true, told = (64 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, told))
    assert found(path) == {("error", "broken-workbook", "in.xlsx")}


def test_a_sheet_that_is_no_xml(tmp_path: Path, good_file: Path) -> None:
    path = edit_part(good_file, tmp_path / "in.xlsx", SHEET, b"</sheetData>", b"<<")
    assert {(severity, code) for severity, code, _ in found(path)} <= {
        ("error", "broken-sheet"), ("error", "broken-workbook"), ("error", "missing-sheet"),
    }  # fmt: skip
    assert found(path)


def test_a_part_that_is_missing(tmp_path: Path, good_file: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(good_file) as given, zipfile.ZipFile(path, "w") as made:
        for one in given.infolist():
            if one.filename not in (SHEET, "xl/styles.xml"):
                made.writestr(one.filename, given.read(one))
    assert any(severity == "error" for severity, _, _ in found(path))


def test_entities_are_not_expanded(tmp_path: Path, good_file: Path) -> None:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 100}">' for n in range(9)
    )
    path = edit_part(
        good_file, tmp_path / "in.xlsx", "xl/workbook.xml", b"<workbook ",
        f"<!DOCTYPE workbook [{laughs}]><workbook title='&l8;' ".encode(),
    )  # fmt: skip
    assert {code for _, code, _ in found(path)} == {"broken-workbook"}
