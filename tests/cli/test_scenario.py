"""``--scenario`` and what ``check`` says of scenarios, on written files.

Without rules: K sells 24 of the 30 for 10 and L the rest for 15: 330. When K asks for 20, L sells
all 30: 450.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import optimizer
from optimizer.cli import main
from tests.cli.workbooks import GOOD, Tables, folder, without_rules, workbook

HEADER = "scenario,active,table,where,column,operation,value"
SCENARIOS = f"""{HEADER}
dear,,Offers,supplier=K,price,multiply,2
dear,,Settings,setting=holding_rate,value,set,0.1
wrong,,Offers,supplier=K,price,add,-11
off,no,Offers,,price,add,1"""
TABLES: Tables = {**without_rules(GOOD), "Scenarios": SCENARIOS}
Form = Callable[[Path, Tables], Path]
FORMS = pytest.mark.parametrize(("form", "name"), [(folder, "in"), (workbook, "in.xlsx")])


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def texts(path: Path, sheet: str) -> list[str]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [str(value) for row in book[sheet].iter_rows(values_only=True) for value in row]


@FORMS
def test_a_plan_for_a_scenario_says_so(tmp_path: Path, form: Form, name: str) -> None:
    source = form(tmp_path / name, TABLES)
    out, facts = tmp_path / "out.xlsx", tmp_path / "out.json"
    result = run("solve", source, "--scenario", "DEAR", "-o", out, "--json", facts)
    assert result.exit_code == 0, result.output
    found = json.loads(facts.read_text(encoding="utf-8"))
    assert found["scenario"] == "dear"
    assert found["objective"] == pytest.approx(450)
    assert [row["supplier"] for row in found["awards"]] == ["L"]
    note = (
        "The plan is made for the scenario dear of the sheet Scenarios, not for the workbook as "
        "it stands: it changes 1 cell of Offers and 1 cell of Settings."
    )
    assert f"Note: {note}" in result.stdout
    assert texts(out, "Summary")[0] == "in, scenario dear, 2025-01 to 2025-03"
    assumed = texts(out, "Assumptions")
    assert note in assumed
    assert assumed[assumed.index("scenario") :][:3] == ["scenario", "dear", "Scenarios, rows 2-3"]
    assert assumed[assumed.index("holding_rate") :][:3] == [
        "holding_rate", "0.1", "scenario dear",
    ]  # fmt: skip


def test_the_plan_of_the_workbook_itself_is_what_it_was(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", TABLES)
    for name in ("plain", "base"):
        asked = ("--scenario", "base") if name == "base" else ()
        facts = tmp_path / f"{name}.json"
        result = run("solve", source, *asked, "-o", tmp_path / f"{name}.xlsx", "--json", facts)
        assert result.exit_code == 0
        found = json.loads(facts.read_text(encoding="utf-8"))
        assert (found["scenario"], found["objective"]) == ("base", pytest.approx(330))
    assert (tmp_path / "plain.xlsx").read_bytes() == (tmp_path / "base.xlsx").read_bytes()
    assert texts(tmp_path / "plain.xlsx", "Summary")[0] == "in, 2025-01 to 2025-03"
    assert "scenario dear" not in " ".join(texts(tmp_path / "plain.xlsx", "Assumptions"))


@FORMS
@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ("deer", "Did you mean dear?"),
        ("off", "every row of scenario off is inactive"),
        ("wrong", "Offers!C2 would become -1 in scenario wrong"),
    ],
)
def test_a_scenario_that_cannot_be_had(
    tmp_path: Path, form: Form, name: str, scenario: str, said: str
) -> None:
    source = form(tmp_path / name, TABLES)
    result = run("solve", source, "--scenario", scenario, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())
    assert not (tmp_path / "out.xlsx").exists()


@FORMS
def test_check_finds_what_is_wrong_in_any_scenario(tmp_path: Path, form: Form, name: str) -> None:
    source = form(tmp_path / name, TABLES)
    marked = tmp_path / "marked.xlsx"
    result = run("check", source, "--annotate", marked)
    assert result.exit_code == 1
    assert "1 error, 0 warnings." in result.stdout
    assert "Scenarios!G4" in result.stdout
    comment = openpyxl.load_workbook(marked)["Scenarios"]["G4"].comment
    assert comment is not None
    assert "Offers!C2 would become -1" in comment.text
    # A plain plan has nothing to do with it.
    assert run("solve", source, "-o", tmp_path / "out.xlsx").exit_code == 0


def test_from_python(tmp_path: Path) -> None:
    data = optimizer.read(folder(tmp_path / "in", TABLES))
    assert optimizer.scenario_names(data) == ("base", "dear", "wrong")
    plan = optimizer.solve(optimizer.scenario(data, "dear"))
    assert plan.facts.objective == pytest.approx(450)
    assert plan.data.scenario == "dear"
    with pytest.raises(optimizer.InputErrors, match=r"Scenarios!G4: Offers!C2 would become -1"):
        optimizer.scenario(data, "wrong")
