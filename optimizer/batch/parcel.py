"""A job as it travels to another machine and back: no file system is shared, so files are bytes."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from optimizer.batch.inputs import contents
from optimizer.batch.one import plan_one
from optimizer.batch.rows import came_of
from optimizer.batch.work import Options, Work
from optimizer.jobs import Done, End, Job, can_be_watched, run_jobs

_LOOK = 0.5


class WorkerError(Exception):
    """The machine that got the job cannot do it as asked."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job with its input: the files by name, of a workbook only one."""

    name: str
    files: Mapping[str, bytes]
    is_folder: bool
    scenario: str
    result: str
    options: Options
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a parcel: a `Done` whose result is what came of the job, and its files."""

    done: Done
    files: Mapping[str, bytes]


def packed(work: Work, options: Options, versions: tuple[str, ...]) -> Parcel:
    """The job as it travels.

    Raises:
        OSError: its input cannot be read.
    """
    path = work.source.path.absolute()
    return Parcel(
        path.name, contents(path), path.is_dir(), work.scenario, work.result, options, versions
    )


def unpacked(parcel: Parcel, folder: Path) -> Path:
    """Write the input into a folder of its own, under its name; give its path."""
    source = folder / parcel.name
    inside = source if parcel.is_folder else folder
    inside.mkdir(exist_ok=True)
    for name, content in parcel.files.items():
        (inside / name).write_bytes(content)
    return source


def do(
    parcel: Parcel, versions: tuple[str, ...], is_wanted: Callable[[], bool], room: Path
) -> Sent:
    """Do the job here, in a process of its own and under its limits.

    versions: those that are here; is_wanted: whether anybody still waits for what comes of it;
    room: a folder for its files, which are gone afterwards.

    Raises:
        WorkerError: another version of the program is here, or memory cannot be watched.
    """
    if versions != parcel.versions:
        raise WorkerError(
            f"the worker has {', '.join(versions)}; the batch has {', '.join(parcel.versions)}"
        )
    options = parcel.options
    if options.memory is not None and not can_be_watched():
        raise WorkerError("the worker's system does not tell how much memory a job has")
    with tempfile.TemporaryDirectory(prefix="job-", dir=room) as name:
        given, made = Path(name, "in"), Path(name, "out")
        given.mkdir()
        made.mkdir()
        arguments = (unpacked(parcel, given), parcel.scenario, made / parcel.result, options)
        job = Job(parcel.name, plan_one, arguments, options.seconds, options.memory)
        stop, over = threading.Event(), threading.Event()
        watcher = threading.Thread(target=_watch, args=(is_wanted, stop, over), daemon=True)
        watcher.start()
        try:
            (done,) = run_jobs([job], workers=1, stop=stop)
        finally:
            over.set()
            watcher.join()
        came = came_of(done, "")
        if came is None:
            return Sent(Done(done.name, End.STOPPED, error=done.error), {})
        whole = [path for path in made.iterdir() if not path.name.startswith(".")]
        files = {path.name: path.read_bytes() for path in whole}
        return Sent(Done(done.name, End.DONE, came, seconds=done.seconds), files)


def _watch(is_wanted: Callable[[], bool], stop: threading.Event, over: threading.Event) -> None:
    while not over.wait(_LOOK):
        if not is_wanted():
            stop.set()
            return
