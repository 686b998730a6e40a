"""A Dask scheduler and workers as processes of their own, as they would run on several machines."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATIENCE = 60.0


class Cluster:
    """A scheduler and its workers; workers have no nanny, so that one that is killed stays away."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self._folder = folder
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(self._file),
        )  # fmt: skip
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        import json

        ends = time.monotonic() + _PATIENCE
        while not (self._file.exists() and self._file.stat().st_size):
            assert time.monotonic() < ends
            assert self.scheduler.poll() is None
            time.sleep(0.05)
        return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])

    def add_worker(self) -> subprocess.Popen[bytes]:
        """One more worker, which does one job at a time."""
        worker = self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self._folder),
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        number = len(list(self._folder.glob("*.log")))
        with (self._folder / f"{words[0]}-{number}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words], cwd=ROOT, stdout=log, stderr=log
            )


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A cluster that is gone when the block ends."""
    folder.mkdir()
    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        for process in (*made.workers, made.scheduler):
            process.kill()
        for process in (*made.workers, made.scheduler):
            process.wait()
