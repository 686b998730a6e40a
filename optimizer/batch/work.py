"""Which jobs a batch has: every input with each of its scenarios, and under which limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from optimizer.batch.inputs import Input, hash_of
from optimizer.contract.data import BASE

_VERSIONED = ("supplier-diversification-optimizer", "highspy")
_TIMES, _BESIDES, _LONGEST = 10.0, 600.0, 4 * 3600.0
_TOLD = 8
_NOT_IN_NAMES = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True, slots=True)
class Options:
    """How every job of a batch is done.

    gap (0..1) and time_limit (seconds of the solve) take the place of Settings; None: they stay.
    threads: of the solver in one job.  job_time: seconds after which a job is ended; None: ten time
    limits and ten minutes, or four hours without a time limit.  memory: bytes that a job may have.
    """

    gap: float | None = None
    time_limit: float | None = None
    threads: int = 1
    job_time: float | None = None
    memory: int | None = None

    @property
    def seconds(self) -> float:
        """After which a job is ended."""
        if self.job_time is not None:
            return self.job_time
        return _LONGEST if self.time_limit is None else _BESIDES + _TIMES * self.time_limit

    def input_hash(self, content: str, scenario: str) -> str:
        """What a plan depends on, as one hash; of limits none, because they only end a search."""
        parts = (content, scenario, f"gap {self.gap!r}", f"threads {self.threads}", *versions())
        return hash_of("\n".join(parts).encode())


@dataclass(frozen=True, slots=True)
class Work:
    """One job: an input as one scenario has it, and the name of its result workbook."""

    source: Input
    scenario: str
    result: str

    @property
    def name(self) -> str:
        """As people see it."""
        return self.source.label + ("" if self.scenario == BASE else f" ({self.scenario})")

    @property
    def key(self) -> tuple[str, str]:
        """What names its row in the manifest."""
        return self.source.label, self.scenario


def works(jobs: Iterable[tuple[Input, str]]) -> tuple[Work, ...]:
    """The jobs with their results named: ``quotes.xlsx``, ``quotes-tight_caps.xlsx``.

    Results that would have one name (workbooks from several folders) have a few letters of the hash
    of their input's label behind it; which name a result has does not depend on the order.
    """
    named = [(source, scenario, _stem(source, scenario)) for source, scenario in jobs]
    uses = Counter(stem.casefold() for _, _, stem in named)
    return tuple(
        Work(
            source,
            scenario,
            f"{stem}{_letters(source, scenario) if uses[stem.casefold()] > 1 else ''}.xlsx",
        )
        for source, scenario, stem in named
    )


def versions() -> tuple[str, ...]:
    """The versions of program and solver; a checkout can be run without being installed."""
    found = []
    for package in _VERSIONED:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return tuple(found)


def _stem(source: Input, scenario: str) -> str:
    path = source.path.absolute()
    stem = path.name if path.is_dir() else path.stem
    return stem if scenario == BASE else f"{stem}-{_NOT_IN_NAMES.sub('_', scenario)}"


def _letters(source: Input, scenario: str) -> str:
    told = "\0".join((source.label, scenario))
    return f"-{hash_of(told.encode())[:_TOLD]}"
