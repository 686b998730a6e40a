"""The Summary of a study: one printed page; its charts; and the study as JSON and as frames."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from optimizer.contract.settings import Settings
from optimizer.contract.study import STUDY_RESULTS, Figure, Study, StudyTables
from optimizer.report.charts import axis_of
from optimizer.report.frames import frame
from optimizer.report.picture import Measure, Picture, Role, Shape
from optimizer.report.study_book import write_study_book
from optimizer.report.study_json import study_json
from optimizer.report.study_pictures import study_pictures
from tests.report.handmade_studies import FORMULA, SCENARIOS, studies

STUDIES = studies()
CHARTS = {
    "compare": 4, "evaluate": 4, "alternatives": 4, "frontier": 3, "frontier of two rules": 3,
    "explain": 4, "explain, infeasible": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {name: folder / f"{name}.xlsx" for name in STUDIES}
    for name, study in STUDIES.items():
        write_study_book(study, made[name])
    return made


@pytest.fixture(scope="module")
def books(paths: dict[str, Path]) -> dict[str, Any]:
    return {name: load_workbook(path) for name, path in paths.items()}


@pytest.fixture(scope="module")
def pages(books: dict[str, Any]) -> dict[str, Any]:
    return {name: book["Summary"] for name, book in books.items()}


def texts(sheet: Any) -> list[str]:
    return [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


def below(sheet: Any, label: str, rows: int = 1) -> Any:
    """The cell so many rows below a text."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == label:
                return sheet.cell(cell.row + rows, cell.column)
    raise AssertionError(f"{label} is not on the Summary")


def picture(question: str, key: str) -> Picture:
    return study_pictures(STUDIES[question])[key]


@pytest.mark.parametrize("question", STUDIES)
def test_it_is_one_landscape_page_that_begins_with_the_answer(
    pages: dict[str, Any], question: str
) -> None:
    sheet, study = pages[question], STUDIES[question]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight in (None, 1)
    assert sheet.print_area
    assert sheet["A1"].value.startswith("Magnets for the plant in Pune: ")
    assert sheet["A2"].value == study.answer
    assert sheet["A3"].value == "What needs action"
    lines = [sheet.cell(4 + number, 1).value for number in range(len(study.attention))]
    assert lines == [f"•  {line}" for line in study.attention]
    assert "•  1 warning about the workbook: `diversify check` lists them." in texts(sheet)
    assert {f"•  {line}" for line in study.sentences} <= set(texts(sheet))
    assert len(sheet._charts) == CHARTS[question]


