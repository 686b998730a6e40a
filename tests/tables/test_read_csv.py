"""A folder of CSV files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from optimizer.contract.data import Source
from optimizer.contract.inputs import INPUTS
from optimizer.tables import check, read
from tests.tables.books import FULL, SMALL, book, folder, found, good, small

ORACLES = Path(__file__).parents[1] / "oracles"


def test_a_folder_reads_like_the_workbook(tmp_path: Path) -> None:
    as_book, _ = good(book(tmp_path / "in.xlsx", SMALL))
    as_folder, _ = good(folder(tmp_path / "in", SMALL))
    same = Source()
    assert replace(as_book, source=same) == replace(as_folder, source=same)
    assert as_book.source.columns == as_folder.source.columns


@pytest.mark.parametrize("case", sorted(p.name for p in ORACLES.iterdir() if p.is_dir()))
def test_the_public_cases_read_without_a_word(case: str) -> None:
    data, findings = check(ORACLES / case)
    assert findings == ()
    assert data is not None
    assert data.demand


def test_every_table_without_a_finding(tmp_path: Path) -> None:
    data, findings = good(folder(tmp_path / "in", FULL))
    assert findings == ()
    assert set(FULL) == {table.name for table in INPUTS}
    assert [one.value for one in data.scenarios] == [0.4, 30.0, 2]
    assert [one.currency for one in data.offers] == [None, "INR", "USD"]
    assert [one.licences for one in data.offers] == [None, (), ("L",)]
    assert [one.member for one in data.rules] == [("CN",), ("CN",), ()]
    assert data.risks[1].target == "refining:CN"
    assert data.risks[0].to_period == 3


def test_a_byte_order_mark_and_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", SMALL, delimiter=";")
    offers = path / "Offers.csv"
    offers.write_text("supplier;item;price\nS1;A;1.234,5\n", encoding="utf-8-sig")
    assert ("error", "ambiguous-number", "Offers!C2") in found(path)
    offers.write_text("supplier;item;price\nS1;A;10,25\nS2;B;7\n", encoding="utf-8-sig")
    data, findings = good(path)
    assert [one.price for one in data.offers] == [10.25, 7.0]
    assert findings == ()


def test_percentages_as_text(tmp_path: Path) -> None:
    rules = [
        ["rule", "dimension", "metric", "sense", "limit"],
        ["a", "country", "share", "max", "60 %"],
        ["b", "country", "share", "max", "62.5%"],
    ]
    data, _ = good(folder(tmp_path / "in", small(Rules=rules)))
    assert [one.limit for one in data.rules] == [0.6, 0.625]


@pytest.mark.parametrize("text", ["nan", "inf", "1_000", "0x10", "١٢"])
def test_what_python_takes_for_a_number_need_not_be_one(tmp_path: Path, text: str) -> None:
    offers = [["supplier", "item", "price"], ["S1", "A", text], ["S2", "B", 1]]
    assert found(folder(tmp_path / "in", small(Offers=offers))) == {
        ("error", "not-a-number", "Offers!C2")
    }


@pytest.mark.parametrize(
    ("capacity", "wrong"),
    [("1e12", False), ("1000000000001", True), ("1e15", True), ("1e999", True)],
)
def test_numbers_that_the_solver_cannot_tell_apart(
    tmp_path: Path, capacity: str, wrong: bool
) -> None:
    offers = [["supplier", "item", "price", "capacity"], ["S1", "A", 2, capacity], ["S2", "B", 1]]
    path = folder(tmp_path / "in", small(Offers=offers))
    assert (("error", "out-of-range", "Offers!D2") in found(path)) == wrong


def test_records_over_several_lines_count_as_rows(tmp_path: Path) -> None:
    items = [["item", "description"], ["A", "two\nlines"], ["B", "x"], ["", "no code"]]
    assert found(folder(tmp_path / "in", small(Items=items))) == {
        ("error", "missing-value", "Items!A4")
    }


def test_broken_files_are_findings(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", SMALL)
    (path / "Sites.csv").write_bytes(b'site\n"PUN\n')
    (path / "Rules.csv").write_bytes("rule,note\na,Gr\u00f6\u00dfe\n".encode("cp1252"))
    codes = {(code, place) for _, code, place in found(path)}
    assert {("broken-csv", "Sites!A2"), ("not-utf-8", "Rules")} <= codes


def test_other_files_beside_the_tables(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", SMALL)
    (path / "sources.md").write_text("# Sources")
    assert found(path) == set()
    (path / "Notes.csv").write_text("a\n1\n")
    assert found(path) == {("error", "unknown-sheet", "Notes")}


def test_the_hash_tells_contents_not_places(tmp_path: Path) -> None:
    one, two = (folder(tmp_path / name, SMALL) for name in ("one", "two"))
    assert read(one).source.sha256 == read(two).source.sha256
    (two / "Sites.csv").write_text("site\nPUN\n")
    assert read(one).source.sha256 != read(two).source.sha256


def test_no_folder_no_tables_one_table(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert found(tmp_path / "empty") == {("error", "no-tables", "empty")}
    assert found(tmp_path / "nowhere.xlsx") == {("error", "unreadable-file", "nowhere.xlsx")}
    path = folder(tmp_path / "in", SMALL)
    assert found(path / "Items.csv") == {("error", "not-a-workbook", "Items.csv")}
