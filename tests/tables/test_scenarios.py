"""A scenario is the same input with some cells changed, whatever a cell holds.

The small input: S1 (CN, capacity 100) sells A for 10; S2 (VN, unlimited) sells A for 12.5 and B for
7; three rows of Demand in 2025-10 .. 2025-12.
"""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import Any

import pytest

from optimizer.contract.data import Data
from optimizer.contract.findings import Severity
from optimizer.contract.policy import Change
from optimizer.example import example_folder
from optimizer.studies.compare.input_changes import input_changes
from optimizer.tables import in_scenario, read, scenario_findings, scenario_names
from tests.small import need, offer
from tests.small import small as made
from tests.tables.books import Cells, folder, good, small
from tests.tables.scenario_books import (
    HEADER,
    VALUE,
    data_with,
    refused,
    told,
)

# --- what is changed


def test_cells_are_changed_and_the_workbook_is_not(tmp_path: Path) -> None:
    data = data_with(
        tmp_path,
        ("Offers", "item=A", "price", "multiply", 2),
        ("Offers", "country=VN;item=A", "price", "add", -5),
        ("Demand", "period=2025-12", "quantity", "set", 8),
        ("Settings", "setting=holding_rate", "value", "set", 0.3),
        ("Suppliers", "supplier=S2", "capacity", "set", 40),
    )
    before = dataclasses.replace(data)
    changed = in_scenario(data, " S ")
    assert [row.price for row in changed.offers] == [20, 20, 7]
    assert [row.quantity for row in changed.demand] == [5, 8, 7]
    assert changed.settings.holding_rate == 0.3
    assert [row.capacity for row in changed.suppliers] == [100, 40]
    assert changed.scenario == "s"
    assert data == before
    assert [row.price for row in data.offers] == [10, 12.5, 7]
    assert changed.source == data.source
    # What is not changed is the same.
    assert changed.items == data.items
    assert changed.offers[2] is data.offers[2]


def test_rows_are_applied_by_order_then_as_they_stand(tmp_path: Path) -> None:
    scenarios: Cells = [
        HEADER,
        ["s", 2, "", "Offers", "item=B", "price", "add", 1],
        ["s", 1, "", "Offers", "item=B", "price", "multiply", 10],
        ["s", 3, "no", "Offers", "item=B", "price", "set", 1],
        ["s", "", "", "Offers", "item=B", "price", "multiply", 2],
        ["s", "", "", "Offers", "item=B", "price", "add", 3],
        ["t", 1, "", "Offers", "item=B", "price", "set", 99],
    ]
    data, _ = good(folder(tmp_path / "in", small(Scenarios=scenarios)))
    assert scenario_names(data) == ("base", "s", "t")
    # ((7 x 10) + 1) x 2 + 3
    assert in_scenario(data, "s").offers[2].price == 145
    assert in_scenario(data, "t").offers[2].price == 99
    assert in_scenario(data, "base") is data


def test_a_period_by_its_own_column_of_demand(tmp_path: Path) -> None:
    demand: Cells = [
        ["item", "site", "2025-10", "2025-11"],
        ["A", "PUN", 5, 6],
        ["B", "PUN", "", 7],
    ]
    data = data_with(
        tmp_path,
        ("Demand", "period=2025-11", "quantity", "multiply", 2),
        ("Demand", "item=A;period=2025-10", "quantity", "set", 1),
        Demand=demand,
    )
    changed = in_scenario(data, "s")
    assert {(r.item, r.period): r.quantity for r in changed.demand} == {
        ("A", 1): 1, ("A", 2): 12, ("B", 2): 14,
    }  # fmt: skip
    cells = {row.cell: (row.base, row.changed) for row in input_changes(data, changed)}
    assert cells == {"C2": ("5", "1"), "D2": ("6", "12"), "D3": ("7", "14")}
    (refusal,) = refused(
        data_with(tmp_path / "b", ("Demand", "period=2025-11", "quantity", "add", -6.5),
                  Demand=demand)
    )  # fmt: skip
    assert told(refusal) == ("out-of-range", f"Scenarios!{VALUE}2")
    assert refusal.message == (
        "Demand!D2 would become -0.5 in scenario s: quantity is -0.5, and must be a number >= 0"
    )


