"""The workbook of a study: every sheet one table, typed, with its units, red for what is broken."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from optimizer.contract.frontier_results import FrontierRow
from optimizer.contract.scenario_results import ScenarioAward
from optimizer.contract.study import STUDY_RESULTS, Study, StudyTables
from optimizer.report.columns import heading
from optimizer.report.places import FIRST_ROW, HEADER_ROW, TITLE_ROW, TOTAL_ROW
from optimizer.report.study_book import write_study_book
from optimizer.report.study_layouts import STUDY_LAYOUTS
from optimizer.report.study_turns import TURNED
from tests.report.handmade_studies import FORMULA, SCENARIOS, studies
from tests.report.reading import Book
from tests.report.reading_studies import formats, written

STUDIES = studies()
RED = "FFB3261E"
WIDE = {turned.name for turned in TURNED}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("studies")
    return {name: written(study, folder, f"{name}.xlsx") for name, study in STUDIES.items()}


def red_cells(book: Book, sheet: str) -> set[tuple[Any, str]]:
    """(first cell of the row, heading) of what is shown in red."""
    at, header = book.values[sheet], book.header(sheet)
    return {
        (at.cell(cell.row, 1).value, header[cell.column - 1])
        for row in at.iter_rows(min_row=FIRST_ROW + 1)
        for cell in row
        if cell.value is not None and cell.font.color is not None and cell.font.color.rgb == RED
    }


def test_every_table_of_a_study_has_a_layout_and_rows_in_a_study_made_by_hand() -> None:
    attributes = {table.attribute for table in STUDY_RESULTS}
    assert {layout.attribute for layout in STUDY_LAYOUTS} == attributes | {"assumptions"}
    assert len(STUDY_LAYOUTS) == len(attributes) + 1
    filled = {name for study in STUDIES.values() for name in attributes if study.tables.rows(name)}
    assert filled == attributes


@pytest.mark.parametrize(
    ("question", "sheets"),
    [
        ("compare", ["Scenarios side by side", "Scenarios compared", "Inputs that differ",
                     "Regret by plan", "Regret side by side", "Regret", "Awards side by side",
                     "Awards by scenario", "Shares side by side", "Shares by scenario"]),
        ("evaluate", ["Side by side", "Split rules", "Split", "Split outcomes", "Split stress"]),
        ("alternatives", ["Alternatives side by side", "Alternatives", "Awards side by side",
                          "Alternative awards", "Shares side by side", "Alternative shares"]),
        ("frontier", ["Frontier", "Shares side by side", "Frontier shares"]),
        ("explain", ["Shortage reasons", "Rule costs", "Prices to win", "Suppliers to win",
                     "Projects to pay", "Next unit"]),
    ],
)  # fmt: skip
def test_sheets_stand_in_the_order_in_which_a_manager_asks(
    books: dict[str, Book], question: str, sheets: list[str]
) -> None:
    assert books[question].values.sheetnames == ["Summary", *sheets, "Chart data"]


def test_conflicts_have_no_charts_and_no_sheet_of_chart_data(books: dict[str, Book]) -> None:
    names = books["explain, infeasible"].values.sheetnames
    assert names == ["Summary", "Reasons", "Conflicts"]


@pytest.mark.parametrize("question", STUDIES)
def test_columns_are_those_declared_with_their_units(books: dict[str, Book], question: str) -> None:
    book, study = books[question], STUDIES[question]
    for layout in STUDY_LAYOUTS:
        rows = study.tables.rows(layout.attribute)
        if not rows:
            assert layout.table.name not in book.values.sheetnames
            continue
        added = [one.heading for one in layout.added]
        sheet = layout.table.name
        shown = [title for title in book.header(sheet) if title not in added]
        assert shown == [heading(column, study.data) for column in layout.table.columns]
        names = [re.sub(r" \(.*\)$", "", title).lower().replace(" ", "_") for title in shown]
        assert names == [column.name for column in layout.table.columns]
        assert len(book.column(sheet, shown[0])) == len(rows)


@pytest.mark.parametrize("question", STUDIES)
def test_each_sheet_is_one_filterable_table_under_a_frozen_header(
    books: dict[str, Book], question: str
) -> None:
    for sheet in books[question].values.worksheets[1:]:
        title = next(cell.value for cell in sheet[TITLE_ROW + 1] if cell.value)
        assert title.startswith(f"{sheet.title}: ")
        assert sheet.freeze_panes.endswith(str(FIRST_ROW + 1))
        assert sheet.auto_filter.ref.startswith(f"A{HEADER_ROW + 1}:")
        assert not sheet.merged_cells.ranges
        assert not any(cell.value for cell in sheet[HEADER_ROW])  # the gap above the header
        header = [cell.value for cell in sheet[HEADER_ROW + 1]]
        assert all(header)
        assert len({title.casefold() for title in header}) == len(header)


@pytest.mark.parametrize("question", STUDIES)
def test_what_is_said_above_a_table_stands_in_a_column_that_is_seen(
    books: dict[str, Book], question: str
) -> None:
    for sheet in books[question].values.worksheets[1:]:
        at = next(cell for cell in sheet[TITLE_ROW + 1] if cell.value)
        assert not sheet.column_dimensions[at.column_letter].hidden


@pytest.mark.parametrize(
    ("question", "sheet"),
    [("alternatives", "Alternative awards"), ("compare", "Awards by scenario")],
)
def test_awards_of_several_plans_are_not_added_up(
    books: dict[str, Book], question: str, sheet: str
) -> None:
    above = [cell.value for row in books[question].values[sheet][1:HEADER_ROW] for cell in row]
    assert [value for value in above if isinstance(value, int | float)] == []
    assert any("side by side adds each of them up" in str(value) for value in above)


@pytest.mark.parametrize("question", STUDIES)
def test_every_formula_has_its_value_stored(books: dict[str, Book], question: str) -> None:
    assert all(isinstance(value, int | float) for _, _, value in books[question].live())


@pytest.mark.parametrize("question", STUDIES)
def test_the_same_study_gives_the_same_bytes(question: str, tmp_path: Path) -> None:
    write_study_book(STUDIES[question], tmp_path / "one.xlsx")
    later = dataclasses.replace(STUDIES[question], seconds=99.0)
    write_study_book(later, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_money_has_no_cents_prices_have_and_shares_are_percentages(books: dict[str, Book]) -> None:
    offers = formats(books["explain"], "Prices to win")
    assert offers["Wins at (offer currency per kg)"] == "#,##0.00"
    assert offers["Size (kg)"] == "#,##0"
    assert offers["Change"] == "0.0%"
    projects = formats(books["explain"], "Projects to pay")
    assert projects["Incentive at (USD per kg)"] == "#,##0.00"
    assert projects["Capex at (USD)"] == "#,##0"
    compared = formats(books["compare"], "Scenarios compared")
    assert (compared["Cost (USD)"], compared["Gap"]) == ("#,##0", "0.0%")
    assert set(books["explain"].column("Next unit", "Period")) == {
        "2025-11", "2025-12", "2026-01", "2026-02",
    }  # fmt: skip


def test_numbers_of_a_measure_are_shown_in_its_unit(books: dict[str, Book]) -> None:
    book = books["evaluate"]
    measures = book.column("Side by side", "Measure")
    shown = {
        name: formats(book, "Side by side", FIRST_ROW + number)["Given"]
        for number, name in enumerate(measures)
    }
    assert shown["Cost"] == "#,##0"
    assert shown["Made in China"] == "0.0%"
    assert shown["Suppliers"] == "General"
    assert shown["HHI of suppliers"] == "#,##0"
    assert shown["Survives if China stops"] == "0.00"


def test_numbers_in_units_of_their_own_have_the_decimals_they_need(books: dict[str, Book]) -> None:
    plans = books["alternatives"].column("Alternatives", "Plan")
    shown = {
        plan: formats(books["alternatives"], "Alternatives", FIRST_ROW + number)["Reached"]
        for number, plan in enumerate(plans)
    }
    assert shown["fewest suppliers"] == "#,##0"
    assert shown["least from CN"] == "#,##0.0000"
    assert shown["fewest moves"] == "#,##0"


def test_blank_is_blank_and_numbers_are_numbers(books: dict[str, Book]) -> None:
    cost = books["compare"].column("Scenarios compared", "Cost (USD)")
    assert cost == [14_200_000, 16_950_000, 14_100_000, None]
    assert books["frontier"].column("Frontier", "Limit") == [
        None, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3,
    ]  # fmt: skip


def test_columns_without_a_value_are_hidden_where_they_are_optional(
    books: dict[str, Book],
) -> None:
    def hidden(book: Book, sheet: str, title: str) -> bool:
        at = book.values[sheet].cell(1, book.header(sheet).index(title) + 1).column_letter
        found: bool = book.values[sheet].column_dimensions[at].hidden
        return found

    assert hidden(books["frontier"], "Frontier", "Curve")
    assert hidden(books["frontier"], "Shares side by side", "Curve")
    assert not hidden(books["frontier of two rules"], "Frontier", "Curve")
    assert not hidden(books["frontier of two rules"], "Shares side by side", "Curve")


def test_what_is_broken_is_red_and_nothing_else(books: dict[str, Book]) -> None:
    compare = books["compare"]
    assert red_cells(compare, "Scenarios compared") == {
        ("no_licence", "Status"), (FORMULA, "Shortage (kg)"),
    }  # fmt: skip
    assert red_cells(compare, "Regret") == {(SCENARIOS[1], "Shortage (kg)"), (FORMULA, "Broken")}
    assert not red_cells(compare, "Awards by scenario")
    assert red_cells(books["evaluate"], "Split rules") == {
        ("made_in_china", "Given"), ("spread", "Given"),
    }  # fmt: skip
    assert red_cells(books["evaluate"], "Split") == {("CN01", "Short of asked (kg)")}
    assert not red_cells(books["explain"], "Prices to win")


@pytest.mark.parametrize(
    ("sheet", "heading", "first"),
    [
        ("Prices to win", "Supplier", ["JP01", "VN01", "VN01"]),
        ("Suppliers to win", "Supplier", ["JP01", "VN02"]),
        ("Rule costs", "Rule", ["made_in_china", "refined_in_china", "spread", "=two_sources_F"]),
        ("Shortage reasons", "Item", ["M", "F"]),
    ],
)
def test_the_nearest_and_the_dearest_stand_first(
    books: dict[str, Book], sheet: str, heading: str, first: list[str]
) -> None:
    assert books["explain"].column(sheet, heading) == first


def test_names_stand_beside_codes(books: dict[str, Book]) -> None:
    book = books["compare"]
    pairs = set(
        zip(
            book.column("Scenarios compared", "Largest country"),
            book.column("Scenarios compared", "Country name"),
            strict=True,
        )
    )
    assert {("CN", "China"), ("VN", "Vietnam")} <= pairs
    assert "Gannan Magnetics" in book.column("Awards side by side", "Supplier name")


def test_text_that_begins_like_a_formula_stays_text(books: dict[str, Book]) -> None:
    for question, book in books.items():
        for sheet in book.formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        live = cell.data_type == "f"
                        assert live == cell.value.startswith(("=SUM", "=SUBTOTAL")), question
    conflicts = books["explain, infeasible"].formulas["Conflicts"]
    assert "=20000" in {cell.value for row in conflicts.iter_rows() for cell in row}
    assert FORMULA in books["compare"].header("Regret side by side")


def test_outcomes_are_weighted_with_their_probabilities(books: dict[str, Book]) -> None:
    book = books["evaluate"]
    expected = 0.75 * 13_000_000 + 0.25 * 21_800_000
    assert book.above("Split outcomes", TOTAL_ROW, "Cost (USD)") == pytest.approx(expected)
    assert book.above("Split outcomes", TOTAL_ROW, "Shortage (kg)") == pytest.approx(4_500.0)
    at = book.header("Split outcomes").index("Cost (USD)") + 1
    formula = str(book.formulas["Split outcomes"].cell(TOTAL_ROW + 1, at).value)
    assert formula.startswith("=SUMPRODUCT('Split outcomes'!")


def test_a_study_without_any_row_is_a_summary(tmp_path: Path) -> None:
    for question in ("compare", "evaluate", "alternatives", "frontier", "explain"):
        bare = Study(question, STUDIES["compare"].data, "There is nothing to say.", 0.1)
        book = written(bare, tmp_path, f"{question}.xlsx")
        assert book.values.sheetnames == ["Summary"]
        assert book.values["Summary"]["A2"].value == "There is nothing to say."


def test_tables_of_one_row_and_of_no_plan_at_all_can_be_written(tmp_path: Path) -> None:
    for name, study in STUDIES.items():
        first = StudyTables(
            **{table.attribute: study.tables.rows(table.attribute)[:1] for table in STUDY_RESULTS}
        )
        written(dataclasses.replace(study, tables=first), tmp_path, f"{name}.xlsx")
    none = FrontierRow(curve="", step=1.0, rule="r", metric="hhi", status="infeasible")
    study = dataclasses.replace(STUDIES["frontier"], tables=StudyTables(frontier=(none,)))
    assert written(study, tmp_path).column("Frontier", "Status") == ["infeasible"]


def test_a_long_study_goes_on_on_the_next_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optimizer.report.places.MOST_ROWS", 40)
    rows = tuple(
        ScenarioAward(scenario=f"scenario {number:02}", supplier=f"S{offer:03}", country="CN",
                      item="M", award=1.0 + offer, over_base=0.0, over_today=0.0)
        for number in range(12)
        for offer in range(60)
    )  # fmt: skip
    study = dataclasses.replace(STUDIES["compare"], tables=StudyTables(awards_by_scenario=rows))
    book = written(study, tmp_path)
    long = [name for name in book.values.sheetnames if name.startswith("Awards by scenario")]
    assert len(long) == 18
    assert {"Awards side by side", "Awards side by side 2"} <= set(book.values.sheetnames)
    each = sum(1.0 + offer for offer in range(60))
    assert book.above("Awards side by side", TOTAL_ROW, "scenario 00") == pytest.approx(each)
