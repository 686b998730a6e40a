"""What the checker works out from the input alone, against numbers worked out by hand."""

from __future__ import annotations

import dataclasses

import pytest

from optimizer.contract.goods import Content, Item, StockTarget, Substitution
from optimizer.contract.plan import Plan
from optimizer.contract.policy import Licence, Rule
from optimizer.contract.supply import CalendarRow, Lane, Origin
from optimizer.verify.case import Case, case_of
from optimizer.verify.cover import targets
from optimizer.verify.ladder import Ladder
from optimizer.verify.licensing import class_of
from optimizer.verify.rules import limits
from optimizer.verify.split import split_of
from optimizer.verify.totals import cvar, objective
from tests.verify import build, trade
from tests.verify.editing import added, both, given, settings


def case(plan: Plan = trade.plan(), *changes) -> Case:  # noqa: B008 - a plan is frozen
    return case_of(both(*changes)(plan))


def actual(rule: Rule, *changes) -> dict[tuple[str, str], float]:
    found = case(trade.plan(), *changes, added("rules", rule))
    return {(x.item, x.member): x.actual for x in limits(found) if x.rule is rule}


def rule(dimension: str, metric: str, sense: str = "max", **more) -> Rule:
    return Rule(rule="r", dimension=dimension, metric=metric, sense=sense, limit=1.0, **more)


@pytest.mark.parametrize(
    "share, worst, licences",
    [(0.75, True, {"C"}), (0.76, True, set()), (0.5, False, {"C"}), (0.51, False, set())],
)
def test_content_counts_unknown_origin_as_drawn_from_the_target(share, worst, licences):
    licence = Licence(
        licence="C", country="CN", elements=("Dy",), reach="content", content_share=share
    )
    found = case(
        trade.plan(),
        added("licences", licence),
        settings(unknown_origin="worst" if worst else "ignore"),
    )
    assert found.licensing.of("B", "M") == licences
    assert found.licensing.of("A", "M") == {"L", "C"}


def test_content_share_zero_means_any_share_above_zero():
    licence = Licence(
        licence="C", country="US", elements=("Dy",), reach="content", content_share=0.0
    )
    found = case(trade.plan(), added("licences", licence), settings(unknown_origin="ignore"))
    assert found.licensing.of("B", "M") == set()


@pytest.mark.parametrize("threshold, licences", [(0.0999, {"L"}), (0.1, set())])
def test_an_item_is_controlled_strictly_above_the_threshold(threshold, licences):
    found = case(trade.plan(), given("licences", 0, threshold=threshold))
    assert found.licensing.of("A", "M") == licences


def test_licences_of_the_offer_come_before_derived_ones_even_if_it_is_inactive():
    found = case(trade.plan(), given("offers", 0, licences=(), active=False))
    assert found.licensing.of("A", "M") == frozenset()


@pytest.mark.parametrize("text", ["L1; L2", "L2;L1", " L1 ;L2 "])
def test_a_class_reads_the_same_in_any_order(text):
    assert class_of(text) == {"L1", "L2"}
    assert class_of("free") == class_of("") == frozenset()


def test_the_most_specific_lane_supplier_before_country_before_all_then_item_then_site():
    lanes = (
        Lane(supplier="A", country="CN", mode="sea", freight=3.0),
        Lane(country="CN", site="P", item="M", mode="sea", freight=4.0),
        Lane(site="P", item="M", mode="sea", freight=5.0),
        Lane(country="JP", item="M", mode="sea", freight=6.0),
        Lane(country="JP", site="P", mode="sea", freight=7.0),
    )
    found = case(trade.plan(), added("lanes", *lanes)).lanes
    assert found.modes("A", "M", "P")["sea"].freight == 3.0
    assert found.modes("B", "M", "P")["sea"].freight == 6.0
    assert set(found.modes("A", "M", "P")) == {"sea", "slow"}


