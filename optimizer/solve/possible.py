"""Whether a loaded model has a plan at all, or which plan has the least of its costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from optimizer.solve.arrays import Floats
from optimizer.solve.cuts import CutGenerator, violated_rows, with_cuts
from optimizer.solve.edits import AddedRows, DroppedRows
from optimizer.solve.engine import Found, ModelStatus
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_WHOLE = 1e-7
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
    rows = session.arrays.rows
    try:
        return _searched(session, watch, generators, gap)
    finally:
        further = session.arrays.rows - rows
        if further:
            session.apply([DroppedRows(further)])


def _searched(
    session: Session, watch: Watch, generators: Sequence[CutGenerator], gap: float
) -> Shown:
    relaxed, satisfied = with_cuts(
        session, generators, lambda: session.relaxation(watch), watch, _LINEAR_ROUNDS
    )
    if relaxed.status == ModelStatus.kInfeasible:
        return Shown(Verdict.IMPOSSIBLE)
    if relaxed.values is not None and satisfied and _is_whole(session, relaxed.values):
        return Shown(Verdict.POSSIBLE, relaxed.values, relaxed.bound)
    least = relaxed.bound
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
