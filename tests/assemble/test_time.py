"""Periods, arrival, amounts per year, discounting."""

import pytest

from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Lane, Offer, Project, Supplier
from tests.small import need, offer, small

LANE = ("K", "P", "A", "standard")


def arrivals(data: Data) -> dict[int, int]:
    """Period of order -> period of arrival."""
    return {t: there for (_, t, _), there in assemble(data).supply.arrival.items()}


@pytest.mark.parametrize(
    "lead, transit, periods",
    [
        (0, 0, 0),
        (15.2, 0, 0),
        (15.21875, 0, 1),  # exactly half a month: up
        (15.3, 0, 1),
        (45.65625, 0, 2),  # one and a half: up (not to the even number)
        (76.09375, 0, 3),  # two and a half: up
        (10, 10, 1),  # added before rounding: 0.66 of a month
        (8, 7, 0),
    ],
)
def test_days_are_added_and_then_rounded_half_up(lead: float, transit: float, periods: int) -> None:
    data = small(
        offers=[offer(lead_days=lead)],
        lanes=[Lane(transit_days=transit)],
        demand=need(0, 0, 0, 0, 1),
    )
    assert arrivals(data)[1] == 1 + periods


def test_an_order_that_cannot_arrive_by_the_end_does_not_exist() -> None:
    data = small(offers=[offer(lead_days=61)], demand=need(1, 1, 1, 1))
    assert arrivals(data) == {1: 3, 2: 4}
    assert assemble(data).supply.order_periods == ((LANE, 1), (LANE, 2))


def test_a_lane_that_is_always_too_slow_does_not_exist() -> None:
    supply = assemble(small(offers=[offer(lead_days=400)], demand=need(1, 1))).supply
    assert (supply.offers, supply.lanes, supply.landed) == ((), (), {})


def test_no_order_before_the_supplier_is_available() -> None:
    data = small(
        suppliers=[Supplier(supplier="K", country="X", available_from=3)], demand=need(1, 1, 1, 1)
    )
    assert list(arrivals(data)) == [3, 4]


def test_an_availability_before_the_horizon_is_from_the_start() -> None:
    data = small(
        suppliers=[Supplier(supplier="K", country="X", available_from=-5)], demand=need(1, 1)
    )
    assert list(arrivals(data)) == [1, 2]


@pytest.mark.parametrize("days, first", [(0, 1), (1, 2), (30.4375, 2), (30.5, 3), (60.875, 3)])
def test_an_offer_that_is_not_qualified_waits_whole_periods(days: float, first: int) -> None:
    quote = offer(qualified=False, qualification_days=days)
    assert next(iter(arrivals(small(offers=[quote], demand=need(1, 1, 1))))) == first


def test_a_qualified_offer_does_not_wait() -> None:
    quote = offer(qualified=True, qualification_days=90)
    assert next(iter(arrivals(small(offers=[quote], demand=need(1, 1, 1))))) == 1


@pytest.mark.parametrize(
    "period, per_year", [("month", 12), ("week", 52), ("quarter", 4), ("year", 1)]
)
def test_amounts_per_year_are_pro_rata(period: str, per_year: int) -> None:
    quote = offer(min_award=120, max_award=1200)
    data = small(settings=Settings(period=period), offers=[quote], demand=need(1, 1, 1))
    problem = assemble(data)
    assert problem.horizon.per_year == per_year
    assert problem.supply.min_award == {("K", "P"): pytest.approx(120 * 3 / per_year)}
    assert problem.supply.max_award == {("K", "P"): pytest.approx(1200 * 3 / per_year)}


def test_the_first_period_is_not_discounted_and_a_year_later_is_by_the_rate() -> None:
    data = small(settings=Settings(discount_rate=0.21, period="quarter"), demand=need(*[1] * 5))
    discount = assemble(data).horizon.discount
    assert discount == pytest.approx([1, 1.21**-0.25, 1 / 1.1, 1.21**-0.75, 1 / 1.21])


def test_demand_outside_the_horizon_is_left_out() -> None:
    data = small(demand=need(1, 2, 3), settings=Settings(periods=2))
    assert [t for _, t, _ in assemble(data).needs.demand] == [1, 2]


def test_a_project_is_ready_after_whole_periods() -> None:
    def project(days: float) -> Project:
        return Project(project="B", supplier="K", capacity=1, capex=100, build_days=days)

    firsts = [
        assemble(small(projects=[project(days)], demand=need(1, 1, 1, 1))).projects[0].first_period
        for days in (0, 20, 30.4375, 31)
    ]
    assert firsts == [1, 2, 2, 3]


def test_an_inactive_offer_does_not_exist() -> None:
    idle = Offer(supplier="K2", item="P", price=1, active=False)
    assert assemble(small(offers=[offer(), idle])).supply.offers == (("K", "P"),)
