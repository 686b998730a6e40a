"""Rules read as sums: who counts, how much, towards which limit.

K1 and K2 (group G) are in CN, J in JP; all sell P, and J sells Q.  P weighs 2, Q weighs 5.
"""

from typing import Any

import pytest

from models.problem import Metric, RuleScope, Sense
from optimizer.assemble import assemble
from optimizer.contract.goods import Content, Item
from optimizer.contract.policy import Licence, Rule
from optimizer.contract.supply import Country, Supplier
from tests.small import need, offer, small

SUPPLIERS = [
    Supplier(supplier="K1", country="CN", group="G"),
    Supplier(supplier="K2", country="CN", group="G"),
    Supplier(supplier="J", country="JP"),
]
COUNTRIES = [
    Country(country="CN", risk_score=7),
    Country(country="JP", region="Asia"),
    Country(country="KR", region="Asia", risk_score=2),
]
ITEMS = [Item(item="P", weight=2, family="magnets"), Item(item="Q", weight=5, unit_value=8)]
WORLD: dict[str, Any] = {
    "suppliers": SUPPLIERS,
    "countries": COUNTRIES,
    "items": ITEMS,
    "offers": [offer("K1"), offer("K2"), offer("J"), offer("J", "Q")],
    "demand": [*need(100, 50), *need(30, site="B"), *need(10, item="Q")],
    "composition": [Content(item="P", element="Dy", mass_share=0.1)],
    "licences": [Licence(licence="L", country="CN", elements=("Dy",))],
}


def scopes(world: dict[str, Any] = WORLD, **given: Any) -> tuple[RuleScope, ...]:
    """The scopes of one rule: by default, no supplier above 60 %."""
    rule = {"rule": "R", "dimension": "supplier", "metric": "share", "sense": "max", "limit": 0.6}
    return assemble(small(**world, rules=[Rule(**(rule | given))])).rules


def scope(world: dict[str, Any] = WORLD, **given: Any) -> RuleScope:
    (one,) = scopes(world, **given)
    return one


def short(lanes: Any) -> dict[str, float]:
    """Lane -> part, the lane written `J P A`."""
    return {" ".join(lane[:3]): part for lane, part in lanes.items()}


def of_offers(lanes: Any) -> dict[str, float]:
    """Offer -> part of one unit."""
    return {" ".join(lane[:2]): part for lane, part in lanes.items()}


def members(one: RuleScope) -> dict[str, dict[str, float]]:
    return {member: of_offers(lanes) for member, lanes in one.members.items()}


def test_volumes_are_quantity_times_weight() -> None:
    assert short(scope().total) == {
        "K1 P A": 2, "K1 P B": 2, "K2 P A": 2, "K2 P B": 2, "J P A": 2, "J P B": 2, "J Q A": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    "dimension, by_member",
    [
        ("supplier", {"J": {"J P": 2, "J Q": 5}, "K1": {"K1 P": 2}, "K2": {"K2 P": 2}}),
        ("group", {"J": {"J P": 2, "J Q": 5}, "G": {"K1 P": 2, "K2 P": 2}}),
        ("country", {"JP": {"J P": 2, "J Q": 5}, "CN": {"K1 P": 2, "K2 P": 2}}),
        ("region", {"Asia": {"J P": 2, "J Q": 5}, "CN": {"K1 P": 2, "K2 P": 2}}),
        ("licence", {"L": {"K1 P": 2, "K2 P": 2}}),
    ],
)
def test_dimensions(dimension: str, by_member: dict[str, dict[str, float]]) -> None:
    one = scope(dimension=dimension)
    assert members(one) == by_member
    assert one.groups == tuple((name,) for name in sorted(by_member))  # each by itself
    assert len(one.total) == 7  # the total includes what needs no licence


def test_an_offer_counts_under_each_licence_it_needs() -> None:
    both = {**WORLD, "licences": [*WORLD["licences"], Licence(licence="M", country="CN")],
            "offers": [offer("K1", licences=("L", "M")), offer("J")]}  # fmt: skip
    one = scope(both, dimension="licence")
    assert members(one) == {"L": {"K1 P": 2}, "M": {"K1 P": 2}}
    assert of_offers(one.total) == {"K1 P": 2, "J P": 2}


def test_spend_is_not_weighted() -> None:
    one = scope(metric="spend_share")
    assert set(one.total.values()) == {1}
    assert members(one)["J"] == {"J P": 1, "J Q": 1}


@pytest.mark.parametrize(
    "given, offers",
    [
        ({"item": "Q"}, {"J Q"}),
        ({"family": "magnets"}, {"K1 P", "K2 P", "J P"}),
        ({"licensed": True}, {"K1 P", "K2 P"}),
        ({"licensed": False}, {"J P", "J Q"}),
        ({"element": "Dy"}, {"K1 P", "K2 P", "J P"}),
        ({"item": "P", "licensed": True}, {"K1 P", "K2 P"}),
    ],
)
def test_filters(given: dict[str, Any], offers: set[str]) -> None:
    assert of_offers(scope(**given).total).keys() == offers


