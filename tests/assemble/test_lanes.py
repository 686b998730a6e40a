"""Which row of Lanes holds for which offer, and where goods may go."""

import pytest

from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.contract.goods import Substitution
from optimizer.contract.supply import Country, Lane, Supplier
from tests.small import need, offer, small

K = Supplier(supplier="K", country="CN")


def freights(lanes: list[Lane]) -> dict[str, float]:
    """Mode -> freight from K in CN, of item P, to site A (K sells it for 10)."""
    problem = assemble(small(lanes=lanes, suppliers=[K]))
    return {lane[3]: cost - 10 for (lane, _, _), cost in problem.supply.landed.items()}


def lanes(problem: Problem) -> list[str]:
    return [" ".join(lane) for lane in problem.supply.lanes]


def test_without_lanes_every_offer_reaches_every_site_free_and_at_once() -> None:
    problem = assemble(small(demand=[*need(1, site="A"), *need(1, site="B")]))
    assert lanes(problem) == ["K P A standard", "K P B standard"]
    assert set(problem.supply.landed.values()) == {10.0}
    assert set(problem.supply.arrival.values()) == {1}
    assert problem.supply.lane_row == {}


def test_with_lanes_an_offer_without_a_row_for_a_site_cannot_reach_it() -> None:
    problem = assemble(
        small(lanes=[Lane(site="A")], demand=[*need(1, site="A"), *need(1, site="B")])
    )
    assert lanes(problem) == ["K P A standard"]


LADDER = [
    Lane(freight=0.1),
    Lane(site="A", freight=0.2),
    Lane(item="P", freight=0.3),
    Lane(item="P", site="A", freight=0.4),
    Lane(country="CN", freight=0.5),
    Lane(country="CN", site="A", freight=0.6),
    Lane(country="CN", item="P", freight=0.7),
    Lane(country="CN", item="P", site="A", freight=0.8),
    Lane(supplier="K", freight=0.9),
    Lane(supplier="K", site="A", freight=1.0),
    Lane(supplier="K", item="P", freight=1.1),
    Lane(supplier="K", item="P", site="A", freight=1.2),
]


@pytest.mark.parametrize("last", range(1, len(LADDER) + 1))
@pytest.mark.parametrize("step", [1, -1])
def test_supplier_before_country_before_all_then_item_then_site(last: int, step: int) -> None:
    rows = LADDER[:last]
    assert freights(rows[::step]) == {"standard": pytest.approx(rows[-1].freight)}


def test_the_most_specific_row_is_found_for_each_mode() -> None:
    rows = [
        Lane(mode="sea", freight=1),
        Lane(mode="air", freight=5),
        Lane(mode="air", country="CN", freight=4),
    ]
    assert freights(rows) == {"air": 4.0, "sea": 1.0}


@pytest.mark.parametrize("country", ["*", "CN"])
def test_where_the_supplier_is_given_the_country_is_no_part_of_the_key(country: str) -> None:
    rows = [Lane(country="CN", item="P", site="A", freight=1)]
    assert freights([*rows, Lane(supplier="K", country=country, freight=2)]) == {"standard": 2.0}


def test_rows_of_other_suppliers_countries_sites_and_items_do_not_hold() -> None:
    rows = [
        Lane(supplier="K2", freight=1),
        Lane(country="JP", freight=2),
        Lane(site="B", freight=3),
        Lane(item="Q", freight=4),
    ]
    assert freights(rows) == {}


def test_goods_go_only_where_the_item_is_wanted() -> None:
    data = small(
        offers=[offer(item="P"), offer(item="Q")],
        demand=[*need(5, item="P", site="A"), *need(0, 5, item="Q", site="B"),
                *need(0, 0, item="P", site="B")],
    )  # fmt: skip
    assert lanes(assemble(data)) == ["K P A standard", "K Q B standard"]


def test_goods_go_where_they_may_stand_in_for_another_item_but_not_by_a_chain() -> None:
    data = small(
        offers=[offer(item="Q"), offer(item="R")],
        demand=need(5, item="P", site="A"),
        substitutions=[
            Substitution(item="P", substitute="Q"),
            Substitution(item="Q", substitute="R"),
        ],
    )
    assert lanes(assemble(data)) == ["K Q A standard"]


def test_a_row_is_one_thing_for_all_that_use_it() -> None:
    problem = assemble(
        small(
            offers=[offer("K1"), offer("K2"), offer("K2", "Q")],
            suppliers=[Supplier(supplier=k, country="CN") for k in ("K1", "K2")],
            demand=[*need(1), *need(1, item="Q")],
            lanes=[Lane(country="CN", capacity=7, fixed_cost=30)],
        )
    )
    (name,) = set(problem.supply.lane_row.values())
    assert len(problem.supply.lane_row) == 3
    assert problem.supply.row_capacity == {name: 7.0}
    # once for each supplier and site, not for each item
    assert problem.supply.lane_fixed_cost == {(name, "K1", "A"): 30.0, (name, "K2", "A"): 30.0}


def test_a_supplier_called_like_its_country_does_not_share_its_row() -> None:
    problem = assemble(
        small(
            offers=[offer("CN"), offer("K")],
            suppliers=[Supplier(supplier="CN", country="CN"), K],
            lanes=[Lane(supplier="CN"), Lane(country="CN")],
        )
    )
    assert len(set(problem.supply.lane_row.values())) == 2


def test_a_lane_without_capacity_does_not_exist() -> None:
    assert lanes(assemble(small(lanes=[Lane(capacity=0)]))) == []


def test_nothing_depends_on_the_order_of_rows() -> None:
    tables = {
        "offers": [offer("K1"), offer("K2"), offer("K1", "Q", 3)],
        "suppliers": [Supplier(supplier=k, country=c) for k, c in (("K1", "CN"), ("K2", "JP"))],
        "countries": [Country(country="CN"), Country(country="JP")],
        "demand": [*need(1, 2), *need(3, 4, item="Q"), *need(5, site="B")],
        "lanes": [*LADDER[:8], Lane(mode="air", freight=9)],
    }
    turned = {name: rows[::-1] for name, rows in tables.items()}
    assert assemble(small(**tables)) == assemble(small(**turned))
    assert lanes(assemble(small(**tables))) == lanes(assemble(small(**turned)))
