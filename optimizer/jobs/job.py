"""What is to be done in a process of its own, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a function in a process of its own.

    ``function`` stands in a module (not in the script that is run, nor inside another function)
    and, like its arguments and its result, can be pickled.  ``seconds``: after which the process
    is ended; None: never.  ``memory``: bytes above which it is ended; None: none.
    """

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    seconds: float | None = None
    memory: int | None = None


class End(Enum):
    """How a job ended."""

    DONE = "done"
    RAISED = "raised"
    DIED = "died"
    """the process ended without a word: a crash, or no memory"""
    TIME_LIMIT = "time limit"
    MEMORY_LIMIT = "memory limit"
    STOPPED = "stopped"
    """ended, or never started, because all were to stop"""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job.

    ``result`` is what the function returned.  Of a job that failed, ``error`` says why in a line;
    ``raised`` is the exception where it can be pickled, and ``trace`` where it came from.
    ``seconds``: from the start of the process, 0 where there was none.
    """

    name: str
    end: End
    result: Any = None
    error: str = ""
    raised: Exception | None = None
    trace: str = ""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether there is no result."""
        return self.end is not End.DONE