def test_names_words_and_periods_are_typed_as_their_column(tmp_path: Path) -> None:
    data = data_with(
        tmp_path,
        ("Offers", "supplier=S1", "active", "set", "no"),
        ("Suppliers", "supplier=S2", "available_from", "set", "2025-11"),
        ("Offers", "supplier=S2;item=A", "item", "set", "b "),
        ("Offers", "item=b", "licences", "set", "None"),
        ("Suppliers", "supplier=S1", "group", "set", "asean"),
        ("Suppliers", "supplier=S2", "group", "set", "ASEAN"),
        Offers=[["supplier", "item", "price"], ["S1", "A", 10], ["S2", "A", 7], ["S1", "B", 7]],
        Demand=[["item", "site", "period", "quantity"], ["B", "PUN", "2025-12", 7]],
    )
    changed = in_scenario(data, "s")
    assert [row.active for row in changed.offers] == [False, True, False]
    assert changed.suppliers[1].available_from == 2
    assert changed.offers[1].item == "B"
    assert [row.licences for row in changed.offers] == [None, (), ()]
    # Two spellings of one name are one name, as they are on a sheet.
    assert [row.group for row in changed.suppliers] == ["asean", "asean"]


@pytest.mark.parametrize(
    ("setting", "operation", "value", "expected"),
    [
        ("max_outcomes", "multiply", 0.5, 32),
        ("threads", "add", 3, 3),
        ("late_orders", "set", "PRO_RATA", "pro_rata"),
        ("discount_rate", "add", 0.05, 0.05),
        ("gap", "multiply", 200, 1.0),
    ],
)
def test_settings_keep_their_type(
    tmp_path: Path, setting: str, operation: str, value: object, expected: object
) -> None:
    data = data_with(tmp_path, ("Settings", f"setting={setting}", "value", operation, value))
    found = getattr(in_scenario(data, "s").settings, setting)
    assert found == expected
    assert type(found) is type(expected)


# --- what a blank means


def test_what_is_unlimited_stays_so_and_nothing_of_it_is_nothing(tmp_path: Path) -> None:
    data = data_with(tmp_path, ("Suppliers", "", "capacity", "multiply", 0.5))
    changed = in_scenario(data, "s")
    assert [row.capacity for row in changed.suppliers] == [50, float("inf")]
    (warning,) = changed.findings
    assert told(warning) == ("no-number-to-change", f"Scenarios!{VALUE}2")
    assert warning.severity is Severity.WARNING
    assert "Suppliers!C3 is blank (unlimited), so scenario s has nothing to multiply there" in (
        warning.message
    )
    nothing = data_with(tmp_path / "b", ("Suppliers", "", "capacity", "multiply", 0))
    assert [row.capacity for row in in_scenario(nothing, "s").suppliers] == [0, 0]


def test_a_blank_that_stands_for_a_number_is_said_and_one_that_is_none_is_not(
    tmp_path: Path,
) -> None:
    risks: Cells = [
        ["risk", "result", "probability", "scope", "target", "price_factor"],
        ["r", "dear", 0.5, "item", "A", 2],
        ["r", "dear", "", "item", "B", 2],
    ]
    data = data_with(
        tmp_path,
        ("Items", "item=A", "shortage_cost", "multiply", 2),
        ("Risks", "risk=r", "probability", "multiply", 0.5),
        Risks=risks,
    )
    changed = in_scenario(data, "s")
    assert [row.probability for row in changed.risks] == [0.25, None]
    (warning,) = changed.findings
    assert warning.place == f"Scenarios!{VALUE}2"
    assert "shortage_cost in row 2 of Items is blank (Settings.shortage_cost)" in warning.message


