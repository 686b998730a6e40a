"""What a scenario may not do to the input, and at which cell that is said.

The small input: S1 (CN, capacity 100) sells A for 10; S2 (VN, unlimited) sells A for 12.5 and B for
7; three rows of Demand in 2025-10 .. 2025-12.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.contract.findings import InputErrors
from optimizer.tables import in_scenario, read, scenario_findings
from tests.tables.books import Cells, book, folder, good, small
from tests.tables.scenario_books import (
    HEADER,
    VALUE,
    WHERE,
    data_with,
    refused,
    rows,
    told,
)


@pytest.mark.parametrize(
    ("change", "code", "cell", "words"),
    [
        (("Offers", "item=B", "price", "add", -10), "out-of-range", VALUE,
         "Offers!C4 would become -3 in scenario s: price is -3, and must be a number >= 0"),
        (("Offers", "", "price", "add", -11), "out-of-range", VALUE,
         "Offers!C2 would become -1 in scenario s (1 more cell likewise)"),
        (("Settings", "setting=gap", "value", "multiply", 300), "out-of-range", VALUE,
         "gap of Settings would become 1.5 in scenario s: gap is 1.5, and must be"),
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
    (error,) = refused(data)
    assert told(error) == (code, f"Scenarios!{cell}2")
    assert words in error.message
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