@pytest.mark.parametrize(
    "includes, on_freight, landed",
    [
        ("nothing", True, 10 + 1 + 1.1),
        ("nothing", False, 10 + 1 + 1.0),
        ("freight", True, 10 + 1.0),
        ("freight", False, 10 + 1.0),
        ("freight_and_duty", True, 10.0),
    ],
)
def test_what_the_price_includes_is_not_added_again(includes, on_freight, landed):
    found = case(
        trade.plan(),
        given("offers", 0, price_includes=includes),
        settings(duty_on="price_and_freight" if on_freight else "price"),
    )
    lane = found.lane("A", "M", "P", "sea")
    offer = found.offer("A", "M")
    assert found.landing.at_list(offer, lane, 1).landed == pytest.approx(landed)
    covered = includes == "freight_and_duty"
    assert found.landing.on_price(offer, lane) == pytest.approx(1.0 if covered else 1.1)


@pytest.mark.parametrize("days, arrives", [(15.2, 1), (15.21875, 2), (45.6, 2), (45.65625, 3)])
def test_arrival_rounds_half_up(days, arrives):
    clock = dataclasses.replace(case().clock, days=30.4375)
    assert clock.arrival(1, days) == arrives


def test_the_horizon_in_amounts_per_year():
    clock = dataclasses.replace(case().clock, horizon=18, per_year=12)
    assert clock.pro_rata(100.0) == pytest.approx(150.0)
    assert clock.discount(13) == pytest.approx(1 / 1.25)


def test_shortage_costs_ten_times_the_dearest_landed_cost():
    dear = CalendarRow(supplier="A", item="M", period=1, price_factor=2.0)
    assert case().values.shortage["M"] == pytest.approx(170.0)
    assert case(trade.plan(), added("calendar", dear)).values.shortage["M"] == pytest.approx(231.0)
    assert case(trade.plan(), settings(shortage_cost=3.0)).values.shortage["M"] == 3.0


def test_shortage_of_an_item_without_a_lane_costs_what_the_dearest_of_all_items_does():
    found = case(trade.plan(), added("items", Item(item="Z")))
    assert found.values.shortage["Z"] == pytest.approx(170.0)
    assert found.values.unit["Z"] == 0.0


def test_cover_looks_at_parts_of_periods_and_goes_on_with_the_mean():
    days = 1.5 * 365.25
    found = case(trade.plan(), given("stock_policy", 0, min_cover_days=days))
    assert [t.least for t in targets(found)] == pytest.approx([60 + 25, 50 + 25])


def test_the_policy_of_the_item_wins_over_that_of_the_site():
    rows = (StockTarget(site="P", min_cover_days=1.0), StockTarget(min_cover_days=2.0))
    found = case(trade.plan(), added("stock_policy", *rows))
    assert {t.row.min_cover_days for t in targets(found)} == {36.525}


def test_a_cover_penalty_defaults_to_three_times_the_holding_cost():
    found = case(trade.plan(), given("stock_policy", 0, penalty=None))
    (target, _) = targets(found)
    assert found.values.cover_penalty(target.row, "M") == pytest.approx(3 * 0.1 * 10)


def test_a_substitution_of_the_site_replaces_the_one_for_all():
    row = Substitution(item="M", substitute="N", site="Q", ratio=3.0)
    found = case_of(added("substitutions", row)(build.plan()))
    assert found.needs.substitution("M", "N", "Q").ratio == 3.0
    assert ("N", "Q") in found.needs.wanted


def test_a_substitute_is_wanted_only_where_it_may_be_used():
    found = case_of(given("substitutions", 0, max_share=0.0)(build.plan()))
    assert ("N", "Q") not in found.needs.wanted


@pytest.mark.parametrize("volume, filled", [(3.0, [3, 0, 0]), (7.0, [5, 2, 0]), (15.0, [5, 5, 5])])
def test_tiers_fill_in_order(volume, filled):
    ladder = Ladder((0.0, 5.0, 10.0), (0.0, 1.0, 2.0), incremental=True)
    assert [ladder.filled(n, volume) for n in range(3)] == filled


def test_a_stage_splits_by_the_elements_that_have_a_place_in_it():
    found = case(
        trade.plan(),
        added("composition", Content(item="M", element="Fe", mass_share=0.6)),
    )
    split = split_of(found, "refining", "B", "M", None, spend=False)
    assert split.whole == pytest.approx(0.2)
    assert split.members == pytest.approx({"CN": 0.1, "JP": 0.05})
    assert split.unknown == pytest.approx(0.05)
    assert split.scored == pytest.approx(0.1 * 8 + 0.05 * 2 + 0.05 * 10)


