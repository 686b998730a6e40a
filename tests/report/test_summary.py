from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import pytest

import optimizer
from optimizer.contract.goods import Item
from optimizer.contract.settings import Settings
from optimizer.report.answer import actions, answer
from optimizer.report.charts import axis_of
from optimizer.report.pictures import Measure, Role, pictures
from tests.report.handmade import made_plan
from tests.report.reading import Book, written
from tests.small import need, offer, small

PLAN = made_plan()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return written(PLAN, tmp_path_factory.mktemp("summary"))


def value_below(book: Book, label: str, below: int = 1) -> object:
    for row in book.values["Summary"].iter_rows():
        for cell in row:
            if cell.value == label:
                return book.values["Summary"].cell(cell.row + below, cell.column).value
    raise AssertionError(f"{label} is not on the Summary")


def test_it_is_one_printed_landscape_page(book: Book) -> None:
    sheet = book.values["Summary"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is the default, and then not written
    assert sheet.page_setup.fitToHeight in (None, 1)
    assert sheet.print_area


def test_the_answer_and_what_needs_action_stand_on_top(book: Book) -> None:
    sheet = book.values["Summary"]
    assert sheet["A1"].value == "Magnets for the plant in Pune, 2025-11 to 2026-02"
    assert sheet["A2"].value == answer(PLAN)
    lines = [sheet.cell(4 + number, 1).value for number in range(len(actions(PLAN)))]
    assert lines == [f"•  {action.text}" for action in actions(PLAN)]


def test_key_figures_have_their_limits_beside_them(book: Book) -> None:
    cost = value_below(book, "Expected cost, USD")
    assert cost == pytest.approx(PLAN.facts.objective, abs=1e-6)
    assert value_below(book, "Expected shortage, kg") == pytest.approx(3875.0)
    shares = {(row.dimension, row.member): row.share for row in PLAN.tables.mix}
    made = value_below(book, "Made in China")
    refined = value_below(book, "Refining in China")
    assert made == pytest.approx(shares["country", "CN"], abs=1e-9)
    assert refined == pytest.approx(shares["refining", "CN"], abs=1e-9)
    assert value_below(book, "Made in China", 3) == "limit 60 %"
    assert value_below(book, "Refining in China", 3) == "limit 85 %"
    hhi = value_below(book, "HHI of suppliers, points")
    assert hhi == pytest.approx(PLAN.facts.hhi["supplier"], abs=1e-6)
    assert value_below(book, "HHI of suppliers, points", 3) == "limit 5,000"


def test_cost_components_are_live_and_add_up(book: Book) -> None:
    sheet = book.values["Summary"]
    start = next(row[0].row for row in sheet.iter_rows(min_col=9, max_col=9)
                 if row[0].value == "Expected cost")  # fmt: skip
    lines = {}
    for row in range(start + 1, start + 11):
        lines[sheet.cell(row, 9).value] = sheet.cell(row, 11).value
        assert str(book.formulas["Summary"].cell(row, 11).value).startswith("=SUMPRODUCT(")
    total = lines.pop("Total")
    cash, penalties = lines.pop("of which paid in cash"), lines.pop("of which penalties")
    assert total == pytest.approx(PLAN.facts.objective, abs=1e-6)
    assert sum(lines.values()) == pytest.approx(total, abs=1e-6)
    assert cash == pytest.approx(PLAN.facts.cash_cost, abs=1e-6)
    assert penalties == pytest.approx(PLAN.facts.penalty_cost, abs=1e-6)


def test_it_has_four_charts_with_the_findings_as_titles(book: Book, tmp_path: Path) -> None:
    assert len(book.formulas["Summary"]._charts) == 4
    written(PLAN, tmp_path, "again.xlsx")
    with zipfile.ZipFile(tmp_path / "again.xlsx") as archive:
        drawn = "".join(
            archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name
        )
    for picture in pictures(PLAN).values():
        assert picture.title in drawn


def test_charts_read_the_sheet_with_their_numbers(book: Book) -> None:
    count = sum(len(one.values) for made in pictures(PLAN).values() for one in made.series)
    assert len(book.column("Chart data", "Value")) == count
    stored = [one for made in pictures(PLAN).values() for s in made.series for one in s.values]
    assert book.column("Chart data", "Value") == pytest.approx(stored)


def test_many_points_are_cut_to_a_page(tmp_path: Path) -> None:
    notes = tuple(f"note {number}" for number in range(20))
    plan = dataclasses.replace(PLAN, facts=dataclasses.replace(PLAN.facts, notes=notes))
    texts = written(plan, tmp_path).texts("Summary")
    assert "•  20 more points: see Rule check and Assumptions." in texts


def test_axes_are_read_in_units_that_fit() -> None:
    made = pictures(PLAN)
    assert axis_of(made["arrivals"], Settings()).title == "t"
    assert axis_of(made["arrivals"], Settings(unit="piece")).title == "piece"
    assert axis_of(made["costs"], Settings(currency="EUR")).title == "m EUR"
    assert axis_of(made["origins"], Settings()).number_format == "0%"
    assert made["origins"].measure is Measure.SHARE
    assert [one.role for one in made["origins"].series] == [Role.LIMIT, Role.PART]


def test_a_shortage_that_suppliers_could_prevent_is_called_one() -> None:
    data = small(
        offers=[offer(capacity=80)],
        items=[Item(item="P", shortage_cost=5.0)],
        demand=need(100),
    )
    plan = optimizer.solve(data).contract
    (said,) = [action.text for action in actions(plan) if "short" in action.text]
    assert "no plan can avoid 20 kg" in said
    assert "suppliers could deliver more" in said