def test_a_site_filters_what_is_delivered_there() -> None:
    assert short(scope(site="B").total) == {"K1 P B": 2, "K2 P B": 2, "J P B": 2}


def test_an_element_weighs_by_its_mass() -> None:
    assert set(scope(element="Dy").total.values()) == {0.2}


def test_a_list_of_members_is_limited_together() -> None:
    one = scope(dimension="country", member=("JP", "CN"))
    assert one.groups == (("CN", "JP"),)


def test_a_listed_member_that_sells_nothing_is_kept() -> None:
    one = scope(dimension="country", member=("KR",), sense="min")
    assert one.groups == (("KR",),)
    assert one.members["KR"] == {}
    assert len(one.total) == 7


def test_per_item_gives_one_scope_for_each_item() -> None:
    p, q = scopes(per_item=True)
    assert (p.key, q.key) == (("R", "P"), ("R", "Q"))
    assert of_offers(p.total).keys() == {"K1 P", "K2 P", "J P"}
    assert members(q) == {"J": {"J Q": 5}}
    assert scope().key == ("R", "")


def test_an_inactive_rule_is_no_rule() -> None:
    assert scopes(active=False) == ()


def test_metric_sense_and_limit_are_those_of_the_row() -> None:
    one = scope(metric="quantity", sense="min", limit=500, penalty=3)
    assert (one.metric, one.sense, one.limit, one.penalty) == (
        Metric.QUANTITY, Sense.MIN, 500, 3,
    )  # fmt: skip


def test_hhi_is_in_points_and_always_hard() -> None:
    one = scope(metric="hhi", limit=1800, penalty=5)
    assert (one.limit, one.penalty) == (pytest.approx(0.18), None)
    assert (one.counted, one.groups) == (("J", "K1", "K2"), ())


def test_count_counts_the_members_or_those_listed() -> None:
    one = scope(metric="count", sense="min", limit=2, counts_from=0.1)
    assert (one.counted, one.groups, one.counts_from) == (("J", "K1", "K2"), (), 0.1)
    one = scope(metric="count", sense="min", limit=1, member=("K2", "J", "nobody"))
    assert one.counted == ("J", "K2")


def test_risk_scores_the_suppliers_countries_whatever_the_dimension() -> None:
    one = scope(metric="risk", limit=5)
    assert members(one) == {"CN": {"K1 P": 2, "K2 P": 2}, "JP": {"J P": 2, "J Q": 5}}
    assert one.counted == ("CN", "JP")
    assert one.score == {"CN": 7, "JP": 10}  # a blank score is unknown: 10


# --- what can be left out -------------------------------------------------------------------------


NOTHING = {**WORLD, "items": [*ITEMS, Item(item="Z", family="dreams")]}


@pytest.mark.parametrize(
    "given",
    [
        {"metric": "share", "sense": "max"},
        {"metric": "share", "sense": "min", "member": ("J",)},
        {"metric": "quantity", "sense": "max", "member": ("J",)},
        {"metric": "count", "sense": "min"},
        {"metric": "hhi"},
        {"metric": "risk"},
    ],
)
def test_what_a_total_of_0_satisfies_is_left_out(given: dict[str, Any]) -> None:
    assert scopes(NOTHING, family="dreams", **given) == ()


@pytest.mark.parametrize("metric", ["quantity", "spend"])
def test_a_least_amount_of_nothing_stays_and_cannot_be_met(metric: str) -> None:
    one = scope(NOTHING, family="dreams", metric=metric, sense="min", member=("J",), limit=5)
    assert (one.groups, one.total, one.members) == ((("J",),), {}, {"J": {}})


def test_a_rule_on_licences_that_nobody_needs_limits_nobody() -> None:
    assert scopes(dimension="licence", item="Q") == ()


# --- the reference of a slack ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "given, reference",
    [
        ({}, 2 * 180 + 5 * 10),
        ({"metric": "risk"}, 2 * 180 + 5 * 10),
        ({"item": "Q"}, 50),
        ({"site": "B"}, 2 * 30),
        ({"licensed": True}, 2 * 180),
        ({"element": "Dy"}, 0.2 * 180),
        ({"metric": "spend_share"}, 10 * 180 + 8 * 10),  # at the items' unit values
        ({"metric": "quantity"}, 1),
        ({"metric": "count"}, 1),
    ],
)
def test_slacks_are_relative_to_the_demand_of_the_scope(
    given: dict[str, Any], reference: float
) -> None:
    assert scope(**given).reference == pytest.approx(reference)


def test_each_item_has_its_own_reference() -> None:
    assert [one.reference for one in scopes(per_item=True)] == [360, 50]


def test_a_reference_of_0_is_taken_as_1() -> None:
    free = {**WORLD, "items": [Item(item="P", unit_value=0)]}
    assert scope(free, metric="spend_share", item="P").reference == 1
