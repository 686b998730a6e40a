"""A batch from its inputs to the last row of its manifest."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from optimizer.batch.errors import BatchError
from optimizer.batch.folder import clear_parts, held
from optimizer.batch.inputs import Input, content_hash, find_inputs
from optimizer.batch.ledger import Ledger
from optimizer.batch.manifest import NAME, read_manifest
from optimizer.batch.one import marked_copy, plan_one, scenarios_of
from optimizer.batch.rows import row_of, still_holds
from optimizer.batch.work import Options, Work, works
from optimizer.contract.batch_results import ManifestRow
from optimizer.contract.data import BASE
from optimizer.jobs import Done, Job, can_be_watched, run_jobs, workers_for

ALL = "all"


@dataclass(frozen=True, slots=True)
class Batch:
    """What is asked.

    scenarios: names, or ``all``: base and the active scenarios of each input.  workers: None: as
    many as cores and memory allow.  resume: whether a manifest that is there is gone on with.
    cluster: the address of a Dask scheduler that does the jobs; None: processes here do.
    """

    inputs: Sequence[Path]
    folder: Path
    scenarios: Sequence[str] = (BASE,)
    options: Options = field(default_factory=Options)
    workers: int | None = None
    resume: bool = False
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a batch is: jobs that are done, of how many, and how many of them were kept."""

    done: int
    jobs: int
    kept: int = 0


Told = Callable[[Counts, ManifestRow | None], None]
"""Is told how far the batch is, and the row of the job that has just ended, if one has."""


def run_batch(batch: Batch, tell: Told = lambda counts, row: None) -> tuple[ManifestRow, ...]:
    """Do every job, each in a process of its own; give the rows of all, in the order of the jobs.

    The manifest is written anew after each job.  An exception, Ctrl-C included, ends the running
    jobs; they have no row then, and a batch with `resume` does them.

    Raises:
        BatchError: nothing was done, because the inputs or the folder are not as they should be;
            or, at the end, the manifest could not be written.
    """
    _refuse_limits(batch)
    inputs = find_inputs(batch.inputs, batch.folder)
    with held(batch.folder):
        if not batch.resume and (batch.folder / NAME).exists():
            raise BatchError(
                f"{batch.folder} has a {NAME} already. Use --resume to go on with it (what is done "
                "and unchanged is kept), or choose another folder."
            )
        before = {(row.workbook, row.scenario): row for row in read_manifest(batch.folder)}
        every = works(_jobs(batch, inputs))
        _refuse_results(batch.folder, inputs, every, before)
        contents = {one.label: _content(one.path) for one in inputs}
        clear_parts(batch.folder)
        try:
            return _done(batch, every, before, contents, tell)
        finally:
            clear_parts(batch.folder)


def _done(
    batch: Batch,
    every: Sequence[Work],
    before: Mapping[tuple[str, str], ManifestRow],
    contents: Mapping[str, str],
    tell: Told,
) -> tuple[ManifestRow, ...]:
    kept = {
        one.key: before[one.key]
        for one in every
        if one.key in before
        and still_holds(
            before[one.key], one, contents[one.source.label], batch.options, batch.folder
        )
    }
    asked = {one.key for one in every}
    others = [row for key, row in before.items() if key not in asked]
    ledger = Ledger(batch.folder, [one.key for one in every], kept, others)
    ledger.write()
    left = [one for one in every if one.key not in kept]
    for one in left:
        _remove(batch.folder / one.result)
        _remove(marked_copy(batch.folder / one.result))
    tell(Counts(len(kept), len(every), len(kept)), None)
    with closing(_ended(batch, left)) as ended:
        for number, (work, done) in enumerate(ended, start=len(kept) + 1):
            row = row_of(work, done, contents[work.source.label], batch.options)
            if row is not None:
                ledger.add(row)
            if row is None or not row.result_hash:
                # It may have been ended between its last write and its last word.
                _remove(batch.folder / work.result)
            tell(Counts(number, len(every), len(kept)), row)
    ledger.finish()
    return ledger.asked


def _ended(batch: Batch, left: Sequence[Work]) -> Generator[tuple[Work, Done]]:
    """What came of each job, in the order in which they ended, wherever they were done."""
    options = batch.options
    if batch.cluster is not None:
        from optimizer.batch.cluster import on_cluster

        yield from on_cluster(left, batch.folder, options, batch.cluster)
        return
    jobs = [
        Job(
            str(number),
            plan_one,
            (work.source.path, work.scenario, batch.folder / work.result, options),
            options.seconds,
            options.memory,
        )
        for number, work in enumerate(left)
    ]
    for done in run_jobs(jobs, workers=_workers(batch, len(jobs))):
        yield left[int(done.name)], done


def _jobs(batch: Batch, inputs: Sequence[Input]) -> Iterable[tuple[Input, str]]:
    """Every input with each of its scenarios."""
    if [name.casefold() for name in batch.scenarios] != [ALL]:
        spelled = (BASE if name.casefold() == BASE else name for name in batch.scenarios)
        names = dict.fromkeys(spelled)
        return [(one, name) for one in inputs for name in names]
    # In processes as well: an input that cannot even be read must not end the batch.
    options = batch.options
    looks = [
        Job(one.label, scenarios_of, (one.path,), options.seconds, options.memory) for one in inputs
    ]
    found = {done.name: done for done in run_jobs(looks, workers=_workers(batch, len(looks)))}
    return [(one, name) for one in inputs for name in found[one.label].result or (BASE,)]


def _workers(batch: Batch, jobs: int) -> int:
    return batch.workers or workers_for(jobs, batch.options.memory)


def _remove(path: Path) -> None:
    # Somebody may have it open: the job that writes there says so.
    with suppress(PermissionError):
        path.unlink(missing_ok=True)


def _content(path: Path) -> str:
    try:
        return content_hash(path)
    except OSError:  # its job says so
        return ""


def _refuse_limits(batch: Batch) -> None:
    if batch.options.memory is not None and batch.cluster is None and not can_be_watched():
        raise BatchError("This system does not tell how much memory a job has: leave --memory out.")


def _refuse_results(
    folder: Path,
    inputs: Sequence[Input],
    every: Sequence[Work],
    before: Mapping[tuple[str, str], ManifestRow],
) -> None:
    """Raise BatchError where a result would replace an input or what no batch has written."""
    sources = {one.path.resolve() for one in inputs}
    is_new = not (folder / NAME).exists()
    for one in every:
        for path in (folder / one.result, marked_copy(folder / one.result)):
            if path.resolve() in sources:
                raise BatchError(f"{path} is an input. Choose another folder for the results.")
            if is_new and path.exists():
                raise BatchError(
                    f"{path} is in the way, and no batch has written it. Choose another folder."
                )
