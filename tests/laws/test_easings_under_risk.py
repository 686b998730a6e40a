"""Allowing more never makes a plan under risk dearer; nor do larger bounds on yes-or-no links."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models import bounds
from optimizer.contract.data import Data
from tests.laws.case import Feature
from tests.laws.easings import (
    EASINGS,
    WRITTEN_OUT,
    Easing,
    every_row,
    no_minimum_for_each,
    with_last_offer,
)
from tests.laws.planning import about, at_most, cost_of
from tests.laws.profile import examples
from tests.laws.strategies import risky, with_settings

CAPACITY = frozenset((Feature.CAPACITY,))
INTEGRAL = frozenset((Feature.AWARDS, Feature.ORDERS))
GENEROUS = 30.0


def _wider_band(data: Data) -> Data:
    settings = data.settings
    easier = every_row(
        "offers",
        call_off_min=lambda row: None if row.call_off_min is None else row.call_off_min / 2,
        call_off_max=lambda row: None if row.call_off_max is None else row.call_off_max + 1,
    )
    wider = with_settings(
        data, call_off_min=settings.call_off_min / 2, call_off_max=settings.call_off_max + 1
    )
    return easier(wider)


def _more_overbooking(data: Data) -> Data:
    return with_settings(data, overbooking=data.settings.overbooking + 0.5)


UNDER_RISK: dict[str, Easing] = {
    **EASINGS,
    "a wider call-off band": _wider_band,
    "more overbooking": _more_overbooking,
}


def _comparable(data: Data) -> Data:
    """Spread over the quantity, order costs depend on the largest order that there can be."""
    return with_settings(no_minimum_for_each(WRITTEN_OUT(data)), late_orders="exact")


@examples(25)
@given(risky(always=CAPACITY), st.sampled_from(sorted(UNDER_RISK)))
def test_allowing_more_is_never_dearer(data: Data, easing: str) -> None:
    before = _comparable(data)
    after = UNDER_RISK[easing](before)
    assume(after != before)
    assert cost_of(after) <= at_most(cost_of(before), before)


@examples(8)
@given(risky(always=CAPACITY))
def test_another_offer_is_never_dearer(data: Data) -> None:
    data = _comparable(data)
    before, after = (with_last_offer(data, active=there) for there in (False, True))
    assert cost_of(after) <= at_most(cost_of(before), before)


@examples(10)
@given(risky(always=INTEGRAL))
def test_larger_bounds_give_the_same_cost(data: Data) -> None:
    data = _comparable(data)
    tight = cost_of(data)
    receives = bounds.Bounds.receives
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds.Bounds, "receives", lambda self, lane: GENEROUS * receives(self, lane))
        generous = cost_of(data)
    assert generous == about(tight, data)
