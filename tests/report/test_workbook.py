from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from optimizer.contract.data import Data
from optimizer.contract.plan import Plan, Tables
from optimizer.contract.results import RESULTS
from optimizer.contract.settings import Settings
from optimizer.report.columns import heading
from optimizer.report.layouts import LAYOUTS, layout_of
from optimizer.report.places import FIRST_ROW, HEADER_ROW, SHOWN_ROW, TITLE_ROW, TOTAL_ROW
from optimizer.report.places import place as place_rows
from optimizer.report.row_sheet import safe_text
from optimizer.report.workbook import write_workbook
from tests.report.handmade import made_plan
from tests.report.reading import Book, written

PLAN = made_plan()
BEFORE = ["Summary", "Awards", "Moves", "Mix", "Rule check", "Outcomes"]
RISK = ["Tree", "Licence exposure", "Licence use", "Stress", "Sensitivity", "Worst probabilities"]
AFTER = ["Orders", "Issues", "Stock plan", "Costs"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return written(PLAN, tmp_path_factory.mktemp("report"))


def with_tables(**changes: Any) -> Plan:
    return dataclasses.replace(PLAN, tables=dataclasses.replace(PLAN.tables, **changes))


def test_sheets_stand_in_the_order_in_which_a_manager_asks(book: Book) -> None:
    assert book.values.sheetnames == [
        *BEFORE, *RISK, *AFTER, "Charges", "Service", "Cover", "Assumptions", "Chart data",
    ]  # fmt: skip


def test_every_result_table_has_a_layout() -> None:
    assert {layout.attribute for layout in LAYOUTS} == {table.attribute for table in RESULTS}


@pytest.mark.parametrize("table", RESULTS, ids=lambda table: table.name)
def test_columns_are_those_declared_with_their_units(book: Book, table: Any) -> None:
    if table.name not in book.values.sheetnames:
        assert not PLAN.tables.rows(table.attribute)
        return
    added = [one.heading for one in layout_of(table.attribute).added]
    shown = [title for title in book.header(table.name) if title not in added]
    assert shown == [heading(column, PLAN.data) for column in table.columns]
    names = [re.sub(r" \(.*\)$", "", title).lower().replace(" ", "_") for title in shown]
    assert names == [column.name for column in table.columns]
    assert len(book.column(table.name, shown[0])) == len(PLAN.tables.rows(table.attribute))


def test_units_are_the_workbooks_own() -> None:
    data = dataclasses.replace(PLAN.data, settings=Settings(unit="piece", currency="EUR"))
    awards = {column.name: column for column in layout_of("awards").table.columns}
    assert heading(awards["award"], data) == "Award (piece)"
    assert heading(awards["landed_unit_cost"], data) == "Landed unit cost (EUR per piece)"
    assert heading(awards["share_of_item"], data) == "Share of item"
    weight = layout_of("mix").table.column("weight")
    assert heading(weight, data) == "Weight (piece)"  # no item has a weight of its own
    heavy = dataclasses.replace(
        data, items=tuple(dataclasses.replace(item, weight=2.0) for item in data.items)
    )
    assert heading(weight, heavy) == "Weight (kg)"
    price = layout_of("costs").table.column("price")
    assert heading(price, data) == "Price (offer currency per piece)"


def test_each_data_sheet_is_one_filterable_table_under_a_frozen_header(book: Book) -> None:
    for sheet in book.values.worksheets[1:]:
        assert sheet.cell(TITLE_ROW + 1, 1).value.startswith(f"{sheet.title}: ")
        assert sheet.freeze_panes == f"A{FIRST_ROW + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{HEADER_ROW + 1}:")
        assert not sheet.merged_cells.ranges
        assert not any(cell.value for cell in sheet[HEADER_ROW])  # the gap above the header
        header = [cell.value for cell in sheet[HEADER_ROW + 1]]
        assert all(header)
        assert len(set(header)) == len(header)


