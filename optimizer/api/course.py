"""One call from its first phase to its last: settings in force, limits, progress and clock."""

from __future__ import annotations

import dataclasses
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from optimizer.api.errors import LimitError, SolverError
from optimizer.contract.data import Data
from optimizer.contract.fields import table_of
from optimizer.contract.settings import SETTINGS, SettingRow
from optimizer.solve import Answer, Progress, SolveOptions, Status
from optimizer.solve.progress import ProgressFunction

SETTINGS_SHEET = table_of(SettingRow).name
_LEAST_SECONDS = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Limits, progress and clock of one call, over all its phases."""

    options: SolveOptions
    progress: ProgressFunction | None
    stop: threading.Event
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since the call."""
        return time.monotonic() - self.began

    @property
    def limits(self) -> SolveOptions:
        """The options with what is left of the time."""
        left = max(_LEAST_SECONDS, self.options.time_limit - self.seconds)
        return dataclasses.replace(self.options, time_limit=left)

    def tell(self, phase: str) -> None:
        """Name a phase that has no plan of its own to show."""
        if self.progress is not None:
            self.progress(Progress(phase, self.seconds, float("inf"), -float("inf")))

    def relay(self, progress: Progress) -> None:
        """Pass on what the search tells, on the clock of the call."""
        if self.progress is not None:
            self.progress(dataclasses.replace(progress, seconds=self.seconds))


def options_of(data: Data) -> SolveOptions:
    """What Settings say about a solve."""
    settings = data.settings
    return SolveOptions(
        gap=settings.gap,
        time_limit=settings.time_limit,
        threads=settings.threads,
        seed=settings.seed,
    )


def with_settings(data: Data, **given: float | None) -> Data:
    """The data with these settings in place of its own; what is None stays.

    Raises ValueError where a number is out of the range that the contract declares.
    """
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if not changes:
        return data
    for column in SETTINGS:
        value = changes.get(column.name)
        if value is None:
            continue
        if not column.low <= value <= column.high or (column.above and value == column.low):
            raise ValueError(f"{column.name} must be {column.type_text}, not {value:g}")
    return dataclasses.replace(
        data,
        settings=dataclasses.replace(data.settings, **changes),
        defaults=tuple(
            used
            for used in data.defaults
            if used.table != SETTINGS_SHEET or used.column not in changes
        ),
    )


def refuse_without_plan(answer: Answer, seconds: float) -> None:
    """Raise what says why there is no plan, if there is none, of a solve limited to `seconds`.

    Raises:
        LimitError: the time limit or a stop came first.
        SolverError: the solver gave up, or said that there is none: ask about that before.
    """
    if answer.result.has_plan:
        return
    match answer.result.status:
        case Status.INTERRUPTED_NO_PLAN:
            raise LimitError("Stopped before any plan was found.")
        case Status.TIME_LIMIT_NO_PLAN:
            raise LimitError(
                f"No plan was found within {seconds:g} seconds. "
                "Allow more time (Settings time_limit, or --time-limit)."
            )
        case status:
            raise SolverError(f"The solver ended without an answer ({status.value}).")