def test_rows_for_all_elements_give_every_element_a_place():
    found = case(
        trade.plan(),
        added("composition", Content(item="M", element="Fe", mass_share=0.6)),
        added("upstream", Origin(supplier="B", stage="refining", country="JP", share=1.0)),
    )
    split = split_of(found, "refining", "B", "M", None, spend=True)
    assert split.whole == 1.0
    assert split.members == pytest.approx({"CN": 0.5 / 7, "JP": (0.25 + 6) / 7})


def test_an_item_without_composition_takes_part_through_rows_for_all_only():
    found = case(trade.plan(), added("items", Item(item="Z", weight=3.0)))
    assert split_of(found, "refining", "B", "Z", None, spend=False) is None
    star = Origin(supplier="A", stage="refining", country="CN", share=0.5)
    found = case(trade.plan(), added("items", Item(item="Z", weight=3.0)), added("upstream", star))
    split = split_of(found, "refining", "B", "Z", None, spend=False)
    assert split.unknown == pytest.approx(3.0)


def test_unknown_is_a_member_more_in_hhi_and_scores_ten():
    assert actual(rule("refining", "hhi"))["", ""] == pytest.approx(
        1e4 * (16.4**2 + 0.6**2 + 0.6**2) / 17.6**2
    )
    assert actual(rule("refining", "risk"))["", ""] == pytest.approx(
        (16.4 * 8 + 0.6 * 2 + 0.6 * 10) / 17.6
    )
    assert actual(rule("refining", "count"))["", ""] == 3.0
    assert actual(rule("refining", "count", "min"))["", ""] == 1.0


def test_unknown_counts_for_no_minimum_and_once_in_a_list():
    assert actual(rule("refining", "share", "min", member=("JP",)))["", ""] == pytest.approx(
        0.6 / 17.6
    )
    both_countries = rule("refining", "quantity", member=("CN", "JP"))
    assert actual(both_countries)["", ""] == pytest.approx(17.6)


@pytest.mark.parametrize(
    "filters, total",
    [
        ({}, 176.0),
        ({"element": "Dy"}, 17.6),
        ({"licensed": True}, 152.0),
        ({"licensed": False}, 24.0),
        ({"site": "P"}, 176.0),
        ({"family": "none"}, 0.0),
        ({"item": "M"}, 176.0),
    ],
)
def test_filters_of_a_rule(filters, total):
    everybody = rule("country", "quantity", member=("CN", "JP"), **filters)
    assert actual(everybody)["", ""] == pytest.approx(total)


def test_an_offer_counts_under_each_licence_and_the_total_includes_free_goods():
    assert actual(rule("licence", "share"))["", "L"] == pytest.approx(76 / 88)


def test_blank_region_is_the_country_and_blank_group_the_supplier():
    assert set(actual(rule("region", "share"))) == {("", "CN"), ("", "Pacific")}
    assert set(actual(rule("group", "share"))) == {("", "A"), ("", "B")}


def test_a_minimum_count_needs_a_share_of_the_scope():
    assert actual(rule("supplier", "count", "min", counts_from=0.136))["", ""] == 2.0
    assert actual(rule("supplier", "count", "min", counts_from=0.137))["", ""] == 1.0


PAIRS = [(0.5, 100.0), (0.4, 200.0), (0.1, 1000.0)]


@pytest.mark.parametrize(
    "level, mean", [(0.0, 230.0), (0.5, 360.0), (0.9, 1000.0), (0.95, 1000.0), (1.0, 1000.0)]
)
def test_cvar_is_the_mean_of_the_tail(level, mean):
    assert cvar(PAIRS, level) == pytest.approx(mean)


@pytest.mark.parametrize(
    "measure, value",
    [("expected", 230.0), ("worst_case", 1000.0), ("cvar", 0.75 * 230 + 0.25 * 360)],
)
def test_objective_by_risk_measure(measure, value):
    assert objective(PAIRS, measure, 0.5, 0.25) == pytest.approx(value)
