"""Rules on a stage: who takes part, by which mass, and what is not known.

P is 30 % Nd and 10 % Dy and weighs 2; F (ferrite) is 60 % Fe; U has no composition.
K refines half of its Nd in CN and half in JP, and all its Dy in CN.
"""

from typing import Any

import pytest

from models.problem import UNKNOWN, RuleScope
from optimizer.assemble import assemble
from optimizer.contract.goods import Content, Item
from optimizer.contract.policy import Rule
from optimizer.contract.supply import Country, Origin
from tests.small import need, offer, small


def origin(share: float, country: str, element: str = "*", supplier: str = "K") -> Origin:
    return Origin(
        supplier=supplier, stage="refining", element=element, country=country, share=share
    )


UPSTREAM = [
    origin(0.5, "CN", "Nd"),
    origin(0.5, "JP", "Nd"),
    origin(1.0, "CN", "Dy"),
]
COMPOSITION = [
    Content(item="P", element="Nd", mass_share=0.3),
    Content(item="P", element="Dy", mass_share=0.1),
    Content(item="F", element="Fe", mass_share=0.6),
]
WEIGHTS = [Item(item="P", weight=2), Item(item="F", weight=2), Item(item="U", weight=4)]


def scopes(upstream: list[Origin] = UPSTREAM, **given: Any) -> tuple[RuleScope, ...]:
    """The scopes of one rule: by default, no country refines above 60 %."""
    rule = {"rule": "R", "dimension": "refining", "metric": "share", "sense": "max", "limit": 0.6}
    items = ("P", "F", "U")
    return assemble(
        small(
            items=WEIGHTS,
            composition=COMPOSITION,
            upstream=upstream,
            offers=[offer("K", item) for item in items] + [offer("M", "P")],
            demand=[row for item in items for row in need(10, item=item)],
            countries=[Country(country="CN", risk_score=7), Country(country="JP", risk_score=2)],
            rules=[Rule(**(rule | given))],
        )
    ).rules


def scope(upstream: list[Origin] = UPSTREAM, **given: Any) -> RuleScope:
    (one,) = scopes(upstream, **given)
    return one


def of_offers(lanes: Any) -> dict[str, Any]:
    return {" ".join(lane[:2]): pytest.approx(part) for lane, part in lanes.items()}


def members(one: RuleScope) -> dict[str, dict[str, Any]]:
    return {member: of_offers(lanes) for member, lanes in one.members.items()}


def test_volumes_are_masses_of_the_elements_and_split_by_origin() -> None:
    one = scope()
    assert of_offers(one.total) == {"K P": 0.8, "M P": 0.8}
    assert members(one) == {
        "CN": {"K P": 2 * (0.3 * 0.5 + 0.1)},
        "JP": {"K P": 2 * 0.3 * 0.5},
        UNKNOWN: {"M P": 0.8},  # M says nothing
    }


def test_members_add_up_to_the_total() -> None:
    one = scope([origin(0.2, "CN"), origin(0.3, "JP"), origin(0.6, "KR", supplier="M")])
    for lane, total in one.total.items():
        parts = [lanes[lane] for lanes in one.members.values() if lane in lanes]
        assert sum(parts) == pytest.approx(total)


def test_what_is_missing_to_1_is_unknown() -> None:
    rows = [origin(0.6, "CN", "Nd"), origin(1.0, "CN", "Dy")]
    assert members(scope(rows))[UNKNOWN] == {"K P": 2 * 0.3 * 0.4, "M P": 0.8}


def test_rows_of_an_element_come_before_rows_of_all() -> None:
    rows = [origin(1.0, "JP"), origin(1.0, "CN", "Dy"), origin(1.0, "KR", supplier="M")]
    by_member = members(scope(rows, item="P"))
    assert by_member == {"CN": {"K P": 0.2}, "JP": {"K P": 0.6}, "KR": {"M P": 0.8}}


def test_an_element_without_rows_at_the_stage_is_outside_of_it() -> None:
    one = scope([origin(1.0, "CN", "Dy")])
    assert of_offers(one.total) == {"K P": 0.2, "M P": 0.2}


def test_an_item_without_composition_takes_part_as_a_whole_through_rows_of_all() -> None:
    one = scope([origin(0.7, "CN"), origin(0.3, "JP", "Nd")])
    assert of_offers(one.total) == {"K P": 0.8, "K F": 1.2, "K U": 4, "M P": 0.8}
    assert members(one)["CN"] == {"K P": 2 * 0.1 * 0.7, "K F": 1.2 * 0.7, "K U": 2.8}


def test_a_stage_that_nobody_tells_about_has_no_rule() -> None:
    assert scopes(dimension="mining") == ()


def test_with_an_element_its_mass_counts() -> None:
    one = scope(element="Dy")
    assert of_offers(one.total) == {"K P": 0.2, "M P": 0.2}
    assert members(one) == {"CN": {"K P": 0.2}, UNKNOWN: {"M P": 0.2}}


def test_spend_is_split_in_the_ratio_of_the_masses_and_not_weighted() -> None:
    one = scope(metric="spend_share")
    assert of_offers(one.total) == {"K P": 1, "M P": 1}
    assert members(one) == {
        "CN": {"K P": (0.15 + 0.1) / 0.4},
        "JP": {"K P": 0.15 / 0.4},
        UNKNOWN: {"M P": 1},
    }


def test_unknown_has_no_limit_of_its_own() -> None:
    assert scope().groups == (("CN",), ("JP",))
    assert scope(member=("CN",)).groups == (("CN",),)


@pytest.mark.parametrize(
    "given, counted",
    [
        ({"metric": "hhi", "limit": 1800}, ("CN", "JP", UNKNOWN)),
        ({"metric": "count", "sense": "max", "limit": 1}, ("CN", "JP", UNKNOWN)),
        ({"metric": "count", "sense": "min", "limit": 2}, ("CN", "JP")),
        ({"metric": "count", "sense": "max", "limit": 1, "member": ("JP",)}, ("JP", UNKNOWN)),
        ({"metric": "risk", "limit": 5}, ("CN", "JP", UNKNOWN)),
    ],
)
def test_unknown_is_one_member_more_where_that_is_worse(
    given: dict[str, Any], counted: tuple[str, ...]
) -> None:
    assert scope(**given).counted == counted


def test_unknown_scores_10() -> None:
    assert scope(metric="risk", limit=5).score == {"CN": 7, "JP": 2, UNKNOWN: 10}


def test_the_reference_is_the_mass_of_the_demand_that_takes_part() -> None:
    assert scope().reference == pytest.approx(0.8 * 10)
    assert scope(metric="spend_share").reference == pytest.approx(10 * 10)
