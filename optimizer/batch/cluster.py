"""The jobs of a batch on a Dask scheduler, as `optimizer.jobs` does them here.

Dask says where a job runs, and starts it once more where a worker is lost.  On the worker a job
has a process of its own again, so that its limits hold and a crash is no more than a crash.
"""

from __future__ import annotations

import queue
import time
import warnings
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from optimizer.batch.errors import BatchError
from optimizer.batch.folder import write_whole
from optimizer.batch.parcel import Parcel, Sent, do, packed
from optimizer.batch.work import Options, Work, versions
from optimizer.jobs import Done, End

_ANSWER = 15.0
_TICK = 1.0
_AHEAD = 2
ALONE = 300.0
"""So many seconds a batch waits for workers when there is none any more."""
_ON_THE_WAY = frozenset({"waiting", "ready", "constrained", "executing", "long-running"})


def on_cluster(
    works: Sequence[Work], folder: Path, options: Options, address: str
) -> Generator[tuple[Work, Done]]:
    """Do every job on the workers of a Dask scheduler; give what came of each, as they end.

    Results are written to the folder here.  Closing the generator stops the jobs that run.

    Raises:
        BatchError: distributed is not installed, nobody answers at the address, its workers lack
            the program or have another version of it, or the scheduler or all workers are lost.
    """
    if not works:
        return
    client = _client(address)
    flock = _Flock(client, folder, options)
    try:
        _refuse_workers(client, address)
        waiting = deque(works)
        while waiting or flock.number:
            while waiting and flock.number < _AHEAD * max(1, flock.threads()):
                gone = flock.send(waiting.popleft())
                if gone is not None:
                    yield gone
            ended = flock.next()
            if ended is not None:
                yield ended
    finally:
        flock.recall()
        client.close(timeout=_ANSWER)


class _Flock:
    """The jobs that are with the scheduler."""

    def __init__(self, client: Any, folder: Path, options: Options) -> None:
        self._client = client
        self._folder = folder
        self._options = options
        self._versions = versions()
        self._out: dict[Any, Work] = {}
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._alone_since: float | None = None
        self._threads = 0
        self._asked = -_TICK

    @property
    def number(self) -> int:
        """How many jobs are out."""
        return len(self._out)

    def threads(self) -> int:
        """How many jobs the workers can do at a time, as of a moment ago.

        Raises:
            BatchError: the scheduler is lost, or there has been no worker for too long.
        """
        now = time.monotonic()
        if now - self._asked < _TICK:
            return self._threads
        self._asked = now
        try:
            workers = self._client.scheduler_info()["workers"].values()
        except (OSError, TimeoutError) as error:
            raise _lost() from error
        self._threads = sum(one["nthreads"] for one in workers)
        if self._threads:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
        elif now - self._alone_since > ALONE:
            raise BatchError(
                f"The cluster has had no worker for {ALONE:.0f} seconds. --resume does the rest."
            )
        return self._threads

    def send(self, work: Work) -> tuple[Work, Done] | None:
        """Hand a job over; what came of it where it cannot even be packed."""
        try:
            parcel = packed(work, self._options, self._versions)
        except OSError as error:
            return work, Done(work.name, End.RAISED, error=f"its input cannot be read: {error}")
        with warnings.catch_warnings():
            # A workbook of some MB is no accident here.
            warnings.filterwarnings("ignore", message="Sending large graph")
            future = self._client.submit(do_parcel, parcel, pure=False)
        self._out[future] = work
        future.add_done_callback(self._ended.put)
        return None

    def next(self) -> tuple[Work, Done] | None:
        """What came of the next job that ends; None if none does for a while.

        Raises:
            BatchError: the scheduler is lost.
        """
        try:
            future = self._ended.get(timeout=_TICK)
        except queue.Empty:
            self.threads()
            return None
        work = self._out.pop(future)
        if future.status == "finished":
            return work, self._received(work, future.result())
        if future.status != "error":
            raise _lost()
        return work, _failed(work, future.exception())

    def recall(self) -> None:
        """Nobody waits for the jobs that are still out."""
        with suppress(OSError, TimeoutError):
            self._client.cancel(list(self._out), force=True)
        self._out.clear()

    def _received(self, work: Work, sent: Sent) -> Done:
        for name, content in sent.files.items():
            try:
                write_whole(self._folder / name, content)
            except OSError as error:
                line = f"{self._folder / name} cannot be written: {error.strerror}"
                return Done(work.name, End.RAISED, error=line)
        return sent.done


def do_parcel(parcel: Parcel) -> Sent:
    """Do a job on a worker; it is stopped when nobody waits for it any more."""
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()

    def is_wanted() -> bool:
        task = worker.state.tasks.get(key)
        return task is not None and task.state in _ON_THE_WAY

    # In the worker's own folder, which Dask clears away also after a worker that was killed.
    return do(parcel, versions(), is_wanted, Path(worker.local_directory))


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise BatchError(
            "--cluster needs Dask: install it with "
            "pip install 'supplier-diversification-optimizer[cluster]'."
        ) from error
    try:
        return Client(address, timeout=_ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        said = str(error) or type(error).__name__
        raise BatchError(f"No Dask scheduler answers at {address}: {said}") from error


def _refuse_workers(client: Any, address: str) -> None:
    """Raise BatchError where there is no worker, or one cannot do the jobs of this program."""
    try:
        client.wait_for_workers(1, timeout=_ANSWER)
        found = client.run(versions, on_error="return")
    except (OSError, TimeoutError) as error:
        raise BatchError(f"The scheduler at {address} has no worker that answers.") from error
    for place, told in found.items():
        if isinstance(told, Exception):
            raise BatchError(
                f"The worker at {place} cannot load this program ({type(told).__name__}: {told}). "
                "Start scheduler and workers where it is installed."
            )
        if told != versions():
            raise BatchError(
                f"The worker at {place} has {', '.join(told)}; here is {', '.join(versions())}."
            )


def _failed(work: Work, error: BaseException) -> Done:
    """A job that no worker gave an answer to."""
    end = End.DIED if type(error).__name__ == "KilledWorker" else End.RAISED
    line = " ".join(str(error).split())
    return Done(work.name, end, error=f"{type(error).__name__}: {line}")


def _lost() -> BatchError:
    return BatchError("The connection to the scheduler is lost. --resume does the rest.")
