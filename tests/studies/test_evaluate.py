"""Splits of one's own beside the best plan: K sells at 10 and L at 14, 100 are wanted in a year.

A unit short costs 100, and nothing but what a case says costs anything.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import optimizer
from optimizer.api import QuestionError
from optimizer.contract.choice_results import Measured, SplitRow
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.study import Study
from optimizer.contract.supply import Project, Supplier
from tests.models.case import YEAR
from tests.small import need, offer, small

EXACT = dataclasses.replace(YEAR, gap=1e-9, threads=1)
TODAY = {"K": 60.0, "L": 40.0}


def data_of(today: dict[str, float] = TODAY, **tables: Any) -> Data:
    offers = [
        offer("K", price=10, baseline=today.get("K", 0.0)),
        offer("L", price=14, baseline=today.get("L", 0.0)),
    ]
    return small(**{"settings": EXACT, "offers": offers} | tables)


def evaluate(data: Data, awards: Any = "today", **asked: Any) -> Study:
    return optimizer.evaluate(data, awards, **asked).contract


def split(study: Study) -> dict[tuple[str, str], SplitRow]:
    return {(row.supplier, row.item): row for row in study.tables.split}


def measures(study: Study) -> dict[str, Measured]:
    return {row.measure: row for row in study.tables.side_by_side}


def supplier(name: str, **rest: Any) -> Supplier:
    return Supplier(supplier=name, country="X", **rest)


def cap(supplier: str, limit: float, **rest: Any) -> Rule:
    return Rule(rule=f"cap {supplier}", dimension="supplier", member=(supplier,), metric="share",
                sense="max", limit=limit, **rest)  # fmt: skip


def test_today_costs_what_its_shares_cost() -> None:
    study = evaluate(data_of())
    rows = split(study)
    assert {o[0]: (r.asked, r.award, r.best) for o, r in rows.items()} == {
        "K": pytest.approx((60, 60, 100)),
        "L": pytest.approx((40, 40, 0)),
    }
    assert all(row.short_of_asked == 0 and row.note == "" for row in rows.values())
    cost = measures(study)["Cost"]
    # 60 x 10 + 40 x 14, and 100 x 10
    assert (cost.given, cost.best, cost.difference) == pytest.approx((1160, 1000, 160))
    assert study.answer == (
        "Today's split costs 1,160 USD, 160 USD (16.0 %) more than the best plan and keeps "
        "every rule."
    )
    assert study.attention == ()
    assert measures(study)["Suppliers"].given == 2
    assert measures(study)["HHI by supplier"].given == pytest.approx(5200)  # 60² + 40²


def test_only_the_shares_of_today_count() -> None:
    tenth = evaluate(data_of({"K": 6.0, "L": 4.0}))
    assert measures(tenth)["Cost"].given == pytest.approx(1160)


def test_what_it_breaks_is_named_and_may_be_cheaper() -> None:
    study = evaluate(data_of(rules=[cap("K", 0.5)]))
    # the best plan: 50 x 10 + 50 x 14
    assert measures(study)["Cost"].difference == pytest.approx(1160 - 1200)
    (row,) = study.tables.split_rules
    assert (row.rule, row.limit, row.broken) == ("cap K", 0.5, True)
    assert (row.given, row.best) == pytest.approx((0.6, 0.5))
    assert "breaks 1 limit" in study.answer
    assert "40 USD (3.3 %) less" in study.answer
    assert study.attention == ("Broken: cap K (K): 60.0% against 50.0%.",)


def test_a_rule_with_a_penalty_costs_it() -> None:
    # 0.1 too much of K, at 1,000 for 1.0; the best plan pays for 0.5 too much: 1000 + 500
    study = evaluate(data_of(rules=[cap("K", 0.5, penalty=1000)]))
    given, found = measures(study)["Cost"], split(study)["K", "P"]
    assert given.given == pytest.approx(1160 + 0.1 * 1000)
    assert given.best == pytest.approx(1200)
    assert measures(study)["Penalties"].given == pytest.approx(100)
    assert (found.award, found.best) == pytest.approx((60, 50))


def test_others_take_over_what_one_cannot_deliver() -> None:
    offers = [offer("K", price=10, baseline=80, capacity=30), offer("L", price=14, baseline=20)]
    study = evaluate(data_of(offers=offers))
    k, l = split(study)["K", "P"], split(study)["L", "P"]
    assert (k.asked, k.award, k.short_of_asked) == pytest.approx((80, 30, 50))
    assert (l.asked, l.award, l.short_of_asked) == pytest.approx((20, 70, -50))
    assert k.note == "K can make 30 kg of P in time"
    assert l.note == "it takes over what others of today cannot deliver"
    assert measures(study)["Cost"].given == pytest.approx(30 * 10 + 70 * 14)
    assert any("P from K: 30 kg of 80 kg" in one for one in study.attention)


def test_what_nobody_can_take_over_is_short() -> None:
    offers = [
        offer("K", price=10, baseline=80, capacity=30),
        offer("L", price=14, baseline=20, capacity=25),
        offer("M", price=20),
    ]
    study = evaluate(data_of(offers=offers))
    k, l, m = (split(study)[name, "P"] for name in "KLM")
    assert (k.asked, k.award) == pytest.approx((80, 30))
    assert (l.asked, l.award) == pytest.approx((20, 25))
    assert (m.asked, m.award, m.best) == pytest.approx((0, 0, 45))
    assert measures(study)["Shortage"].given == pytest.approx(45)
    assert measures(study)["Cost"].given == pytest.approx(30 * 10 + 25 * 14 + 45 * 100)
    assert "leaves 45 kg short" in study.answer


def test_a_supplier_that_serves_two_items_is_shared() -> None:
    # K makes 100 in all, and is asked for 100 of P and 100 of Q; L takes over the rest.
    offers = [
        offer("K", price=10, baseline=50),
        offer("L", price=14, baseline=50),
        offer("K", item="Q", price=10, baseline=50),
        offer("L", item="Q", price=14, baseline=50),
    ]
    suppliers = [supplier("K", capacity=60)]
    study = evaluate(
        data_of(offers=offers, suppliers=suppliers, demand=[*need(100), *need(100, item="Q")])
    )
    rows = split(study)
    assert rows["K", "P"].award + rows["K", "Q"].award == pytest.approx(60)
    assert rows["L", "P"].award + rows["L", "Q"].award == pytest.approx(140)
    assert measures(study)["Shortage"].given == pytest.approx(0)
    short = [rows["K", item] for item in "PQ" if rows["K", item].short_of_asked > 0]
    assert short
    assert all(row.note == "K can make 60 kg in time, of all items together" for row in short)


def test_a_source_of_today_that_is_not_active() -> None:
    offers = [offer("K", price=10, baseline=50), offer("M", price=5, baseline=50, active=False)]
    study = evaluate(data_of(offers=offers))
    m = split(study)["M", "P"]
    assert (m.asked, m.award, m.note) == pytest.approx((50, 0, "the offer is not active"))
    assert split(study)["K", "P"].award == pytest.approx(100)


def test_nobody_of_today_can_deliver() -> None:
    offers = [offer("K", price=10, baseline=50, lead_days=800), offer("L", price=14)]
    study = evaluate(data_of(offers=offers))
    k, l = split(study)["K", "P"], split(study)["L", "P"]
    assert (k.asked, k.award) == pytest.approx((100, 0))
    assert k.note == "nothing that is ordered from now on arrives within the horizon"
    assert (l.award, l.best) == pytest.approx((0, 100))
    assert measures(study)["Cost"].given == pytest.approx(100 * 100)


def test_an_item_without_any_baseline_is_free() -> None:
    offers = [
        offer("K", price=10, baseline=60),
        offer("L", price=14, baseline=40),
        offer("K", item="Q", price=3),
        offer("L", item="Q", price=2),
    ]
    study = evaluate(data_of(offers=offers, demand=[*need(100), *need(50, item="Q")]))
    assert measures(study)["Cost"].given == pytest.approx(1160 + 50 * 2)
    assert split(study)["L", "Q"].note.startswith("no split was given")
    assert any("No split is given for Q" in one for one in study.sentences)


def test_without_any_baseline_there_is_no_split_of_today() -> None:
    with pytest.raises(QuestionError, match="no split of today"):
        evaluate(data_of({}))


def test_minimum_awards_are_named() -> None:
    offers = [offer("K", price=10, baseline=60), offer("L", price=14, baseline=40, min_award=50)]
    study = evaluate(data_of(offers=offers))
    (row,) = study.tables.split_rules
    assert (row.rule, row.item, row.member, row.broken) == ("minimum award", "P", "L", True)
    assert (row.limit, row.given, row.best) == pytest.approx((50, 40, 0))
    assert study.attention == ("Broken: minimum award of P from L: 40 of 50.",)


def test_demand_that_must_be_met_is_named() -> None:
    offers = [offer("K", price=10, baseline=1, capacity=30), offer("L", price=14)]
    settings = dataclasses.replace(EXACT, unmet_demand="forbid")
    study = evaluate(data_of(offers=offers, settings=settings))
    assert measures(study)["Cost"].given == pytest.approx(30 * 10 + 70 * 100)
    assert any("70 are short" in one for one in study.attention)
    (row,) = study.tables.split_rules
    assert (row.rule, row.limit, row.given, row.best, row.broken) == (
        "all demand",
        0,
        pytest.approx(70),
        0,
        True,
    )
    assert "breaks 1 limit" in study.answer


def test_quantities_are_kept_and_who_is_not_listed_gets_nothing() -> None:
    study = evaluate(data_of(), {("L", "P"): 40.0})
    assert measures(study)["Cost"].given == pytest.approx(40 * 14 + 60 * 100)
    assert split(study)["K", "P"].award == 0
    more = evaluate(data_of(), {("K", "P"): 90.0, ("L", "P"): 20.0})
    assert measures(more)["Cost"].given == pytest.approx(900 + 280)  # 10 are left over


def test_quantities_beyond_what_can_be_contracted() -> None:
    offers = [
        offer("K", price=10, capacity=30),
        offer("L", price=14, max_award=45),
        offer("M", price=20, min_order=25),
    ]
    asked = {("K", "P"): 50.0, ("L", "P"): 60.0, ("M", "P"): 10.0}
    rows = split(evaluate(data_of(offers=offers), asked))
    found = {o[0]: (row.asked, row.award, row.note) for o, row in rows.items()}
    assert found["K"] == pytest.approx((50, 30, "K can make 30 kg of P in time"))
    assert found["L"] == pytest.approx((60, 45, "no more may be awarded than 45 kg"))
    assert found["M"] == pytest.approx((10, 0, "it is below the minimum order of 25 kg"))


def test_what_is_built_for_quantities_is_paid_for() -> None:
    project = Project(project="line", supplier="K", capacity=100, capex=1000, life_years=10)
    suppliers = [supplier("K", capacity=30)]
    data = data_of(suppliers=suppliers, projects=[project])
    asked = evaluate(data, {("K", "P"): 100.0})
    assert split(asked)["K", "P"].award == pytest.approx(100)
    assert measures(asked)["Cost"].given is not None
    assert measures(asked)["Cost"].given > 1000 + 50
    today = evaluate(data)  # nothing is built for the shares of today
    assert split(today)["K", "P"].award == pytest.approx(30)


def test_a_split_is_priced_where_no_plan_keeps_the_rules() -> None:
    much = Rule(rule="much", dimension="supplier", member=("K",), metric="quantity", sense="min",
                limit=500)  # fmt: skip
    offers = [offer("K", price=10, baseline=60, capacity=80), offer("L", price=14, baseline=40)]
    study = evaluate(data_of(offers=offers, rules=[much]))
    cost = measures(study)["Cost"]
    assert (cost.given, cost.best, cost.difference) == (pytest.approx(1160), None, None)
    assert study.answer == "Today's split costs 1,160 USD and breaks 1 limit."
    assert any("no plan keeps every rule" in one for one in study.attention)
    assert {row.best for row in study.tables.split_rules} == {None}


def test_with_risk() -> None:
    """K fails in half of all cases, and nothing is known before the order."""
    risk = RiskEffect(
        risk="fire", result="down", probability=0.5, scope="supplier", target="K", deliverable=0.0
    )
    settings = dataclasses.replace(EXACT, reveal_days=365.0, cvar_level=0.5)
    study = evaluate(data_of(settings=settings, risks=[risk]))
    rows = {row.outcome: row for row in study.tables.split_outcomes}
    # A unit short is so dear that more is bought in all: of K 1.2 x the need, the most that may be
    # contracted with who may fail, and so 80 of L.  What is refused is not paid for.
    assert rows["down"].cost == pytest.approx(80 * 14 + 20 * 100)
    assert rows["down"].shortage == pytest.approx(20)
    assert rows["nothing happens"].cost == pytest.approx(120 * 10 + 80 * 14)
    assert [row.best_cost for row in rows.values()] == pytest.approx([1400, 1400])
    found = measures(study)
    assert found["Expected cost"].given == pytest.approx((3120 + 2320) / 2)
    assert found["Cost of the worst outcome"].given == pytest.approx(3120)
    assert found["Cost of the worst 50 % of cases"].given == pytest.approx(3120)
    assert found["Probability of any shortage"].given == pytest.approx(0.5)
    assert found["Shortage of the worst outcome"].given == pytest.approx(20)
    quantities = evaluate(study.data, {("K", "P"): 60.0, ("L", "P"): 40.0})
    assert measures(quantities)["Expected cost"].given == pytest.approx((6560 + 1160) / 2)
    too_much = evaluate(study.data, {("K", "P"): 130.0})
    (row,) = too_much.tables.split_rules
    assert (row.rule, row.item) == ("overbooking", "P")
    assert (row.limit, row.given) == pytest.approx((120, 130))
    assert "costs on average" in study.answer


@pytest.mark.parametrize("measure", ["cvar", "worst_case"])
def test_with_other_measures_of_risk(measure: str) -> None:
    risk = RiskEffect(
        risk="fire", result="down", probability=0.5, scope="supplier", target="K", deliverable=0.0
    )
    settings = dataclasses.replace(
        EXACT, reveal_days=365.0, cvar_level=0.5, risk_weight=0.5, risk_measure=measure
    )
    study = evaluate(data_of(settings=settings, risks=[risk]))
    expected = 3120 if measure == "worst_case" else (2720 + 3120) / 2
    assert measures(study)[f"What is minimised ({measure})"].given == pytest.approx(expected)


def test_both_plans_are_stopped() -> None:
    """All of P comes from X; with a year as the period a stop is felt at once."""
    study = evaluate(data_of())
    (row,) = study.tables.split_stress
    assert (row.kind, row.target) == ("country", "X")
    assert (row.survives, row.best_survives) == pytest.approx((0, 0))
    assert (row.loss, row.best_loss) == pytest.approx((10_000, 10_000))
    assert measures(study)["Time to survive if its main country stops"].difference == 0


def test_a_mapping_must_name_offers_and_quantities() -> None:
    for wrong in ({("nobody", "P"): 1.0}, {("K", "P"): -1.0}):
        with pytest.raises(QuestionError):
            evaluate(data_of(), wrong)
