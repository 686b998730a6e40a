"""Landed unit cost, worked out by hand: price 10, freight 2, duty 25 %."""

import dataclasses

import pytest

from optimizer.assemble import assemble
from optimizer.assemble.landed import BuildUp, build_ups
from optimizer.contract.settings import Settings
from optimizer.contract.supply import CalendarRow, Currency, Lane, PriceBreak
from tests.small import need, offer, small

LANES = [Lane(freight=2, duty_rate=0.25)]
KEY = (("K", "P", "A", "standard"), 1, "certain")


@pytest.mark.parametrize(
    "includes, duty_on, freight, dutiable, duty, landed",
    [
        ("nothing", "price", 2, 10, 2.5, 14.5),
        ("nothing", "price_and_freight", 2, 12, 3.0, 15.0),
        ("freight", "price", 0, 10, 2.5, 12.5),
        ("freight", "price_and_freight", 0, 10, 2.5, 12.5),
        ("freight_and_duty", "price", 0, 10, 0, 10),
        ("freight_and_duty", "price_and_freight", 0, 10, 0, 10),
    ],
)
def test_what_the_price_includes_is_not_added_again(
    includes: str, duty_on: str, freight: float, dutiable: float, duty: float, landed: float
) -> None:
    data = small(
        settings=Settings(duty_on=duty_on), offers=[offer(price_includes=includes)], lanes=LANES
    )
    built = build_ups(data)[KEY]
    assert (built.freight, built.dutiable, built.duty) == (freight, dutiable, duty)
    assert built.duty == built.duty_rate * built.dutiable
    assert built.landed == landed == built.price_base + built.freight + built.duty
    assert assemble(data).supply.landed[KEY] == landed


def test_the_whole_build_up() -> None:
    data = small(
        offers=[offer(currency="EUR")],
        currencies=[Currency(currency="EUR", rate=1.1)],
        lanes=LANES,
        calendar=[CalendarRow(period=1, price_factor=2)],
    )
    assert dataclasses.asdict(build_ups(data)[KEY]) == pytest.approx(
        dataclasses.asdict(
            BuildUp(
                price=10,
                currency="EUR",
                rate=1.1,
                factor=2,
                price_add=0,
                price_base=22,
                freight=2,
                dutiable=24,
                duty_rate=0.25,
                duty=6,
                landed=30,
            )
        )
    )


def test_freight_is_in_base_currency_and_not_scaled() -> None:
    data = small(
        offers=[offer(currency="EUR")],
        currencies=[Currency(currency="EUR", rate=3)],
        lanes=[Lane(freight=2)],
    )
    assert build_ups(data)[KEY].landed == 32


def test_a_blank_currency_is_the_base_currency() -> None:
    data = small(settings=Settings(currency="JPY"))
    assert (build_ups(data)[KEY].currency, build_ups(data)[KEY].rate) == ("JPY", 1.0)


def test_price_factors_that_match_multiply_and_are_those_of_the_order() -> None:
    data = small(
        offers=[offer(lead_days=31), offer("K2")],
        demand=need(1, 1, 1),
        calendar=[
            CalendarRow(period=1, price_factor=2),
            CalendarRow(period=1, supplier="K", price_factor=3),
            CalendarRow(period=1, item="P", price_factor=5),
            CalendarRow(period=1, supplier="K", item="P", price_factor=7),
            CalendarRow(period=2, supplier="K2", price_factor=0.5),
            CalendarRow(period=2, item="Q", price_factor=99),
        ],
    )
    costs = {(lane[0], t): built.landed for (lane, t, _), built in build_ups(data).items()}
    assert costs == {
        ("K", 1): 2100.0,
        ("K", 2): 10.0,
        ("K2", 1): 100.0,
        ("K2", 2): 5.0,
        ("K2", 3): 10.0,
    }


def test_every_possible_order_has_a_build_up_and_no_other() -> None:
    data = small(offers=[offer(lead_days=31)], demand=need(1, 1, 1))
    assert build_ups(data).keys() == assemble(data).supply.arrival.keys()


def test_a_price_break_from_nothing_is_the_list_price() -> None:
    breaks = [PriceBreak(supplier="K", item="P", from_quantity=0, price=9)]
    data = small(offers=[offer(price=9)], price_breaks=breaks)
    assert build_ups(data)[KEY].price == 9
