"""``diversify stress``: the published case, and what is written and said."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import optimizer
from optimizer.cli import main
from tests.cli.workbooks import GOOD, Tables, folder, without_rules

FORD = Path(__file__).parents[1] / "oracles" / "ford_stress"
TWO_OFFERS = without_rules(GOOD)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def stops(path: Path) -> dict[object, tuple[object, object]]:
    """Loss and time to survive by target, from the sheet Stress."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Stress"]
    lines = [line for line in sheet.iter_rows(values_only=True) if line[1] is not None]
    head = [str(cell) for cell in lines[0]]
    target = head.index("Target")
    (loss,) = (n for n, name in enumerate(head) if name.startswith("Loss ("))
    (survives,) = (n for n, name in enumerate(head) if name.startswith("Survives ("))
    return {line[target]: (line[loss], line[survives]) for line in lines[1:]}


def test_the_published_case(tmp_path: Path) -> None:
    out, facts = tmp_path / "out.xlsx", tmp_path / "out.json"
    result = run("stress", FORD, "-o", out, "--duration", 2, "--json", facts)
    assert result.exit_code == 0, result.output
    found = stops(out)
    assert list(found)[1:] == ["S3", "S2", "S1"]  # the largest loss first, after their country
    assert found["S1"] == pytest.approx((0, 9 / 4))
    assert found["S2"] == pytest.approx((125_000, 9 / 7))
    assert found["S3"] == pytest.approx((275_000, 9 / 10))
    assert json.loads(facts.read_text(encoding="utf-8"))["status"] == "optimal"
    assert "supplier S2  1.3 periods  125,000 USD    P1 at A" in result.stdout
    assert f"Written: {out}" in result.stdout
    assert "stopping one source after the other" in result.stderr


def test_from_python_the_table_is_a_frame_beside_those_of_the_plan() -> None:
    plan = optimizer.stress(optimizer.read(FORD))
    assert plan.stress["target"].tolist() == ["X", "S3", "S2", "S1"]
    # Stopped to the end: of 500 are missing what neither 45 of stock nor the others cover.
    assert plan.stress["shortage"].tolist() == pytest.approx([455, 155, 95, 35])
    assert plan.awards["award"].sum() == pytest.approx(455)
    with pytest.raises(ValueError, match="duration must be at least 1"):
        optimizer.stress(optimizer.read(FORD), 0)


def test_the_plan_decides_who_may_help(tmp_path: Path) -> None:
    """L costs more than a shortage: the plan leaves it out, and it does not help K's customers."""
    dear: Tables = TWO_OFFERS | {
        "Suppliers": "supplier,country,onboarding_cost\nK,X,0\nL,Y,100000",
        "Offers": "supplier,item,price\nK,P,10\nL,P,15",
    }
    cheap: Tables = dear | {"Suppliers": "supplier,country,onboarding_cost\nK,X,100\nL,Y,0"}
    for name, tables, loss in (("dear", dear, 30 * 150), ("cheap", cheap, 0)):
        out = tmp_path / f"{name}.xlsx"
        assert run("stress", folder(tmp_path / name, tables), "-o", out).exit_code == 0
        assert stops(out)["K"][0] == pytest.approx(loss), name


def test_the_default_output_stands_beside_the_input(tmp_path: Path) -> None:
    source = folder(tmp_path / "quotes", TWO_OFFERS)
    result = run("stress", source)
    assert result.exit_code == 0, result.output
    assert {one.name for one in tmp_path.iterdir()} == {"quotes", "quotes-stress.xlsx"}
    assert "supplier L" in result.stdout


@pytest.mark.parametrize("wrong", [("--duration", 0), ("--gap", 2), ("--json", "facts.txt")])
def test_wrong_usage(tmp_path: Path, wrong: tuple[str, object]) -> None:
    out = tmp_path / "out.xlsx"
    assert run("stress", FORD, "-o", out, *wrong).exit_code == 2
    assert not out.exists()


def test_an_input_with_errors_is_not_solved(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", TWO_OFFERS | {"Offers": "supplier,item,price\nK,P,x"})
    result = run("stress", source, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 1
    assert "Offers!C2" in result.output
