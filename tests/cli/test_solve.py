"""``diversify solve``: what is written, said and returned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main
from tests.cli.workbooks import GOOD, OPTIMUM, folder, without_rules, workbook

FACTS = {
    "status", "objective", "bound", "gap", "seconds", "costs", "cash_cost", "penalty_cost",
    "gap_without_unavoidable_shortage", "awards", "shares", "hhi", "shortage", "rules", "outcomes",
}  # fmt: skip
RULE_FACTS = {"rule", "item", "member", "limit", "actual", "slack", "binding", "relaxed"}
ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def written(path: Path) -> set[str]:
    return {one.name for one in path.iterdir()}


@pytest.mark.parametrize("form", [folder, workbook])
def test_a_plan_is_written_as_workbook_and_json(tmp_path: Path, form: object) -> None:
    assert callable(form)
    source = form(tmp_path / ("in.xlsx" if form is workbook else "in"))
    out, facts = tmp_path / "out.xlsx", tmp_path / "out.json"
    result = run("solve", source, "-o", out, "--json", facts)
    assert result.exit_code == 0, result.output
    assert "soft rules broken" in result.stdout
    assert f"Written: {out}" in result.stdout
    assert "\x1b" not in result.output
    found = json.loads(facts.read_text(encoding="utf-8"))
    assert set(found) >= FACTS
    assert found["status"] == "optimal"
    assert found["objective"] == pytest.approx(OPTIMUM)
    assert found["bound"] <= found["objective"] * (1 + 1e-9)
    assert found["cash_cost"] == pytest.approx(OPTIMUM - 1000)
    assert found["shares"]["country"] == pytest.approx({"X": 0.75, "Y": 0.25})
    assert [set(one) for one in found["rules"]] == [RULE_FACTS, RULE_FACTS]
    assert {one["rule"]: one["relaxed"] for one in found["rules"]} == {"cap": 0, "goal": 1}
    assert [one["probability"] for one in found["outcomes"]] == [1]
    book = openpyxl.load_workbook(out, data_only=True)
    assert {"Summary", "Awards", "Rule check", "Assumptions"} <= set(book.sheetnames)


def test_the_default_output_stands_beside_the_input(tmp_path: Path) -> None:
    source = folder(tmp_path / "quotes", without_rules(GOOD))
    assert run("solve", source).exit_code == 0
    assert written(tmp_path) == {"quotes", "quotes-plan.xlsx"}


def test_options_take_the_place_of_settings(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", without_rules(GOOD))
    out = tmp_path / "out.xlsx"
    result = run("solve", source, "-o", out, "--gap", 0.25, "--time-limit", 77, "--threads", 2)
    assert result.exit_code == 0, result.output
    sheet = openpyxl.load_workbook(out, data_only=True)["Assumptions"]
    values = {row[1]: row[2:4] for row in sheet.iter_rows(values_only=True)}
    assert values["gap"] == ("0.25", "given")
    assert values["time_limit"] == ("77", "given")
    assert values["threads"] == ("2", "given")
    assert values["seed"] == ("0", "default")


def test_an_input_with_errors_is_not_solved(tmp_path: Path) -> None:
    wrong = GOOD | {"Offers": "supplier,item,price\nK,P,10\nKK,P,x"}
    source = folder(tmp_path / "in", wrong)
    result = run("solve", source, "-o", tmp_path / "out.xlsx", "--json", tmp_path / "out.json")
    assert result.exit_code == 1
    assert "Offers!A3" in result.stderr
    assert "Offers!C3" in result.stderr
    assert "Nothing was solved and nothing was written." in result.stderr
    assert written(tmp_path) == {"in"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"item;price\nP;1\n"])
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "in.xlsx"
    source.write_bytes(content)
    result = run("solve", source, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert "1 error" in result.stderr
    assert written(tmp_path) == {"in.xlsx"}


def test_no_plan_keeps_every_rule(tmp_path: Path) -> None:
    impossible = GOOD | {
        "Settings": "setting,value\nstart,2025-01\nunmet_demand,forbid",
        "Offers": "supplier,item,price,capacity\nK,P,10,8\nL,P,15,8",
        "Rules": "rule,dimension,member,metric,sense,limit\ntenth,country,X,share,max,0.1",
    }
    source = folder(tmp_path / "in", impossible)
    result = run("solve", source, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 3, result.output
    assert "Rule tenth must hold" in result.stderr
    assert "unmet_demand is forbid" in result.stderr
    assert written(tmp_path) == {"in"}


def test_demand_that_nothing_can_meet_is_not_blamed_on_rules(tmp_path: Path) -> None:
    impossible = GOOD | {
        "Settings": "setting,value\nstart,2025-01\nunmet_demand,forbid",
        "Offers": "supplier,item,price,capacity\nK,P,10,3\nL,P,15,3",
    }
    result = run("solve", folder(tmp_path / "in", impossible), "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 3, result.output
    assert "not even without rules" in result.stderr
    assert "Rule cap" not in result.stderr


def test_a_limit_before_any_plan(tmp_path: Path) -> None:
    source = folder(tmp_path / "in")
    result = run("solve", source, "-o", tmp_path / "out.xlsx", "--time-limit", 1e-6)
    assert result.exit_code == 4, result.output
    assert "No plan was found within 1e-06 seconds" in result.stderr
    assert written(tmp_path) == {"in"}


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--gap", "2"], "not in the range"),
        (["--gap", "nan"], "is not a number"),
        (["--time-limit", "nan"], "is not a number"),
        (["--time-limit", "0"], "not in the range"),
        (["--json", "facts.txt"], "should end in .json"),
        (["-o", "plan.docx"], "should end in .xlsx"),
        (["-o", "nowhere/plan.xlsx"], "no folder"),
        (["--lock", "x"], "does not exist"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "in")
    result = run("solve", "in", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert written(tmp_path) == {"in"}


def test_an_output_of_no_kind_is_refused_before_anything_is_solved(tmp_path: Path) -> None:
    result = run("solve", folder(tmp_path / "in"), "-o", tmp_path / "plan.csv")
    assert result.exit_code == 2
    assert "plan.csv should end in .xlsx" in result.stderr
    assert "building the model" not in result.stderr
    assert written(tmp_path) == {"in"}


def test_an_input_is_never_written_to(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx")
    before = source.read_bytes()
    result = run("solve", source, "-o", source)
    assert result.exit_code == 2
    assert "an input is never written to" in result.stderr
    assert source.read_bytes() == before


def test_an_output_is_not_named_twice(tmp_path: Path) -> None:
    source = folder(tmp_path / "in")
    result = run("solve", tmp_path / "missing.xlsx")
    assert result.exit_code == 2
    result = run("solve", source, "-o", tmp_path / "a.json", "--json", tmp_path / "a.json")
    assert result.exit_code == 2
    assert written(tmp_path) == {"in"}


def test_as_a_program_of_its_own(tmp_path: Path) -> None:
    source = folder(tmp_path / "in")
    out = tmp_path / "out.xlsx"
    done = subprocess.run(
        [sys.executable, "-m", "optimizer", "solve", str(source), "-o", str(out)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "cost" in done.stdout
    assert "checking the plan independently" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr
    assert out.exists()


def test_small_figures_keep_their_digits(tmp_path: Path) -> None:
    prices = "supplier,item,price\nK,P,0.0105"
    needs = "item,site,period,quantity\nP,A,2025-01,0.6"
    source = folder(tmp_path / "in", {**without_rules(GOOD), "Offers": prices, "Demand": needs})
    result = run("solve", source, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 0
    assert "0.0063 USD" in result.stdout
    assert "0.6 kg from 1 supplier\n" in result.stdout
