"""Stock: value, holding cost, cover targets, storage; substitutions."""

import pytest

from models.problem import Holdings
from optimizer.assemble import assemble
from optimizer.contract.goods import Item, OpenOrder, Site, StockTarget, Substitution
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Currency
from tests.small import need, offer, small

MONTH = 30.4375


def test_stock_is_worth_the_lowest_list_price_of_an_active_offer() -> None:
    data = small(
        settings=Settings(holding_rate=0.12),
        offers=[offer(price=30), offer("K2", price=10, currency="EUR"),
                offer("K3", price=1, active=False)],
        currencies=[Currency(currency="EUR", rate=2)],
    )  # fmt: skip
    assert assemble(data).holdings.holding_cost == {"P": pytest.approx(20 * 0.12 / 12)}


def test_the_items_own_value_and_rate_come_first() -> None:
    data = small(items=[Item(item="P", unit_value=50, holding_rate=0.52)],
                 settings=Settings(period="week"))  # fmt: skip
    assert assemble(data).holdings.holding_cost == {"P": pytest.approx(0.5)}


def test_an_item_that_nobody_offers_has_no_value_of_its_own() -> None:
    data = small(demand=[*need(1), *need(1, item="Q")])
    assert "Q" not in assemble(data).holdings.holding_cost


def test_storage_is_a_limit_unless_overflow_has_a_price() -> None:
    holdings = assemble(
        small(
            sites=[
                Site(site="A", storage_capacity=0),
                Site(site="B", storage_capacity=5, overflow_cost=2),
                Site(site="C", overflow_cost=2),
            ]
        )
    ).holdings
    assert holdings.storage == {"A": 0.0, "B": 5.0}
    assert holdings.overflow_cost == {"B": 2.0}


def test_open_orders_outside_the_horizon_are_left_out() -> None:
    orders = [
        OpenOrder(supplier="K", item="P", site="A", period=t, quantity=t + 10) for t in (0, 1, 2, 3)
    ]
    holdings = assemble(small(open_orders=orders, demand=need(1, 1))).holdings
    assert holdings.open_orders == {
        ("P", "A", "free", 1, "certain"): 11.0,
        ("P", "A", "free", 2, "certain"): 12.0,
    }


# --- cover ----------------------------------------------------------------------------------------


def cover(target: StockTarget, *quantities: float) -> tuple[list[float], list[float]]:
    """Least and most stock at the end of each period."""
    holdings = assemble(small(stock_policy=[target], demand=need(*quantities))).holdings
    periods = range(1, len(quantities) + 1)
    return (
        [holdings.min_cover.get(("P", "A", t, "certain"), 0.0) for t in periods],
        [holdings.max_cover.get(("P", "A", t, "certain"), -1.0) for t in periods],
    )


def test_cover_is_the_demand_that_comes_and_then_the_mean() -> None:
    least, most = cover(StockTarget(min_cover_days=MONTH, max_cover_days=2 * MONTH), 10, 20, 60)
    assert least == pytest.approx([20, 60, 30])
    assert most == pytest.approx([80, 90, 60])


def test_parts_of_a_period_count_in_proportion() -> None:
    least, _ = cover(StockTarget(min_cover_days=1.5 * MONTH), 10, 20, 60)
    assert least == pytest.approx([20 + 30, 60 + 15, 45])
    least, _ = cover(StockTarget(min_cover_days=0.25 * MONTH), 10, 20, 60)
    assert least == pytest.approx([5, 15, 7.5])


def test_cover_can_reach_far_beyond_the_horizon() -> None:
    least, _ = cover(StockTarget(min_cover_days=10 * MONTH), 10, 20, 60)
    assert least == pytest.approx([80 + 8 * 30, 60 + 9 * 30, 300])


def test_a_target_of_nothing_is_a_target_still() -> None:
    target = StockTarget(min_cover_days=MONTH)
    data = small(stock_policy=[target], demand=need(10, 0, 5))
    assert assemble(data).holdings.min_cover == {
        ("P", "A", 1, "certain"): 0.0,
        ("P", "A", 2, "certain"): 5.0,
        ("P", "A", 3, "certain"): 5.0,
    }


