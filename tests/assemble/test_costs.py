"""What it costs to buy from somebody at all; price breaks; shortage; projects."""

from typing import Any

import pytest

from models.problem import BreakType, PriceTiers, Tier
from optimizer.assemble import assemble
from optimizer.contract.goods import Item, Site
from optimizer.contract.settings import Settings
from optimizer.contract.supply import CalendarRow, Currency, Lane, Offer, PriceBreak, Project
from optimizer.contract.supply import Supplier as SupplierRow
from tests.small import need, offer, small

O = ("K", "P")


def test_onboarding_and_fixed_cost_pro_rata() -> None:
    suppliers = [SupplierRow(supplier="K", country="X", onboarding_cost=100, fixed_cost=1200)]
    assert assemble(small(suppliers=suppliers, demand=need(1, 1, 1))).supply.supplier_cost == {
        "K": 400.0
    }


def test_a_supplier_that_costs_nothing_has_no_cost() -> None:
    supply = assemble(small()).supply
    assert (supply.supplier_cost, supply.offer_cost, supply.order_cost) == ({}, {}, {})
    assert (supply.min_award, supply.max_award, supply.min_order) == ({}, {}, {})


@pytest.mark.parametrize(
    "qualified, baseline, cost", [(True, 5, 0), (True, 0, 30), (False, 5, 4), (False, 0, 34)]
)
def test_qualification_of_the_unqualified_and_switching_to_what_is_new(
    qualified: bool, baseline: float, cost: float
) -> None:
    quote = offer(qualified=qualified, qualification_cost=4, switching_cost=30, baseline=baseline)
    assert assemble(small(offers=[quote])).supply.offer_cost.get(O, 0) == cost


def test_minimum_order_and_order_cost_are_per_order() -> None:
    supply = assemble(small(offers=[offer(min_order=50, order_cost=9)], demand=need(1, 1))).supply
    assert (supply.min_order, supply.order_cost) == ({O: 50.0}, {O: 9.0})


def test_an_offer_of_which_nothing_may_be_bought_does_not_exist() -> None:
    assert assemble(small(offers=[offer(max_award=0)])).supply.offers == ()


# --- price breaks ---------------------------------------------------------------------------------


def breaks(*steps: tuple[float, float], kind: str = "all_units") -> list[PriceBreak]:
    return [
        PriceBreak(supplier="K", item="P", from_quantity=start, price=price, type=kind)
        for start, price in steps
    ]


@pytest.mark.parametrize("steps", [[(0, 10), (1200, 9), (2400, 7)], [(2400, 7), (1200, 9)]])
def test_tiers_are_pro_rata_and_discounts_from_the_first_price(
    steps: list[tuple[float, float]],
) -> None:
    pricing = assemble(small(price_breaks=breaks(*steps, kind="incremental"))).pricing
    assert pricing.tiers == {
        O: PriceTiers(BreakType.INCREMENTAL, (Tier(0, 0), Tier(100, 1), Tier(200, 3)))
    }
    assert pricing.list_price == {O: 10.0}


def test_discounts_are_in_base_currency() -> None:
    pricing = assemble(
        small(
            offers=[offer(currency="EUR")],
            currencies=[Currency(currency="EUR", rate=2)],
            price_breaks=breaks((1200, 9)),
        )
    ).pricing
    assert pricing.tiers[O] == PriceTiers(BreakType.ALL_UNITS, (Tier(0, 0), Tier(100, 2)))
    assert pricing.list_price == {O: 20.0}


def test_one_price_is_no_price_break() -> None:
    assert assemble(small(price_breaks=breaks((0, 10)))).pricing.tiers == {}


@pytest.mark.parametrize(
    "includes, scale", [("nothing", 1.25), ("freight", 1.25), ("freight_and_duty", 1.0)]
)
def test_a_discount_saves_its_duty_too(includes: str, scale: float) -> None:
    pricing = assemble(
        small(
            offers=[offer(price_includes=includes), offer("K2")],
            lanes=[Lane(freight=2, duty_rate=0.25)],
            price_breaks=breaks((12, 9)),
        )
    ).pricing
    assert pricing.discount_scale == {("K", "P", "A", "standard"): scale}


