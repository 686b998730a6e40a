"""A result of probability 1 is the workbook in which it is written into the other tables."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect
from optimizer.contract.supply import CalendarRow
from tests.laws.case import Feature
from tests.laws.easings import WRITTEN_OUT, every_row
from tests.laws.names import SUPPLIERS
from tests.laws.planning import about, cost_of
from tests.laws.profile import examples
from tests.laws.strategies import CERTAIN, with_settings, workbooks

halves = st.integers(1, 6).map(lambda n: n / 2)
days = st.integers(0, 600).map(float)


def _with(data: Data, **effect: object) -> Data:
    row = RiskEffect(risk="sure", result="sure", probability=1.0, scope="all")
    return dataclasses.replace(data, risks=(dataclasses.replace(row, **effect),))


@examples(8)
@given(workbooks(), halves)
def test_a_price_factor_is_one_in_the_calendar(data: Data, factor: float) -> None:
    data = dataclasses.replace(WRITTEN_OUT(data), price_breaks=())
    there = {row.supplier for row in data.suppliers}
    first, *_ = (name for name in SUPPLIERS if name in there)
    risk = _with(data, scope="supplier", target=first, price_factor=factor)
    rows = tuple(
        CalendarRow(supplier=first, period=period, price_factor=factor)
        for period in range(1, data.horizon + 1)
    )
    written = dataclasses.replace(data, calendar=(*data.calendar, *rows))
    assert cost_of(risk) == about(cost_of(written), data)


@examples(8)
@given(workbooks(always=frozenset((Feature.LANES,))), days)
def test_a_delay_is_a_longer_lead_time(data: Data, delay: float) -> None:
    written = every_row("offers", lead_days=lambda row: row.lead_days + delay)(data)
    assert cost_of(_with(data, delay_days=delay)) == about(cost_of(written), data)


@examples(8)
@given(workbooks(always=frozenset((Feature.COVER,))), halves)
def test_a_demand_factor_is_another_demand(data: Data, factor: float) -> None:
    # Penalties of shares are set in proportion to the demand as it is written.
    data = dataclasses.replace(data, rules=tuple(row for row in data.rules if not row.penalty))
    written = every_row("demand", quantity=lambda row: row.quantity * factor)(data)
    assert cost_of(_with(data, demand_factor=factor)) == about(cost_of(written), data)


@examples(8)
@given(workbooks(CERTAIN - {Feature.PROJECTS}), st.integers(1, 9).map(lambda n: n / 10))
def test_a_share_that_is_delivered_is_so_much_of_every_limit_on_orders(
    data: Data, share: float
) -> None:
    data = with_settings(data, overbooking=100.0)
    written = data
    for ease in (
        every_row("suppliers", capacity=lambda row: row.capacity * share),
        every_row(
            "offers",
            capacity=lambda row: row.capacity * share,
            min_order=lambda row: row.min_order * share,
            max_award=lambda row: row.max_award * share,
        ),
        every_row("lanes", capacity=lambda row: row.capacity * share),
    ):
        written = ease(written)
    assert cost_of(_with(data, deliverable=share)) == about(cost_of(written), data)


@examples(5)
@given(workbooks(always=frozenset((Feature.STOCK,))))
def test_orders_that_are_not_secured_and_never_come_are_not_there(data: Data) -> None:
    unsecured = every_row("open_orders", secured=lambda row: False)(data)
    none = dataclasses.replace(data, open_orders=())
    stopped = _with(unsecured, deliverable=0.0)
    assert cost_of(stopped) == about(cost_of(_with(none, deliverable=0.0)), data)
