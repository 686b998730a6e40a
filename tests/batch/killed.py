"""A batch that is ended by kill -9 at any moment, and gone on with.

Used by the tests, and by `tests/benchmarks` at random moments.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from optimizer.batch.manifest import read_manifest
from tests.batch.inputs import timeless

ROOT = Path(__file__).parents[2]


def batch(inputs: Sequence[Path], out: Path, *options: str) -> subprocess.Popen[bytes]:
    """`diversify batch` as a process of its own."""
    words = ["batch", *map(str, inputs), "-o", str(out), *options]
    return subprocess.Popen([sys.executable, "-m", "optimizer", *words], cwd=ROOT,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip


def kill_after(inputs: Sequence[Path], out: Path, seconds: float, *options: str) -> bool:
    """Kill a batch with ``--resume`` so many seconds after its start; whether it was at work then.

    Its jobs are gone a moment later.
    """
    running = batch(inputs, out, "--resume", *options)
    try:
        running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        jobs = children(running.pid)
        running.kill()
        running.communicate()
        ends = time.monotonic() + 10
        while any(is_running(job) for job in jobs):
            assert time.monotonic() < ends, "a job outlived its batch"
            time.sleep(0.01)
        return True
    return False


def differences(out: Path, undisturbed: Path) -> list[str]:
    """What two folders of results differ in, but for times; marked copies hold the time they were
    made at."""
    found = []
    one, other = read_manifest(out), read_manifest(undisturbed)
    if timeless(one) != timeless(other):
        found.append("manifest")
    names = [{path.name for path in folder.iterdir()} for folder in (out, undisturbed)]
    found += sorted(names[0] ^ names[1])
    found += [
        row.result
        for row in other
        if row.result_hash
        and (out / row.result).exists()
        and (out / row.result).read_bytes() != (undisturbed / row.result).read_bytes()
    ]
    return found


def children(process: int) -> list[int]:
    """The processes that a process has started and that have not ended (Linux)."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text(encoding="ascii").split()]


def is_running(process: int) -> bool:
    """Whether a process is there, and not only its entry in the table (Linux)."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