def test_the_defaults_are_those_of_the_cells_that_stay_blank(tmp_path: Path) -> None:
    data = data_with(
        tmp_path,
        ("Suppliers", "supplier=S1", "onboarding_cost", "set", 5),
        ("Settings", "setting=holding_rate", "value", "set", 0.2),
        ("Offers", "", "lead_days", "set", 30),
    )

    def assumed(one: Data) -> dict[tuple[str, str], tuple[int, ...]]:
        return {(used.table, used.column): used.rows for used in one.defaults}

    base, scenario = assumed(data), assumed(in_scenario(data, "s"))
    assert base["Suppliers", "onboarding_cost"] == (2, 3)
    assert scenario["Suppliers", "onboarding_cost"] == (3,)
    gone = {("Settings", "holding_rate"), ("Offers", "lead_days")}
    assert gone <= set(base)
    assert set(base) - set(scenario) == gone


# --- what differs, in words


def test_what_differs_has_a_row_for_each_cell(tmp_path: Path) -> None:
    data = data_with(
        tmp_path,
        ("Offers", "supplier=S1", "price", "multiply", 2),
        ("Offers", "supplier=S1", "price", "add", 5),
        ("Offers", "item=B", "price", "add", 1),
        ("Offers", "item=B", "price", "add", -1),
        ("Suppliers", "supplier=S2", "available_from", "set", "2025-11"),
        ("Suppliers", "supplier=S2", "capacity", "set", 12345),
        ("Offers", "supplier=S1", "active", "set", "no"),
        ("Settings", "setting=holding_rate", "value", "multiply", 1.5),
        Settings=[["setting", "value"], ["start", "2025-10"], ["holding_rate", 0.1]],
    )
    found = [
        (row.table, row.subject, row.column, row.cell, row.base, row.changed, row.factor, row.by)
        for row in input_changes(data, in_scenario(data, "s"))
    ]
    assert found == [
        ("Settings", "holding_rate", "holding_rate", "B3", "0.1", "0.15",
         pytest.approx(1.5), "Scenarios!H9"),
        ("Suppliers", "S2", "available_from", "row 3", "2025-10", "2025-11", None, "Scenarios!H6"),
        ("Suppliers", "S2", "capacity", "C3", "unlimited", "12,345", None, "Scenarios!H7"),
        ("Offers", "S1 / A", "active", "row 2", "yes", "no", None, "Scenarios!H8"),
        ("Offers", "S1 / A", "price", "C2", "10", "25", 2.5, "Scenarios!H3"),
    ]  # fmt: skip


# --- the shipped example, and data made by hand


def test_the_scenarios_of_the_example_hold_and_are_quick() -> None:
    data = read(example_folder())
    began = time.perf_counter()
    found = scenario_findings(data)
    assert time.perf_counter() - began < 2
    assert not [one for one in found if one.severity is Severity.ERROR]
    assert len(scenario_names(data)) == 15


def test_data_made_in_python_needs_no_sheet() -> None:
    def change(**cells: Any) -> Change:
        return Change(scenario="s", table="Offers", **cells)

    data = made(
        offers=[offer(price=4.0), offer("L")],
        demand=need(10, 20),
        scenarios=[
            change(where="supplier=K", column="price", operation="multiply", value=3),
            Change(scenario="s", table="Demand", column="quantity", operation="add", value=1),
        ],
    )
    changed = in_scenario(data, "s")
    assert [row.price for row in changed.offers] == [12, 10]
    assert [row.quantity for row in changed.demand] == [11, 21]
    bad = dataclasses.replace(
        data, scenarios=(change(row=9, column="currency", operation="add", value=1),)
    )
    (error,) = refused(bad)
    assert error.code == "not-a-number"
