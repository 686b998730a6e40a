"""What an outcome does to goods, prices and demand, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from optimizer.contract.goods import Content, Item, OpenOrder
from optimizer.contract.plan import Plan
from optimizer.contract.policy import RiskEffect
from optimizer.contract.supply import Offer, Origin
from optimizer.verify.case import Case, case_of
from optimizer.verify.world import World
from tests.verify import trade
from tests.verify.editing import added, both, edited_outcomes, settings


def world(*effects: dict, changes=()) -> tuple[Case, World]:
    """The trade plan in which all these effects are the one result of a risk."""
    rows = [RiskEffect(risk="r", result="x", probability=1.0, **effect) for effect in effects]
    plan: Plan = both(added("risks", *rows), edited_outcomes(("certain", "r: x", 1.0)), *changes)(
        trade.plan()
    )
    case = case_of(plan)
    return case, case.worlds["certain"]


def offers(case: Case) -> tuple[Offer, Offer]:
    return case.sources.offers["A", "M"], case.sources.offers["B", "M"]


@pytest.mark.parametrize(
    "target, unknown, drawn",
    [
        ("refining:CN", "worst", 0.75),
        ("refining:CN", "ignore", 0.5),
        ("refining:JP", "worst", 0.5),
        ("refining:US", "ignore", 0.0),
        ("refining:*", "ignore", 0.75),
        ("refining:*", "worst", 1.0),
        ("*", "worst", 1.0),
    ],
)
def test_a_stage_reaches_in_proportion_to_what_is_drawn(target, unknown, drawn):
    effect = {"scope": "stage", "target": target, "deliverable": 0.2, "price_factor": 1.5,
              "price_add": 4.0, "delay_days": 10.0}  # fmt: skip
    case, there = world(effect, changes=(settings(unknown_origin=unknown),))
    _, offer = offers(case)
    assert there.deliverable(offer, 1) == pytest.approx(1 - 0.8 * drawn)
    assert there.price_factor(offer, 1) == pytest.approx(1 + 0.5 * drawn)
    assert there.price_add(offer, 1) == pytest.approx(4.0 * drawn)
    assert there.delay_days(offer, 1) == (10.0 if drawn else 0.0)


def test_a_refiner_of_85_percent_there_delivers_15():
    more = (
        added("items", Item(item="N")),
        added("composition", Content(item="N", element="Tb", mass_share=0.1)),
        added(
            "upstream",
            Origin(supplier="B", stage="refining", element="Tb", country="CN", share=0.85),
            Origin(supplier="B", stage="refining", element="Tb", country="JP", share=0.15),
        ),
    )
    _, there = world({"scope": "stage", "target": "refining:CN", "deliverable": 0.0}, changes=more)
    share = there.deliverable(Offer(supplier="B", item="N", price=1.0), 1)
    assert share == pytest.approx(0.15)


def test_of_several_elements_the_one_that_draws_most_counts():
    more = (added("composition", Content(item="M", element="Tb", mass_share=0.001)),
            added("upstream", Origin(supplier="B", stage="refining", element="Tb", country="CN",
                                     share=0.9)))  # fmt: skip
    case, there = world({"scope": "stage", "target": "refining:CN", "deliverable": 0.0},
                        changes=(*more, settings(unknown_origin="ignore")))  # fmt: skip
    assert there.deliverable(offers(case)[1], 1) == pytest.approx(0.1)


def test_an_item_outside_the_stage_is_not_reached():
    _, there = world(
        {"scope": "stage", "target": "refining:CN", "deliverable": 0.0, "delay_days": 9.0},
        changes=(added("items", Item(item="Z")),),
    )
    ferrite = Offer(supplier="A", item="Z", price=1.0)
    assert (there.deliverable(ferrite, 1), there.delay_days(ferrite, 1)) == (1.0, 0.0)


@pytest.mark.parametrize(
    "scope, target, reached",
    [
        ("licence", "L", (True, False)),
        ("licence", "*", (True, False)),
        ("supplier", "B", (False, True)),
        ("supplier", "*", (True, True)),
        ("country", "JP", (False, True)),
        ("item", "M", (True, True)),
        ("item", "N", (False, False)),
        ("all", "*", (True, True)),
    ],
)
def test_whom_a_scope_reaches(scope, target, reached):
    case, there = world({"scope": scope, "target": target, "deliverable": 0.5})
    assert tuple(there.deliverable(offer, 1) == 0.5 for offer in offers(case)) == reached


def test_overlapping_effects_multiply_add_up_and_the_longest_delay_counts():
    case, there = world(
        {"scope": "all", "deliverable": 0.5, "delay_days": 30.0, "price_factor": 2.0,
         "price_add": 1.0, "demand_factor": 2.0, "to_period": 1},
        {"scope": "supplier", "target": "A", "deliverable": 0.4, "delay_days": 50.0,
         "price_factor": 3.0, "price_add": 2.5},
        {"scope": "item", "target": "M", "demand_factor": 1.5},
    )  # fmt: skip
    a, _ = offers(case)
    assert there.deliverable(a, 1) == pytest.approx(0.2)
    assert there.delay_days(a, 1) == 50.0
    assert there.price_factor(a, 1) == pytest.approx(6.0)
    assert there.price_add(a, 1) == pytest.approx(3.5)
    assert there.deliverable(a, 2) == pytest.approx(0.4)
    assert [there.demand_factor("M", t) for t in (1, 2)] == [3.0, 1.5]
    assert [there.demand_factor("N", t) for t in (1, 2)] == [2.0, 1.0]


def test_the_price_of_an_element_is_per_kg_of_it_and_not_scaled():
    """M weighs 2 and a tenth of it is Dy; A costs 12 in the second year, freight 1, duty 10 %."""
    case, there = world({"scope": "element", "target": "Dy", "price_add": 30.0},
                        {"scope": "supplier", "target": "A", "price_factor": 1.5})  # fmt: skip
    a, _ = offers(case)
    built = case.landing.of(a, case.lane("A", "M", "P", "sea"), 2, there)
    assert built.price_base == pytest.approx(10 * 1.2 * 1.5 + 6)
    assert built.landed == pytest.approx((24 + 1) * 1.1)


def test_delays_are_added_before_rounding():
    case, there = world({"scope": "all", "delay_days": 100.0})
    a, _ = offers(case)
    lane = case.lane("A", "M", "P", "slow")
    assert case.landing.arrival(a, lane, 1, there) == 2
    case, there = world({"scope": "all", "delay_days": 182.7})
    assert case.landing.arrival(a, lane, 1, there) is None


@pytest.mark.parametrize("secured, share, days", [(True, 1.0, 0.0), (False, 0.5, 20.0)])
def test_open_orders_meet_the_effects_of_their_period_unless_they_are_secured(secured, share, days):
    _, there = world(
        {"scope": "licence", "target": "L", "deliverable": 0.5, "delay_days": 20.0, "to_period": 1}
    )
    order = OpenOrder(supplier="A", item="M", site="P", period=1, quantity=1.0, secured=secured)
    assert there.open_order_share(order) == share
    assert there.open_order_delay_days(order) == days
    later = OpenOrder(supplier="A", item="M", site="P", period=2, quantity=1.0, secured=secured)
    assert there.open_order_share(later) == 1.0
