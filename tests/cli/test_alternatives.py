"""``diversify alternatives``: from a written input to a workbook with the plans side by side."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main
from tests.cli.workbooks import GOOD, folder, taken_for_granted, without_rules, workbook

# K sells P for 10, up to 8 a month, 30 are needed in three months; L asks 10.2.  24 of K and 6 of L
# cost 301.20; L alone costs 306, which is 1.6 % more.
NEAR = without_rules(GOOD) | {
    "Offers": "supplier,item,price,capacity,baseline\nK,P,10,8,120\nL,P,10.2,,0"
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.mark.parametrize("within", ["2%", "2 %", "0.02"])
def test_a_workbook_with_the_plans_side_by_side(tmp_path: Path, within: str) -> None:
    out, facts = tmp_path / "out.xlsx", tmp_path / "out.json"
    source = workbook(tmp_path / "in.xlsx", NEAR)
    result = run("alternatives", source, "--within", within, "-o", out, "--json", facts)
    assert result.exit_code == 0, result.output
    told = json.loads(facts.read_text(encoding="utf-8"))
    assert told["question"] == "alternatives"
    assert told["answer"].startswith("For at most 2 % more (6.02 USD), 1 supplier instead of 2")
    plans = {row["plan"]: row for row in told["tables"]["alternatives"]}
    assert plans["best plan"]["cost"] == pytest.approx(301.2)
    assert plans["fewest suppliers"]["cost"] == pytest.approx(306)
    assert plans["least from X"]["country_share"] == pytest.approx(0)
    assert told["answer"] in result.stdout
    assert "fewest suppliers" in result.stdout
    assert "Alternatives" in openpyxl.load_workbook(out).sheetnames
    granted = taken_for_granted(out)
    assert (granted["holding_rate"], granted["Offers.min_order"]) == ("0", "0")


def test_named_countries_and_the_default_output(tmp_path: Path) -> None:
    source = folder(tmp_path / "quotes", NEAR)
    result = run("alternatives", source, "--country", "Yland", "--country", "x")
    assert result.exit_code == 0, result.output
    assert {one.name for one in tmp_path.iterdir()} == {"quotes", "quotes-alternatives.xlsx"}
    assert "least from Y" in result.stdout
    assert "least from X" in result.stdout


@pytest.mark.parametrize("wrong", ["-1%", "one", "nan", "inf", "5"])
def test_wrong_shares(tmp_path: Path, wrong: str) -> None:
    out = tmp_path / "out.xlsx"
    source = folder(tmp_path / "quotes", NEAR)
    result = run("alternatives", source, "-o", out, f"--within={wrong}")
    assert result.exit_code == 2
    assert not out.exists()


def test_a_country_that_nobody_makes_anything_in(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    result = run("alternatives", folder(tmp_path / "q", NEAR), "-o", out, "--country", "Zland")
    assert result.exit_code == 2
    assert "No supplier makes anything in 'Zland'" in result.output
    assert not out.exists()


def test_no_plan_at_all(tmp_path: Path) -> None:
    none = GOOD | {
        "Settings": GOOD["Settings"] + "\nunmet_demand,forbid",
        "Offers": "supplier,item,price,capacity\nK,P,10,2\nL,P,15,2",
    }
    result = run("alternatives", folder(tmp_path / "q", none), "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 3
    assert "No plan" in result.output
