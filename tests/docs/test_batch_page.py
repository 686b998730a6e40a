"""What the page on batches says, tried."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimizer.batch.manifest import read_manifest
from optimizer.batch.work import Options
from optimizer.cli import main
from optimizer.contract.batch_results import WITH_PLAN, WITHOUT_PLAN
from tests.batch.inputs import mixed, priced
from tests.cli.workbooks import folder, workbook

PAGE = (Path(__file__).parents[2] / "docs/batch.md").read_text(encoding="utf-8")


def commands() -> Iterator[list[str]]:
    for line in re.findall(r"^diversify (.+)$", PAGE, flags=re.MULTILINE):
        if "--cluster" not in line:
            yield shlex.split(line)


def test_the_table_of_statuses_has_every_status() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    assert listed == [*WITH_PLAN, *WITHOUT_PLAN]


def test_the_default_limit_of_a_job_is_as_said() -> None:
    assert "ten time limits and ten\n  minutes, or four hours" in PAGE
    assert Options(time_limit=100).seconds == 10 * 100 + 10 * 60
    assert Options().seconds == 4 * 60 * 60


@pytest.mark.slow
def test_the_commands_do_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mixed(tmp_path / "quotes")
    plain, limited, resumed = commands()
    first = CliRunner().invoke(main, plain)
    assert first.exit_code == 5, first.output
    rows = read_manifest(tmp_path / "results")
    assert [row.workbook for row in rows] == [
        "quotes/below/csv", "quotes/broken.xlsx", "quotes/good.xlsx", "quotes/infeasible.xlsx",
        "quotes/wrong.xlsx",
    ]  # fmt: skip
    refused = CliRunner().invoke(main, limited)
    assert refused.exit_code == 2
    for name in ("broken", "infeasible", "wrong"):
        workbook(tmp_path / "quotes" / f"{name}.xlsx", priced(9))
    folder(tmp_path / "quotes" / "new")
    mended = CliRunner().invoke(main, resumed)
    assert mended.exit_code == 0, mended.output
    assert "2 of 6 jobs are done already" in mended.stderr
    for done in (tmp_path / "results").iterdir():
        done.unlink()
    again = CliRunner().invoke(main, limited)
    assert again.exit_code == 0, again.output
    assert {row.memory for row in read_manifest(tmp_path / "results")} == {4 * 2**30}
