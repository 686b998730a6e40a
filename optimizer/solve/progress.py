"""How far a solve is, and how to stop it.

One `Watch` accompanies a solve through all its phases: it knows the clock, whether someone asked
to stop, and the best plan and bound so far, which every phase may only improve.
"""

from __future__ import annotations

import contextlib
import math
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

from optimizer.solve.arrays import Floats
from optimizer.solve.outcome import PhaseNote, relative_gap


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a solve: seconds since its start, best objective (inf: none) and bound."""

    phase: str
    seconds: float
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """Relative gap, inf while there is no plan or no bound."""
        return relative_gap(self.objective, self.bound)


ProgressFunction = Callable[[Progress], None]


class Watch:
    """Clock, stop flag, best plan and best bound of one solve.

    Everything here is called from the thread that asked for the solve, but `stop`, which may be
    set from anywhere.
    """

    def __init__(
        self,
        time_limit: float = math.inf,
        progress: ProgressFunction | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._began = time.monotonic()
        self._limit = time_limit
        self._progress = progress
        self.stop = stop or threading.Event()
        self.phase = ""
        self.objective = math.inf
        self.bound = -math.inf
        self.plan: Floats | None = None
        self.notes: list[PhaseNote] = []

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the solve began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds until the time limit, never negative."""
        return max(0.0, self._limit - self.seconds)

    def is_over(self) -> bool:
        """Whether it is time to end: the limit has passed or someone asked to stop."""
        return self.stop.is_set() or self.left <= 0

    @property
    def gap(self) -> float:
        """Relative gap of the best plan to the best bound."""
        return relative_gap(self.objective, self.bound)

    def offer_plan(self, objective: float, plan: Floats) -> bool:
        """Keep `plan` if it is cheaper than the best; says whether it was."""
        if not objective < self.objective:
            return False
        self.objective, self.plan = objective, plan
        self.tell()
        return True

    def offer_bound(self, bound: float) -> None:
        """Keep a proven bound if it is better than the best."""
        if math.isfinite(bound):
            self.bound = max(self.bound, bound)

    def tell(self, objective: float = math.inf, bound: float = -math.inf) -> None:
        """Report progress; the arguments are what a running phase has found so far."""
        if self._progress is not None:
            self._progress(
                Progress(
                    self.phase,
                    self.seconds,
                    min(self.objective, objective),
                    max(self.bound, bound),
                )
            )

    @contextlib.contextmanager
    def during(self, phase: str) -> Iterator[None]:
        """Name what happens inside, and note what it took and brought."""
        outer, began = self.phase, self.seconds
        self.phase = phase
        self.tell()
        try:
            yield
        finally:
            self.phase = outer
            self.notes.append(PhaseNote(phase, self.seconds - began, self.objective, self.bound))


@contextlib.contextmanager
def ctrl_c_stops(stop: threading.Event) -> Iterator[None]:
    """While inside, the first Ctrl-C sets `stop`; a second one raises KeyboardInterrupt.

    Signals reach the main thread only, so that elsewhere this does nothing, and neither does it
    take the place of a handler that someone else installed.
    """
    on_main = threading.current_thread() is threading.main_thread()
    if not on_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def ask(signum: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
