"""Plans close to the best one in which somebody has an award: where a search should start.

A search from nothing ends somewhere within the gap, and the gap of a whole plan is more than a
single award is worth.  So what the award does not touch stays as it is in the best plan: first
everything but the orders of whoever gets the award, and those that it takes the place of; then
everything about the same items.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import Floats, is_large
from optimizer.solve.compile import Label
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.edits import ColumnBounds, DroppedRows, Edit
from optimizer.solve.exact import exact_plan
from optimizer.solve.progress import Watch
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.explain.reference import Reference

_SHARE, _MOST_SECONDS = 0.1, 5.0
_GAP = 1e-4
_YES = 0.5
_COUNTED = "member_used"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who gets an award, and of what."""

    supplier: str
    items: frozenset[str]

    def is_its_own(self, label: Label) -> bool:
        """Whether a yes or no is about the supplier itself; what rules count follows."""
        name, index = label
        parts = index if isinstance(index, tuple) else (index,)
        return name == _COUNTED or self.supplier in parts

    def is_of_its_items(self, label: Label) -> bool:
        """Whether a yes or no is about one of the items."""
        _, index = label
        return isinstance(index, tuple) and not self.items.isdisjoint(map(str, index))


def plans_near(reference: Reference, edits: Sequence[Edit], who: Newcomer) -> list[Floats]:
    """Plans with these edits that differ little from the best one, the better one first.

    None where the model is so large that plans are found in another way.
    """
    session = reference.loaded.session
    if is_large(session.arrays) or reference.clock.is_over:
        return []
    labels = reference.loaded.compiled.column_labels
    columns = session.whole_columns
    own = np.array([who.is_its_own(labels[j]) for j in columns], dtype=np.bool_)
    alike = np.array([who.is_of_its_items(labels[j]) for j in columns], dtype=np.bool_)
    given = reference.values[columns] > _YES
    first = own | (alike & given)
    generators = [
        make(reference.loaded.compiled) for make in hhi_generators(reference.loaded.problem)
    ]
    found: list[Floats] = []
    with session.edited(edits):
        before = session.arrays.rows
        try:
            for kept in (columns[~first], columns[~(own | alike)]):
                plan = _plan(reference, kept, found[:1], generators)
                found = found if plan is None else [plan, *found]
        finally:
            further = session.arrays.rows - before
            if further:
                session.apply([DroppedRows(further)])
    return found


def _plan(
    reference: Reference,
    kept: Collection[int],
    starts: Sequence[Floats],
    generators: Sequence[CutGenerator],
) -> Floats | None:
    """The best plan found in a few seconds in which some columns stay as they are."""
    session, clock = reference.loaded.session, reference.clock
    limit = reference.loaded.options.time_limit
    seconds = min(_SHARE * limit, _MOST_SECONDS, clock.seconds - clock.passed)
    if seconds <= 0 or clock.stop.is_set():
        return None
    columns = np.array(kept, dtype=np.int32)
    fixed = np.clip(
        np.round(reference.values[columns]),
        session.arrays.lower[columns],
        session.arrays.upper[columns],
    )
    watch = Watch(2.0 * seconds, None, clock.stop)
    start = starts[0] if starts else None
    with session.edited([ColumnBounds(columns, fixed, fixed)]):
        found = session.branch(watch, seconds=seconds, start=start, gap=_GAP)
        if found.values is None:
            return None
        plan = exact_plan(session, found.values, watch, generators)
    return None if plan is None else plan.values
