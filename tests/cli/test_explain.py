"""``diversify explain``, from a file to a workbook."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from optimizer.cli.main import main
from tests.cli.workbooks import GOOD, folder, taken_for_granted, without_rules, workbook


def run(*arguments: str | Path) -> tuple[int, str]:
    found = CliRunner().invoke(main, ["explain", *map(str, arguments)])
    return found.exit_code, found.output


def table(path: Path, sheet: str) -> list[list[object]]:
    """The cells of a sheet that are not blank, row by row."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [[cell for cell in row if cell is not None] for row in rows]


def test_prices_of_rules_from_a_workbook(tmp_path: Path) -> None:
    """The cap moves 1.5 P from 10 to 15; the goal that is missed costs its penalty."""
    source, target, facts = workbook(tmp_path / "in.xlsx"), tmp_path / "o.xlsx", tmp_path / "o.json"
    status, said = run(source, "-o", target, "--json", facts, "--gap", "0")
    assert status == 0, said
    assert "goal costs 1,000 USD (1,000 to 1,000)" in said
    assert "cap costs 7.5 USD (7.5 to 7.5)" in said
    cells = [cell for row in table(target, "Rule costs") for cell in row]
    assert "cap" in cells
    assert any(isinstance(cell, float | int) and abs(cell - 7.5) < 1e-6 for cell in cells)
    assert "rule_costs" in facts.read_text(encoding="utf-8")
    granted = taken_for_granted(target)
    assert (granted["holding_rate"], granted["Offers.min_order"]) == ("0", "0")
    assert granted["gap"] == "0"
    json.loads(facts.read_text(encoding="utf-8"))


def test_who_loses_and_at_which_price(tmp_path: Path) -> None:
    """Without the goal of three suppliers M, at 20, has to come down to what L costs: 15."""
    tables = without_rules(GOOD)
    tables["Suppliers"] += "\nM,Y"
    tables["Offers"] += "\nM,P,20,"
    status, said = run(folder(tmp_path / "in", tables), "--only", "offers,suppliers", "--gap", "0")
    assert status == 0, said
    assert "M wins 3 kg of P at 15.00 USD instead of 20.00" in said
    assert "with all its prices at 75.0 % of those now" in said
    written = tmp_path / "in-explained.xlsx"
    assert "Prices to win" in openpyxl.load_workbook(written).sheetnames
    assert "Rule costs" not in openpyxl.load_workbook(written).sheetnames


def test_without_a_plan_it_says_why(tmp_path: Path) -> None:
    """29 are asked of K, which can make 24."""
    tables = dict(GOOD)
    tables["Rules"] = "rule,dimension,member,metric,sense,limit\nlots,supplier,K,quantity,min,29"
    target = tmp_path / "out.xlsx"
    status, said = run(workbook(tmp_path / "in.xlsx", tables), "-o", target)
    assert status == 0, said
    assert "No plan keeps everything" in said
    assert "There is no plan until one cell of each conflict is changed." in said
    assert "Rules!" in said
    assert "Conflicts" in openpyxl.load_workbook(target).sheetnames
    assert taken_for_granted(target)["holding_rate"] == "0"


def test_caps_that_leave_too_little_are_refused_at_their_cell(tmp_path: Path) -> None:
    """What reading sees needs no search for a conflict: the sentence says what is missing."""
    rules = "rule,dimension,member,metric,sense,limit\n"
    rules += "cap_x,country,X,share,max,0.5\ncap_y,country,Y,share,max,0.3"
    target = tmp_path / "out.xlsx"
    status, said = run(folder(tmp_path / "in", GOOD | {"Rules": rules}), "-o", target)
    assert status == 1
    assert "Rules!F3" in said
    assert "may together have at most 0.8 of the whole" in " ".join(said.split())
    assert not target.exists()


@pytest.mark.parametrize("wrong", [("--only", "moon"), ("--only", ","), ("--size", "0")])
def test_wrong_use(tmp_path: Path, wrong: tuple[str, str]) -> None:
    status, said = run(folder(tmp_path / "in"), *wrong)
    assert status == 2
    assert wrong[0].lstrip("-") in said


def test_no_time_for_further_solves(tmp_path: Path) -> None:
    status, said = run(folder(tmp_path / "in"), "--total", "0", "--only", "rules")
    assert status == 0
    assert "not reached" in said


def test_why_something_is_short(tmp_path: Path) -> None:
    """K makes 24 of the 30, and there is nobody else."""
    tables = without_rules(GOOD)
    tables["Offers"] = "supplier,item,price,capacity\nK,P,10,8"
    tables["Suppliers"] = "supplier,country\nK,X"
    target = tmp_path / "out.xlsx"
    status, said = run(folder(tmp_path / "in", tables), "-o", target, "--only", "shortage")
    assert status == 0, said
    assert "6 kg" in said
    assert "Shortage reasons" in openpyxl.load_workbook(target).sheetnames
