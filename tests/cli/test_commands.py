"""``diversify template``, ``check`` and ``contract``, and how quickly help appears."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main
from optimizer.contract.inputs import INPUTS
from optimizer.contract.results import RESULTS
from optimizer.contract.settings import SETTINGS
from tests.cli.workbooks import GOOD, folder, workbook

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_template_with_further_tables(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    assert run("template", path, "--with", "open_orders,STOCK").exit_code == 0
    sheets = set(openpyxl.load_workbook(path).sheetnames)
    assert {table.name for table in INPUTS if table.needed} <= sheets
    assert {"OpenOrders", "Stock"} <= sheets
    assert "Lanes" not in sheets


def test_a_template_that_is_filled_in_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    assert run("template", path).exit_code == 0
    first = path.read_bytes()
    assert run("template", path).exit_code == 0
    assert path.read_bytes() == first
    result = run("template", path, "--with", "stock")
    assert result.exit_code == 2
    assert "exists" in result.stderr
    assert path.read_bytes() == first
    assert [one.name for one in tmp_path.iterdir()] == ["in.xlsx"]


def test_the_example_is_checked_without_errors(tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    assert run("template", path, "--example", "rare-earth-magnets").exit_code == 0
    result = run("check", path)
    assert result.exit_code == 0, result.output
    assert "0 errors" in result.stdout
    assert "At most 60 % of all rare-earth magnets, by weight, may be made in China" in (
        result.stdout
    )
    assert "Risks:" in result.stdout


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["template", "in.xlsx", "--with", "licenses"], "Did you mean Licences?"),
        (["template", "in.xlsx", "--example", "cars"], "is not 'rare-earth-magnets'"),
        (["template", "in.csv"], "should end in .xlsx"),
        (["template", "in.xlsx", "--with", "stock", "--example", "rare-earth-magnets"], "--with"),
        (["contract", "Ofers"], "Did you mean Offers?"),
        (["check", "nothing.xlsx"], "does not exist"),
        (["explanation", "in.xlsx"], "No such command"),
    ],
)
def test_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_says_everything_at_once_and_marks_a_copy(tmp_path: Path) -> None:
    wrong = GOOD | {
        "Offers": "supplier,item,price\nK,P,10\nKK,P,x",
        "Demand": "item,site,period,quantity\nP,B,2025-01,10",
    }
    source, copy = workbook(tmp_path / "in.xlsx", wrong), tmp_path / "marked.xlsx"
    before = source.read_bytes()
    result = run("check", source, "--annotate", copy)
    assert result.exit_code == 1
    for cell in ("Offers!A3", "Offers!C3", "Demand!B2"):
        assert cell in result.stdout
    assert "Findings" in openpyxl.load_workbook(copy).sheetnames
    assert source.read_bytes() == before
    assert run("check", source, "--annotate", source).exit_code == 2
    assert source.read_bytes() == before


def test_check_reads_the_rules_back(tmp_path: Path) -> None:
    result = run("check", folder(tmp_path / "in"))
    assert result.exit_code == 0, result.output
    assert "cap: At most 75 % of all goods, by weight, may be made in Xland." in result.stdout
    assert "goal: At least 3 suppliers must supply all goods" in result.stdout


def test_names_that_a_console_cannot_show_end_nothing(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", GOOD | {"Countries": "country,name\nX,Čína\nY,"})
    done = subprocess.run(
        [sys.executable, "-m", "optimizer", "check", str(source)],
        capture_output=True,
        encoding="cp1252",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp1252"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "may be made in ?ína" in done.stdout


def test_the_contract_names_every_column() -> None:
    result = run("contract")
    assert result.exit_code == 0
    for table in (*INPUTS, *RESULTS):
        assert f"\n{table.name} (" in "\n" + result.stdout
        for column in table.columns:
            assert column.name in result.stdout
    for setting in SETTINGS:
        assert f"\n{setting.name} " in result.stdout


def test_one_table_of_the_contract() -> None:
    result = run("contract", "rule check")
    assert result.stdout.startswith("Rule check (result):")
    assert "Offers" not in result.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["contract"], ["solve", "--help"]])
def test_help_loads_neither_solver_nor_tables(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from optimizer.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        "heavy = {'pandas', 'pyomo', 'highspy', 'openpyxl', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_ctrl_c_while_python_still_loads_is_no_stack_trace() -> None:
    program = (
        "import runpy, sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "runpy.run_module('optimizer', run_name='__main__')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (130, "Error: Stopped.\n")
