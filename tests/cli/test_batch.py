"""``diversify batch``: what is said, and the exit status.

Each job is a process of its own and takes seconds to start, so that most of this is for the
thorough run; tests/batch looks at what lies behind.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main
from tests.batch.inputs import SCENARIOS, priced
from tests.cli.workbooks import GOOD, folder, workbook


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["batch", *(str(one) for one in arguments)])


def manifest(out: Path) -> list[dict[str, str]]:
    with (out / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_plan_and_a_second_look_at_it(tmp_path: Path) -> None:
    book, out = workbook(tmp_path / "quotes.xlsx"), tmp_path / "new" / "out"
    result = run(book, "-o", out, "--gap", "0.01")
    assert result.exit_code == 0, result.output
    assert "1 of 1 jobs have a plan." in result.stdout
    assert "1 of 1: " in result.stderr
    (row,) = manifest(out)
    assert (row["status"], row["scenario"], row["result"]) == ("optimal", "base", "quotes.xlsx")
    assert float(row["objective"]) == pytest.approx(1337.5)
    refused = run(book, "-o", out)
    assert refused.exit_code == 2
    assert "--resume" in refused.stderr
    again = run(book, "-o", out, "--gap", "0.01", "--resume")
    assert again.exit_code == 0
    assert "1 of 1 jobs are done already" in again.stderr
    assert manifest(out) == [row]


@pytest.mark.slow
def test_some_without_a_plan_end_with_a_status_of_their_own(tmp_path: Path) -> None:
    books = workbook(tmp_path / "a.xlsx"), workbook(tmp_path / "b.xlsx", priced(-1))
    result = run(*books, "-o", tmp_path / "out")
    assert result.exit_code == 5
    assert "1 of 2 jobs have a plan." in result.stdout
    assert "Offers!C2: price is -1, and" in " ".join(result.stdout.split())


@pytest.mark.slow
def test_every_scenario_of_every_workbook(tmp_path: Path) -> None:
    one = workbook(tmp_path / "one.xlsx")
    two = folder(tmp_path / "two", GOOD | {"Scenarios": SCENARIOS})
    out = tmp_path / "out"
    result = run(one, two, "-o", out, "--scenarios", "all")
    assert result.exit_code == 5
    told = [(Path(row["workbook"]).name, row["scenario"], row["status"]) for row in manifest(out)]
    assert told == [
        ("one.xlsx", "base", "optimal"), ("two", "base", "optimal"), ("two", "dear", "optimal"),
        ("two", "never", "infeasible"),
    ]  # fmt: skip
    assert (out / "two-dear.xlsx").exists()
    more = run(one, two, "-o", out, "--scenarios", "dear", "--resume")
    assert more.exit_code == 5
    assert "1 of 2 jobs are done already" in more.stderr
    told = [(Path(row["workbook"]).name, row["scenario"], row["status"]) for row in manifest(out)]
    assert told[:2] == [("one.xlsx", "dear", "input_errors"), ("two", "dear", "optimal")]
    assert len(told) == 5, "rows that are not asked for this time stay"


@pytest.mark.parametrize("size", ["lots", "0", "-1G", "4X"])
def test_an_amount_of_memory_that_is_none(tmp_path: Path, size: str) -> None:
    result = run(workbook(tmp_path / "a.xlsx"), "-o", tmp_path / "out", f"--memory={size}")
    assert result.exit_code == 2
    assert "amount of memory such as 4G" in result.stderr


def test_usage_that_makes_no_sense(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx")
    both = run(book, "-o", tmp_path / "out", "--cluster", "tcp://host:1", "--workers", 2)
    assert both.exit_code == 2
    assert "as many as it has" in both.stderr
    (tmp_path / "empty").mkdir()
    nothing = run(tmp_path / "empty", "-o", tmp_path / "out")
    assert nothing.exit_code == 2
    assert "neither a workbook" in nothing.stderr
    assert not (tmp_path / "out").exists()
    none = run(book, "-o", tmp_path / "out", "--scenarios", " , ")
    assert none.exit_code == 2
