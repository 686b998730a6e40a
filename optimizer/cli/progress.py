"""Progress of long work: one live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from rich.status import Status

    from optimizer.api import Progress

_QUIET_SECONDS = 10.0
_IN_WORDS = {
    "read": "reading and checking the input",
    "problem": "putting the problem together",
    "unavoidable shortage": "finding the shortage that no plan can avoid",
    "build": "building the model",
    "tables": "making the result tables",
    "check": "checking the plan independently",
    "given split": "pricing the given split",
    "stress": "stopping one source after the other",
    "write": "writing",
}


class Report(Protocol):
    """Where progress goes."""

    def phase(self, name: str) -> None:
        """Something begins that has no plan to show yet."""

    def progress(self, progress: Progress) -> None:
        """How far the solve is."""


@contextmanager
def reporting() -> Iterator[Report]:
    """A report that suits where standard error goes."""
    if not sys.stderr.isatty():
        yield PlainReport()
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield LiveReport(status)


class LiveReport:
    """One line that is written over."""

    def __init__(self, status: Status) -> None:
        self._status = status
        self._began = time.monotonic()

    def phase(self, name: str) -> None:
        """Something begins that has no plan to show yet."""
        self._status.update(_text(name, time.monotonic() - self._began))

    def progress(self, progress: Progress) -> None:
        """How far the solve is."""
        self._status.update(describe(progress))


class PlainReport:
    """A line for each phase, each better plan after a while, and every ten seconds."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._phase = ""
        self._said = -math.inf

    def phase(self, name: str) -> None:
        """Something begins that has no plan to show yet."""
        self._say(name, _text(name, time.monotonic() - self._began))

    def progress(self, progress: Progress) -> None:
        """How far the solve is."""
        if progress.phase != self._phase or time.monotonic() - self._said >= _QUIET_SECONDS:
            self._say(progress.phase, describe(progress))

    def _say(self, phase: str, text: str) -> None:
        self._phase, self._said = phase, time.monotonic()
        click.echo(text, err=True)


def describe(progress: Progress) -> str:
    """``branch and bound, 12 s, plan 43,051,200, bound 42,900,100, gap 0.35 %``"""
    parts = [_text(progress.phase, progress.seconds)]
    if math.isfinite(progress.objective):
        parts.append(f"plan {progress.objective:,.0f}")
    if math.isfinite(progress.bound):
        parts.append(f"bound {progress.bound:,.0f}")
    if math.isfinite(progress.gap):
        parts.append(f"gap {100 * progress.gap:.2f} %")
    return ", ".join(parts)


def _text(phase: str, seconds: float) -> str:
    return f"{_IN_WORDS.get(phase, phase)}, {seconds:.0f} s"
