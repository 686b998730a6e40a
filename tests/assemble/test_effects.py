"""What an outcome does to deliveries, arrivals, prices, demand, cover and open orders."""

from typing import Any

import pytest

from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.assemble.landed import build_ups
from optimizer.contract.goods import Content, Item, OpenOrder, StockTarget, Substitution
from optimizer.contract.policy import Licence, RiskEffect
from optimizer.contract.settings import Settings
from optimizer.contract.supply import CalendarRow, Country, Lane, Origin, PriceBreak, Supplier
from tests.small import need, offer, small

MONTH = 30.4375
LANE = ("K", "P", "A", "standard")


def bad(**effect: Any) -> RiskEffect:
    """A row of the result that happens in half of all cases."""
    effect = {"scope": "all", "target": "*"} | effect
    return RiskEffect(risk="fate", result="bad", probability=0.5, **effect)


def planned(*rows: RiskEffect, **tables: Any) -> Problem:
    tables.setdefault("demand", need(10, 10, 10))
    return assemble(small(risks=rows, **tables))


def shares(problem: Problem, supplier: str = "K", item: str = "P") -> list[float]:
    """What is delivered of the orders of each period in the bad outcome."""
    return [
        problem.supply.deliverable.get(((supplier, item), t, "bad"), 1.0)
        for t in problem.horizon.numbers
    ]


def test_an_effect_holds_from_its_first_to_its_last_period() -> None:
    problem = planned(bad(deliverable=0.4, from_period=2, to_period=2))
    assert problem.supply.deliverable == {(("K", "P"), 2, "bad"): 0.4}
    assert shares(planned(bad(deliverable=0.4, from_period=-3, to_period=1))) == [0.4, 1, 1]
    assert shares(planned(bad(deliverable=0.4, to_period=9))) == [0.4] * 3


@pytest.mark.parametrize(("scope", "target", "reached"), [
    ("supplier", "K", "K"), ("supplier", "*", "KLM"), ("country", "CN", "KL"),
    ("country", "*", "KLM"), ("licence", "dual", "K"), ("licence", "*", "KM"),
    ("item", "P", "KL"), ("item", "*", "KLM"), ("all", "*", "KLM"),
])  # fmt: skip
def test_whom_an_effect_reaches(scope: str, target: str, reached: str) -> None:
    items = {"K": "P", "L": "P", "M": "Q"}
    problem = planned(
        bad(scope=scope, target=target, deliverable=0.5),
        suppliers=[Supplier(supplier=k, country=c) for k, c in zip("KLM", ("CN", "CN", "VN"),
                                                                   strict=True)],
        offers=[offer("K", licences=("dual",)), offer("L", licences=()),
                offer("M", "Q", licences=("dual", "own"))
                if target != "dual" else offer("M", "Q", licences=("own",))],
        licences=[Licence(licence="dual", country="CN"), Licence(licence="own", country="VN")],
        demand=[*need(1), *need(1, item="Q")],
    )  # fmt: skip
    hit = [k for k, item in items.items() if shares(problem, k, item) != [1.0]]
    assert "".join(hit) == reached


def test_effects_that_overlap_multiply_and_the_longest_delay_counts() -> None:
    rows = [
        bad(deliverable=0.5, delay_days=31, price_factor=2, price_add=1),
        bad(scope="supplier", target="K", deliverable=0.5, delay_days=61, price_factor=3,
            price_add=2, from_period=2),
    ]  # fmt: skip
    problem = planned(*rows, demand=need(1, 1, 1, 1))
    assert shares(problem) == [0.5, 0.25, 0.25, 0.25]
    arrival = {t: at for (_, t, w), at in problem.supply.arrival.items() if w == "bad"}
    assert arrival == {1: 2, 2: 4}
    landed = {t: cost for (_, t, w), cost in problem.supply.landed.items() if w == "bad"}
    assert landed == {1: 10 * 2 + 1, 2: 10 * 6 + 3}
    calm = {t: at for (_, t, w), at in problem.supply.arrival.items() if w != "bad"}
    assert calm == {1: 1, 2: 2, 3: 3, 4: 4}
    assert problem.supply.order_periods == tuple((LANE, t) for t in (1, 2, 3, 4))


def test_a_delay_is_added_before_rounding() -> None:
    problem = planned(
        bad(delay_days=0.4 * MONTH),
        offers=[offer(lead_days=0.3 * MONTH)],
        lanes=[Lane(supplier="K", transit_days=0.3 * MONTH)],
    )
    assert problem.supply.arrival[LANE, 1, "bad"] == 1 + 1
    assert problem.supply.arrival[LANE, 1, "nothing happens"] == 1 + 1
    late = planned(bad(delay_days=0.4 * MONTH), offers=[offer(lead_days=0.3 * MONTH)])
    assert late.supply.arrival[LANE, 1, "bad"] == 1 + 1
    assert late.supply.arrival[LANE, 1, "nothing happens"] == 1


