"""Money in millions and tonnes keep their digits; long names do not cover the charts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import optimizer
from optimizer.contract.plan import Plan
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Supplier
from optimizer.report import words
from optimizer.report.answer import answer
from optimizer.report.charts import axis_of
from optimizer.report.columns import money_digits
from optimizer.report.pictures import pictures
from optimizer.report.workbook import write_workbook
from tests.small import need, offer, small

LONG = "Very Long Name of a Trading Company " * 8


@pytest.fixture(scope="module")
def plan() -> Plan:
    data = small(
        settings=Settings(start="2025-01", unit="t", currency="MUSD", threads=1),
        suppliers=[Supplier(supplier="K", country="X", name=LONG)],
        offers=[offer(price=0.0105)],
        demand=need(0.3, 0.3),
    )
    return optimizer.solve(data).contract


@pytest.mark.parametrize(
    "amounts, digits", [((), 0), ((5.0, 7.0), 0), ((0.5, 250.0), 0), ((1.5,), 2), ((0.0063,), 4)]
)
def test_only_small_amounts_of_money_have_decimals(amounts: tuple[float, ...], digits: int) -> None:
    assert money_digits(amounts) == digits


def test_the_answer_and_the_key_figure_say_what_it_costs(plan: Plan, tmp_path: Path) -> None:
    assert "0.600 t for 0.0063 MUSD" in answer(plan)
    path = tmp_path / "out.xlsx"
    write_workbook(plan, path)
    book = openpyxl.load_workbook(path)
    formats = {
        cell.number_format
        for name in ("Summary", "Awards", "Costs")
        for row in book[name].iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert "#,##0.0000" in formats


def test_axes_of_small_numbers_are_not_rows_of_zeros(plan: Plan) -> None:
    drawn = pictures(plan)
    assert axis_of(drawn["costs"], plan.data.settings).number_format == "#,##0.0000"
    assert axis_of(drawn["arrivals"], plan.data.settings).number_format == "#,##0.0000"


def test_long_names_are_cut_in_charts(plan: Plan) -> None:
    picture = pictures(plan)["suppliers"]
    assert len(picture.title) < 80
    assert all(len(label) < words.NAME_LETTERS + 20 for label in picture.labels)
