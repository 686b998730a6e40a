"""``diversify compare`` from files to files.

30 P in three months, as in tests/cli/workbooks.py: K at 10 makes 8 a month, L at 15; X (where K is)
at most 75 %.  Nothing is known before all of it is ordered (reveal_days 90).

    scenario   plan              cost
    base       K 22.5, L 7.5     337.50
    free       K 24, L 6         330        without the rule
    small_k    K 12, L 18        390        K makes 4 a month
"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main
from tests.cli.workbooks import GOOD, Tables, folder, taken_for_granted

TABLES: Tables = GOOD | {
    "Rules": "rule,dimension,member,metric,sense,limit\ncap,country,X,share,max,0.75",
    "Scenarios": (
        "scenario,order,table,where,column,operation,value,note\n"
        "free,1,Rules,,active,set,no,No cap\n"
        "small_k,1,Offers,supplier=K,capacity,multiply,0.5,K makes half\n"
        "never,1,Settings,setting=unmet_demand,value,set,forbid,Nobody makes enough\n"
        "never,2,Offers,,capacity,set,1,\n"
        "wrong,1,Offers,supplier=K,capacity,add,-20,Below nothing\n"
        "off,1,Offers,supplier=K,price,add,1,Left out"
    ),
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def lines(path: Path, sheet: str, *columns: str) -> list[tuple[object, ...]]:
    """Columns of a sheet, named by the beginning of their headings."""
    rows = list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
    (top,) = (n for n, row in enumerate(rows) if row[0] is not None and row[1] is not None
              and str(row[0]).lower() in ("scenario", "plan"))  # fmt: skip
    head = [str(cell).lower() for cell in rows[top]]
    places = [next(n for n, name in enumerate(head) if name.startswith(c)) for c in columns]
    return [tuple(row[n] for n in places) for row in rows[top + 1 :] if row[0]]


def test_all_rows_are_there_whatever_becomes_of_them(tmp_path: Path) -> None:
    source, out, facts = folder(tmp_path / "in", TABLES), tmp_path / "o.xlsx", tmp_path / "o.json"
    result = run("compare", source, "-o", out, "--json", facts, "--workers", 2,
                 "--scenarios", "free,small_k,never,wrong")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "A plan costs from 330 USD (free) to 390 USD (small_k)" in result.stdout
    assert "least largest regret" in result.stdout
    assert "scenarios: 4 of 4 done" in result.stderr
    found = lines(out, "Scenarios compared", "scenario", "status", "cost")
    assert [row[:2] for row in found] == [
        ("base", "optimal"), ("free", "optimal"), ("small_k", "optimal"),
        ("never", "infeasible"), ("wrong", "input"),
    ]  # fmt: skip
    assert [row[2] for row in found[:3]] == pytest.approx([337.5, 330, 390])
    regret = {row[0]: row[1] for row in lines(out, "Regret by plan", "plan", "largest")}
    # base where K makes half: of the 22.5 ordered 12 come, 10.5 are short at 150, L delivers 7.5
    assert regret["base"] == pytest.approx(12 * 10 + 7.5 * 15 + 10.5 * 150 - 390)
    assert regret["small_k"] == pytest.approx(390 - 330)
    assert len(lines(out, "Regret", "plan", "world", "cost")) == 9
    granted = taken_for_granted(out)
    assert (granted["holding_rate"], granted["Offers.min_order"]) == ("0", "0")
    told = json.loads(facts.read_text(encoding="utf-8"))
    assert told["question"] == "compare"
    assert {row["scenario"] for row in told["tables"]["scenarios_compared"]} == {
        "base", "free", "small_k", "never", "wrong",
    }  # fmt: skip


def test_nothing_is_written_where_nothing_can_be_compared(tmp_path: Path) -> None:
    impossible = TABLES | {
        "Settings": f"{GOOD['Settings']}\nunmet_demand,forbid",
        "Offers": "supplier,item,price,capacity\nK,P,10,1\nL,P,15,1",
    }
    out = tmp_path / "out.xlsx"
    result = run("compare", folder(tmp_path / "in", impossible), "-o", out, "--scenarios", "free")
    assert result.exit_code == 3, result.output
    assert "No scenario has a plan." in result.stderr
    assert "- base: " in result.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        (("--scenario", "free"), 2, "--scenarios, not --scenario"),
        (("--workers", "0"), 2, "0 is not in the range"),
        (("--scenarios", "fere"), 1, "Did you mean"),
    ],
)
def test_wrong_usage(tmp_path: Path, wrong: tuple[str, str], status: int, said: str) -> None:
    out = tmp_path / "out.xlsx"
    result = run("compare", folder(tmp_path / "in", TABLES), "-o", out, *wrong)
    assert result.exit_code == status
    assert said in result.output
    assert not out.exists()