def test_what_is_not_limited_has_no_target() -> None:
    assert cover(StockTarget(min_cover_days=MONTH), 10, 20)[1] == [-1, -1]
    assert cover(StockTarget(max_cover_days=0), 10, 20) == ([0, 0], [0, 0])
    assert assemble(small(stock_policy=[StockTarget()])).holdings == assemble(small()).holdings


def test_cover_adds_up_end_uses_and_holds_where_the_item_has_demand_of_its_own() -> None:
    holdings = assemble(
        small(
            demand=[*need(1, 10), *need(1, 5, end_use="defence"), *need(0, 0, site="B")],
            offers=[offer(), offer(item="Q")],
            substitutions=[Substitution(item="P", substitute="Q")],
            stock_policy=[StockTarget(min_cover_days=MONTH)],
        )
    ).holdings
    assert holdings.min_cover[("P", "A", 1, "certain")] == pytest.approx(15)
    assert holdings.cover_penalty.keys() == {("P", "A")}


POLICY = [
    StockTarget(min_cover_days=1 * MONTH),
    StockTarget(site="A", min_cover_days=2 * MONTH),
    StockTarget(item="P", min_cover_days=3 * MONTH),
    StockTarget(item="P", site="A", min_cover_days=4 * MONTH),
]


@pytest.mark.parametrize("last", [1, 2, 3, 4])
def test_the_more_specific_policy_wins_item_before_site(last: int) -> None:
    holdings = assemble(small(stock_policy=POLICY[:last][::-1], demand=need(1, 1))).holdings
    assert holdings.min_cover[("P", "A", 2, "certain")] == pytest.approx(last)


def test_the_default_penalty_is_three_times_the_holding_cost() -> None:
    def penalty(**given: float) -> Holdings:
        return assemble(small(stock_policy=[StockTarget(min_cover_days=1, **given)])).holdings

    holdings = penalty()
    assert holdings.cover_penalty == {("P", "A"): pytest.approx(3 * holdings.holding_cost["P"])}
    assert penalty(penalty=0.5).cover_penalty == {("P", "A"): 0.5}


# --- substitutions --------------------------------------------------------------------------------

SITES = [*need(1, 1, site="A"), *need(1, 1, site="B"), *need(1, site="C")]


def options(*rows: Substitution) -> dict[tuple[str, ...], float]:
    """Sites -> ratio of each option."""
    made = assemble(small(substitutions=rows, demand=SITES, offers=[offer(item="Q")]))
    return {option.sites: option.ratio for option in made.substitutions}


def test_a_row_with_a_site_replaces_the_row_for_all_there() -> None:
    everywhere = Substitution(item="P", substitute="Q", ratio=2)
    special = Substitution(item="P", substitute="Q", site="B", ratio=3)
    assert options(everywhere) == {("A", "B", "C"): 2.0}
    assert options(everywhere, special) == {("A", "C"): 2.0, ("B",): 3.0}


def test_a_row_with_a_site_can_forbid_it_there() -> None:
    everywhere = Substitution(item="P", substitute="Q", ratio=2)
    never = Substitution(item="P", substitute="Q", site="B", max_share=0)
    assert options(everywhere, never) == {("A", "C"): 2.0}


def test_a_substitution_holds_from_its_period_on() -> None:
    assert options(Substitution(item="P", substitute="Q", from_period=2)) == {("A", "B"): 1.0}
    assert options(Substitution(item="P", substitute="Q", from_period=3)) == {}


def test_a_substitution_that_began_earlier_holds_from_the_start() -> None:
    row = Substitution(item="P", substitute="Q", from_period=-3, fixed_cost=9, unit_cost=0.5,
                       max_share=0.7)  # fmt: skip
    (option,) = assemble(small(substitutions=[row], offers=[offer(item="Q")])).substitutions
    assert (option.from_period, option.max_share) == (1, 0.7)
    assert (option.fixed_cost, option.unit_cost) == (9.0, 0.5)


def test_two_rows_have_two_names() -> None:
    rows = [
        Substitution(item="P", substitute="Q"),
        Substitution(item="P", substitute="Q", site="B"),
        Substitution(item="P", substitute="R"),
    ]
    made = assemble(small(substitutions=rows, demand=SITES)).substitutions
    assert len({option.name for option in made}) == 3
