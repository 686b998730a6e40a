"""The processes of one MPI run end together, whatever ends them."""

from __future__ import annotations

import sys
import time
import traceback
from types import TracebackType

from mpi4py import MPI

_FIRST = 0
_FAULT = 70
_FIRST_SAYS_IT = 5.0
"""Seconds: what goes wrong on every process alike, the first of them reports for all."""
_UNTIL_IT_IS_READ = 1.0
"""Seconds: mpiexec passes on what was written, unless the run ends before it has."""


class Together:
    """Around the work of one process: an error in it ends the others, which would wait for ever.

    The exit status of the run is that of the first process.  A single process ends as usual.
    """

    def __init__(self) -> None:
        self._comm = MPI.COMM_WORLD

    @property
    def is_first(self) -> bool:
        """Whether this is the process that reads and writes for all."""
        return bool(self._comm.Get_rank() == _FIRST)

    def __enter__(self) -> Together:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None or self._comm.Get_size() == 1:
            return
        if not self.is_first:
            time.sleep(_FIRST_SAYS_IT)
        status = getattr(error, "exit_code", None)
        if status is None:
            traceback.print_exception(kind, error, trace)
            status = _FAULT
        sys.stdout.flush()
        sys.stderr.flush()
        time.sleep(_UNTIL_IT_IS_READ)
        self._comm.Abort(status)
