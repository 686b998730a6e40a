"""A row of the manifest: made from what came of a job, and whether it still holds later."""

from __future__ import annotations

from pathlib import Path

from optimizer import api
from optimizer.batch.inputs import hash_of
from optimizer.batch.one import Came, marked_copy
from optimizer.batch.work import Options, Work
from optimizer.contract.batch_results import ManifestRow
from optimizer.jobs import Done, End

_SAID = (api.OutputError, api.SolverError, api.VerificationError)
_FAULTS = frozenset({"crashed", "failed"})
_OUT_OF_TIME = frozenset({"time_limit", "limit"})


def row_of(work: Work, done: Done, content: str, options: Options) -> ManifestRow | None:
    """The row of a job; None of one that was stopped, which is as if it had not begun.

    content: hash of the input before the jobs began, for a job that cannot say what it read.
    """
    came = came_of(done, content)
    if came is None:
        return None
    return ManifestRow(
        workbook=work.source.label,
        scenario=work.scenario,
        status=came.status,
        objective=came.objective,
        currency=came.currency,
        bound=came.bound,
        gap=came.gap,
        seconds=round(done.seconds, 3),
        result=came.result,
        result_hash=came.result_hash,
        input_hash=_input_hash(came.content or content, work, options),
        time_limit=options.time_limit,
        job_time=options.seconds,
        memory=options.memory,
        error=" ".join(came.error.split()),
    )


def came_of(done: Done, content: str) -> Came | None:
    """What came of a job, also where its process could not say it; None if it was stopped."""
    if done.end is End.STOPPED:
        return None
    if isinstance(done.result, Came):
        return done.result
    return Came(_status(done), content, error=_error(done))


def still_holds(row: ManifestRow, work: Work, content: str, options: Options, folder: Path) -> bool:
    """Whether a job need not be done again.

    It need not where its input and the options are the same, its result is there as it was written,
    and it neither crashed nor ended at a limit that is larger now.
    """
    if not content or row.input_hash != options.input_hash(content, work.scenario):
        return False
    return (
        row.status not in _FAULTS
        and not _has_more_now(row, options)
        and _is_there(row, work, folder)
    )


def _input_hash(content: str, work: Work, options: Options) -> str:
    return options.input_hash(content, work.scenario) if content else ""


def _has_more_now(row: ManifestRow, options: Options) -> bool:
    """Whether a job ended at a limit that no longer is the same or a tighter one."""
    if row.status in _OUT_OF_TIME:
        now, then = options.time_limit, row.time_limit
        return now != then and (now is None or then is None or now > then)
    if row.status == "job_time":
        return options.seconds > row.job_time
    if row.status == "out_of_memory":
        return row.memory is not None and (options.memory is None or options.memory > row.memory)
    return False


def _is_there(row: ManifestRow, work: Work, folder: Path) -> bool:
    if not row.result:
        return True
    path = folder / work.result
    if row.status == "input_errors":
        # A marked copy holds the time at which it was made, so it has no hash to go by.
        return row.result == marked_copy(path).name and marked_copy(path).is_file()
    return (
        row.result == work.result
        and path.is_file()
        and hash_of(path.read_bytes()) == row.result_hash
    )


def _status(done: Done) -> str:
    match done.end:
        case End.TIME_LIMIT:
            return "job_time"
        case End.MEMORY_LIMIT:
            return "out_of_memory"
        case End.DIED:
            return "crashed"
    return "out_of_memory" if isinstance(done.raised, MemoryError) else "failed"


def _error(done: Done) -> str:
    return str(done.raised) if isinstance(done.raised, _SAID) else done.error
