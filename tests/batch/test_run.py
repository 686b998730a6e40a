"""A batch: one row for each job, whatever becomes of it, and nothing done twice."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

from optimizer.batch import Batch, BatchError, Counts, Options, run_batch
from optimizer.batch.ledger import Ledger
from optimizer.batch.manifest import read_manifest
from optimizer.contract.batch_results import ManifestRow
from tests.batch.inputs import mixed, priced, timeless
from tests.cli.workbooks import OPTIMUM, workbook


@pytest.mark.slow
def test_whatever_becomes_of_a_job_it_is_a_row_and_the_others_are_done(tmp_path: Path) -> None:
    inputs, out = mixed(tmp_path / "in"), tmp_path / "out"
    told: list[tuple[Counts, ManifestRow | None]] = []
    rows = run_batch(Batch([inputs], out), lambda counts, row: told.append((counts, row)))
    assert [(Path(row.workbook).name, row.status) for row in rows] == [
        ("csv", "optimal"), ("broken.xlsx", "input_errors"), ("good.xlsx", "optimal"),
        ("infeasible.xlsx", "infeasible"), ("wrong.xlsx", "input_errors"),
    ]  # fmt: skip
    assert rows == read_manifest(out)
    good, wrong = rows[2], rows[4]
    assert good.objective == pytest.approx(OPTIMUM)
    assert good.gap == pytest.approx(0, abs=1e-9)
    assert {path.name for path in out.iterdir()} == {
        "csv.xlsx", "good.xlsx", "broken-findings.xlsx", "wrong-findings.xlsx", "manifest.csv",
        ".batch.lock",
    }  # fmt: skip
    assert openpyxl.load_workbook(out / "good.xlsx")["Awards"].max_row > 2
    assert "Offers!C2: price is -10" in wrong.error
    assert "Offers!C2" in str(
        openpyxl.load_workbook(out / "wrong-findings.xlsx")["Findings"]["B5"].value
    )
    assert "No plan" in rows[3].error
    assert [counts.done for counts, _ in told] == [0, 1, 2, 3, 4, 5]
    assert {row.workbook for _, row in told if row} == {row.workbook for row in rows}


@pytest.mark.slow
def test_a_second_run_keeps_what_is_done_and_does_what_is_changed_or_missing(
    tmp_path: Path,
) -> None:
    names = ("changed", "gone", "kept", "touched")
    books = [workbook(tmp_path / f"{name}.xlsx", priced(8 + n)) for n, name in enumerate(names)]
    out = tmp_path / "out"
    first = run_batch(Batch(books, out))
    with pytest.raises(BatchError, match="--resume"):
        run_batch(Batch(books, out))
    workbook(books[0], priced(20))
    (out / "gone.xlsx").unlink()
    books[3].touch()
    (out / "kept.xlsx").touch()
    ended: list[str] = []
    again = run_batch(
        Batch(books, out, resume=True), lambda _, row: ended.append(row.workbook if row else "")
    )
    assert {Path(name).stem for name in ended if name} == {"changed", "gone"}
    assert timeless(again)[1:] == timeless(first)[1:]
    assert again[0].objective != first[0].objective
    assert again == read_manifest(out)
    fresh = run_batch(Batch(books, tmp_path / "fresh"))
    assert timeless(again) == timeless(fresh)
    for name in names:
        one, other = out / f"{name}.xlsx", tmp_path / "fresh" / f"{name}.xlsx"
        assert one.read_bytes() == other.read_bytes()


def test_a_result_is_nothing_that_a_batch_has_not_written(tmp_path: Path) -> None:
    book = workbook(tmp_path / "quotes.xlsx")
    with pytest.raises(BatchError, match="is an input"):
        run_batch(Batch([book], tmp_path))
    out = tmp_path / "out"
    out.mkdir()
    (out / "quotes.xlsx").write_text("mine", encoding="utf-8")
    with pytest.raises(BatchError, match="in the way"):
        run_batch(Batch([book], out, options=Options(gap=0.1)))
    assert (out / "quotes.xlsx").read_text(encoding="utf-8") == "mine"


def test_without_dask_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = Batch([workbook(tmp_path / "a.xlsx")], tmp_path / "out", cluster="tcp://127.0.0.1:1")
    with pytest.raises(BatchError, match=r"pip install '.*\[cluster\]'"):
        run_batch(asked)


def test_a_manifest_that_cannot_be_written_holds_up_no_job(tmp_path: Path) -> None:
    first, second = (
        ManifestRow(workbook=name, scenario="base", status="optimal", seconds=1.0, job_time=9.0)
        for name in ("first", "second")
    )
    ledger = Ledger(tmp_path, [("first", "base"), ("second", "base")], {}, [])
    ledger.write()
    (tmp_path / "manifest.csv").unlink()
    (tmp_path / "manifest.csv").mkdir()
    ledger.add(second)
    with pytest.raises(BatchError, match="cannot be written"):
        ledger.finish()
    (tmp_path / "manifest.csv").rmdir()
    ledger.add(first)
    ledger.finish()
    assert read_manifest(tmp_path) == (first, second)
