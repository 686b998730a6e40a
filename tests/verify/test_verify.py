"""Plans made by hand verify clean; one edit gives exactly the violations that it must."""

from __future__ import annotations

import pytest

from optimizer.verify import Check, verify
from optimizer.verify.charges import TELLS_APART
from tests.verify import build, edits_goods, edits_money, edits_risk, licence, trade
from tests.verify.editing import Edit

EDITS = (*edits_goods.EDITS, *edits_money.EDITS, *edits_risk.EDITS)
PLANS = (trade.plan, build.plan, licence.plan, licence.pro_rata)


@pytest.mark.parametrize("plan", PLANS, ids=["trade", "build", "licence", "pro rata"])
def test_a_plan_made_by_hand_is_clean(plan):
    assert verify(plan()) == ()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_one_edit_gives_exactly_its_violations(edit: Edit):
    left = list(verify(edit.change(edit.plan())))
    for check, place in edit.found:
        match = next((v for v in left if v.check is check and place in v.place), None)
        assert match is not None, f"no violation of {check} at {place!r}; left: {left}"
        left.remove(match)
    assert left == []


@pytest.mark.parametrize("check", list(Check))
def test_every_check_has_an_edit_that_trips_it(check: Check):
    assert any(found is check for edit in EDITS for found, _ in edit.found)


@pytest.mark.parametrize("component", list(TELLS_APART))
def test_every_component_has_an_edit_that_trips_it(component: str):
    places = [place for edit in EDITS for check, place in edit.found if check is Check.CHARGE]
    assert any(place.startswith(component) for place in places)


def test_excess_is_in_the_unit_of_the_value():
    edit = next(edit for edit in EDITS if edit.name == "supplier capacity")
    (violation,) = verify(edit.change(edit.plan()))
    assert violation.expected == pytest.approx(44 * 0.8)
    assert violation.actual == 36.0
    assert violation.excess == pytest.approx(36 - 44 * 0.8)
