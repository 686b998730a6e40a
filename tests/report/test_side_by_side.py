"""Tables of a study that are read side by side: scenarios, plans and limits as columns."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from optimizer.contract.scenario_results import ScenarioAward
from optimizer.contract.study import StudyTables
from optimizer.report.places import FIRST_ROW, TOTAL_ROW
from optimizer.report.study_turns import TURNED
from tests.report.handmade_studies import AWARDS, SCENARIOS, studies
from tests.report.reading import Book
from tests.report.reading_studies import formats, written

STUDIES = studies()
WIDE = {turned.name for turned in TURNED}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("side_by_side")
    asked = ("compare", "frontier", "frontier of two rules")
    return {name: written(STUDIES[name], folder, f"{name}.xlsx") for name in asked}


def test_awards_stand_side_by_side_with_live_totals(books: dict[str, Book]) -> None:
    book, sheet = books["compare"], "Awards side by side"
    header = book.header(sheet)
    assert header[-4:] == ["today", *SCENARIOS]
    for name in SCENARIOS:
        total = sum(AWARDS[name].values())
        assert book.above(sheet, TOTAL_ROW, name) == pytest.approx(total)
        assert sum(one or 0.0 for one in book.column(sheet, name)) == pytest.approx(total)
    assert book.above(sheet, TOTAL_ROW, "today") == 240_000
    largest = [max(row) for row in zip(*(book.column(sheet, n) for n in header[-4:]), strict=True)]
    assert largest == sorted(largest, reverse=True)
    assert str(book.formulas[sheet].cell(TOTAL_ROW + 1, len(header)).value).startswith("=SUM(")


def test_regret_is_a_matrix_of_plans_and_worlds(books: dict[str, Book]) -> None:
    book, sheet = books["compare"], "Regret side by side"
    assert book.header(sheet) == ["Plan", *SCENARIOS]
    assert book.column(sheet, "Plan") == list(SCENARIOS)
    assert book.column(sheet, "base") == [0, 1_900_000, 240_000]
    assert book.column(sheet, SCENARIOS[1]) == [1_200_000, 0, None]


def test_measures_of_scenarios_are_rows_in_their_own_formats(books: dict[str, Book]) -> None:
    book, sheet = books["compare"], "Scenarios side by side"
    measures = book.column(sheet, "Measure")
    assert measures[:3] == ["Cost (USD)", "Bound (USD)", "Gap"]
    shown = {
        name: formats(book, sheet, FIRST_ROW + number)["base"]
        for number, name in enumerate(measures)
    }
    assert (shown["Cost (USD)"], shown["Gap"]) == ("#,##0", "0.0%")
    assert shown["Suppliers"] == "General"
    assert book.column(sheet, "no_licence") == [None] * len(measures)


def test_nothing_is_put_side_by_side_with_itself(tmp_path: Path) -> None:
    tables = STUDIES["compare"].tables
    alone = StudyTables(
        scenarios_compared=tables.scenarios_compared[:1],
        awards_by_scenario=tuple(r for r in tables.awards_by_scenario if r.scenario == "base"),
    )
    book = written(dataclasses.replace(STUDIES["compare"], tables=alone), tmp_path)
    assert not WIDE & set(book.values.sheetnames)


@pytest.mark.parametrize("name", ["Supplier", "ITEM", "today", "x" * 300, "  ", "a\nb"])
def test_scenarios_may_be_called_like_a_column(name: str, tmp_path: Path) -> None:
    rows = tuple(
        ScenarioAward(scenario=scenario, supplier="CN01", country="CN", item="M", award=5.0,
                      over_base=0.0, over_today=2.0)
        for scenario in ("base", name)
    )  # fmt: skip
    study = dataclasses.replace(STUDIES["compare"], tables=StudyTables(awards_by_scenario=rows))
    header = written(study, tmp_path).header("Awards side by side")
    assert len({title.casefold() for title in header}) == len(header) == 9


def test_limits_stand_from_the_loosest_to_the_tightest_countries_first(
    books: dict[str, Book],
) -> None:
    book, sheet = books["frontier"], "Shares side by side"
    limits = ["no limit", *(f"limit {points} %" for points in (90, 80, 70, 60, 50, 40))]
    assert book.header(sheet) == ["Curve", "Dimension", "Member", "Name", *limits]
    assert book.column(sheet, "Dimension") == ["country"] * 3 + ["refining"] * 2
    assert book.column(sheet, "Name")[:3] == ["China", "Vietnam", "Japan"]
    assert book.column(sheet, "limit 60 %")[0] == 0.6
    curves = set(books["frontier of two rules"].column(sheet, "Curve"))
    assert curves == {"refined_in_china: 85 %", "refined_in_china: 70 %"}
