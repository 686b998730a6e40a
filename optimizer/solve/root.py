"""The relaxation that a solve begins with, with the rows that make it tight.

A step of a study changes a limit or a price and asks again: the rows that were made for the last
step still hold, and its duals still prove a bound.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from optimizer.solve.arrays import MEDIUM, Floats
from optimizer.solve.cuts import CutGenerator, violated_rows
from optimizer.solve.duality import proven_bound
from optimizer.solve.edits import AddedRows, Row
from optimizer.solve.engine import Found, ModelStatus
from optimizer.solve.guide import Values
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_ROUNDS = 40
_WORTH = 1e-4
_OF_GAP = 0.02
_SHARE = 0.35
_KEPT = 8
_MANY = 40


@dataclass(slots=True)
class Relaxed:
    """What is known of relaxations from earlier solves of the same model with other numbers.

    rows: that were added, as long as what they were made of stays the same; duals: those of the
    last few, for the rows that there were then; point: the last relaxed plan by variable.
    """

    rows: tuple[Row, ...] = ()
    duals: tuple[Floats, ...] = ()
    point: Values = field(default_factory=dict)

    def bring_into(self, session: Session, watch: Watch) -> Floats | None:
        """Add the rows to a session without them.

        The bound that earlier duals prove goes to the watch: they prove one whatever the numbers
        are.  Returns those that prove most, one for each row; None where nothing is known.
        """
        if self.rows:
            session.apply([AddedRows(self.rows)])
        known = [_padded(duals, session.arrays.rows) for duals in self.duals]
        bounds = [proven_bound(session.arrays, duals) for duals in known]
        if not known:
            return None
        watch.offer_bound(max(bounds))
        return known[int(np.argmax(bounds))]

    def without_rows(self, rows: int) -> Relaxed:
        """The same for a model of so many rows, without those that were added."""
        return replace(self, rows=(), duals=tuple(duals[:rows] for duals in self.duals))


def _padded(duals: Floats, rows: int) -> Floats:
    """For a model with more rows than there were, or with fewer."""
    return np.concatenate([duals[:rows], np.zeros(max(0, rows - len(duals)))])


def relaxed_root(
    session: Session,
    generators: Sequence[CutGenerator],
    watch: Watch,
    known: Relaxed,
    method: str = "choose",
) -> Found:
    """Solve the relaxation and tighten it; every bound on the way goes to the watch.

    method: as of Session.relaxation.
    """
    found = session.relaxation(watch, method=_method(session, method, session.arrays.rows))
    _offer_bound(session, found, watch)
    return tightened(session, generators, watch, known, found, method)


def tightened(
    session: Session,
    generators: Sequence[CutGenerator],
    watch: Watch,
    known: Relaxed,
    found: Found,
    method: str = "choose",
    rounds: int = _ROUNDS,
) -> Found:
    """A relaxation with the rows added that it violates, as long as that lifts it in time.

    The rows stay in the session, and in what is known.  Where the time ends within a round, the
    round before counts.
    """
    began = watch.seconds
    for _ in range(rounds):
        rows = () if found.values is None else violated_rows(generators, found.values)
        used = watch.seconds - began
        enough = watch.gap <= session.options.gap or used > _SHARE * (used + watch.left)
        if not rows or enough or watch.is_over():
            break
        session.apply([AddedRows(rows)])
        known.rows += rows
        tighter = session.relaxation(watch, method=_method(session, method, len(rows)))
        _offer_bound(session, tighter, watch)
        if tighter.values is None:
            return tighter if tighter.status == ModelStatus.kInfeasible else found
        rise = tighter.objective - found.objective
        found = tighter
        if rise < min(_WORTH, _OF_GAP * session.options.gap) * abs(found.objective):
            break
    if found.duals is not None:
        known.duals = (*known.duals[1 - _KEPT :], found.duals)
    return found


def _method(session: Session, method: str, new_rows: int) -> str:
    """Where much is new, an interior point and then a vertex are had before the simplex is done."""
    medium = len(session.arrays.value) >= MEDIUM
    return "ipm" if method == "choose" and medium and new_rows >= _MANY else method


def _offer_bound(session: Session, found: Found, watch: Watch) -> None:
    """A vertex proves its cost; the duals of an interior point prove nearly as much."""
    if found.duals is not None and not math.isfinite(found.bound):
        watch.offer_bound(proven_bound(session.arrays, found.duals))
    watch.offer_bound(found.bound)