def test_totals_stand_above_the_header_with_their_values(book: Book) -> None:
    facts = PLAN.facts
    cost = "Cost (USD)"
    assert book.above("Outcomes", TOTAL_ROW, cost) == pytest.approx(facts.objective, abs=1e-6)
    paid = book.above("Outcomes", TOTAL_ROW, "Cash cost (USD)")
    assert paid == pytest.approx(facts.cash_cost, abs=1e-6)
    landed = book.above("Orders", TOTAL_ROW, cost)
    charged = book.above("Charges", TOTAL_ROW, "Amount (USD)")
    assert landed == pytest.approx(facts.costs["landed"], abs=1e-6)
    assert landed + charged == pytest.approx(facts.objective, abs=1e-6)
    short = book.above("Service", TOTAL_ROW, "Shortage (kg)")
    assert short == pytest.approx(facts.shortage, abs=1e-6)
    shown = book.above("Orders", SHOWN_ROW, cost)
    assert shown == pytest.approx(sum(row.cost for row in PLAN.tables.orders), abs=1e-6)
    assert "SUBTOTAL(109," in str(book.formulas["Orders"]["M3"].value)


def test_every_formula_has_its_value_stored(book: Book) -> None:
    stored = [value for _, _, value in book.live()]
    assert len(stored) > 40
    assert all(isinstance(value, int | float) for value in stored)


def test_the_cost_of_an_outcome_adds_up_from_orders_and_charges(book: Book) -> None:
    at = book.header("Outcomes").index("Cost (USD)") + 1
    formula = str(book.formulas["Outcomes"].cell(FIRST_ROW + 1, at).value)
    assert "'Orders'!" in formula
    assert "'Charges'!" in formula
    costs = sorted((row.cost for row in PLAN.tables.outcomes), reverse=True)
    assert book.column("Outcomes", "Cost (USD)") == pytest.approx(costs, abs=1e-6)


def test_numbers_are_numbers_months_are_months_and_yes_is_yes(book: Book) -> None:
    orders = book.values["Orders"]
    assert set(book.column("Orders", "Period")) == {"2025-11", "2025-12", "2026-01"}
    assert set(book.column("Rule check", "Binding")) == {"yes", "no"}
    formats = {
        orders.cell(HEADER_ROW + 1, cell.column).value: cell.number_format
        for cell in orders[FIRST_ROW + 1]
    }
    assert formats["Quantity (kg)"] == "#,##0"
    assert formats["Cost (USD)"] == "#,##0"
    assert formats["Landed unit cost (USD per kg)"] == "#,##0.00"
    assert book.values["Mix"].cell(FIRST_ROW + 1, 5).number_format == "0.0%"
    assert all(isinstance(one, int | float) for one in book.column("Orders", "Cost (USD)"))


def test_a_landed_cost_can_be_followed_digit_by_digit(book: Book) -> None:
    sheet = book.values["Costs"]
    formats = {
        sheet.cell(HEADER_ROW + 1, cell.column).value: cell.number_format
        for cell in sheet[FIRST_ROW + 1]
    }
    assert formats["Duty rate"] == "0.00%"
    assert formats["Rate"] == "0.000000"
    assert formats["Price (offer currency per kg)"] == "#,##0.00"


def test_a_rules_numbers_are_shown_in_the_units_of_its_metric(book: Book) -> None:
    sheet = book.values["Rule check"]
    at = book.header("Rule check").index("Limit") + 1
    metrics = book.column("Rule check", "Metric")
    shown = {
        metric: sheet.cell(FIRST_ROW + 1 + number, at).number_format
        for number, metric in enumerate(metrics)
    }
    assert shown == {"share": "0.0%", "hhi": "#,##0", "count": "General"}


def test_unlimited_is_blank(book: Book) -> None:
    assert set(book.column("Cover", "Most (kg)")) == {None}


def test_the_largest_stands_first(book: Book) -> None:
    costs = book.column("Awards", "Landed cost (USD)")
    assert costs == sorted(costs, reverse=True)
    assert book.column("Rule check", "Rule")[0] == "two_sources_F"
    assert book.column("Outcomes", "Outcome") == ["freeze", "granted"]


def test_codes_have_their_names_beside_them(book: Book) -> None:
    pairs = set(zip(book.column("Mix", "Member"), book.column("Mix", "Name"), strict=True))
    assert {("CN", "China"), ("CN01", "Gannan Magnetics"), ("MY", "Malaysia")} <= pairs


