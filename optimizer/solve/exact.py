"""From a plan within the solver's tolerances to one that holds.

Branch and bound takes 0.9999999 for a whole number, and 1e-7 of a permission may carry an order.
So the last step fixes every whole number at its rounded value and solves the rest again, with
further cuts until every generator is content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import Arrays, Floats
from optimizer.solve.cuts import CutGenerator, with_cuts
from optimizer.solve.edits import ColumnBounds
from optimizer.solve.engine import Found
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session, fixing

_WHOLE = 1e-9
_ROUNDS = 400
_REPAIR_SHARE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A feasible plan: its cost, a number for each column, marginal costs of the rows."""

    objective: float
    values: Floats
    duals: Floats | None


def exact_plan(
    session: Session, values: Floats, watch: Watch, generators: Sequence[CutGenerator] = ()
) -> Plan | None:
    """The cheapest plan with the whole numbers of `values`; None if there is none in time.

    Where rounding makes the rest infeasible, the numbers that were not whole are decided anew,
    the others staying.
    """
    found = _fixed(session, values, watch, generators)
    if found is None and not watch.is_over():
        with session.edited([_fixing_what_is_whole(session.arrays, values)]):
            repaired = session.branch(watch, seconds=_REPAIR_SHARE * watch.left)
        if repaired.values is not None:
            found = _fixed(session, repaired.values, watch, generators)
    if found is None or found.values is None:
        return None
    plan = found.values.copy()
    columns = session.whole_columns
    plan[columns] = np.round(plan[columns])
    np.clip(plan, session.arrays.lower, session.arrays.upper, out=plan)
    return Plan(session.arrays.objective(plan), plan, found.duals)


def _fixed(
    session: Session, values: Floats, watch: Watch, generators: Sequence[CutGenerator]
) -> Found | None:
    with session.edited([fixing(session.arrays, values)]):
        found, satisfied = with_cuts(
            session, generators, lambda: session.relaxation(watch), watch, _ROUNDS
        )
    return found if satisfied else None


def _fixing_what_is_whole(arrays: Arrays, values: Floats) -> ColumnBounds:
    columns = np.flatnonzero(arrays.integer).astype(np.int32)
    near = np.round(values[columns])
    whole = columns[np.abs(values[columns] - near) <= _WHOLE]
    kept = np.clip(np.round(values[whole]), arrays.lower[whole], arrays.upper[whole])
    return ColumnBounds(whole, kept, kept)
