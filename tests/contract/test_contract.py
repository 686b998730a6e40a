"""The declarations against the agreed lists of columns and settings, kept here as data."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from optimizer.contract.fields import Column, Kind, Table
from optimizer.contract.inputs import INPUTS, input_table
from optimizer.contract.markdown import contract_markdown, contract_text
from optimizer.contract.results import RESULTS
from optimizer.contract.settings import SETTINGS, Settings

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"

# (table, column): where the declaration departs from the list, and why
DEPARTURES = {
    ("Offers", "licences"): "a column of names, which is what 'none or names with ;' says",
    ("Rules", "member"): "a column of names; each is the blank",
    ("Licences", "elements"): "a column of names",
    ("Licences", "banned_end_uses"): "a column of names",
    ("Stock", "licences"): "a column of names",
}


def agreed(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COLUMNS = agreed("contract.csv")


def test_tables_are_those_agreed_in_the_same_order() -> None:
    assert [table.name for table in INPUTS] == list(dict.fromkeys(r["table"] for r in COLUMNS))


@pytest.mark.parametrize("table", INPUTS, ids=lambda table: table.name)
def test_columns_are_those_agreed_in_the_same_order(table: Table) -> None:
    names = [row["column"] for row in COLUMNS if row["table"] == table.name]
    assert [column.name for column in table.columns] == names


@pytest.mark.parametrize("row", COLUMNS, ids=lambda row: f"{row['table']}.{row['column']}")
def test_a_column_is_as_agreed(row: dict[str, str]) -> None:
    column = input_table(row["table"]).column(row["column"])
    assert column.key == (row["key"] == "key")
    assert column.required == (row["required"] == "yes")
    assert column.unit == row["unit"]
    if (row["table"], row["column"]) in DEPARTURES:
        assert column.kind is Kind.NAMES
    else:
        assert column.type_text == row["type"]
        if "|" in row["allowed"]:
            assert column.allowed == tuple(row["allowed"].split("|"))
    if row["refers_to"]:
        assert column.refers_to == row["refers_to"]
    if row["default"]:
        assert column.says == row["default"]


def test_settings_are_those_agreed() -> None:
    assert [column.name for column in SETTINGS] == [r["setting"] for r in agreed("settings.csv")]


@pytest.mark.parametrize("row", agreed("settings.csv"), ids=lambda row: row["setting"])
def test_a_setting_is_as_agreed(row: dict[str, str]) -> None:
    column = next(one for one in SETTINGS if one.name == row["setting"])
    if "|" in row["type"]:
        assert column.allowed == tuple(row["type"].split("|"))
    elif row["type"] == "seconds":
        assert column.unit == "seconds"
    else:
        assert column.type_text.startswith(row["type"].split()[0])
        if ".." in row["type"] or ">" in row["type"]:
            assert column.type_text == row["type"]
    default = getattr(Settings(), row["setting"])
    if default is not None and row["default"]:
        assert str(default).removesuffix(".0") == row["default"].split(" =")[0]


@pytest.mark.parametrize("table", [*INPUTS, *RESULTS], ids=lambda table: table.name)
def test_everything_has_a_meaning_and_a_key(table: Table) -> None:
    assert table.meaning
    assert [column.name for column in table.columns if not column.meaning] == []
    assert table.keys
    assert all(column.meaning for column in SETTINGS)


@pytest.mark.parametrize("table", INPUTS, ids=lambda table: table.name)
def test_a_blank_cell_has_a_meaning_in_words(table: Table) -> None:
    silent = [column.name for column in table.columns if unsaid(column)]
    assert silent == []


def unsaid(column: Column) -> bool:
    """Whether a blank would be taken for a value without anybody being told which."""
    return not column.required and column.default not in (None, ()) and not column.says


def test_references_lead_to_a_column() -> None:
    for table in INPUTS:
        for column in table.columns:
            if "." in column.refers_to:
                target, _, name = column.refers_to.partition(".")
                assert input_table(target).column(name)


def test_exactly_six_tables_are_needed() -> None:
    needed = {table.name for table in INPUTS if table.needed}
    assert needed == {"Items", "Sites", "Demand", "Countries", "Suppliers", "Offers"}


def test_attributes_are_snake_case() -> None:
    assert input_table("PriceBreaks").attribute == "price_breaks"
    assert input_table("Stock").attribute == "stock"


def test_an_unlimited_default_is_said_so() -> None:
    for table in INPUTS:
        for column in table.columns:
            if isinstance(column.default, float) and math.isinf(column.default):
                assert column.says == "unlimited"


def test_the_page_is_up_to_date() -> None:
    written = (DOCS / "contract.md").read_text(encoding="utf-8")
    assert written == contract_markdown(), "run `make docs`"


def test_the_page_names_every_column_and_setting() -> None:
    page = contract_markdown()
    for table in (*INPUTS, *RESULTS):
        assert f"### {table.name}" in page
    for column in SETTINGS:
        assert f"| {column.name} |" in page


def test_the_text_of_one_table_and_of_all() -> None:
    assert "* Offers" in contract_text()
    assert "price_includes" in contract_text("offers")
    assert "risk_measure" in contract_text("Settings")
    assert "binding" in contract_text("rule check")
    with pytest.raises(KeyError, match="Offers"):
        contract_text("offer")
