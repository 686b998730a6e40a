"""The shipped example, from its tables to the plan, with what it is there to show."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from collections.abc import Collection
from pathlib import Path

import pytest
from click.testing import CliRunner

import optimizer
from optimizer.api import SolvedPlan
from optimizer.cli import main
from optimizer.contract.data import Data
from optimizer.example import example_folder
from optimizer.report.answer import actions
from optimizer.tables.template import write_template

ROOT = Path(__file__).parents[2]
QUICK = 0.03  # shares settle long before the last percent of the gap is proven


@pytest.fixture(scope="module")
def example() -> Data:
    return optimizer.read(example_folder())


@pytest.fixture(scope="module")
def calm(example: Data) -> Data:
    """The example as if nothing could happen: one certain outcome."""
    return dataclasses.replace(example, risks=())


def with_rules(data: Data, names: Collection[str]) -> Data:
    rules = (dataclasses.replace(rule, active=rule.rule in names) for rule in data.rules)
    return dataclasses.replace(data, rules=tuple(rules))


def shares(plan: SolvedPlan) -> dict[tuple[str, str], float]:
    return {(row.dimension, row.member): row.share for row in plan.contract.tables.mix}


def made_of_rare_earth(plan: SolvedPlan, data: Data) -> float:
    family = {item.item for item in data.items if item.family == "rare-earth magnets"}
    awards = [row for row in plan.contract.tables.awards if row.item in family]
    return sum(row.volume for row in awards if row.country == "CN") / sum(
        row.volume for row in awards
    )


def parts(book: Path) -> dict[str, bytes]:
    """What a workbook holds; how it is packed differs between builds of the zip library."""
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_without_rules_china_makes_and_refines_nearly_everything(calm: Data) -> None:
    plan = optimizer.solve(with_rules(calm, ()), gap=QUICK, time_limit=120)
    assert made_of_rare_earth(plan, calm) == pytest.approx(0.95, abs=0.025)
    assert shares(plan)["refining", "CN"] == pytest.approx(0.98, abs=0.015)
    assert plan.contract.facts.shortage == pytest.approx(0.0, abs=1e-3)


def test_a_cap_on_where_magnets_are_made_leaves_the_refining_in_china(calm: Data) -> None:
    plan = optimizer.solve(with_rules(calm, ["made_in_china"]), gap=QUICK, time_limit=120)
    assert made_of_rare_earth(plan, calm) == pytest.approx(0.6, abs=0.005)
    assert shares(plan)["refining", "CN"] == pytest.approx(0.90, abs=0.02)
    said = " ".join(action.text for action in actions(plan.contract))
    assert "Hidden dependence" in said
    assert "90 % of refining" in said


def test_the_workbook_in_data_is_the_one_that_the_tables_give(tmp_path: Path) -> None:
    made = tmp_path / "made.xlsx"
    write_template(made, data_folder=example_folder())
    assert parts(made) == parts(ROOT / "data" / "rare_earth_magnets.xlsx"), (
        "delete it and run: "
        "diversify template data/rare_earth_magnets.xlsx --example rare-earth-magnets"
    )


@pytest.mark.slow
def test_without_risks_the_gap_is_proven_within_a_minute(calm: Data) -> None:
    plan = optimizer.solve(calm, gap=0.01, time_limit=60)
    assert plan.facts.status == "optimal"
    assert plan.facts.gap <= 0.01


@pytest.mark.slow
def test_with_its_risks_it_has_a_plan_with_a_proven_gap(tmp_path: Path) -> None:
    out, facts = tmp_path / "out.xlsx", tmp_path / "out.json"
    result = CliRunner().invoke(
        main, ["solve", str(ROOT / "data" / "rare_earth_magnets.xlsx"), "-o", str(out),
               "--json", str(facts)]
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert out.exists()
    found = json.loads(facts.read_text(encoding="utf-8"))
    assert len(found["outcomes"]) == 24
    assert found["gap_without_unavoidable_shortage"] <= 0.03
    assert found["without_risk"]["promised"] < found["objective"]
    assert found["objective"] < found["without_risk"]["spread"]["expected"]
