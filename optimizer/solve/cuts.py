"""Rows that are made only where a plan needs them.

A limit on concentration is a second-order cone, which HiGHS does not take beside whole numbers.
Its tangents are rows, though, and few of them are ever needed: a generator looks at a plan and
returns the tangents that the plan violates, until it finds none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from optimizer.solve.arrays import Floats
from optimizer.solve.edits import AddedRows, Row
from optimizer.solve.engine import Found
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

CutGenerator = Callable[[Floats], Sequence[Row]]
"""From a number for each column to the rows that these numbers violate beyond the generator's
own tolerance; none where all is well. Every row must hold for every plan that is allowed."""


def violated_rows(generators: Sequence[CutGenerator], values: Floats) -> tuple[Row, ...]:
    """The rows of all generators that `values` violates."""
    return tuple(row for generate in generators for row in generate(values))


def with_cuts(
    session: Session,
    generators: Sequence[CutGenerator],
    solve: Callable[[], Found],
    watch: Watch,
    rounds: int,
) -> tuple[Found, bool]:
    """Solve and add violated rows until there are none; the rows stay in the session.

    Returns the last answer and whether its values satisfy every generator (so False as well
    where there are no values, or `rounds` or the time ran out first).
    """
    found = solve()
    for _ in range(rounds):
        if found.values is None:
            return found, False
        rows = violated_rows(generators, found.values)
        if not rows:
            return found, True
        if watch.is_over():
            return found, False
        session.apply([AddedRows(rows)])
        found = solve()
    if found.values is None:
        return found, False
    return found, not violated_rows(generators, found.values)
