"""Assumptions: settings, defaults with the money they touch, warnings, versions."""

from __future__ import annotations

import pytest

from optimizer.contract.data import DefaultUsed, Source
from optimizer.contract.findings import Finding, Severity
from optimizer.contract.plan import Plan
from optimizer.contract.policy import Change
from optimizer.contract.results import Assumption
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Lane, Supplier
from tests.results.made import lane, made, use
from tests.small import change, need, offer, small


def plan_with(*defaults: DefaultUsed) -> Plan:
    """K (in X) sells P to A for 100 and to B for 200; L (in Y) sells Q to A for 50."""
    data = small(
        suppliers=[Supplier(supplier="K", country="X"), Supplier(supplier="L", country="Y")],
        offers=[offer("K", "P", 10), offer("L", "Q", 5)],
        lanes=[Lane(country="X", site="B"), Lane(country="Y"), Lane(supplier="K", site="A")],
        demand=[*need(10), *need(20, site="B"), *need(10, item="Q")],
    )
    return made(
        change(data, defaults=defaults),
        order={lane("K", 1): 10, lane("K", 1, site="B"): 20, lane("L", 1, "Q"): 10},
        issue={use(1): 10, use(1, site="B"): 20, use(1, "Q"): 10},
    )


def of_kind(plan: Plan, kind: str) -> dict[str, Assumption]:
    return {row.subject: row for row in plan.tables.assumptions if row.kind == kind}


@pytest.mark.parametrize(
    "table, rows, money",
    [
        ("Offers", (2,), 300),
        ("Offers", (2, 3), 350),
        ("Demand", (2,), 100),
        ("Demand", (3, 4), 250),
        ("Suppliers", (3,), 50),
        ("Sites", (2,), 150),
        ("Countries", (2,), 300),
        ("Lanes", (2,), 200),
        ("Lanes", (2, 3), 250),
        ("Lanes", (4,), 100),
        ("Offers", (99,), 0),
    ],
)
def test_the_money_that_a_default_touches(table: str, rows: tuple[int, ...], money: float) -> None:
    plan = plan_with(DefaultUsed(table, "anything", "this or that", rows))
    row = of_kind(plan, "default")[f"{table}.anything"]
    assert (row.value, row.money) == ("this or that", pytest.approx(money))


def test_a_table_that_names_no_goods_touches_no_order() -> None:
    plan = plan_with(DefaultUsed("Licences", "quota", "unlimited", (2,)))
    assert of_kind(plan, "default")["Licences.quota"].money is None


def test_rows_are_listed_together_and_not_without_end() -> None:
    many = DefaultUsed("Offers", "capacity", "unlimited", tuple(range(1, 60, 2)))
    few = DefaultUsed("Demand", "end_use", "general", (2, 3, 4, 7))
    rows = of_kind(plan_with(many, few), "default")
    assert rows["Demand.end_use"].where == "rows 2-4, 7"
    assert rows["Offers.capacity"].where.endswith("23 and 18 more")


def test_settings_say_whether_they_were_given() -> None:
    plan = plan_with(DefaultUsed("Settings", "currency", "USD", ()))
    rows = of_kind(plan, "setting")
    assert (rows["currency"].value, rows["currency"].where) == ("USD", "default")
    assert (rows["start"].value, rows["start"].where) == ("2025-01", "given")
    assert rows["holding_rate"].value == "0.12"
    assert "default" not in {row.kind for row in plan.tables.assumptions}


def test_warnings_versions_and_the_input_are_kept() -> None:
    data = small(demand=need(10), settings=Settings(start="2025-01"))
    warning = Finding("late", Severity.WARNING, "Demand", "D2", "This is odd", "Look at it.")
    data = change(data, findings=(warning,), source=Source("in.xlsx", "abc"))
    plan = made(data, order={lane("K", 1): 10}, issue={use(1): 10})
    (found,) = of_kind(plan, "warning").values()
    assert (found.value, found.where) == ("This is odd. Look at it.", "Demand!D2")
    assert of_kind(plan, "input")["in.xlsx"].value == "SHA-256 abc"
    assert of_kind(plan, "version")["highspy"].value.startswith("1.")
    assert not of_kind(plan, "note")


def test_what_the_plan_does_not_know() -> None:
    what_if = Change(scenario="dear", table="Offers", column="price", operation="multiply", value=2)
    data = small(
        demand=need(10),
        scenarios=[what_if],
        settings=Settings(start="2025-01", risk_measure="cvar"),
    )
    plan = made(data, order={lane("K", 1): 10}, issue={use(1): 10})
    cvar, scenarios = plan.facts.notes
    assert "value at risk" in cvar
    assert "1 scenario on the sheet Scenarios is not part" in scenarios
    assert [row.value for row in of_kind(plan, "note").values()] == list(plan.facts.notes)