def test_a_study_that_asks_for_nothing_says_so(tmp_path: Path) -> None:
    data = dataclasses.replace(STUDIES["compare"].data, findings=())
    write_study_book(Study("frontier", data, "Fine.", 1.0), tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx")["Summary"]
    assert sheet["A3"].value == "Nothing needs action."


def test_the_page_names_the_scenario_that_was_asked_of(tmp_path: Path) -> None:
    study = STUDIES["explain"]
    path = tmp_path / "study.xlsx"
    asked = dataclasses.replace(study, data=dataclasses.replace(study.data, scenario="tariff war"))
    write_study_book(asked, path)
    heading = texts(load_workbook(path)["Summary"])[0]
    assert heading.endswith(", scenario tariff war: why the answer is what it is")
    assert not any("scenario" in text for text in texts(load_workbook(path)["Summary"])[1:])


def test_many_lines_are_cut_to_a_page(tmp_path: Path) -> None:
    lines = tuple(f"point {number}" for number in range(20))
    study = dataclasses.replace(STUDIES["frontier"], attention=lines, sentences=lines)
    write_study_book(study, tmp_path / "out.xlsx")
    said = texts(load_workbook(tmp_path / "out.xlsx")["Summary"])
    assert "•  16 more points: see the sheets." in said
    assert "•  15 more points: see the sheets." in said


def test_key_figures_are_tiles_in_their_units(pages: dict[str, Any]) -> None:
    base = below(pages["compare"], "Base, USD")
    assert (base.value, base.number_format) == (14_200_000, '#,##0.0,, "m"')
    assert below(pages["compare"], "Base, USD", 2).value == "gap 0.4 %"
    assert below(pages["compare"], "Made in China").number_format == "0.0%"
    assert below(pages["compare"], "Largest shortage, kg").number_format == "#,##0"
    price = below(pages["explain"], "Nearest loser, USD per kg")
    assert (price.value, price.number_format) == (74.6, "#,##0.00")
    assert below(pages["evaluate"], "Rules broken").value == 2


def test_large_quantities_are_read_in_tonnes_and_small_money_in_full(tmp_path: Path) -> None:
    study = dataclasses.replace(
        STUDIES["compare"],
        figures=(Figure("Bought", 544_000.0, "quantity"), Figure("Fee", 0.25, "spend")),
    )
    write_study_book(study, tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx")["Summary"]
    assert below(sheet, "Bought, t").number_format == "#,##0,"
    assert below(sheet, "Fee, USD").number_format == "#,##0.0000"


def test_the_main_table_stands_on_the_page(pages: dict[str, Any]) -> None:
    scenario = below(pages["compare"], "Scenario", 1)
    assert scenario.value == "base"
    status = below(pages["compare"], "Status", 4)
    assert (status.value, status.font.color.rgb) == ("infeasible", "FFB3261E")
    assert below(pages["evaluate"], "Given", 2).value == 14_440_000
    assert "6 more rows: see Frontier." in texts(pages["frontier of two rules"])
    assert below(pages["explain, infeasible"], "Cell").value == "Rules!G3"
    assert below(pages["frontier"], "Limit", 2).number_format == "0.0%"
    reasons = STUDIES["explain, infeasible"].tables.reasons
    assert f"•  {reasons[0].reason} ({reasons[0].cells})" in texts(pages["explain, infeasible"])


@pytest.mark.parametrize("question", STUDIES)
def test_titles_say_the_finding_and_charts_read_the_sheet_with_their_numbers(
    paths: dict[str, Path], books: dict[str, Any], question: str
) -> None:
    made = study_pictures(STUDIES[question])
    with zipfile.ZipFile(paths[question]) as archive:
        drawn = "".join(
            archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name
        )
    for one in made.values():
        assert one.title in drawn
        assert all(len(series.values) == len(one.labels) for series in one.series)
    if made:
        rows = books[question]["Chart data"].iter_rows(min_row=6, values_only=True)
        stored = [row[3] for row in rows]
        asked = [value for one in made.values() for s in one.series for value in s.values]
        assert stored == pytest.approx(asked)


def test_costs_by_scenario_are_stacked_with_todays_split_as_marks() -> None:
    made = picture("compare", "costs")
    assert made.shape is Shape.STACK
    assert [one.role for one in made.series] == [Role.PART, Role.PART, Role.MARK]
    assert made.labels == SCENARIOS  # no_licence has no plan, and no bar
    assert made.series[2].values == (15_000_000, 22_400_000, None)
    assert made.title == f"{SCENARIOS[1]} costs 2.8 m USD more than base; 1 scenario without a plan"


def test_shares_add_up_and_a_country_has_one_colour_in_every_chart() -> None:
    made, stage = picture("compare", "shares"), picture("compare", "stage")
    for one in (made, stage):
        for column in zip(*(series.values for series in one.series), strict=True):
            assert sum(value or 0.0 for value in column) == pytest.approx(1.0)
    tints = {series.name: series.tint for one in (made, stage) for series in one.series}
    assert {(s.name, s.tint) for one in (made, stage) for s in one.series} == set(tints.items())
    assert len(set(tints.values())) == len(tints)


def test_the_regret_of_a_plan_that_cannot_be_carried_out_has_no_bar() -> None:
    made = picture("compare", "regret")
    assert made.series[0].values == (1_200_000, 2_100_000, None)
    assert made.labels[2] == f"{FORMULA}: not possible in {SCENARIOS[1]}"
    assert made.title == "The plan for base costs at most 1.2 m USD too much"


def test_a_plan_that_has_little_to_regret_because_it_breaks_rules_is_not_praised_for_it() -> None:
    tables = STUDIES["compare"].tables
    first, *others = tables.regret_by_plan
    lawless = dataclasses.replace(first, worlds_with_broken_rules=2.0)
    changed = dataclasses.replace(tables, regret_by_plan=(lawless, *others))
    made = study_pictures(dataclasses.replace(STUDIES["compare"], tables=changed))["regret"]
    assert made.title.endswith("too much, but breaks rules in 2 scenarios")


def test_broken_rules_are_red_beside_their_limits() -> None:
    made = picture("evaluate", "rules")
    assert made.title.startswith("2 rules broken")
    assert made.broken == {0}
    assert [one.role for one in made.series] == [Role.PART, Role.LIMIT]
    assert made.series[1].values == (0.6,)


def test_who_never_runs_short_survives_the_whole_horizon() -> None:
    made = picture("evaluate", "stress")
    assert [one.values for one in made.series] == [(1.25, 4.0), (4.0, 2.5)]


def test_a_frontier_names_its_knee_and_where_it_ends() -> None:
    made = picture("frontier", "frontier")
    assert made.title == "The knee is at 60 %; 40 % costs 1.4 m USD more; no plan at 30 %"
    assert made.at == (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    cost, knee, none = made.series
    assert cost.values == (None, 1_350_000, 410_000, 55_000, 30_000, 12_000, 0)
    assert (knee.role, knee.values) == (Role.MARK, (None, None, None, 55_000, None, None, None))
    assert (none.role, none.values[0]) == (Role.MISSING, 0.0)
    family = picture("frontier of two rules", "frontier")
    assert [one.name for one in family.series[:2]] == [
        "refined_in_china: 85 %", "refined_in_china: 70 %",
    ]  # fmt: skip
    assert family.series[1].values[-1] == 800_000


def test_shares_over_the_limit_have_the_limit_drawn() -> None:
    made = picture("frontier", "origins")
    assert made.title == "China: from 90 % to 40 % as the limit tightens"
    limit = made.series[-1]
    assert limit.role is Role.LIMIT
    assert limit.values == made.at == (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def test_rule_costs_have_their_intervals(paths: dict[str, Path]) -> None:
    made = picture("explain", "rules")
    cost, less, more = made.series
    assert cost.values == (410_000, 40_000, 0)
    assert less.values == (30_000, 40_000, 0)
    assert more.values == (15_000, 50_000, 15_000)
    with zipfile.ZipFile(paths["explain"]) as archive:
        charts = [archive.read(n).decode() for n in archive.namelist() if "charts/chart" in n]
    assert any("<c:errBars>" in chart and "'Chart data'!" in chart for chart in charts)


def test_losers_stand_nearest_first_with_the_cut_they_need() -> None:
    made = picture("explain", "offers")
    assert made.title == "Takefu Rare Earth Magnet, M would win at 6.1 % less"
    assert made.series[0].values == pytest.approx((0.0614, 0.2))
    assert made.labels[1].endswith("1,600,000, wins at 1,280,000 VND")  # what none wins is left out


def test_counts_and_small_shares_have_axes_that_can_be_read() -> None:
    made = study_pictures(STUDIES["alternatives"])
    assert axis_of(made["suppliers"], Settings()).number_format == "General"
    assert made["over"].measure is Measure.SHARE
    assert made["suppliers"].title == "Suppliers: 3 in the best plan, down to 2"
    assert made["over"].least == 0.0
    assert axis_of(made["over"], Settings()).number_format == "0.0%"
    assert axis_of(made["country"], Settings()).number_format == "0%"


@pytest.mark.parametrize("question", STUDIES)
def test_json_says_what_the_workbook_says(question: str) -> None:
    study = STUDIES[question]
    text = study_json(study)
    facts = json.loads(text)
    assert text.endswith("}\n")
    assert facts["question"] == study.question
    assert facts["answer"] == study.answer
    assert facts["attention"] == list(study.attention)
    assert [one["value"] for one in facts["figures"]] == [one.value for one in study.figures]
    filled = {t.attribute for t in STUDY_RESULTS if study.tables.rows(t.attribute)}
    assert set(facts["tables"]) == filled
    for table in STUDY_RESULTS:
        rows = study.tables.rows(table.attribute)
        for stored, row in zip(facts["tables"].get(table.attribute, ()), rows, strict=True):
            assert list(stored) == [column.name for column in table.columns]
            for column in table.columns:
                raw = getattr(row, column.name)
                if isinstance(raw, float):
                    assert stored[column.name] == raw
                if raw is None:
                    assert stored[column.name] is None


def test_json_has_null_for_what_is_not_finite() -> None:
    row = STUDIES["frontier"].tables.frontier[0]
    tables = StudyTables(frontier=(dataclasses.replace(row, bound=-float("inf")),))
    facts = json.loads(study_json(dataclasses.replace(STUDIES["frontier"], tables=tables)))
    assert facts["tables"]["frontier"][0]["bound"] is None


def test_tables_of_a_study_are_frames_with_declared_types() -> None:
    made = frame(STUDIES["explain"], "next_unit")
    assert list(made["period"][:2]) == ["2025-11", "2025-12"]
    assert str(made["short"].dtype) == "boolean"
    assert frame(STUDIES["frontier"], "frontier")["cost"].isna().sum() == 1
    with pytest.raises(KeyError, match="no result table"):
        frame(STUDIES["frontier"], "prices")
