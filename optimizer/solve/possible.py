"""Whether a loaded model has a plan at all, or which plan has the least of its costs."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np

from optimizer.solve.arrays import Floats
from optimizer.solve.cuts import CutGenerator, violated_rows, with_cuts
from optimizer.solve.dive import plans_by_diving
from optimizer.solve.edits import AddedRows, DroppedRows
from optimizer.solve.engine import Found, ModelStatus
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session, within

_WHOLE = 1e-7
_HOLDS = 1e-6
_MANY = 100
_DIVING_SHARE = 0.5
_LINEAR_ROUNDS = 200
_BRANCH_ROUNDS = 50


class Verdict(Enum):
    """Whether there is a plan; OPEN where time ran out first."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    OPEN = "open"


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A verdict, and the plan where there is one.  ``bound``: no plan costs less."""

    verdict: Verdict
    values: Floats | None = None
    bound: float = -math.inf


class Asked(Protocol):
    """`possible` or `possible_in_parts`."""

    def __call__(
        self, session: Session, watch: Watch, generators: Sequence[CutGenerator], *, gap: float
    ) -> Shown:
        """The verdict on the model as it stands in the session."""


def possible(
    session: Session,
    watch: Watch,
    generators: Sequence[CutGenerator] = (),
    *,
    gap: float = math.inf,
) -> Shown:
    """Any plan of the model, or where a gap is given one whose cost is as close to the least.

    The relaxation comes first: where it has no plan, or a whole one, that is all there is to know.
    Rows that the generators add are taken out again.
    """
    with _cuts_taken_out(session):
        relaxed, satisfied = _relaxed(session, watch, generators)
        if relaxed.status == ModelStatus.kInfeasible:
            return Shown(Verdict.IMPOSSIBLE)
        if relaxed.values is not None and satisfied and _is_whole(session, relaxed.values):
            return Shown(Verdict.POSSIBLE, relaxed.values, relaxed.bound)
        if math.isinf(gap) and relaxed.values is not None:
            plan = _by_diving(session, relaxed.values, watch, generators)
            if plan is not None:
                return Shown(Verdict.POSSIBLE, plan, relaxed.bound)
        return _branched(session, watch, generators, gap, relaxed.bound)


def possible_in_parts(
    session: Session,
    watch: Watch,
    generators: Sequence[CutGenerator] = (),
    *,
    gap: float = math.inf,
) -> Shown:
    """The same where what is a yes or no may be one in part: a linear program, quickly had.

    What is impossible in parts is impossible.  The cost, where there is any, is the least.
    """
    del gap
    with _cuts_taken_out(session):
        relaxed, satisfied = _relaxed(session, watch, generators)
        if relaxed.status == ModelStatus.kInfeasible:
            return Shown(Verdict.IMPOSSIBLE)
        if relaxed.values is None or not satisfied:
            return Shown(Verdict.OPEN, None, relaxed.bound)
        return Shown(Verdict.POSSIBLE, relaxed.values, relaxed.bound)


@contextlib.contextmanager
def _cuts_taken_out(session: Session) -> Iterator[None]:
    rows = session.arrays.rows
    try:
        yield
    finally:
        further = session.arrays.rows - rows
        if further:
            session.apply([DroppedRows(further)])


def _relaxed(
    session: Session, watch: Watch, generators: Sequence[CutGenerator]
) -> tuple[Found, bool]:
    return with_cuts(session, generators, lambda: session.relaxation(watch), watch, _LINEAR_ROUNDS)


def _by_diving(
    session: Session, root: Floats, watch: Watch, generators: Sequence[CutGenerator]
) -> Floats | None:
    """A plan without a tree, where there are so many whole numbers that a tree takes long."""
    if len(session.whole_columns) < _MANY:
        return None
    for values in plans_by_diving(session, root, watch, _DIVING_SHARE * watch.left):
        plan = within(session.arrays, values)
        if session.arrays.violation(plan) <= _HOLDS and not violated_rows(generators, plan):
            return plan
    return None


def _branched(
    session: Session, watch: Watch, generators: Sequence[CutGenerator], gap: float, least: float
) -> Shown:
    for _ in range(_BRANCH_ROUNDS):
        found = session.branch(watch, gap=gap)
        least = max(least, found.bound)
        if found.values is None:
            return Shown(_verdict(found), None, least)
        rows = violated_rows(generators, found.values)
        if not rows:
            return Shown(Verdict.POSSIBLE, found.values, least)
        if watch.is_over():
            break
        session.apply([AddedRows(rows)])
    return Shown(Verdict.OPEN, None, least)


def _is_whole(session: Session, values: Floats) -> bool:
    whole = values[session.whole_columns]
    return bool(np.all(np.abs(whole - np.round(whole)) <= _WHOLE))


def _verdict(found: Found) -> Verdict:
    infeasible = found.status == ModelStatus.kInfeasible
    return Verdict.IMPOSSIBLE if infeasible else Verdict.OPEN
