"""Which inputs a path stands for, what an input is by its content, and how results are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from optimizer.batch.errors import BatchError
from optimizer.batch.inputs import Input, content_hash, find_inputs
from optimizer.batch.manifest import read_manifest, write_manifest
from optimizer.batch.work import Options, works
from optimizer.contract.batch_results import ManifestRow
from tests.batch.inputs import mixed, priced
from tests.cli.workbooks import folder, workbook


def names(*paths: Path, beside: Path) -> list[str]:
    return [one.path.name for one in find_inputs(paths, beside)]


def test_a_folder_stands_for_all_that_is_below_it_but_not_for_the_results(tmp_path: Path) -> None:
    top = mixed(tmp_path / "in")
    out = top / "out"
    out.mkdir()
    workbook(out / "result.xlsx")
    (top / "below" / ".hidden").mkdir()
    workbook(top / "below" / ".hidden" / "x.xlsx")
    (top / "below" / "back").symlink_to(top, target_is_directory=True)
    below = ["csv", "broken.xlsx", "good.xlsx", "infeasible.xlsx", "wrong.xlsx"]
    assert names(top, beside=out) == below
    assert names(top / "good.xlsx", top, beside=out) == [
        "good.xlsx", "csv", "broken.xlsx", "infeasible.xlsx", "wrong.xlsx",
    ]  # fmt: skip


def test_a_folder_with_a_table_is_one_input_whatever_else_it_holds(tmp_path: Path) -> None:
    top = folder(tmp_path / "tables")
    workbook(top / "plan.xlsx")
    assert names(top, beside=tmp_path / "out") == ["tables"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(BatchError, match="neither a workbook"):
        find_inputs([tmp_path / "other"], tmp_path / "out")
    with pytest.raises(BatchError, match="neither a workbook"):
        find_inputs([tmp_path / "other" / "notes.csv"], tmp_path / "out")


def test_a_copy_has_the_same_hash_and_an_edited_cell_another(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx")
    copy = Path(shutil.copyfile(book, tmp_path / "b.xlsx"))
    assert content_hash(copy) == content_hash(book)
    copy.touch()
    assert content_hash(copy) == content_hash(book)
    assert content_hash(workbook(tmp_path / "c.xlsx", priced(11))) != content_hash(book)
    tables = folder(tmp_path / "tables")
    again = Path(shutil.copytree(tables, tmp_path / "again"))
    (again / "notes.txt").write_text("not read", encoding="utf-8")
    assert content_hash(again) == content_hash(tables)
    items = again / "Items.csv"
    items.write_text(items.read_text(encoding="utf-8").replace("magnet", "ring"), encoding="utf-8")
    assert content_hash(again) != content_hash(tables)


def test_results_are_named_after_inputs_and_never_two_alike() -> None:
    one, two = Input("a/q.xlsx", Path("a/q.xlsx")), Input("b/Q.xlsx", Path("b/Q.xlsx"))
    alone = Input("c/other.xlsx", Path("c/other.xlsx"))
    jobs = [(one, "base"), (two, "base"), (alone, "base"), (alone, "50 % less/more")]
    results = [work.result for work in works(jobs)]
    assert results[2:] == ["other.xlsx", "other-50_less_more.xlsx"]
    assert len({name.casefold() for name in results}) == 4
    assert results[0].startswith("q-")
    assert [work.result for work in works(reversed(jobs))] == results[::-1]


def test_limits_that_are_not_given() -> None:
    assert Options().seconds == 4 * 3600
    assert Options(time_limit=60).seconds == 1200
    assert Options(time_limit=60, job_time=5).seconds == 5


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    row = ManifestRow(
        workbook='odd, "name"\nof_a_file.xlsx', scenario="base", status="optimal",
        objective=0.1 + 0.2, bound=-1e300, gap=0.0, seconds=1.5, job_time=600.0,
        error="größer, =1+1",
    )  # fmt: skip
    assert read_manifest(tmp_path) == ()
    write_manifest(tmp_path, [row])
    assert read_manifest(tmp_path) == (row,)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.csv"]


@pytest.mark.parametrize("content", [b"", b"workbook,status\na,b\n", b"\xff\xfe", b'"'])
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.csv").write_bytes(content)
    with pytest.raises(BatchError, match=r"manifest\.csv"):
        read_manifest(tmp_path)


def test_a_manifest_with_a_cell_that_is_no_number_is_refused(tmp_path: Path) -> None:
    write_manifest(
        tmp_path,
        [ManifestRow(workbook="a", scenario="base", status="failed", seconds=1, job_time=2)],
    )
    path = tmp_path / "manifest.csv"
    path.write_bytes(path.read_bytes().replace(b"failed,,", b"failed,many,"))
    with pytest.raises(BatchError, match="not as a batch"):
        read_manifest(tmp_path)
