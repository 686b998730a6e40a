"""The key figures, the words and the pictures: all without a spreadsheet."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from optimizer.contract.plan import Plan
from optimizer.contract.policy import Rule
from optimizer.report import figures, words
from optimizer.report.answer import actions, answer
from optimizer.report.pictures import Role, pictures
from optimizer.report.places import can_be_matched
from optimizer.report.series import arrivals, cost_parts, cover
from tests.report.handmade import PROBABILITY, made_plan

PLAN = made_plan()


def changed(**tables: Any) -> Plan:
    return dataclasses.replace(PLAN, tables=dataclasses.replace(PLAN.tables, **tables))


def with_rules(*rules: Rule) -> Plan:
    return dataclasses.replace(PLAN, data=dataclasses.replace(PLAN.data, rules=rules))


def without_trouble() -> Plan:
    """The likely outcome alone, without shortage, broken rules or warnings."""
    granted = dataclasses.replace(PLAN.tables.outcomes[0], probability=1.0, shortage=0.0)
    kept = tuple(row for row in PLAN.tables.rule_check if row.relaxed == 0)
    service = tuple(
        dataclasses.replace(row, shortage=0.0)
        for row in PLAN.tables.service
        if row.outcome == "granted"
    )
    plan = changed(
        outcomes=(granted,), rule_check=kept, service=service,
        mix=tuple(row for row in PLAN.tables.mix if row.dimension != "refining"),
    )  # fmt: skip
    return dataclasses.replace(
        plan,
        data=dataclasses.replace(plan.data, findings=()),
        facts=dataclasses.replace(plan.facts, shortage=0.0),
    )


def test_the_answer_in_one_sentence() -> None:
    assert answer(PLAN) == (
        "Buy 61.8 t for 3.5 m USD from 3 suppliers; 47 % made in China, 83 % of refining done "
        "there; 3.9 t short on average, 15.5 t in the worst case (freeze)."
    )
    assert answer(without_trouble()) == (
        "Buy 61.8 t for 3.5 m USD from 3 suppliers; 47 % made in China; no shortage expected."
    )


def test_what_needs_action_is_said_gravest_first() -> None:
    said = actions(PLAN)
    assert [action.broken for action in said] == [True, True, False, False]
    assert said[0].text == (
        "two_sources_F is not kept: At least 2 suppliers must deliver F. Plan 1, limit 2; its "
        "penalty is 50,000 USD."
    )
    assert said[1].text.startswith("15.5 t short if freeze, most of it M, from 2026-01 on")
    assert said[2].text.startswith("Hidden dependence: 47 % is made in China, but 83 % of refining")
    assert said[3].text.startswith("1 warning about the input: Offers!E3")


def test_a_plan_without_trouble_needs_no_action() -> None:
    assert actions(without_trouble()) == ()


@pytest.mark.parametrize(
    ("status", "said"),
    [("time_limit", "stopped at its time limit"), ("interrupted", "interrupted")],
)  # fmt: skip
def test_a_gap_above_what_was_asked_for_comes_first(status: str, said: str) -> None:
    facts = dataclasses.replace(PLAN.facts, status=status, gap=0.02, bound=5_800_000.0)
    first = actions(dataclasses.replace(PLAN, facts=facts))[0].text
    assert said in first
    assert "2 %" in first


def test_a_share_is_what_its_rule_measures_with_the_limit() -> None:
    found = figures.shares(PLAN)
    made, refined = found["country", "CN"], found["refining", "CN"]
    assert (made.limit, made.rule) == (0.6, "made_in_china")
    assert (refined.limit, refined.rule) == (0.85, "refined_in_china")
    assert found["country", "VN"].limit is None
    assert not made.broken


def test_of_several_limits_the_tightest_on_all_goods_counts() -> None:
    loose, tight, narrow = PLAN.tables.rule_check[3], 0.5, 0.2
    plan = changed(
        rule_check=(
            loose,
            dataclasses.replace(loose, rule="tight", limit=tight),
            dataclasses.replace(loose, rule="narrow", limit=narrow),
            dataclasses.replace(loose, rule="item", limit=0.1),
        )
    )
    base = next(rule for rule in PLAN.data.rules if rule.rule == "made_in_china")
    rules = (
        base,
        dataclasses.replace(base, rule="tight", limit=tight),
        dataclasses.replace(base, rule="narrow", limit=narrow, family="magnets"),
        dataclasses.replace(base, rule="item", limit=0.1, item="M"),
    )
    plan = dataclasses.replace(plan, data=dataclasses.replace(plan.data, rules=rules))
    assert figures.shares(plan)["country", "CN"].limit == tight


def test_a_limit_on_a_family_says_so() -> None:
    base = next(rule for rule in PLAN.data.rules if rule.rule == "made_in_china")
    plan = with_rules(dataclasses.replace(base, family="magnets"))
    assert figures.shares(plan)["country", "CN"].scope == "magnets"


def test_concentration_of_suppliers_countries_and_stages() -> None:
    rows = {row.dimension: row for row in figures.concentration(PLAN)}
    assert set(rows) == {"supplier", "country", "refining"}
    assert rows["supplier"].hhi_limit == 5000.0
    assert rows["country"].hhi_limit is None
    assert rows["refining"].largest.member == "CN"
    assert [figures.level(points) for points in (999, 1000, 1800, 1801)] == [
        "low", "moderate", "moderate", "high",
    ]  # fmt: skip


def test_the_country_on_which_most_depends_is_found_behind_the_seller() -> None:
    vietnam_first = tuple(
        dataclasses.replace(row, share={"CN": 0.2, "VN": 0.7, "JP": 0.1}[row.member])
        if row.dimension == "country"
        else row
        for row in PLAN.tables.mix
    )
    plan = changed(mix=vietnam_first, rule_check=())
    assert figures.main_country(plan) == "CN"
    assert "20 % made in China, 83 % of refining done there" in answer(plan)


def test_unknown_origin_is_not_the_largest_member() -> None:
    unclear = tuple(
        dataclasses.replace(row, share=0.9) if row.member == "unknown" else row
        for row in PLAN.tables.mix
    )
    plan = changed(mix=unclear)
    assert figures.main_country(plan) == "CN"
    assert figures.unknown_origin(plan) == {"refining": 0.9}
    assert any("is not known" in action.text for action in actions(plan))


def test_cost_parts_add_up_to_the_expected_cost() -> None:
    parts = cost_parts(PLAN)
    assert sum(parts.values()) == pytest.approx(PLAN.facts.objective, abs=1e-6)
    landed = parts["goods"] + parts["freight"] + parts["duty"]
    assert landed == pytest.approx(PLAN.facts.costs["landed"], abs=1e-6)
    assert next(iter(parts)) == "goods"


def test_stock_and_arrivals_are_expected_over_the_outcomes() -> None:
    found, flow = cover(PLAN), arrivals(PLAN)
    assert found is not None
    assert flow is not None
    stock = {outcome: [0.0] * 4 for outcome in PROBABILITY}
    for row in PLAN.tables.stock_plan:
        stock[row.outcome][row.period - 1] += row.closing
    expected = [0.75 * a + 0.25 * b for a, b in zip(*stock.values(), strict=True)]
    assert found.stock == pytest.approx(expected)
    assert found.lowest == pytest.approx(stock["freeze"])
    assert found.least == pytest.approx([24_000.0] * 4)
    assert flow.total == pytest.approx(figures.bought(PLAN))
    assert list(flow.by_country) == ["CN", "VN", "JP"]
    assert flow.demand == pytest.approx([24_000.0] * 4)


def test_hidden_concentration_is_seen_in_the_first_picture() -> None:
    made = pictures(PLAN)["origins"]
    assert made.title == "47 % is made in China, but 83 % of refining is done there"
    assert made.labels[:2] == ("China, made 47 % (limit 60 %)", "China, refining 83 % (limit 85 %)")
    limits = next(one for one in made.series if one.role is Role.LIMIT)
    assert limits.values[:3] == (0.6, 0.85, None)
    assert made.broken == frozenset()


def test_a_share_above_its_limit_is_a_broken_bar() -> None:
    rules = tuple(
        dataclasses.replace(row, limit=0.4, slack=-0.066) if row.rule == "made_in_china" else row
        for row in PLAN.tables.rule_check
    )
    assert pictures(changed(rule_check=rules))["origins"].broken == {0}


def test_a_single_period_has_no_picture_over_time() -> None:
    data = dataclasses.replace(PLAN.data, horizon=1, period_labels=("2025",))
    tables = dataclasses.replace(
        PLAN.tables, orders=(), costs=(), stock_plan=(), cover=(), service=(), issues=()
    )
    assert set(pictures(Plan(data, PLAN.facts, tables))) == {
        "origins", "costs", "suppliers", "outcomes", "shortages", "stress", "sensitivity",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (words.money(43_012_345, "USD"), "43.0 m USD"),
        (words.money(-1_234_000_000, "EUR"), "-1.23 bn EUR"),
        (words.money(8_333.3, "USD"), "8,333 USD"),
        (words.quantity(544_000, "kg"), "544 t"),
        (words.quantity(15_500, "kg"), "15.5 t"),
        (words.quantity(12_000, "piece"), "12,000 piece"),
        (words.quantity(0.25, "t"), "0.250 t"),
        (words.percent(0.333), "33 %"),
        (words.percent(0.045), "4.5 %"),
        (words.percent(0.0), "0 %"),
        (words.percent(0.0001), "under 0.1 %"),
        (words.measured(0.6, "share", "kg", "USD"), "60 %"),
        (words.measured(1800.0, "hhi", "kg", "USD"), "1,800 points"),
        (words.measured(2.0, "count", "kg", "USD"), "2"),
        (words.counted(1, "supplier"), "1 supplier"),
        (words.shortened("abcdef", 4), "abc…"),
    ],
)
def test_numbers_in_words(said: str, wanted: str) -> None:
    assert said == wanted


@pytest.mark.parametrize(
    ("names", "wanted"),
    [(["granted", "freeze"], True), (["1", "01"], False), (["a*"], False), (["<5"], False),
     (["Frost", "frost"], False), ([""], False)],
)  # fmt: skip
def test_which_names_a_formula_can_match(names: list[str], wanted: bool) -> None:
    assert can_be_matched(names) is wanted