def test_what_would_arrive_too_late_in_every_outcome_is_not_ordered() -> None:
    slow = bad(delay_days=2 * MONTH)
    certain = RiskEffect(risk="sea", result="rough", probability=1.0, scope="all",
                         delay_days=MONTH)  # fmt: skip
    problem = planned(slow, certain)
    assert [t for _, t in problem.supply.order_periods] == [1, 2]
    assert problem.supply.arrival == {
        (LANE, 1, "bad + rough"): 3,
        (LANE, 1, "rough"): 2,
        (LANE, 2, "rough"): 3,
    }
    assert problem.supply.landed.keys() == problem.supply.arrival.keys()


def refined(*origins: Origin, target: str = "refining:CN", unknown: str = "worst",
            **effect: Any) -> Problem:  # fmt: skip
    """K makes P of 20 % Nd and 2 % Dy; Q of nothing that is refined."""
    return planned(
        bad(scope="stage", target=target, **(effect or {"deliverable": 0.0})),
        offers=[offer("K"), offer("L"), offer("K", "Q")],
        composition=[Content(item="P", element="Nd", mass_share=0.2),
                     Content(item="P", element="Dy", mass_share=0.02),
                     Content(item="Q", element="Fe", mass_share=0.9)],
        upstream=origins,
        countries=[Country(country=name) for name in ("CN", "VN", "X")],
        demand=[*need(1), *need(1, item="Q")],
        settings=Settings(unknown_origin=unknown),
    )  # fmt: skip


def origin(element: str, country: str, share: float, supplier: str = "K") -> Origin:
    return Origin(supplier=supplier, stage="refining", element=element, country=country,
                  share=share)  # fmt: skip


def test_a_stage_takes_what_is_drawn_from_there() -> None:
    problem = refined(origin("Nd", "CN", 0.85), origin("Nd", "VN", 0.15))
    assert shares(problem) == [pytest.approx(0.15)]
    assert shares(problem, item="Q") == [1.0]  # nothing in Q is refined
    assert shares(problem, "L") == [0.0]  # nobody knows where L refines
    assert shares(refined(origin("Nd", "CN", 0.85), unknown="ignore"), "L") == [1.0]


def test_of_several_elements_the_worst_counts() -> None:
    rows = [origin("Nd", "CN", 0.3), origin("Nd", "VN", 0.7), origin("Dy", "CN", 0.9),
            origin("Dy", "VN", 0.1)]  # fmt: skip
    assert shares(refined(*rows)) == [pytest.approx(0.1)]
    # What the item does not hold does not matter; rows of * are for elements without their own.
    rows = [origin("Nd", "CN", 0.3), origin("Nd", "VN", 0.7), origin("*", "CN", 0.5),
            origin("*", "VN", 0.5), origin("Sm", "CN", 1.0)]  # fmt: skip
    assert shares(refined(*rows)) == [pytest.approx(0.5)]


def test_unknown_origin_is_the_targets_or_left_out() -> None:
    rows = [origin("Nd", "CN", 0.6), origin("Nd", "VN", 0.1)]
    assert shares(refined(*rows)) == [pytest.approx(0.1)]
    assert shares(refined(*rows, unknown="ignore")) == [pytest.approx(0.4)]
    assert shares(refined(*rows, target="refining:*")) == [0.0]
    assert shares(refined(*rows, target="*", unknown="ignore")) == [pytest.approx(0.3)]


def test_a_stage_changes_prices_in_proportion_and_delays_in_full() -> None:
    problem = refined(origin("Nd", "CN", 0.25), origin("Nd", "VN", 0.75), price_factor=3.0,
                      price_add=8.0, delay_days=0.2 * MONTH)  # fmt: skip
    assert problem.supply.landed[LANE, 1, "bad"] == pytest.approx(10 * 1.5 + 2)
    slow = refined(origin("Nd", "CN", 0.001), origin("Nd", "VN", 0.999), delay_days=MONTH)
    assert (LANE, 1, "bad") not in slow.supply.arrival


def test_the_price_of_an_element_is_paid_by_weight() -> None:
    tables: dict[str, Any] = {
        "items": [Item(item="P", weight=4.0)],
        "composition": [Content(item="P", element="Nd", mass_share=0.25),
                        Content(item="P", element="Dy", mass_share=0.5)],
        "calendar": [CalendarRow(period=1, price_factor=2.0)],
        "lanes": [Lane(supplier="K", freight=1.0, duty_rate=0.1)],
        "demand": need(1),
    }  # fmt: skip
    data = small(risks=[bad(scope="element", target="Nd", price_add=7.0)], **tables)
    # 10 x 2 of the season, and 4 kg x 0.25 x 7, which nothing scales; freight and duty on top.
    built = build_ups(data)[LANE, 1, "bad"]
    assert (built.factor, built.price_add, built.price_base) == (2.0, 7.0, 27.0)
    assert built.landed == pytest.approx(28 * 1.1)
    assert assemble(data).supply.landed[LANE, 1, "bad"] == built.landed
    both = planned(bad(scope="element", price_add=7.0), **tables)
    assert both.supply.landed[LANE, 1, "bad"] == pytest.approx((20 + 21 + 1) * 1.1)


