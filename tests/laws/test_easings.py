"""Allowing more never makes the plan dearer."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import assume, given

from optimizer.contract.data import Data
from tests.laws.case import Feature
from tests.laws.easings import EASINGS, WRITTEN_OUT, no_minimum_for_each, with_last_offer
from tests.laws.planning import at_most, cost_of
from tests.laws.profile import examples
from tests.laws.strategies import workbooks

# What a feature is about is there; what else there is, is up to chance.
ABOUT = {
    "more capacity of suppliers": Feature.CAPACITY,
    "more capacity of offers": Feature.CAPACITY,
    "more capacity of lanes": Feature.LANES,
    "larger quotas": Feature.LICENCES,
    "no bans": Feature.LICENCES,
    "no minimum awards": Feature.AWARDS,
    "no maximum awards": Feature.AWARDS,
    "no onboarding costs": Feature.AWARDS,
    "no minimum orders": Feature.ORDERS,
    "no order costs": Feature.ORDERS,
    "no fixed costs of lanes": Feature.LANES,
    "more storage": Feature.COVER,
    "late deliveries": Feature.STOCK,
    "substitutes for all of a demand": Feature.SUBSTITUTES,
    "larger projects": Feature.PROJECTS,
    "no rules": Feature.RULES,
    "softer rules": Feature.RULES,
    "looser rules": Feature.RULES,
}


def test_every_easing_is_tried() -> None:
    assert ABOUT.keys() == EASINGS.keys()


@pytest.mark.parametrize("easing", EASINGS)
def test_allowing_more_is_never_dearer(easing: str) -> None:
    extra = frozenset((ABOUT[easing], Feature.CAPACITY))

    @examples(8)
    @given(workbooks(always=extra))
    def holds(data: Data) -> None:
        before = no_minimum_for_each(WRITTEN_OUT(data))
        after = EASINGS[easing](before)
        assume(after != before)
        assert cost_of(after) <= at_most(cost_of(before), before)

    holds()


@examples(15)
@given(workbooks(always=frozenset((Feature.CAPACITY,))))
def test_another_offer_is_never_dearer(data: Data) -> None:
    data = no_minimum_for_each(WRITTEN_OUT(data))
    before, after = (with_last_offer(data, active=there) for there in (False, True))
    assert cost_of(after) <= at_most(cost_of(before), before)


@examples(12)
@given(workbooks(always=frozenset((Feature.CAPACITY,))))
def test_meeting_all_demand_is_never_cheaper_than_being_allowed_not_to(data: Data) -> None:
    """An offer of everything at a high price makes it possible; it is there in both."""
    rescue = tuple(
        dataclasses.replace(
            offer, active=True, price=60.0, currency=None, capacity=1e6, lead_days=0.0,
            qualified=True, licences=(), min_award=0.0, min_order=0.0, max_award=1e9,
        )
        for offer in data.offers
    )  # fmt: skip
    rows = {row.supplier: row for row in data.suppliers}
    suppliers = tuple(
        dataclasses.replace(row, capacity=1e6, available_from=1) for row in rows.values()
    )
    allowed = dataclasses.replace(
        WRITTEN_OUT(data), offers=rescue, suppliers=suppliers, rules=(), lanes=(), calendar=(),
        price_breaks=(), demand=tuple(d for d in data.demand if any(
            offer.item == d.item for offer in data.offers)),
        sites=tuple(dataclasses.replace(s, overflow_cost=1.0) for s in data.sites),
    )  # fmt: skip
    assume(allowed.demand)
    forbidden = dataclasses.replace(
        allowed, settings=dataclasses.replace(allowed.settings, unmet_demand="forbid")
    )
    assert cost_of(allowed) <= at_most(cost_of(forbidden), allowed)
