"""Jobs that end at a limit: they take nothing else down, and are done again when it is larger."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from optimizer.batch import Batch, Options, run_batch
from optimizer.batch.inputs import Input
from optimizer.batch.rows import row_of, still_holds
from optimizer.batch.work import Work
from optimizer.contract.batch_results import ManifestRow
from optimizer.jobs import Done, End, can_be_watched
from tests.batch.inputs import large, long_job
from tests.cli.workbooks import workbook

MB = 2**20
WORK = Work(Input("in/quotes.xlsx", Path("in/quotes.xlsx")), "base", "quotes.xlsx")


def row(status: str, options: Options) -> ManifestRow:
    """A row without a result, as these options made it."""
    found = row_of(WORK, Done("", End.DIED), "content", options)
    assert found is not None
    return dataclasses.replace(found, status=status)


def holds(status: str, then: Options, now: Options) -> bool:
    return still_holds(row(status, then), WORK, "content", now, Path("nowhere"))


@pytest.mark.parametrize("status", ["time_limit", "limit"])
def test_who_ran_out_of_time_gets_more_but_not_less(status: str) -> None:
    then = Options(time_limit=60)
    assert holds(status, then, Options(time_limit=60))
    assert holds(status, then, Options(time_limit=30))
    assert not holds(status, then, Options(time_limit=61))
    assert not holds(status, then, Options())
    assert not holds(status, Options(), then)
    assert holds("optimal", then, Options(time_limit=61))
    assert holds("infeasible", then, Options())


def test_who_ran_out_of_the_jobs_time_or_memory_gets_more_but_not_less() -> None:
    assert holds("job_time", Options(job_time=60), Options(job_time=60))
    assert not holds("job_time", Options(job_time=60), Options(job_time=61))
    assert not holds("job_time", Options(job_time=60), Options())
    assert holds("out_of_memory", Options(memory=MB), Options(memory=MB))
    assert not holds("out_of_memory", Options(memory=MB), Options(memory=2 * MB))
    assert not holds("out_of_memory", Options(memory=MB), Options())
    assert holds("optimal", Options(memory=MB), Options())


@pytest.mark.parametrize("status", ["crashed", "failed"])
def test_a_fault_is_never_kept(status: str) -> None:
    assert not holds(status, Options(), Options())


def test_what_changes_a_plan_changes_the_hash() -> None:
    then = Options(gap=0.01, threads=1)
    assert holds("infeasible", then, then)
    assert not holds("infeasible", then, Options(gap=0.02, threads=1))
    assert not holds("infeasible", then, Options(gap=0.01, threads=2))
    assert not still_holds(row("infeasible", then), WORK, "other", then, Path("nowhere"))
    assert not still_holds(row("infeasible", then), WORK, "", then, Path("nowhere"))
    elsewhere = dataclasses.replace(WORK, scenario="tight")
    assert not still_holds(row("infeasible", then), elsewhere, "content", then, Path("nowhere"))


@pytest.mark.parametrize(
    ("end", "raised", "status"),
    [
        (End.DIED, None, "crashed"),
        (End.TIME_LIMIT, None, "job_time"),
        (End.MEMORY_LIMIT, None, "out_of_memory"),
        (End.RAISED, MemoryError(), "out_of_memory"),
        (End.RAISED, RuntimeError("no"), "failed"),
    ],
)
def test_how_a_job_ended_is_its_status(end: End, raised: Exception | None, status: str) -> None:
    done = Done("", end, error="why", raised=raised, seconds=3.0)
    found = row_of(WORK, done, "content", Options())
    assert found is not None
    assert (found.status, found.error, found.seconds) == (status, "why", 3.0)
    assert row_of(WORK, Done("", End.STOPPED), "content", Options()) is None


@pytest.mark.slow
@pytest.mark.skipif(not can_be_watched(), reason="this system does not tell what a process has")
def test_a_job_out_of_memory_and_one_out_of_time_are_rows_and_the_others_have_plans(
    tmp_path: Path,
) -> None:
    books = [
        large(tmp_path / "large.xlsx"),
        long_job(tmp_path / "long.xlsx"),
        workbook(tmp_path / "quick.xlsx"),
    ]
    options = Options(gap=0.0, job_time=40.0, memory=350 * MB)
    rows = run_batch(Batch(books, tmp_path / "out", options=options, workers=2))
    assert [row.status for row in rows] == ["out_of_memory", "job_time", "optimal"]
    assert rows[0].error == "took more than 350 MB of memory"
    assert rows[1].error == "took more than 40 seconds"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "quick.xlsx", "manifest.csv", ".batch.lock",
    }  # fmt: skip


@pytest.mark.slow
def test_a_time_limit_gives_the_best_plan_by_then_or_says_that_there_is_none(
    tmp_path: Path,
) -> None:
    book = long_job(tmp_path / "long.xlsx")
    hurried = Options(gap=0.0, time_limit=0.001)
    (row,) = run_batch(Batch([book], tmp_path / "a", options=hurried))
    assert row.status == "limit"
    assert "0.001 seconds" in row.error
    longer = Options(gap=0.0, time_limit=60.0)
    (row,) = run_batch(Batch([book], tmp_path / "a", options=longer, resume=True))
    assert row.status == "time_limit"
    assert row.objective is not None
    assert row.bound is not None
    assert row.objective > row.bound
    assert (tmp_path / "a" / "long.xlsx").exists()
