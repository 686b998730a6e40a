"""``diversify evaluate``: a plan is made, its sheet Awards edited, and the split set beside it.

30 P are needed in three months; K sells at 10, can make 8 a month and may have 75 %; L sells at
15.  A goal of three suppliers costs 1,000, whatever is done.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import optimizer
from optimizer.cli import main
from tests.cli.test_lock import edit, give
from tests.cli.workbooks import GOOD, OPTIMUM, Tables, folder, taken_for_granted

WITH_TODAY: Tables = GOOD | {
    "Offers": "supplier,item,price,capacity,baseline\nK,P,10,8,96\nL,P,15,,24",  # 80 % and 20 %
}
SHEETS = ["Side by side", "Split", "Split rules", "Split outcomes", "Split stress"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def rows_of(path: Path, sheet: str, key: str) -> dict[str, dict[str, Any]]:
    """Rows of a sheet by one of their cells, under the first words of the headings."""
    lines = list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
    top = next(n for n, line in enumerate(lines) if key in line)
    heads = [str(cell).split(" (")[0] for cell in lines[top]]
    rows = (dict(zip(heads, line, strict=True)) for line in lines[top + 1 :])
    return {row[key]: row for row in rows if row[key] is not None}


@pytest.fixture
def planned(tmp_path: Path) -> tuple[Path, Path]:
    """The input and its plan: 22.5 from K and 7.5 from L."""
    source, plan = folder(tmp_path / "in", WITH_TODAY), tmp_path / "plan.xlsx"
    assert run("solve", source, "-o", plan).exit_code == 0
    return source, plan


def test_today_from_input_to_workbook(tmp_path: Path) -> None:
    source, out, facts = (
        folder(tmp_path / "in", WITH_TODAY),
        tmp_path / "o.xlsx",
        tmp_path / "o.json",
    )
    result = run("evaluate", source, "--awards", "today", "-o", out, "--json", facts)
    assert result.exit_code == 0, result.output
    # 24 x 10 + 6 x 15, and the goal
    found = rows_of(out, "Side by side", "Measure")
    assert found["Cost"]["Given"] == pytest.approx(24 * 10 + 6 * 15 + 1000)
    assert found["Cost"]["Best"] == pytest.approx(OPTIMUM)
    split = rows_of(out, "Split", "Supplier")
    assert {name: row["Award"] for name, row in split.items()} == pytest.approx({"K": 24, "L": 6})
    rules = rows_of(out, "Split rules", "Rule")
    assert (rules["cap"]["Given"], rules["cap"]["Best"]) == pytest.approx((0.8, 0.75))
    book = openpyxl.load_workbook(out)
    assert [name for name in book.sheetnames if name in SHEETS] != []
    assert set(SHEETS) <= set(book.sheetnames)
    granted = taken_for_granted(out)
    assert (granted["holding_rate"], granted["Offers.min_order"]) == ("0", "0")
    assert "Today's split costs 1,330 USD" in result.stdout
    assert "cap (X): 80.0% against 75.0%" in result.stdout
    assert json.loads(facts.read_text(encoding="utf-8"))


def test_today_is_the_default(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", WITH_TODAY)
    result = run("evaluate", source)
    assert result.exit_code == 0, result.output
    loudly = run("evaluate", source, "--awards", "Today")
    assert loudly.exit_code == 0, loudly.output
    assert "Today's split costs 1,330 USD" in loudly.stdout
    assert {one.name for one in tmp_path.iterdir()} == {"in", "in-evaluate.xlsx"}


def test_a_plan_edited_by_hand(planned: tuple[Path, Path], tmp_path: Path) -> None:
    source, plan = planned
    edit(plan, give(K=30, L=6))  # K can make 24
    before = plan.read_bytes()
    out = tmp_path / "out.xlsx"
    result = run("evaluate", source, "--awards", plan, "-o", out)
    assert result.exit_code == 0, result.output
    split = rows_of(out, "Split", "Supplier")
    assert split["K"]["Asked"] == 30
    assert split["K"]["Award"] == pytest.approx(24)
    assert "K can make 24 kg of P in time" in split["K"]["Note"]
    assert "The split of plan.xlsx costs" in result.stdout
    assert plan.read_bytes() == before


def test_the_plan_itself_costs_what_it_costs(planned: tuple[Path, Path], tmp_path: Path) -> None:
    source, plan = planned
    study = optimizer.evaluate(optimizer.read(source), plan)
    frame = study.side_by_side.set_index("measure")
    assert frame.loc["Cost", "given"] == pytest.approx(OPTIMUM)
    assert frame.loc["Cost", "difference"] == pytest.approx(0, abs=1e-3)
    assert "as much as the best plan" in study.answer


def test_a_csv_and_what_is_not_listed(tmp_path: Path) -> None:
    source, split = folder(tmp_path / "in", WITH_TODAY), tmp_path / "split.csv"
    split.write_text("supplier,item,award\nL,P,30\n", encoding="utf-8")
    result = run("evaluate", source, "--awards", split, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 0, result.output
    assert rows_of(tmp_path / "out.xlsx", "Side by side", "Measure")["Cost"]["Given"] == (
        pytest.approx(30 * 15 + 1000 * 2)  # two suppliers short of three
    )


def test_a_bad_file_is_said_by_its_cells(planned: tuple[Path, Path], tmp_path: Path) -> None:
    source, plan = planned
    edit(plan, give(K="much", M=1))
    result = run("evaluate", source, "--awards", plan, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 1
    assert "Awards!" in result.output
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("awards", ["yesterday", "nothing.xlsx"])
def test_no_such_split(awards: str, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", WITH_TODAY)
    assert run("evaluate", source, "--awards", awards, "-o", tmp_path / "o.xlsx").exit_code == 2


def test_nobody_has_a_baseline(tmp_path: Path) -> None:
    result = run("evaluate", folder(tmp_path / "in", GOOD), "-o", tmp_path / "o.xlsx")
    assert result.exit_code == 2
    assert "no split of today" in result.output


def test_the_file_of_awards_is_never_written_to(planned: tuple[Path, Path]) -> None:
    source, plan = planned
    before = plan.read_bytes()
    assert run("evaluate", source, "--awards", plan, "-o", plan).exit_code == 2
    assert plan.read_bytes() == before
