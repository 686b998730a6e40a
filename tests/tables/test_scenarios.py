"""A scenario is the same input with some cells changed, and is checked like one.

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
from optimizer.contract.findings import Finding, InputErrors, Severity
from optimizer.contract.policy import Change
from optimizer.example import example_folder
from optimizer.studies.input_changes import input_changes
from optimizer.tables import in_scenario, read, scenario_findings, scenario_names
from tests.small import need, offer
from tests.small import small as made
from tests.tables.books import Cells, book, folder, good, small

HEADER: list[object] = ["scenario", "order", "active", "table", "where", "column", "operation",
                        "value"]  # fmt: skip
WHERE, OPERATION, VALUE = "E", "G", "H"


def rows(*changes: tuple[object, ...], scenario: str = "s") -> Cells:
    """Rows of one scenario: table, where, column, operation, value."""
    return [HEADER, *([scenario, "", "", *change] for change in changes)]


def data_with(tmp_path: Path, *changes: tuple[object, ...], **sheets: Cells) -> Data:
    """The small input with a scenario s of these changes."""
    tmp_path.mkdir(exist_ok=True)
    path = folder(tmp_path / "in", small(Scenarios=rows(*changes), **sheets))
    return good(path)[0]


def refused(data: Data, name: str = "s") -> list[Finding]:
    """The errors of a scenario, which must have some."""
    with pytest.raises(InputErrors) as caught:
        in_scenario(data, name)
    return [one for one in caught.value.findings if one.severity is Severity.ERROR]


def told(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.place


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


# --- what is refused, and where it is said


@pytest.mark.parametrize(
    ("change", "code", "cell", "words"),
    [
        (("Offers", "item=B", "price", "add", -10), "out-of-range", VALUE,
         "Offers!C4 would become -3 in scenario s: price is -3, and must be a number >= 0"),
        (("Offers", "", "price", "add", -11), "out-of-range", VALUE,
         "Offers!C2 would become -1 in scenario s (and so would 1 more)"),
        (("Offers", "", "price", "add", 1e308), "x", "", ""),
        (("Settings", "setting=gap", "value", "multiply", 300), "out-of-range", VALUE,
         "Settings!"),
        (("Settings", "setting=max_outcomes", "value", "multiply", 0.3), "not-whole", VALUE,
         "19.2 is not a whole number"),
        (("Settings", "setting=start", "value", "set", "2025-11"), "fixed-setting", WHERE,
         "a scenario cannot change start"),
        (("Settings", "setting=currency", "value", "set", "EUR"), "fixed-setting", WHERE,
         "a scenario cannot change currency"),
    ],
)  # fmt: skip
def test_a_value_that_its_cell_cannot_have(
    tmp_path: Path, change: tuple[object, ...], code: str, cell: str, words: str
) -> None:
    data = data_with(tmp_path, change)
    if not cell:
        assert in_scenario(data, "s").offers[0].price == 1e308
        return
    (error,) = refused(data)
    assert told(error) == (code, f"Scenarios!{cell}2")
    assert words.removesuffix("Settings!") in error.message
    assert error.remedy


def test_a_row_that_hits_nothing_because_of_an_earlier_one(tmp_path: Path) -> None:
    data = data_with(
        tmp_path,
        ("Offers", "supplier=S1", "supplier", "set", "S2"),
        ("Offers", "supplier=S1", "price", "multiply", 2),
        Offers=[["supplier", "item", "price"], ["S1", "B", 10], ["S2", "A", 12.5]],
    )
    (error,) = refused(data)
    assert told(error) == ("names-nobody", f"Scenarios!{WHERE}3")
    assert "no row of Offers fits 'supplier=S1' in scenario s, as its earlier rows" in error.message


def test_keys_that_become_the_same(tmp_path: Path) -> None:
    data = data_with(tmp_path, ("Offers", "supplier=S1", "supplier", "set", "s2"))
    (error,) = refused(data)
    assert told(error) == ("duplicate-key", "Offers!A3")
    assert "row 2 (A2), in scenario s (which changes Offers in Scenarios!H2)" in error.message


def test_a_check_of_several_cells_names_the_row_that_changed_its_cell(tmp_path: Path) -> None:
    risks: Cells = [
        ["risk", "result", "probability", "scope", "target", "price_factor"],
        ["r", "dear", 0.5, "item", "A", 2],
        ["r", "cheap", 0.25, "item", "A", 0.5],
    ]
    data = data_with(tmp_path, ("Risks", "result=cheap", "probability", "set", 0.75), Risks=risks)
    (error,) = refused(data)
    assert told(error) == ("probabilities-above-one", "Risks!C3")
    assert error.message.startswith("with this row the probabilities of r add up to 1.25")
    assert error.message.endswith("in scenario s (Scenarios!H2 changes this cell)")


def test_a_member_that_nobody_declares(tmp_path: Path) -> None:
    rules: Cells = [
        ["rule", "dimension", "member", "metric", "sense", "limit"],
        ["cap", "country", "CN", "share", "max", 0.9],
    ]
    data = data_with(tmp_path, ("Rules", "rule=cap", "member", "set", "VM"), Rules=rules)
    (error,) = refused(data)
    assert told(error) == ("unknown-name", "Rules!C2")
    assert "Scenarios!H2 changes this cell" in error.message
    assert "VN" in error.remedy


def test_a_value_out_of_range_is_not_judged_with_the_others_as_well(tmp_path: Path) -> None:
    policy: Cells = [["item", "min_cover_days", "max_cover_days"], ["A", 10, 20]]
    data = data_with(
        tmp_path,
        ("StockPolicy", "", "min_cover_days", "set", 30),
        ("StockPolicy", "", "max_cover_days", "multiply", -2),
        StockPolicy=policy,
    )
    (error,) = refused(data)
    assert told(error) == ("out-of-range", f"Scenarios!{VALUE}3")


def test_what_leaves_the_horizon_is_left_out_and_said(tmp_path: Path) -> None:
    calendar: Cells = [["supplier", "period", "capacity_factor"], ["S1", "2025-10", 0.5]]
    data = data_with(tmp_path, ("Calendar", "", "period", "set", "2026-10"), Calendar=calendar)
    changed = in_scenario(data, "s")
    assert not changed.calendar
    (warning,) = changed.findings
    assert told(warning) == ("outside-horizon", f"Scenarios!{VALUE}2")
    demand: Cells = [["item", "site", "period", "quantity"], ["A", "PUN", "2025-10", 5]]
    change = ("Demand", "", "period", "set", "2026-10")
    gone = data_with(tmp_path / "b", change, Demand=demand)
    assert told(refused(gone)[0]) == ("outside-horizon", f"Scenarios!{VALUE}2")


def test_a_warning_of_base_that_no_longer_holds_is_not_repeated(tmp_path: Path) -> None:
    calendar: Cells = [["supplier", "period", "capacity_factor"], ["S2", "2025-10", 0.5]]
    data = data_with(tmp_path, ("Suppliers", "supplier=S2", "capacity", "set", 9),
                     Calendar=calendar)  # fmt: skip
    assert [one.code for one in data.findings] == ["factor-on-unlimited"]
    assert not in_scenario(data, "s").findings
    assert not scenario_findings(data)


@pytest.mark.parametrize(
    ("name", "words"), [("sudge", "Did you mean surge? "), ("off", "every row of scenario off")]
)
def test_a_scenario_that_does_not_exist(tmp_path: Path, name: str, words: str) -> None:
    change: list[object] = ["Offers", "", "price", "add", 1]
    scenarios = [HEADER, ["surge", "", "", *change], ["off", "", "no", *change]]
    data, _ = good(folder(tmp_path / "in", small(Scenarios=scenarios)))
    (error,) = refused(data, name)
    assert words in error.message + error.remedy
    assert error.place == ("Scenarios!C3" if name == "off" else "Scenarios")
    assert "base, surge" in error.remedy


def test_no_scenario_is_called_base(tmp_path: Path) -> None:
    cells = rows(("Offers", "", "price", "add", 1), scenario="Base")
    with pytest.raises(InputErrors) as caught:
        read(folder(tmp_path / "in", small(Scenarios=cells)))
    assert [told(one) for one in caught.value.findings] == [("reserved-name", "Scenarios!A2")]


def test_every_scenario_is_checked_and_one_that_is_wrong_stops_no_other(tmp_path: Path) -> None:
    scenarios: Cells = [
        HEADER,
        ["a", "", "", "Offers", "item=B", "price", "add", -8],
        ["b", "", "", "Offers", "item=B", "price", "add", 1],
        ["c", "", "", "Offers", "item=B", "price", "add", -9],
        ["d", "", "no", "Offers", "item=B", "price", "add", -10],
    ]
    path = book(tmp_path / "in.xlsx", small(Scenarios=scenarios))
    data = read(path)
    assert [told(one) for one in scenario_findings(data)] == [
        ("out-of-range", "Scenarios!H2"), ("out-of-range", "Scenarios!H4"),
    ]  # fmt: skip
    assert in_scenario(data, "b").offers[2].price == 8


def test_a_scenario_is_not_laid_over_another(tmp_path: Path) -> None:
    data = data_with(tmp_path, ("Offers", "", "price", "add", 1))
    with pytest.raises(ValueError, match="scenario s already"):
        in_scenario(in_scenario(data, "s"), "s")


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
