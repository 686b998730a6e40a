"""The relaxation that a solve begins with, with the rows that make it tight.

A step of a study changes a limit or a price and asks again: the rows that were made for the last
step still hold, and its basis is nearly the next one's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import highspy

from optimizer.solve.arrays import Floats
from optimizer.solve.compile import Label
from optimizer.solve.cuts import CutGenerator, violated_rows
from optimizer.solve.duality import proven_bound
from optimizer.solve.edits import AddedRows, Row
from optimizer.solve.engine import Found, ModelStatus
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_ROUNDS = 40
_WORTH = 1e-4
_OF_GAP = 0.02
_SHARE = 0.35


@dataclass(slots=True)
class Relaxed:
    """What is known of a relaxation from an earlier solve of the same model with other numbers.

    rows: that were added, as long as what they were made of stays the same; basis: a vertex of the
    model with these rows; duals: of all rows; point: the relaxed plan by variable.
    """

    rows: tuple[Row, ...] = ()
    basis: highspy.HighsBasis | None = None
    duals: Floats | None = None
    point: Mapping[Label, float] = field(default_factory=dict)

    def bring_into(self, session: Session) -> None:
        """Add the rows to a session without them, and begin at the basis."""
        if self.rows:
            session.apply([AddedRows(self.rows)])
        if self.basis is not None:
            session.start_from(self.basis)

    def without_rows(self, rows: int) -> Relaxed:
        """The same for a model of so many rows, without those that were added."""
        duals = None if self.duals is None else self.duals[:rows]
        return replace(self, rows=(), basis=None, duals=duals)


def relaxed_root(
    session: Session,
    generators: Sequence[CutGenerator],
    watch: Watch,
    known: Relaxed,
    method: str = "choose",
) -> Found:
    """Solve the relaxation and add violated rows, as long as that lifts it and there is time.

    The rows stay in the session, and in what is known; every bound on the way goes to the watch.
    method: as of Session.relaxation.  Where the time ends within a round, the round before counts.
    """
    began = watch.seconds
    found = session.relaxation(watch, method=method)
    _offer_bound(session, found, watch)
    for _ in range(_ROUNDS):
        rows = () if found.values is None else violated_rows(generators, found.values)
        used = watch.seconds - began
        enough = watch.gap <= session.options.gap or used > _SHARE * (used + watch.left)
        if not rows or enough or watch.is_over():
            break
        session.apply([AddedRows(rows)])
        known.rows += rows
        tighter = session.relaxation(watch, method=method)
        _offer_bound(session, tighter, watch)
        if tighter.values is None:
            return tighter if tighter.status == ModelStatus.kInfeasible else found
        rise = tighter.objective - found.objective
        found = tighter
        if rise < min(_WORTH, _OF_GAP * session.options.gap) * abs(found.objective):
            break
    known.basis = session.basis
    return found


def _offer_bound(session: Session, found: Found, watch: Watch) -> None:
    """A vertex proves its cost; the duals of an interior point prove nearly as much."""
    if found.duals is not None and not math.isfinite(found.bound):
        watch.offer_bound(proven_bound(session.arrays, found.duals))
    watch.offer_bound(found.bound)
