"""A batch on a real Dask scheduler with two workers, each a process of its own.

`make cluster` installs what it needs, and fails where that is missing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from optimizer.batch import Batch, BatchError, Counts, Options, run_batch
from optimizer.contract.batch_results import ManifestRow
from tests.batch.dask_cluster import Cluster, cluster
from tests.batch.inputs import long_job, priced, timeless
from tests.cli.workbooks import folder, workbook

if os.environ.get("CLUSTER") != "required" and find_spec("distributed") is None:
    pytest.skip("make cluster installs distributed", allow_module_level=True)

pytestmark = pytest.mark.slow


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path / "dask", 2) as made:
        yield made


def test_nothing_is_lost_with_a_worker_and_all_is_as_if_done_here(
    two: Cluster, tmp_path: Path
) -> None:
    inputs = [workbook(tmp_path / f"b{n}.xlsx", priced(8 + n)) for n in range(3)]
    inputs += [workbook(tmp_path / "wrong.xlsx", priced(-1)), folder(tmp_path / "csv")]

    def kill_one(counts: Counts, row: ManifestRow | None) -> None:
        if counts.done == 1:
            time.sleep(1.0)  # each worker is at a job now
            two.workers[0].kill()

    rows = run_batch(Batch(inputs, tmp_path / "there", cluster=two.address), kill_one)
    assert two.workers[0].wait() != 0
    assert two.workers[1].poll() is None
    assert [row.status for row in rows] == ["optimal"] * 3 + ["input_errors", "optimal"]
    here = run_batch(Batch(inputs, tmp_path / "here"))
    assert timeless(rows) == timeless(here)
    names = {path.name for path in (tmp_path / "here").iterdir()}
    assert {path.name for path in (tmp_path / "there").iterdir()} == names
    for row in rows:
        if row.result_hash:
            one, other = tmp_path / "there" / row.result, tmp_path / "here" / row.result
            assert one.read_bytes() == other.read_bytes()
    again: list[Counts] = []
    run_batch(
        Batch(inputs, tmp_path / "there", resume=True, cluster=two.address),
        lambda counts, row: again.append(counts),
    )
    assert again == [Counts(5, 5, 5)]


def test_limits_hold_there_and_a_worker_outlives_its_jobs(two: Cluster, tmp_path: Path) -> None:
    books = [long_job(tmp_path / "long.xlsx"), workbook(tmp_path / "quick.xlsx")]
    short = Options(gap=0.0, job_time=20.0)
    rows = run_batch(Batch(books, tmp_path / "a", options=short, cluster=two.address))
    assert [row.status for row in rows] == ["job_time", "optimal"]
    small = Options(memory=20 * 2**20)
    rows = run_batch(Batch(books, tmp_path / "b", options=small, cluster=two.address))
    assert [row.status for row in rows] == ["out_of_memory"] * 2
    assert [worker.poll() for worker in two.workers] == [None, None]


def test_a_job_that_nobody_waits_for_is_stopped(two: Cluster, tmp_path: Path) -> None:
    class EnoughError(Exception):
        pass

    def enough(counts: Counts, row: ManifestRow | None) -> None:
        if row is not None:
            assert any(children(worker.pid) for worker in two.workers)
            raise EnoughError

    books = [workbook(tmp_path / "quick.xlsx"), long_job(tmp_path / "long.xlsx")]
    asked = Batch(books, tmp_path / "out", options=Options(gap=0.0), cluster=two.address)
    with pytest.raises(EnoughError):
        run_batch(asked, enough)
    ends = time.monotonic() + 30
    while any(children(worker.pid) for worker in two.workers):
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_a_scheduler_that_is_lost_leaves_what_is_done(two: Cluster, tmp_path: Path) -> None:
    def lose(counts: Counts, row: ManifestRow | None) -> None:
        if row is not None:
            two.scheduler.kill()

    books = [workbook(tmp_path / f"b{n}.xlsx", priced(8 + n)) for n in range(3)]
    out = tmp_path / "out"
    with pytest.raises(BatchError, match="--resume does the rest"):
        run_batch(Batch(books, out, cluster=two.address), lose)
    assert len((out / "manifest.csv").read_text(encoding="utf-8").splitlines()) >= 2
    rows = run_batch(Batch(books, out, resume=True))
    assert [row.status for row in rows] == ["optimal"] * 3


def test_a_cluster_without_workers_is_said_so(tmp_path: Path) -> None:
    book = workbook(tmp_path / "quick.xlsx")
    with (
        cluster(tmp_path / "dask", 0) as made,
        pytest.raises(BatchError, match="has no worker that answers"),
    ):
        run_batch(Batch([book], tmp_path / "out", cluster=made.address))


def test_nobody_at_the_address_is_said_so(tmp_path: Path) -> None:
    book = workbook(tmp_path / "quick.xlsx")
    with pytest.raises(BatchError, match="No Dask scheduler answers at"):
        run_batch(Batch([book], tmp_path / "out", cluster="tcp://127.0.0.1:1"))


def children(process: int) -> list[str]:
    """The processes that a process has started."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [child for one in lists for child in one.read_text(encoding="ascii").split()]
