"""How hard, how long and how exactly to solve."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """Limits and tolerances of one solve.

    gap: relative gap, (objective - bound) / |objective|, at which a plan counts as optimal.
    time_limit: wall-clock seconds for everything: start, search, cuts and the final exact plan.
    threads: threads of the solver; 0 = as many as the machine has.
    seed: of everything random; the same seed gives the same plan unless the time limit cuts in.
    feasibility: by how much a row or bound of the final plan may be violated, in its own units.
    search_feasibility: the same during branch and bound, where a tighter value costs time.
    start_share: largest share of the time limit spent on finding a start plan, 0..1.

    Raises ValueError where a number is out of range.
    """

    gap: float = 0.005
    time_limit: float = 120.0
    threads: int = 0
    seed: int = 0
    feasibility: float = 1e-9
    search_feasibility: float = 1e-7
    start_share: float = 0.35

    def __post_init__(self) -> None:
        if not self.gap >= 0:
            raise ValueError(f"gap must be at least 0, not {self.gap}")
        if not self.time_limit > 0:
            raise ValueError(f"time_limit must be above 0 seconds, not {self.time_limit}")
        if self.threads < 0:
            raise ValueError(f"threads must be at least 0, not {self.threads}")
        for name in ("feasibility", "search_feasibility"):
            if not 1e-10 <= getattr(self, name) <= 1e-5:
                raise ValueError(f"{name} must lie between 1e-10 and 1e-5")
        if not 0 <= self.start_share <= 1:
            raise ValueError(f"start_share must lie between 0 and 1, not {self.start_share}")

    @property
    def thread_count(self) -> int:
        """Threads in numbers: `threads`, or what the machine offers where that is 0."""
        if self.threads:
            return self.threads
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1
