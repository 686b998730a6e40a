"""Awards, Moves and Mix: who gets what, and how that differs from today."""

from __future__ import annotations

import pytest

from optimizer.contract.goods import Content, Item, OpenOrder, StockRow
from optimizer.contract.plan import Plan
from optimizer.contract.policy import Licence
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Origin, Supplier
from optimizer.verify import verify
from tests.results.made import lane, made, use
from tests.small import need, offer, small


def members(plan: Plan, dimension: str) -> dict[str, tuple[float, float]]:
    """Member -> (weight, weight with open orders and opening stock), in the order written."""
    return {
        row.member: (row.weight, row.weight_with_open)
        for row in plan.tables.mix
        if row.dimension == dimension
    }


def plan_of_two() -> Plan:
    """K in X sells P (2 kg each), L in Y sells Q (1 kg); 10 P are in stock, 5 Q of L to come."""
    data = small(
        items=[Item(item="P", weight=2, description="large"), Item(item="Q", weight=1)],
        suppliers=[
            Supplier(supplier="K", country="X", name="Kay", group="G"),
            Supplier(supplier="L", country="Y"),
        ],
        countries=[Country(country="X", region="R"), Country(country="Y")],
        offers=[offer("K", "P", 10), offer("L", "Q", 5, licences=("export",))],
        licences=[Licence(licence="export", country="Y")],
        composition=[
            Content(item="P", element="Dy", mass_share=0.1),
            Content(item="Q", element="Fe", mass_share=0.6),
        ],
        upstream=[Origin(supplier="K", stage="refining", element="Dy", country="Y", share=0.8)],
        demand=[*need(40, item="P"), *need(25, item="Q")],
        stock=[StockRow(item="P", site="A", quantity=10)],
        open_orders=[OpenOrder(supplier="L", item="Q", site="A", period=1, quantity=5)],
    )
    return made(
        data,
        order={lane("K", 1, "P"): 30, lane("L", 1, "Q"): 20},
        issue={
            ("P", "A", "free", "general", 1): 40,
            ("Q", "A", "export", "general", 1): 25,
        },
    )


def test_mix_by_every_dimension() -> None:
    plan = plan_of_two()
    both = {"K": (60, 60), "L": (20, 25), "unknown": (0, 20)}
    assert members(plan, "supplier") == both
    assert members(plan, "group") == {"G": (60, 60), "L": (20, 25), "unknown": (0, 20)}
    assert members(plan, "country") == {"X": (60, 60), "Y": (20, 25), "unknown": (0, 20)}
    assert members(plan, "region") == {"R": (60, 60), "Y": (20, 25), "unknown": (0, 20)}
    assert members(plan, "licence") == {"export": (20, 25), "free": (60, 80)}
    # ferrite Q is outside the stage; 20 % of the dysprosium in P is of unknown origin
    refined = members(plan, "refining")
    assert refined["Y"] == (pytest.approx(4.8), pytest.approx(4.8))
    assert refined["unknown"] == (pytest.approx(1.2), pytest.approx(1.2 + 2))
    assert verify(plan) == ()


def test_shares_of_the_whole() -> None:
    plan = plan_of_two()
    rows = {(row.dimension, row.member): row for row in plan.tables.mix}
    k = rows["supplier", "K"]
    assert (k.share, k.share_with_open) == (0.75, pytest.approx(60 / 105))
    assert (k.spend, k.spend_share) == (300, 0.75)
    assert rows["refining", "unknown"].spend == pytest.approx(60)
    assert plan.facts.hhi == pytest.approx(
        {
            "supplier": 6250,
            "group": 6250,
            "country": 6250,
            "region": 6250,
            "refining": 6800,
        }
    )


def test_awards_say_whom_and_how_much() -> None:
    plan = plan_of_two()
    first, second = plan.tables.awards
    assert (first.supplier, first.supplier_name, first.country) == ("K", "Kay", "X")
    assert (first.description, first.licences) == ("large", "free")
    assert (first.award, first.volume, first.share_of_item, first.share_of_weight) == (
        30, 30, 1, 0.75,
    )  # fmt: skip
    assert (first.spend, first.landed_cost, first.landed_unit_cost) == (300, 300, 10)
    assert (second.supplier_name, second.description, second.licences) == ("L", "Q", "export")


def test_moves_from_today() -> None:
    data = small(
        offers=[
            offer("K", baseline=120),
            offer("L", baseline=240),
            offer("M"),
            offer("N", baseline=60),
            offer("O", baseline=12),
        ],
        demand=need(30),
        settings=Settings(start="2025-01"),
    )
    plan = made(
        data,
        order={lane("K", 1): 15, lane("L", 1): 10, lane("M", 1): 4, lane("O", 1): 1},
        issue={use(1): 30},
    )
    moves = [(row.supplier, row.today, row.plan, row.move) for row in plan.tables.moves]
    assert moves == [
        ("L", 20, 10, "less"),
        ("K", 10, 15, "more"),
        ("N", 5, 0, "stopped"),
        ("M", 0, 4, "new"),
        ("O", 1, 1, "same"),
    ]
    assert verify(plan) == ()


def test_the_order_of_the_input_rows_changes_nothing() -> None:
    def plan(names: str) -> Plan:
        data = small(offers=[offer(name) for name in names], demand=need(40))
        return made(data, order={lane(name, 1): 10 for name in names}, issue={use(1): 40})

    assert plan("KLMN").tables == plan("NLKM").tables
