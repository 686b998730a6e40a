"""What Excel can do to a sheet, and what reading makes of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from optimizer.contract.settings import Settings
from tests.tables.books import SMALL, book, edit_part, found, good, small


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "buyer.xlsx"


def test_a_small_workbook(path: Path) -> None:
    data, findings = good(book(path, SMALL))
    assert findings == ()
    assert data.horizon == 3
    assert data.period_labels == ("2025-10", "2025-11", "2025-12")
    assert [row.period for row in data.demand] == [1, 3, 2]
    assert [row.end_use for row in data.demand] == ["general"] * 3
    assert data.settings == Settings(name="buyer", start="2025-10")
    assert data.suppliers[0].capacity == 100
    assert data.suppliers[1].capacity == float("inf")
    assert data.source.name == "buyer.xlsx"
    assert len(data.source.sha256) == 64
    assert data.source.cell("Offers", 3, "price") == "C3"
    used = {(one.table, one.column): (one.says, one.rows) for one in data.defaults}
    assert used["Suppliers", "capacity"] == ("unlimited", (3,))
    assert used["Offers", "lead_days"] == ("0", (2, 3, 4))
    assert used["Settings", "gap"] == ("0.005", ())
    assert ("Offers", "price") not in used


def test_only_the_six_needed_sheets(path: Path) -> None:
    sheets = {name: rows for name, rows in SMALL.items() if name != "Settings"}
    sheets["Demand"] = SMALL["Demand"][:2]
    data, findings = good(book(path, sheets))
    assert findings == ()
    assert (data.horizon, data.settings.start) == (1, "2025-10")


def test_blank_rows_and_columns_before_the_table_keep_addresses_true(path: Path) -> None:
    offers = [
        [],
        [],
        ["", "", *SMALL["Offers"][0]],
        *(["", "", *row] for row in SMALL["Offers"][1:]),
        [],
        ["", "", "S1", "B", "dear"],
    ]
    assert found(book(path, small(Offers=offers))) == {("error", "not-a-number", "Offers!E8")}
    offers[-1][-1] = 5
    data, _ = good(book(path, small(Offers=offers)))
    assert [row.row for row in data.offers] == [4, 5, 6, 8]
    assert data.source.cell("Offers", 8, "price") == "E8"


def test_notes_above_the_header_are_said(path: Path) -> None:
    sites = [["Our plants"], [], ["site"], ["PUN"]]
    data, findings = good(book(path, small(Sites=sites)))
    assert [(one.code, one.place) for one in findings] == [("above-header", "Sites!A1")]
    assert [row.row for row in data.sites] == [4]


def test_merged_cells_are_one_error(path: Path) -> None:
    def merge(made: xlsxwriter.Workbook) -> None:
        made.get_worksheet_by_name("Offers").merge_range("A3:A4", "S2")

    offers = [SMALL["Offers"][0], SMALL["Offers"][1], ["", "A", 12.5], ["", "B", 7]]
    assert found(book(path, small(Offers=offers), merge)) == {
        ("error", "merged-cells", "Offers!A3")
    }


def test_a_merged_title_above_the_header_is_harmless(path: Path) -> None:
    def merge(made: xlsxwriter.Workbook) -> None:
        made.get_worksheet_by_name("Sites").merge_range("A1:B1", "Our plants")

    sites = [["", ""], ["site", "description"], ["PUN", "Pune"]]
    assert found(book(path, small(Sites=sites), merge)) == {("warning", "above-header", "Sites!A1")}


def test_hidden_and_filtered_rows_are_read_and_said(path: Path) -> None:
    def hide(made: xlsxwriter.Workbook) -> None:
        sheet = made.get_worksheet_by_name("Offers")
        sheet.set_row(2, None, None, {"hidden": True})
        demand = made.get_worksheet_by_name("Demand")
        demand.autofilter("A1:D4")
        demand.filter_column("A", "x == A")
        demand.set_row(3, None, None, {"hidden": True})
        demand.set_column(3, 3, None, None, {"hidden": True})
        made.get_worksheet_by_name("Countries").hide()

    data, findings = good(book(path, SMALL, hide))
    assert len(data.offers) == 3
    assert {(one.code, one.place) for one in findings} == {
        ("hidden-rows", "Offers!A3"), ("hidden-rows", "Demand!A4"),
        ("hidden-columns", "Demand!D1"), ("hidden-sheet", "Countries"),
    }  # fmt: skip
    assert "filtered" in next(one.message for one in findings if one.place == "Demand!A4")


def test_dates_in_any_form(path: Path) -> None:
    forms: list[Any] = [
        date(2025, 10, 1), datetime(2025, 11, 30, 12, 30), 46004.0, 202601.0, "2026-02-28",
        "3/2026", "Apr 2026", "May-26", "15.06.2026", "17 July 2026", "2026M08", "2026/9",
    ]  # fmt: skip
    demand = [SMALL["Demand"][0], *(["A", "PUN", form, 1] for form in forms)]
    data, findings = good(book(path, small(Demand=demand)))
    assert [row.period for row in data.demand] == list(range(1, 13))
    assert findings == ()


@pytest.mark.parametrize(
    ("length", "start", "cells", "periods", "label"),
    [
        ("week", date(2025, 10, 8), ["2025-W41", "2025-10-12", "2025-10-13"], [1, 1, 2],
         "2025-10-06"),
        ("quarter", "Q4 2025", ["2025-12", "2026-Q1", date(2026, 3, 31)], [1, 2, 2], "2025-Q4"),
        ("year", 2025.0, ["2025-10", 2026.0, "2026-Q3"], [1, 2, 2], "2025"),
    ],
)  # fmt: skip
def test_other_lengths_of_a_period(
    path: Path, length: str, start: object, cells: list[object], periods: list[int], label: str
) -> None:
    settings = [["setting", "value"], ["period", length], ["start", start]]
    demand = [SMALL["Demand"][0]]
    demand += [[item, "PUN", cell, 1] for item, cell in zip("ABA", cells, strict=True)]
    data, _ = good(book(path, small(Demand=demand, Settings=settings)))
    assert [row.period for row in data.demand] == periods
    assert data.settings.start == data.period_labels[0] == label


def test_one_column_per_period(path: Path) -> None:
    demand = [
        ["item", "site", date(2025, 10, 1), "2025-11", "Dec 2025", "2026-01"],
        ["A", "PUN", 5, "", 6, ""],
        ["B", "PUN", "", 7, 0, 1],
    ]
    settings = [["setting", "value"], ["start", "2025-10"], ["periods", 3]]
    data, findings = good(book(path, small(Demand=demand, Settings=settings)))
    rows = {(row.item, row.period): (row.quantity, row.row) for row in data.demand}
    assert rows == {("A", 1): (5, 2), ("A", 3): (6, 2), ("B", 2): (7, 3), ("B", 3): (0, 3)}
    assert data.source.cell("Demand", 3, "2") == "D3"
    assert [(one.code, one.place) for one in findings] == [("outside-horizon", "Demand!F3")]
    demand[2][2] = "many"
    assert ("error", "not-a-number", "Demand!C3") in found(book(path, small(Demand=demand)))


def test_periods_as_columns_beside_a_period_column(path: Path) -> None:
    demand = [["item", "site", "period", "quantity", "2025-10"], ["A", "PUN", "2025-10", 5, 5]]
    assert ("error", "two-layouts", "Demand!E1") in found(book(path, small(Demand=demand)))


def test_error_cells_are_found_where_values_are_blank(path: Path) -> None:
    def spoil(made: xlsxwriter.Workbook) -> None:
        sheet = made.get_worksheet_by_name("Offers")
        sheet.write_formula("C5", "=1/0", None, "#DIV/0!")
        sheet.write_formula("H9", "=NA()", None, "#N/A")  # nobody's column

    offers = [*SMALL["Offers"], ["S1", "B", ""]]
    assert found(book(path, small(Offers=offers), spoil)) == {
        ("error", "error-value", "Offers!C5"),
        ("warning", "no-column-name", "Offers!H1"),
    }


def test_a_formula_without_a_stored_value(path: Path, tmp_path: Path) -> None:
    def calculate(made: xlsxwriter.Workbook) -> None:
        made.get_worksheet_by_name("Offers").write_formula("C2", "=5+5", None, 10)

    stored = book(path, SMALL, calculate)
    assert good(stored)[0].offers[0].price == 10
    bare = edit_part(stored, tmp_path / "bare.xlsx", "xl/worksheets/sheet6.xml",
                     b"<v>10</v>", b"")  # fmt: skip
    assert found(bare) == {("error", "formula-without-value", "Offers!C2")}


def test_text_stays_text(path: Path) -> None:
    items = [["item", "description"], ["007", "=1+1"], ["A", "x"], ["B", ""]]

    def as_text(made: xlsxwriter.Workbook) -> None:
        made.get_worksheet_by_name("Items").write_string("B2", "=1+1")

    data, _ = good(book(path, small(Items=items), as_text))
    assert data.items[0].item == "007"
    assert data.items[0].description == "=1+1"
    offers = [SMALL["Offers"][0], ["S1", "A", 1], ["S1", "B", 1], ["S2", 7.0, 1]]
    numbered, _ = good(book(path, small(Items=[["item"], [7.0], ["A"], ["B"]], Offers=offers)))
    assert numbered.items[0].item == numbered.offers[2].item == "7"


def test_names_are_matched_without_case_and_spaces(path: Path) -> None:
    demand = [
        [" Item", "SITE ", "period", "Quantity"],
        ["a ", "\u00a0pun", "2025-10", 5],
        ["B", "PUN", "2025-11", 1],
    ]
    data, findings = good(book(path, small(Demand=demand)))
    assert [(row.item, row.site) for row in data.demand] == [("A", "PUN"), ("B", "PUN")]
    assert findings == ()


def test_numbers_as_text_are_read_and_said(path: Path) -> None:
    def as_text(made: xlsxwriter.Workbook) -> None:
        made.get_worksheet_by_name("Offers").write_string("C2", "10.5")

    data, findings = good(book(path, SMALL, as_text))
    assert data.offers[0].price == 10.5
    assert [(one.code, one.place) for one in findings] == [("number-as-text", "Offers!C2")]


def test_percent_cells_and_booleans(path: Path) -> None:
    rules = [
        ["rule", "active", "dimension", "metric", "sense", "limit"],
        ["cap", True, "country", "share", "max", ""],
    ]

    def percent(made: xlsxwriter.Workbook) -> None:
        made.get_worksheet_by_name("Rules").write_number(
            "F2", 0.6, made.add_format({"num_format": "0%"})
        )

    data, findings = good(book(path, small(Rules=rules), percent))
    assert (data.rules[0].active, data.rules[0].limit, data.rules[0].member) == (True, 0.6, ())
    assert findings == ()
    rules[1][5] = True
    assert found(book(path, small(Rules=rules))) == {("error", "not-a-number", "Rules!F2")}


def test_own_sheets_and_columns_are_not_read(path: Path) -> None:
    offers = [[*SMALL["Offers"][0], "# asked on"], *([*row, "May"] for row in SMALL["Offers"][1:])]
    sheets = {"#Scratch": [["x"]], "Start": [["Fill in"]], "Sheet9": [], **small(Offers=offers)}
    _, findings = good(book(path, sheets))
    assert findings == ()


def test_an_annotated_copy_is_no_input(path: Path) -> None:
    sheets = {**SMALL, "Findings": [["1 error"]]}
    assert found(book(path, sheets)) == {("error", "annotated-copy", "Findings")}


def test_a_default_in_words_is_that_default(path: Path) -> None:
    suppliers = [
        ["supplier", "country", "capacity", "available_from"],
        ["S1", "CN", "unlimited", "start"],
        ["S2", "VN", "", "2025-11"],
    ]
    data, findings = good(book(path, small(Suppliers=suppliers)))
    assert [one.capacity for one in data.suppliers] == [float("inf")] * 2
    assert [one.available_from for one in data.suppliers] == [1, 2]
    assert findings == ()


def test_cells_spread_too_far_are_refused(path: Path) -> None:
    def stray(made: xlsxwriter.Workbook) -> None:
        made.get_worksheet_by_name("Offers").write_string("XFD1048576", "x")

    assert ("error", "too-large", "Offers") in found(book(path, SMALL, stray))
