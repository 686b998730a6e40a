"""The order of rows, names, the currency and the unit change nothing but the scale."""

from __future__ import annotations

from hypothesis import given

from optimizer.contract.data import Data
from tests.laws.planning import about, cost_of
from tests.laws.profile import examples
from tests.laws.strategies import workbooks
from tests.laws.transforms import in_money, in_units, renamed, reversed_rows
from tests.small import small

FACTOR = 0.8


@examples(15)
@given(workbooks())
def test_the_order_of_rows_changes_nothing(data: Data) -> None:
    assert cost_of(reversed_rows(data)) == about(cost_of(data), data)


@examples(15)
@given(workbooks())
def test_names_change_nothing(data: Data) -> None:
    assert cost_of(renamed(data)) == about(cost_of(data), data)


@examples(15)
@given(workbooks())
def test_another_base_currency_changes_the_scale(data: Data) -> None:
    assert cost_of(in_money(data, FACTOR)) == about(FACTOR * cost_of(data), data)


@examples(15)
@given(workbooks())
def test_another_unit_changes_nothing(data: Data) -> None:
    assert cost_of(in_units(data, 2.0)) == about(cost_of(data), data)


def test_transforms_reach_what_they_are_about() -> None:
    data = small()
    offer, item = renamed(data).offers[0], renamed(data).items[0]
    assert offer.item == item.item != data.items[0].item
    assert in_money(data, 2.0).offers[0].price == 2 * data.offers[0].price
    assert in_units(data, 2.0).offers[0].price == data.offers[0].price / 2
    assert in_units(data, 2.0).demand[0].quantity == 2 * data.demand[0].quantity
