"""``diversify sensitivity``: what is written and said."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main
from tests.cli.workbooks import GOOD, Tables, folder, without_rules

RISKY: Tables = without_rules(GOOD) | {
    "Settings": (
        "setting,value\nstart,2025-01\nholding_rate,0\nthreads,1\ngap,0\nreveal_days,0\n"
        "call_off_min,0\ncall_off_max,20"
    ),
    "Items": "item,description,shortage_cost\nP,magnet,115",
    "Suppliers": "supplier,country,onboarding_cost\nK,X,0\nL,Y,750",
    "Offers": "supplier,item,price\nK,P,10\nL,P,15",
    "Risks": (
        "risk,result,probability,scope,target,deliverable\n"
        "licence,granted,0.9,supplier,K,1\n"
        "licence,frozen,0.1,supplier,K,0"
    ),
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def sheet(path: Path, name: str) -> list[dict[str, object]]:
    """The rows of a sheet, by their headings."""
    lines = openpyxl.load_workbook(path, data_only=True)[name].iter_rows(values_only=True)
    filled = [line for line in lines if sum(cell is not None for cell in line) > 2]
    heads = [str(cell).partition(" (")[0] for cell in filled[0]]
    return [dict(zip(heads, line, strict=True)) for line in filled[1:]]


def test_the_workbook_the_facts_and_what_is_said(tmp_path: Path) -> None:
    out, facts = tmp_path / "out.xlsx", tmp_path / "out.json"
    source = folder(tmp_path / "in", RISKY)
    result = run(
        "sensitivity", source, "-o", out, "--json", facts,
        "--points", 4, "--distance", 0.05, "--distance", 0.3,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    document = json.loads(facts.read_text(encoding="utf-8"))
    swept = document["sensitivity"]
    assert {row["subject"] for row in swept if row["kind"] == "probability"} == {
        "licence: granted",
        "licence: frozen",
    }
    # 300 (1 - p) + 3,450 p without L; with it 300 (1 - p) + 450 p + 750: L is worth it from 1/4 on.
    frozen = [row for row in swept if row["subject"] == "licence: frozen"]
    changes = [row["value"] for row in frozen if row["changed"]]
    same = [row["value"] for row in frozen if not row["changed"]]
    assert 0.24 <= max(same) <= 0.2501 < min(changes) <= 0.27
    assert [row["distance"] for row in document["worst_probabilities"]] == [0.05, 0.3]
    # 315 more for every ten points.
    assert [row["increase"] for row in document["worst_probabilities"]] == pytest.approx(
        [157.5, 945.0]
    )
    assert len(sheet(out, "Sensitivity")) == len(swept)
    assert len(sheet(out, "Worst probabilities")) == 2
    assert "licence: frozen" in result.stdout
    assert "30 points" in result.stdout
    assert f"Written: {out}" in result.stdout
    assert "sensitivity 1 of " in result.stderr


def test_without_risks_there_is_nothing_to_change(tmp_path: Path) -> None:
    source = folder(tmp_path / "quotes", without_rules(GOOD))
    result = run("sensitivity", source)
    assert result.exit_code == 0, result.output
    assert {one.name for one in tmp_path.iterdir()} == {"quotes", "quotes-sensitivity.xlsx"}
    assert "Nothing to change" in result.stdout


@pytest.mark.parametrize(
    "wrong", [("--points", 1), ("--distance", 1.5), ("--gap", 2), ("--json", "facts.txt")]
)
def test_wrong_usage(tmp_path: Path, wrong: tuple[str, object]) -> None:
    source, out = folder(tmp_path / "in", RISKY), tmp_path / "out.xlsx"
    assert run("sensitivity", source, "-o", out, *wrong).exit_code == 2
    assert not out.exists()
