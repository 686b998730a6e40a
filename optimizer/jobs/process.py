"""One job in its process, as the scheduler sees it."""

from __future__ import annotations

import contextlib
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time

from optimizer.jobs.child import STOP
from optimizer.jobs.job import Done, End, Job
from optimizer.jobs.memory import resident
from optimizer.jobs.messages import Failed, Raised, Returned, pack, unpack

_LONGEST_LINE = 300
_LAST_WORDS = 4000


class Running:
    """A process that does one job.  Tells ``ended`` when there is nothing more to come from it."""

    def __init__(self, job: Job, packed: bytes, ended: queue.SimpleQueue[Running]) -> None:
        """Start the process."""
        self.job = job
        self._began = time.monotonic()
        self._ended_because: Done | None = None
        self._asked_at: float | None = None
        self._answer = b""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `done`
        self._process = subprocess.Popen(
            [sys.executable, "-c", _bootstrap()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            # Ctrl-C at the terminal is for the scheduler, which tells the jobs.
            start_new_session=True,
        )
        threading.Thread(target=self._serve, args=(packed, ended), daemon=True).start()

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._began

    def hold_to_limits(self) -> None:
        """End the process where its time is over, or where it has more memory than it may."""
        if self.job.seconds is not None and self.seconds > self.job.seconds:
            self.end(End.TIME_LIMIT, f"took more than {self.job.seconds:g} seconds")
        if self.job.memory is not None and (resident(self._process.pid) or 0) > self.job.memory:
            self.end(
                End.MEMORY_LIMIT, f"took more than {self.job.memory / 2**20:,.0f} MB of memory"
            )

    def ask_to_stop(self, grace: float) -> None:
        """Tell the job, as Ctrl-C would; end it where it has not obeyed after the grace."""
        if self._asked_at is None:
            self._asked_at = time.monotonic()
            with contextlib.suppress(OSError, ValueError):  # it is ending already
                assert self._process.stdin is not None
                self._process.stdin.write(STOP)
                self._process.stdin.flush()
        if time.monotonic() - self._asked_at >= grace:
            self.end(End.STOPPED, "stopped before it was done")

    def end(self, end: End, error: str) -> None:
        """End the process at once."""
        if self._ended_because is None:
            self._ended_because = Done(self.job.name, end, error=error, seconds=self.seconds)
        self._process.kill()

    def done(self) -> Done:
        """What came of the job; the process has ended."""
        status = self._process.wait()
        with self._errors:
            words = self._last_words()
        name, seconds = self.job.name, self.seconds
        messages = unpack(self._answer)
        match messages:
            case [Returned(result)]:
                return Done(name, End.DONE, result, seconds=seconds)
            case [Failed(error, trace), *rest]:
                if self._asked_at is not None and error.startswith("KeyboardInterrupt"):
                    return Done(name, End.STOPPED, error="stopped before it was done",
                                seconds=seconds)  # fmt: skip
                raised = [one.exception() for one in rest if isinstance(one, Raised)]
                return Done(name, End.RAISED, None, error, raised[0] if raised else None, trace,
                            seconds)  # fmt: skip
        if self._ended_because is not None:
            return self._ended_because
        return Done(name, End.DIED, error=_cause(status) + words, seconds=seconds)

    def _serve(self, packed: bytes, ended: queue.SimpleQueue[Running]) -> None:
        """Give the process its job and take what it sends; a full pipe would hold up either."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(OSError):  # it died before it took the job
            self._process.stdin.write(packed)
            self._process.stdin.flush()
        with self._process.stdout as answers:
            self._answer = answers.read()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        ended.put(self)

    def _last_words(self) -> str:
        length = self._errors.seek(0, 2)
        self._errors.seek(max(0, length - _LAST_WORDS))
        lines = self._errors.read().decode(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f": {last[:_LONGEST_LINE]}" if last else ""


def packed_job(job: Job) -> bytes:
    """The job as it is sent; raises what speaks against sending it.

    Raises:
        ValueError: the function stands in the script that is run, where a process cannot find it.
    """
    if getattr(job.function, "__module__", None) == "__main__":
        raise ValueError(f"{job.function!r} stands in the script that is run, not in a module")
    return pack((job.function, job.arguments))


def _bootstrap() -> str:
    return f"import sys; sys.path[:] = {sys.path!r}; from optimizer.jobs.child import main; main()"


def _cause(status: int) -> str:
    if status >= 0:
        return f"its process ended with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    memory = ", probably for lack of memory" if name == "SIGKILL" else ""
    return f"its process was ended by {name}{memory}"
