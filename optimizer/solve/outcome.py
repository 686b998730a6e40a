"""What came of a solve."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass, field

from optimizer.solve.arrays import Floats


class Status(enum.Enum):
    """How a solve ended; `has_plan` says whether there is a plan to show for it."""

    OPTIMAL = "optimal"
    TIME_LIMIT = "time limit"
    TIME_LIMIT_NO_PLAN = "time limit without a plan"
    INTERRUPTED = "interrupted"
    INTERRUPTED_NO_PLAN = "interrupted without a plan"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    ERROR = "error"

    @property
    def has_plan(self) -> bool:
        """Whether a result of this status carries values."""
        return self in (Status.OPTIMAL, Status.TIME_LIMIT, Status.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class PhaseNote:
    """What one phase of a solve did.

    phase: its name; seconds: its wall-clock time; objective and bound: the best known after it
    (infinite where there was none); text: a remark, empty where there is nothing to say.
    """

    phase: str
    seconds: float
    objective: float = math.inf
    bound: float = -math.inf
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SolveResult:
    """The answer to one solve of a minimisation.

    objective: cost of the plan, inf without one. bound: no plan costs less than this, -inf where
    nothing was proven. gap: relative, see `relative_gap`. seconds: wall clock. values: one number
    for each column, None without a plan. duals: marginal cost of each row, only of solves of
    linear programs that ended with a vertex. notes: what each phase did, in order.
    """

    status: Status
    objective: float = math.inf
    bound: float = -math.inf
    seconds: float = 0.0
    values: Floats | None = None
    duals: Floats | None = None
    notes: tuple[PhaseNote, ...] = field(default=())

    @property
    def gap(self) -> float:
        """Relative gap between plan and bound; inf without one of them."""
        return relative_gap(self.objective, self.bound)

    @property
    def has_plan(self) -> bool:
        """Whether there are values."""
        return self.values is not None


def relative_gap(objective: float, bound: float) -> float:
    """(objective - bound) / max(|objective|, 1e-10), never below 0; inf where one is missing."""
    if not (math.isfinite(objective) and math.isfinite(bound)):
        return math.inf
    return max(0.0, objective - bound) / max(abs(objective), 1e-10)
