"""Jobs side by side, as many at a time as there are workers."""

from __future__ import annotations

import os
import pickle
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from optimizer.jobs.job import Done, End, Job
from optimizer.jobs.memory import available
from optimizer.jobs.process import Running, packed_job

_TICK = 0.05
# What pickle says of what it cannot take or give back, and the system where it has no process left.
_NOT_SENT = (pickle.PickleError, TypeError, AttributeError, ValueError, RecursionError, EOFError,
             ImportError, IndexError, OSError)  # fmt: skip


def workers_for(jobs: int, memory: int | None = None) -> int:
    """How many processes to use for that many jobs: one for each core, and no more than jobs.

    memory: bytes that each may have; there are no more than have room side by side, and one at
    least.
    """
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        cores = os.cpu_count() or 1
    room = available() if memory else None
    return max(1, min(jobs, cores, cores if memory is None or room is None else room // memory))


def run_jobs(
    jobs: Sequence[Job],
    *,
    workers: int,
    stop: threading.Event | None = None,
    grace: float = 0.0,
    started: Callable[[Job], None] | None = None,
) -> Iterator[Done]:
    """Do every job in a process of its own, and give what came of each, in the order of ending.

    Jobs start in their order, `workers` at a time; `started` is told of each.  A job that raises,
    crashes, hangs beyond its `seconds` or takes more than its `memory` is a `Done` that says so,
    and the others go on.  When `stop` is set no further job starts, and running ones are told as by
    Ctrl-C and ended after `grace` seconds; each of them has its `Done` as well.  Whoever stops
    asking (closes the iterator) ends the processes.

    Raises:
        ValueError: there is no worker.
    """
    if workers < 1:
        raise ValueError(f"{workers} workers cannot do anything")
    waiting, running = deque(jobs), set[Running]()
    ended: queue.SimpleQueue[Running] = queue.SimpleQueue()
    try:
        while waiting or running:
            stopping = stop is not None and stop.is_set()
            while waiting and stopping:
                yield Done(waiting.popleft().name, End.STOPPED, error="not started")
            while waiting and len(running) < workers:
                job = waiting.popleft()
                begun = _begin(job, ended)
                if isinstance(begun, Done):
                    yield begun
                    continue
                running.add(begun)
                if started is not None:
                    started(job)
            for one in running:
                if stopping:
                    one.ask_to_stop(grace)
                one.hold_to_limits()
            try:
                one = ended.get(timeout=_TICK)
            except queue.Empty:
                continue
            running.remove(one)
            yield one.done()
    finally:
        for one in running:
            one.end(End.STOPPED, "stopped before it was done")
        for one in running:
            one.done()


def _begin(job: Job, ended: queue.SimpleQueue[Running]) -> Running | Done:
    try:
        return Running(job, packed_job(job), ended)
    except _NOT_SENT as error:
        line = f"its process cannot be started: {type(error).__name__}: {error}"
        return Done(job.name, End.RAISED, error=line, raised=error)