def test_what_is_broken_is_red_and_nothing_else(book: Book) -> None:
    red = {
        (sheet.title, sheet.cell(cell.row, 1).value)
        for sheet in book.values.worksheets[1:]
        for row in sheet.iter_rows(min_row=FIRST_ROW + 1)
        for cell in row
        if cell.font.color is not None and cell.font.color.rgb == "FFB3261E"
    }
    assert red == {("Rule check", "two_sources_F"), ("Outcomes", "freeze"), ("Service", "freeze")}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "{=A1}", "http://x.example"])
def test_text_that_begins_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    award = dataclasses.replace(PLAN.tables.awards[0], supplier_name=text)
    data = dataclasses.replace(
        PLAN.data, settings=dataclasses.replace(PLAN.data.settings, name=text)
    )
    plan = dataclasses.replace(with_tables(awards=(award,)), data=data)
    book = written(plan, tmp_path)
    cell = book.formulas["Awards"][f"B{FIRST_ROW + 1}"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None
    assert book.formulas["Summary"]["A1"].data_type == "s"


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    later = dataclasses.replace(PLAN, facts=dataclasses.replace(PLAN.facts, seconds=99.0))
    write_workbook(PLAN, tmp_path / "one.xlsx")
    write_workbook(later, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_plan_that_buys_nothing_can_be_written(tmp_path: Path) -> None:
    data = Data(horizon=1, period_labels=("2025",))
    facts = dataclasses.replace(PLAN.facts, costs={}, hhi={}, shortage=0.0, cash_cost=0.0)
    book = written(Plan(data, facts, Tables()), tmp_path)
    assert book.values.sheetnames == [*BEFORE, *AFTER, "Assumptions", "Chart data"]
    assert book.values["Awards"].cell(TOTAL_ROW + 1, 1).value == "None."
    assert book.values["Summary"]["A2"].value == "Buy nothing; no shortage expected."


@pytest.mark.parametrize("name", ["*", "a?c", "=b", "x" * 300])
def test_outcomes_that_no_formula_can_match_keep_their_numbers(name: str, tmp_path: Path) -> None:
    def renamed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            dataclasses.replace(row, outcome=name) if row.outcome == "freeze" else row
            for row in rows
        )

    with_outcome = ("outcomes", "orders", "charges", "costs", "issues", "service", "stock_plan",
                    "cover")  # fmt: skip
    book = written(
        with_tables(**{table: renamed(PLAN.tables.rows(table)) for table in with_outcome}), tmp_path
    )
    assert book.above("Orders", TOTAL_ROW, "Cost (USD)") == pytest.approx(
        PLAN.facts.costs["landed"], abs=1e-6
    )
    assert not [cell for sheet, cell, _ in book.live() if sheet == "Orders" and cell[1:] == "2"]


def test_a_table_longer_than_a_sheet_goes_on_on_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optimizer.report.places.MOST_ROWS", 10)
    book = written(PLAN, tmp_path)
    assert {"Orders", "Orders 2", "Orders 3"} <= set(book.values.sheetnames)
    rows = [one for name in ("Orders", "Orders 2", "Orders 3")
            for one in book.column(name, "Cost (USD)")]  # fmt: skip
    assert sum(rows) == pytest.approx(sum(row.cost for row in PLAN.tables.orders), abs=1e-6)
    shown = [book.above(name, SHOWN_ROW, "Cost (USD)") for name in ("Orders", "Orders 2")]
    assert shown[1] == pytest.approx(sum(rows[10:20]), abs=1e-6)
    total = str(book.formulas["Orders"]["M2"].value)
    assert "'Orders 2'!" in total
    assert "'Orders 3'!" in total


def test_a_sheet_holds_as_many_rows_as_excel_has() -> None:
    placed = place_rows("Orders", 2_000_000, ["Cost"], {"cost": 0})
    assert [part.sheet for part in placed.parts] == ["Orders", "Orders 2"]
    assert placed.area(placed.parts[0], "cost") == "'Orders'!$A$6:$A$1048576"
    assert sum(part.stop - part.start for part in placed.parts) == 2_000_000


def test_text_longer_than_a_cell_holds_is_cut_visibly() -> None:
    cut = safe_text("x" * 40_000)
    assert len(cut) == 32_767
    assert cut.endswith("…")
