"""Whatever ends a batch, it is gone on with and comes to what it would have come to."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optimizer.batch import Batch, run_batch
from optimizer.batch.manifest import read_manifest
from tests.batch.inputs import long_job, mixed, priced
from tests.batch.killed import batch, children, differences, is_running, kill_after
from tests.cli.workbooks import workbook

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
pytestmark = [pytest.mark.slow, linux]


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_moments_and_resumed_it_comes_to_the_same(
    seed: int, tmp_path: Path
) -> None:
    inputs = [workbook(tmp_path / "one.xlsx", priced(8)), mixed(tmp_path / "mixed")]
    began = time.monotonic()
    run_batch(Batch(inputs, tmp_path / "undisturbed", workers=2))
    whole = time.monotonic() - began
    moments = random.Random(seed)
    out = tmp_path / "out"
    kills = sum(
        kill_after(inputs, out, moments.uniform(0.2, 0.6) * whole, "--workers", "2")
        for _ in range(5)
    )
    assert kills
    assert batch(inputs, out, "--resume").wait() == 5
    assert differences(out, tmp_path / "undisturbed") == []


def test_ctrl_c_stops_the_jobs_and_keeps_what_is_done(tmp_path: Path) -> None:
    inputs = [workbook(tmp_path / "quick.xlsx"), long_job(tmp_path / "long.xlsx")]
    out = tmp_path / "out"
    running = batch(inputs, out, "--gap", "0", "--workers", "2")
    wait_for_rows(out, 1)
    jobs = children(running.pid)
    assert len(jobs) == 1
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert b"--resume does the rest" in said
    assert not any(map(is_running, jobs))
    assert [row.workbook for row in read_manifest(out)] == [inputs[0].as_posix()]
    assert {path.name for path in out.iterdir()} == {"quick.xlsx", "manifest.csv", ".batch.lock"}


def test_the_jobs_of_a_killed_batch_do_not_go_on(tmp_path: Path) -> None:
    book = long_job(tmp_path / "long.xlsx")
    running = batch([book], tmp_path / "out", "--gap", "0")
    try:
        with pytest.raises(subprocess.TimeoutExpired):  # long enough to be in the solver
            running.wait(timeout=15)
        (job,) = children(running.pid)
    finally:
        running.kill()
        running.communicate()
    ends = time.monotonic() + 5
    while is_running(job):
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_only_one_batch_is_at_work_in_a_folder(tmp_path: Path) -> None:
    book, out = long_job(tmp_path / "long.xlsx"), tmp_path / "out"
    running = batch([book], out, "--gap", "0")
    try:
        wait_for_rows(out, 0)
        second = batch([book], out, "--resume")
        _, said = second.communicate(timeout=60)
        assert second.returncode == 2
        assert b"Another batch is at work" in said
    finally:
        running.kill()
        running.communicate()


def wait_for_rows(out: Path, rows: int) -> None:
    ends = time.monotonic() + 60
    while not (out / "manifest.csv").exists() or len(read_manifest(out)) < rows:
        assert time.monotonic() < ends
        time.sleep(0.05)
