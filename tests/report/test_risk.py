"""What the Summary, the charts and the sheets say of a plan under risk."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from optimizer.contract.plan import Plan
from optimizer.report import words
from optimizer.report.charts import axis_of
from optimizer.report.picture import Shape
from optimizer.report.pictures import pictures
from optimizer.report.places import HEADER_ROW, TOTAL_ROW
from optimizer.report.risk import results_seen, risk_lines
from tests.report.handmade import made_plan
from tests.report.reading import Book, written

PLAN = made_plan()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return written(PLAN, tmp_path_factory.mktemp("risk"))


def with_tables(**tables: Any) -> Plan:
    return dataclasses.replace(PLAN, tables=dataclasses.replace(PLAN.tables, **tables))


def with_facts(**facts: Any) -> Plan:
    return dataclasses.replace(PLAN, facts=dataclasses.replace(PLAN.facts, **facts))


def line(plan: Plan, start: str) -> str:
    (found,) = [text for text in risk_lines(plan) if text.startswith(start)]
    return found


def test_which_licence_result_hurts_most_and_how() -> None:
    assert line(PLAN, "Of what may happen to licences") == (
        "Of what may happen to licences, freeze (cn_dual_use, 25 %) hurts most: 15.5 t short on "
        "average, and 6.3 m USD above the expected cost."
    )
    (freeze,) = results_seen(PLAN, "licence")
    assert (freeze.probability, freeze.shortage) == (0.25, 15_500)
    assert results_seen(PLAN, "supplier") == ()


def test_a_result_is_seen_over_all_outcomes_in_which_it_happens() -> None:
    granted, freeze = PLAN.tables.outcomes
    fire = dataclasses.replace(
        granted, outcome="freeze + fire", happens="cn_dual_use: freeze; fire: fire",
        probability=0.25, cost=2.0e7, shortage=20_000.0,
    )  # fmt: skip
    rows = (dataclasses.replace(granted, probability=0.5), freeze, fire)
    (seen,) = results_seen(with_tables(outcomes=rows), "licence")
    assert (seen.probability, seen.shortage) == (0.5, pytest.approx((15_500 + 20_000) / 2))


def test_the_spread_of_costs_and_the_chance_of_a_shortage() -> None:
    assert line(PLAN, "With a probability of 25 % some demand stays unmet") == (
        "With a probability of 25 % some demand stays unmet; the expected cost is 5.9 m USD, the "
        "worst 10 % of cases cost 12.2 m USD on average, the dearest outcome 12.2 m USD (freeze)."
    )
    spread = dataclasses.replace(PLAN.facts.spread, shortage=0.0, shortage_chance=0.0)
    assert line(with_facts(spread=spread), "No outcome leaves demand unmet")


def test_the_price_and_the_worth_of_planning_for_risk() -> None:
    assert line(PLAN, "Price and worth") == (
        "Price and worth of planning for risk: a plan made as if nothing happens promises 3.2 m "
        "USD, 2.7 m USD less than this one expects; in these outcomes it costs 10.2 m USD on "
        "average, so that this plan saves 4.3 m USD on average and 18.8 m USD at worst. The plan "
        "made without risk breaks 1 rule or minimum there."
    )


def test_a_plan_that_saves_only_at_worst_says_so() -> None:
    other = PLAN.facts.without_risk
    assert other is not None
    assert other.spread is not None
    cheaper = dataclasses.replace(other.spread, expected=5_000_000.0)
    plan = with_facts(without_risk=dataclasses.replace(other, spread=cheaper, broken=()))
    assert line(plan, "Price and worth").endswith(
        "this plan costs 924,442 USD more on average and saves 18.8 m USD at worst."
    )
    plan = with_facts(without_risk=dataclasses.replace(other, spread=None))
    assert line(plan, "Price and worth").endswith("cannot be carried out in these outcomes.")
    assert not [text for text in risk_lines(with_facts(without_risk=None)) if "Price" in text]


def test_how_long_building_goes_on_without_the_largest_country() -> None:
    assert line(PLAN, "If what China makes stops") == (
        "If what China makes stops tomorrow, building goes on for 2.25 months with stock and what "
        "is under way; Sintered magnet N42SH in Pune stops first. With the rest planned anew it "
        "goes on for 3.1 months, at a loss of 11.0 m USD."
    )
    assert "for 1.29 months with stock" in line(PLAN, "If refining in China stops")
    rows = tuple(
        dataclasses.replace(row, survives=None, item="", site="", loss=0.0)
        for row in PLAN.tables.stress
    )
    said = line(with_tables(stress=rows), "If what China makes stops")
    assert said.endswith("With the rest planned anew it goes on for the whole horizon (4 months).")


def test_terms_and_guesses() -> None:
    assert line(PLAN, "Terms of the contracts") == (
        "Terms of the contracts: the least call-off at 0 instead of 0.5 saves 400,000 USD, "
        "overbooking costs nothing at 1.2."
    )
    assert line(PLAN, "Probabilities are guesses") == (
        "Probabilities are guesses: suppliers or awards change once cn_dual_use: freeze has a "
        "probability of 40 % instead of 25 %; if every probability may be 10 points off, this "
        "plan costs up to 838,600 USD more."
    )
    same = tuple(dataclasses.replace(row, changed=False) for row in PLAN.tables.sensitivity)
    assert "no probability that was tried changes suppliers" in line(
        with_tables(sensitivity=same), "Probabilities are guesses"
    )


def test_one_certain_outcome_has_nothing_to_say(tmp_path: Path) -> None:
    certain = dataclasses.replace(PLAN.tables.outcomes[0], outcome="certain", probability=1.0)
    plan = with_tables(outcomes=(certain,), stress=(), sensitivity=(), worst_probabilities=())
    plan = dataclasses.replace(plan, facts=dataclasses.replace(plan.facts, without_risk=None))
    assert risk_lines(plan) == ()
    drawn = {"outcomes", "shortages", "stress", "sensitivity"}
    flows = ("orders", "costs", "charges", "stock_plan", "service", "cover", "issues")
    rows: dict[str, Any] = dict.fromkeys(flows, ())
    plan = dataclasses.replace(plan, tables=dataclasses.replace(plan.tables, **rows))
    assert not drawn & set(pictures(plan))
    assert "What may happen" not in written(plan, tmp_path).texts("Summary")


def test_the_summary_has_every_sentence(book: Book) -> None:
    texts = book.texts("Summary")
    assert "What may happen" in texts
    assert {f"•  {text}" for text in risk_lines(PLAN)} <= set(texts)


def test_outcomes_are_drawn_the_dearest_first() -> None:
    picture = pictures(PLAN)["outcomes"]
    assert picture.labels == ("freeze (25 %)", "granted (75 %)")
    assert [one.name for one in picture.series] == ["cash", "penalties"]
    assert picture.title == "Cost from 3.8 m USD to 12.2 m USD"


def test_shortages_stand_beside_those_of_the_plan_made_without_risk() -> None:
    picture = pictures(PLAN)["shortages"]
    assert picture.shape is Shape.PAIRS
    assert picture.labels == ("freeze (25 %)",)
    assert [one.values for one in picture.series] == [(15_500,), (32_000,)]


def test_what_stops_building_soonest_is_drawn_first() -> None:
    picture = pictures(PLAN)["stress"]
    today, planned = picture.series
    assert today.values == (9 / 7, 2.25, 2.4, 2.9, 3.5, 3.5)
    assert planned.values == (1.5, 3.1, 3.3, 3.75, 4.0, 4.0)
    assert picture.title == "1.29 months if refining in China stops"
    assert axis_of(picture, PLAN.data.settings).title == "months"


def test_many_outcomes_are_cut_to_the_dearest() -> None:
    granted = PLAN.tables.outcomes[0]
    rows = tuple(
        dataclasses.replace(granted, outcome=f"o{n}", probability=0.05, cost=1e6 * (n + 1))
        for n in range(20)
    )
    picture = pictures(with_tables(outcomes=rows, orders=(), stock_plan=(), service=(), cover=(),
                                   costs=(), charges=()))["outcomes"]  # fmt: skip
    assert picture.labels[0] == "o19 (5 %)"
    assert len(picture.labels) == 8
    assert picture.title.endswith("; 8 of 20 shown")


def test_curves_stand_at_their_numbers(book: Book) -> None:
    labels = [
        label
        for key, label in zip(
            book.column("Chart data", "Chart"), book.column("Chart data", "Label"), strict=True
        )
        if key == "sensitivity"
    ]
    assert labels == [0.0, 0.1, 0.25, 0.4, 0.8]


def test_the_cost_without_risk_has_its_total_and_is_hidden_where_there_is_none(
    book: Book, tmp_path: Path
) -> None:
    heading = "Cost without risk (USD)"
    assert book.above("Outcomes", TOTAL_ROW, heading) == pytest.approx(10_225_000)
    rows = tuple(
        dataclasses.replace(row, cost_without_risk=None, shortage_without_risk=None)
        for row in PLAN.tables.outcomes
    )
    other = written(with_tables(outcomes=rows), tmp_path)
    for one, hidden in ((book, False), (other, True)):
        sheet = one.values["Outcomes"]
        cell = next(cell for cell in sheet[HEADER_ROW + 1] if cell.value == heading)
        assert bool(sheet.column_dimensions[cell.column_letter].hidden) is hidden
    assert other.above("Outcomes", TOTAL_ROW, heading) is None


def test_times_are_read_in_months(book: Book) -> None:
    assert "Survives today (months)" in book.header("Stress")
    assert book.column("Stress", "Name")[0] == "refining in China"
    assert book.column("Stress", "Survives (months)")[-1] is None
    assert set(book.column("Tree", "Period")) == {"2025-11", "2026-02"}


@pytest.mark.parametrize(
    "amount, said",
    [(1.0, "1 month"), (9 / 7, "1.29 months"), (0.9, "0.9 months"), (0.0, "0 months"),
     (18.0, "18 months")],
)  # fmt: skip
def test_times_in_words(amount: float, said: str) -> None:
    assert words.periods(amount, "month") == said
