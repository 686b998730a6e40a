"""The template: what it shows, that it is understood, and the same every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from optimizer.contract.data import Data, Source
from optimizer.contract.inputs import INPUTS
from optimizer.contract.settings import SETTINGS
from optimizer.example import example_folder
from optimizer.tables import check, read
from optimizer.tables.load import START_SHEET
from optimizer.tables.template import SHOWN, write_template
from tests.tables.books import SMALL, folder


def comparable(data: Data) -> Data:
    """Without what differs by nature: the file, and Settings rows that the template adds."""
    other = tuple(one for one in data.defaults if one.table != "Settings")
    return replace(data, source=Source(), defaults=other)


def test_the_filled_template_reads_like_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "example.xlsx"
    write_template(target, data_folder=example_folder())
    assert comparable(read(target)) == comparable(read(example_folder()))


def test_demand_with_a_column_per_period_survives(tmp_path: Path) -> None:
    demand = [["item", "site", "2025-10", "2025-11"], ["A", "PUN", 5, ""], ["B", "PUN", "", 7]]
    source = folder(tmp_path / "in", {**SMALL, "Demand": demand})
    write_template(tmp_path / "in.xlsx", data_folder=source)
    assert comparable(read(tmp_path / "in.xlsx")) == comparable(read(source))


@pytest.mark.parametrize("filled", [False, True])
def test_the_same_bytes_twice(tmp_path: Path, filled: bool) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    data = example_folder() if filled else None
    write_template(one, with_tables=["licences"], data_folder=data)
    write_template(two, with_tables=["licences"], data_folder=data)
    assert one.read_bytes() == two.read_bytes()


def test_what_is_shown_by_default_and_on_request(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path)
    assert set(openpyxl.load_workbook(path).sheetnames) == {START_SHEET, *SHOWN}
    assert set(SHOWN) == {"Settings", "Items", "Sites", "Countries", "Suppliers", "Offers",
                          "Demand", "Rules"}  # fmt: skip
    write_template(path, with_tables=["licences", "price_breaks", "OPENORDERS"])
    added = set(openpyxl.load_workbook(path).sheetnames) - {START_SHEET, *SHOWN}
    assert added == {"Licences", "PriceBreaks", "OpenOrders"}
    with pytest.raises(KeyError, match="Licences"):
        write_template(path, with_tables=["licenses"])


def test_the_empty_template_asks_only_for_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, with_tables=[table.name for table in INPUTS])
    _, findings = check(path)
    needed = {table.name for table in INPUTS if table.needed}
    assert {(one.code, one.place) for one in findings} == {("empty-table", n) for n in needed}


def test_its_example_rules_are_good_rules_but_inactive(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    for name, rows in SMALL.items():
        sheet = book[name]
        for row, cells in enumerate(rows[1:] if name != "Settings" else [], 2):
            for header, value in zip(rows[0], cells, strict=True):
                column = next(cell.column for cell in sheet[1] if cell.value == header)
                sheet.cell(row, column).value = value or None
    start = next(cell.row for cell in book["Settings"]["A"] if cell.value == "start")
    book["Settings"].cell(start, 2).value = "2025-10"
    book.save(path)
    data = read(path)
    assert len(data.rules) >= 4
    assert not any(rule.active for rule in data.rules)
    assert {one.code for one in data.findings} <= {"number-as-text"}
    sheet = book["Rules"]
    active = next(cell.column for cell in sheet[1] if cell.value == "active")
    for row in range(2, 2 + len(data.rules)):
        sheet.cell(row, active).value = "yes"
    book.save(path)
    refused = {one.code for one in check(path)[1]}
    assert refused <= {"limit-cannot-hold", "number-as-text"}


def test_every_header_has_its_help_and_its_lists(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, with_tables=[table.name for table in INPUTS])
    book = openpyxl.load_workbook(path)
    for table in INPUTS:
        sheet = book[table.name]
        if table.name == "Settings":
            assert [cell.value for cell in sheet["A"][1:]] == [one.name for one in SETTINGS]
            continue
        assert [cell.value for cell in sheet[1]] == [column.name for column in table.columns]
        assert all(cell.comment is not None for cell in sheet[1])
        assert sheet.freeze_panes is not None
    lists = {str(one.sqref): one.formula1 for one in book["Offers"].data_validations.dataValidation}
    assert "'Suppliers'!$A$2:$A$1000" in lists["A2:A1001"]
    assert any("freight_and_duty" in formula for formula in lists.values())


def test_the_start_sheet_links_to_every_sheet(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == START_SHEET
    start = book[START_SHEET]
    links = {cell.hyperlink.location for cell in start["A"] if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in SHOWN}
    texts = [str(cell.value) for row in start.iter_rows() for cell in row if cell.value]
    for table in INPUTS:
        assert any(table.name == text for text in texts)
    assert any("Add when exports need a licence" in text for text in texts)
