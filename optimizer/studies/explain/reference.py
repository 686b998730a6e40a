"""The best plan that everything is compared with, and the one model that all questions are put to.

Every question is the loaded model with some edits, solved within the time that is left.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.problem import Problem
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.solve.arrays import Floats
from optimizer.solve.compile import Compiled
from optimizer.solve.edits import Edit
from optimizer.solve.outcome import Status
from optimizer.solve.progress import Progress, ProgressFunction
from optimizer.solve.run import Answer
from optimizer.studies.loaded import Loaded
from optimizer.studies.optimum import Optimum

NOT_REACHED = "not reached"
"""The status of a row for which there was no time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How long all questions together may take, and who is told how far they are.

    ``seconds``: for everything; a further solve has what is left of it, within its own time limit.
    """

    seconds: float = math.inf
    progress: ProgressFunction | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.monotonic)

    @property
    def passed(self) -> float:
        """Seconds since the first question."""
        return time.monotonic() - self.began

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be solved."""
        return self.stop.is_set() or self.passed >= self.seconds

    def tell(self, subject: str) -> None:
        """Name what is being asked."""
        if self.progress is not None:
            self.progress(Progress(subject, self.passed, math.inf, -math.inf))


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """The best plan: its tables, its columns in the loaded model, what it costs and its bound.

    ``found`` and ``bound`` are of the aim; no plan costs less than ``bound``.
    """

    data: Data
    problem: Problem
    plan: Plan
    loaded: Loaded
    values: Floats
    found: float
    bound: float
    clock: Clock

    def solve(
        self,
        subject: str,
        edits: Iterable[Edit],
        *,
        problem: Problem | None = None,
        starts: Sequence[Floats] = (),
        floor: float = -math.inf,
    ) -> Optimum | None:
        """The best plan with these edits; None where there is no time left to ask."""
        if self.clock.is_over:
            return None
        self.clock.tell(subject)
        left = self.clock.seconds - self.clock.passed
        return self.loaded.solve(
            edits,
            problem=problem,
            starts=starts,
            floor=floor,
            seconds=min(self.loaded.options.time_limit, left),
            progress=self._relayed(subject),
            stop=self.clock.stop,
        )

    def _relayed(self, subject: str) -> ProgressFunction | None:
        """Progress of a solve under the name of the question, on the clock of all of them."""
        progress = self.clock.progress
        if progress is None:
            return None

        def relay(one: Progress) -> None:
            progress(Progress(subject, self.clock.passed, one.objective, one.bound))

        return relay


def status_of(answers: Sequence[Optimum | None]) -> str:
    """How the least proven of some solves ended, in words."""
    if not answers or answers[-1] is None:
        return NOT_REACHED
    ends = [answer.answer.result.status for answer in answers if answer is not None]
    return next((end for end in ends if end is not Status.OPTIMAL), Status.OPTIMAL).value


def columns_of(compiled: Compiled, answer: Answer) -> Floats:
    """A plan of another model of the same problem as a number for each column of this one.

    A second step for the worst case has a ceiling in place of the column that this one minimises.
    """
    values = answer.values()
    worst = max((v for (name, _), v in values.items() if name == "outcome_cost"), default=0.0)
    return np.array(
        [
            values.get(label, worst if label[0] == "threshold" else 0.0)
            for label in compiled.column_labels
        ]
    )
