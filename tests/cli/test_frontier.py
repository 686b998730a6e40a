"""``diversify frontier``: what is written and said, and what cannot be asked."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main
from tests.cli.workbooks import GOOD, Tables, folder, taken_for_granted, workbook

# K can make 24 of the 30; L is 5 dearer, so each point of country X is 0.3 pieces and costs 1.5.
CAPPED: Tables = GOOD | {
    "Rules": (
        "rule,active,dimension,member,metric,sense,limit,penalty\n"
        "cap,yes,country,X,share,max,0.75,\n"
        "made_in_y,no,country,Y,share,min,0.5,\n"
        "spread,no,supplier,,hhi,max,9000,"
    ),
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_the_workbook_the_facts_and_what_is_said(tmp_path: Path) -> None:
    out, facts = tmp_path / "out.xlsx", tmp_path / "out.json"
    source = workbook(tmp_path / "in.xlsx", CAPPED)
    result = run("frontier", source, "--rule", "cap", "--limits", "none,80%:50%:10%", "-o", out,
                 "--json", facts)  # fmt: skip
    assert result.exit_code == 0, result.output
    document = json.loads(facts.read_text(encoding="utf-8"))
    rows = document["tables"]["frontier"]
    assert [row["limit"] for row in rows] == [None, 0.8, 0.7, 0.6, 0.5]
    # 24 x 10 + 6 x 15, and 15 more for each 10 points.
    assert [row["cost"] for row in rows] == pytest.approx([330, 330, 345, 360, 375])
    assert [row["per_point"] for row in rows[2:]] == pytest.approx([1.5] * 3)
    said = "Each point of cap below 80 % costs 1.5 USD down to 50 %."
    assert document["answer"] == said
    assert said in result.stdout
    assert f"Written: {out}" in result.stdout
    book = openpyxl.load_workbook(out, data_only=True)
    assert {"Frontier", "Frontier shares"} <= set(book.sheetnames)
    granted = taken_for_granted(out)
    assert (granted["holding_rate"], granted["Offers.min_order"]) == ("0", "0")
    values = [cell for line in book["Frontier"].iter_rows(values_only=True) for cell in line]
    assert 375 in values
    assert "cap 50 % (2 of 5)" in result.stderr


def test_two_rules_make_a_family(tmp_path: Path) -> None:
    """At least half from Y costs what at most half from X does, so that nothing is added then."""
    facts = tmp_path / "out.json"
    result = run("frontier", folder(tmp_path / "in", CAPPED), "--rule", "cap", "--limits",
                 "0.7:0.5:0.1", "--rule", "made_in_y", "--limits", "0.5,none", "-o",
                 tmp_path / "out.xlsx", "--json", facts)  # fmt: skip
    assert result.exit_code == 0, result.output
    rows = json.loads(facts.read_text(encoding="utf-8"))["tables"]["frontier"]
    assert [row["curve"] for row in rows] == ["without made_in_y"] * 3 + ["made_in_y 50 %"] * 3
    assert [row["cost"] for row in rows] == pytest.approx([345, 360, 375, 375, 375, 375])


def test_points_of_concentration(tmp_path: Path) -> None:
    """Shares of 80 and 20 % make 6,800 points."""
    facts = tmp_path / "out.json"
    source = folder(
        tmp_path / "in", CAPPED | {"Rules": CAPPED["Rules"].replace("cap,yes", "cap,no")}
    )
    result = run("frontier", source, "--rule", "spread", "--limits", "7000,5200", "-o",
                 tmp_path / "out.xlsx", "--json", facts)  # fmt: skip
    assert result.exit_code == 0, result.output
    rows = json.loads(facts.read_text(encoding="utf-8"))["tables"]["frontier"]
    assert rows[0]["reached"] == pytest.approx(6800, rel=1e-3)
    assert rows[1]["reached"] == pytest.approx(5200, rel=1e-3)  # 60 and 40 %
    assert [row["cost"] for row in rows] == pytest.approx([330, 360], rel=1e-3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rule", "cup", "--limits", "0.5"), "There is no rule 'cup'. Did you mean cap?"),
        (("--rule", "cap", "--limits", "60"), "a share is 0 to 1"),
        (("--rule", "spread", "--limits", "50%"), "hhi is in points"),
        (("--rule", "cap", "--limits", "a lot"), "neither a number nor none"),
        (("--rule", "cap", "--limits", "nan"), "neither a number nor none"),
        (("--rule", "cap", "--limits", "1:0"), "is not FROM:TO:STEP"),
        (("--rule", "cap", "--limits", "1:0:0"), "the step of '1:0:0' is 0"),
        (("--rule", "cap", "--limits", "1:0:0.0001"), "1,000 are the most"),
        (("--rule", "cap"), "--limits"),
        (("--rule", "cap", "--rule", "spread", "--limits", "0.5"), "give one each"),
        (("--rule", "cap", "--limits", "1", "--rule", "cap", "--limits", "1"), "swept once"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    out = tmp_path / "out.xlsx"
    result = run("frontier", folder(tmp_path / "in", CAPPED), *arguments, "-o", out)
    assert result.exit_code == 2
    assert said in result.output
    assert not out.exists()


def test_a_step_that_meets_the_end_counts_it(tmp_path: Path) -> None:
    """0.9 - 2 x 0.3 is 0.3, whatever a binary fraction makes of it; a step may have a sign."""
    facts = tmp_path / "out.json"
    source = folder(tmp_path / "in", CAPPED)
    for limits in ("0.9:0.3:0.3", "0.3:0.9:0.3", "90%:30%:-30%"):
        result = run("frontier", source, "--rule", "cap", "--limits", limits, "-o",
                     tmp_path / "out.xlsx", "--json", facts)  # fmt: skip
        assert result.exit_code == 0, result.output
        rows = json.loads(facts.read_text(encoding="utf-8"))["tables"]["frontier"]
        assert [row["limit"] for row in rows] == [0.9, 0.6, 0.3]
