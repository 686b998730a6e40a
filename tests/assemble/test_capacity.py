"""Capacity and the rows of Calendar that scale it."""

from optimizer.assemble import assemble
from optimizer.contract.supply import CalendarRow, Project, Supplier
from tests.small import need, offer, small

O = ("K", "P")


def row(factor: float, period: int = 1, *, supplier: str = "*", item: str = "*") -> CalendarRow:
    return CalendarRow(supplier=supplier, item=item, period=period, capacity_factor=factor)


def supplier(capacity: float, name: str = "K") -> Supplier:
    return Supplier(supplier=name, country="X", capacity=capacity)


def test_a_row_for_all_items_scales_the_supplier_and_each_of_its_offers() -> None:
    supply = assemble(
        small(
            suppliers=[supplier(100), supplier(200, "K2")],
            offers=[offer(capacity=10), offer("K2", capacity=20)],
            demand=need(1, 1),
            calendar=[row(0.5, supplier="K"), row(0.8)],
        )
    ).supply
    assert supply.supplier_capacity == {
        ("K", 1): 40.0, ("K", 2): 100.0, ("K2", 1): 160.0, ("K2", 2): 200.0,
    }  # fmt: skip
    assert supply.offer_capacity == {
        (O, 1): 4.0, (O, 2): 10.0, (("K2", "P"), 1): 16.0, (("K2", "P"), 2): 20.0,
    }  # fmt: skip
    assert supply.calendar_factor == {("K", 1): 0.4, ("K2", 1): 0.8}


def test_a_row_for_an_item_scales_the_offer_only() -> None:
    supply = assemble(
        small(
            suppliers=[supplier(100)],
            offers=[offer(capacity=10), offer(item="Q", capacity=10)],
            demand=[*need(1), *need(1, item="Q")],
            calendar=[row(0.5, item="P"), row(0.5, supplier="K", item="P")],
        )
    ).supply
    assert supply.supplier_capacity == {("K", 1): 100.0}
    assert supply.offer_capacity == {(O, 1): 2.5, (("K", "Q"), 1): 10.0}
    assert supply.calendar_factor == {}


def test_unlimited_capacity_has_no_number_unless_it_is_nothing() -> None:
    supply = assemble(small(demand=need(1, 1, 1), calendar=[row(0.5), row(0, 2)])).supply
    assert (supply.supplier_capacity, supply.offer_capacity) == ({}, {})
    assert [t for _, t in supply.order_periods] == [1, 3]


def test_no_order_where_there_is_no_capacity() -> None:
    data = small(offers=[offer(capacity=0), offer("K2")], suppliers=[supplier(0, "K2")])
    assert assemble(data).supply.order_periods == ()


def test_a_supplier_without_capacity_sells_what_is_built_for_it() -> None:
    project = Project(project="B", supplier="K", capacity=5, capex=1, build_days=31)
    supply = assemble(
        small(
            suppliers=[supplier(0)],
            projects=[project],
            demand=need(1, 1, 1, 1),
            calendar=[row(0.5, 3), row(0, 4)],
        )
    ).supply
    assert [t for _, t in supply.order_periods] == [3]
    assert supply.supplier_capacity == {("K", 3): 0.0}
    assert supply.calendar_factor == {("K", 3): 0.5}