def test_prices_are_those_of_the_period_of_the_order() -> None:
    problem = planned(bad(price_factor=2.0, from_period=2, to_period=2),
                      offers=[offer(lead_days=MONTH)])  # fmt: skip
    landed = [problem.supply.landed[LANE, t, "bad"] for t in (1, 2)]
    assert landed == [10, 20]


def test_discounts_lists_and_defaults_know_nothing_of_outcomes() -> None:
    rows = [PriceBreak(supplier="K", item="P", from_quantity=10, price=8)]
    calm = planned(price_breaks=rows)
    problem = planned(bad(price_factor=5.0, demand_factor=2.0), price_breaks=rows)
    assert problem.pricing == calm.pricing
    assert problem.needs.shortage_cost == calm.needs.shortage_cost == {"P": 100.0}
    assert problem.holdings.holding_cost == calm.holdings.holding_cost


def test_demand_changes_in_its_own_period_and_so_does_what_covers_it() -> None:
    problem = planned(
        bad(scope="item", target="P", demand_factor=3.0, from_period=2, to_period=2),
        bad(demand_factor=0.0, from_period=3),
        stock_policy=[StockTarget(min_cover_days=MONTH, max_cover_days=2 * MONTH)],
    )
    key = ("P", "A", "general")
    assert problem.needs.demand == {
        (key, 1, "bad"): 10,
        (key, 2, "bad"): 30,
        **{(key, t, "nothing happens"): 10 for t in (1, 2, 3)},
    }
    least = problem.holdings.min_cover
    mean = (10 + 30 + 0) / 3
    assert [least["P", "A", t, "bad"] for t in (1, 2, 3)] == [30, 0, pytest.approx(mean)]
    assert [least["P", "A", t, "nothing happens"] for t in (1, 2, 3)] == [10, 10, 10]
    assert problem.holdings.max_cover["P", "A", 1, "bad"] == 30


def test_a_factor_for_another_item_leaves_demand_alone() -> None:
    problem = planned(bad(scope="item", target="Q", demand_factor=3.0, deliverable=0.5),
                      demand=[*need(10), *need(10, item="Q")],
                      substitutions=[Substitution(item="P", substitute="Q")])  # fmt: skip
    demand = {need[0]: q for (need, _, w), q in problem.needs.demand.items() if w == "bad"}
    assert demand == {"P": 10, "Q": 30}


def test_open_orders_come_as_they_are_secured() -> None:
    orders = [
        OpenOrder(supplier="K", item="P", site="A", period=1, quantity=100),
        OpenOrder(supplier="K", item="P", site="A", period=1, quantity=10, secured=False),
        OpenOrder(supplier="K", item="P", site="A", period=2, quantity=7, secured=False),
        OpenOrder(supplier="L", item="P", site="A", period=1, quantity=1, secured=False),
    ]
    problem = planned(
        bad(scope="supplier", target="K", deliverable=0.5, delay_days=MONTH, to_period=1),
        bad(scope="supplier", target="K", delay_days=2 * MONTH, from_period=2),
        open_orders=orders,
    )
    arriving = problem.holdings.open_orders
    place = ("P", "A", "free")
    assert arriving == {
        (*place, 1, "bad"): 101,
        (*place, 2, "bad"): 5,  # the 7 of period 2 would come in 4, after the end
        (*place, 1, "nothing happens"): 111,
        (*place, 2, "nothing happens"): 7,
    }


def test_an_open_order_meets_its_licence_without_a_row_in_offers() -> None:
    problem = planned(
        bad(scope="licence", target="dual", deliverable=0.0),
        suppliers=[Supplier(supplier="Z", country="CN")],
        open_orders=[OpenOrder(supplier="Z", item="P", site="A", period=1, quantity=5,
                               secured=False)],
        composition=[Content(item="P", element="Dy", mass_share=0.1)],
        licences=[Licence(licence="dual", country="CN", elements=("Dy",))],
    )  # fmt: skip
    assert problem.holdings.open_orders == {("P", "A", "dual", 1, "nothing happens"): 5}


def test_an_offer_without_a_lane_has_no_share() -> None:
    problem = planned(bad(deliverable=0.5), offers=[offer("K"), offer("L")],
                      lanes=[Lane(supplier="K")])  # fmt: skip
    assert {source for source, _, _ in problem.supply.deliverable} == {("K", "P")}