# --- shortage -------------------------------------------------------------------------------------


def shortage_costs(**tables: Any) -> dict[str, float]:
    return dict(assemble(small(**tables)).needs.shortage_cost)


def test_shortage_costs_ten_times_the_dearest_landed_cost_of_the_item() -> None:
    # dearest: price 20 x factor 1.5 in period 2, freight 3, duty 10 % of 33
    assert shortage_costs(
        offers=[offer(price=10), offer("K2", price=20), offer("K2", "Q", price=99),
                offer("K3", price=1000, active=False)],
        demand=need(1, 1),
        lanes=[Lane(freight=3, duty_rate=0.1)],
        calendar=[CalendarRow(period=2, price_factor=1.5)],
    ) == {"P": pytest.approx(363)}  # fmt: skip


def test_the_dearest_landed_cost_looks_at_wanted_sites_only() -> None:
    lanes = [Lane(site="A", freight=1), Lane(site="B", freight=50)]
    assert shortage_costs(lanes=lanes, sites=[Site(site="B")]) == {"P": pytest.approx(110)}
    assert shortage_costs(lanes=lanes, demand=[*need(1), *need(1, site="B")]) == {
        "P": pytest.approx(600)
    }


def test_a_lane_that_is_too_slow_still_says_what_the_item_costs() -> None:
    assert shortage_costs(offers=[offer(lead_days=500)]) == {"P": 100.0}


def test_an_item_without_a_lane_costs_as_the_dearest_of_all() -> None:
    demand = [*need(1), *need(1, item="Q"), *need(1, item="R")]
    quotes = [offer(price=10), offer(item="Q", price=30)]
    assert shortage_costs(demand=demand, offers=quotes) == {"P": 100.0, "Q": 300.0, "R": 300.0}


def test_the_items_own_shortage_cost_comes_before_the_settings_before_the_default() -> None:
    demand = [*need(1), *need(1, item="Q")]
    items = [Item(item="P", shortage_cost=7)]
    assert shortage_costs(items=items, demand=demand, settings=Settings(shortage_cost=8)) == {
        "P": 7.0, "Q": 8.0,
    }  # fmt: skip


def test_only_items_with_a_backlog_cost_may_be_late() -> None:
    demand = [*need(1), *need(1, item="Q"), *need(1, item="R")]
    items = [Item(item="P", backlog_cost=3), Item(item="Q"), Item(item="R", backlog_cost=0)]
    assert assemble(small(items=items, demand=demand)).needs.backlog_cost == {"P": 3.0, "R": 0.0}


def test_unmet_demand_may_be_forbidden() -> None:
    assert assemble(small(settings=Settings(unmet_demand="forbid"))).needs.forbid_shortage
    assert not assemble(small()).needs.forbid_shortage


# --- projects -------------------------------------------------------------------------------------


def test_a_module_is_charged_for_its_part_of_its_life_net_of_subsidy() -> None:
    project = Project(project="B", supplier="K", capacity=5, capex=1000, life_years=10,
                      max_modules=3,
                      capital_subsidy=0.4, incentive=2, incentive_cap=99)  # fmt: skip
    (option,) = assemble(small(projects=[project], demand=need(*[1] * 18))).projects
    assert option.module_cost == pytest.approx(1000 * 0.6 * 1.5 / 10)
    assert (option.capacity, option.max_modules) == (5.0, 3)
    assert (option.incentive, option.incentive_cap) == (2.0, 99.0)


def test_no_more_than_the_whole_module_is_charged() -> None:
    project = Project(project="B", supplier="K", capacity=5, capex=1000, life_years=1)
    (option,) = assemble(small(projects=[project], demand=need(*[1] * 18))).projects
    assert option.module_cost == 1000


def test_a_project_that_is_ready_too_late_or_has_nothing_to_sell_does_not_exist() -> None:
    late = Project(project="B", supplier="K", capacity=5, capex=1, build_days=31)
    idle = Project(project="C", supplier="K2", capacity=5, capex=1)
    quotes = [offer(), Offer(supplier="K2", item="P", price=1, active=False)]
    assert assemble(small(projects=[late, idle], offers=quotes)).projects == ()
