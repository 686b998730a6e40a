"""What one more unit of demand would cost, with every yes or no as planned."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.problem import NeedKey
from optimizer.contract.explain_results import NextUnit
from optimizer.results.amounts import NOISE
from optimizer.solve.arrays import Ints
from optimizer.solve.cuts import CutGenerator, with_cuts
from optimizer.solve.edits import DroppedRows, RowBounds
from optimizer.solve.engine import Found
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session, fixing
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.explain.reference import Reference

_ROUNDS = 100
_STEP = 1e-5
_LEAST_STEP = 1e-4
_TOLD = 25
Place = tuple[NeedKey, int]


def next_units(reference: Reference) -> tuple[NextUnit, ...]:
    """Every item, site, end use and period with demand, in the order of the tables.

    The plan's whole numbers are fixed, demand is raised by a trace in every outcome, and the
    linear program solved again: the duals of demand are then those of more demand, not of less.
    Where there is no time for that, it is the dual of demand as it is.  None where there was no
    time for anything.
    """
    session, compiled = reference.loaded.session, reference.loaded.compiled
    before = session.arrays.rows
    generators = [make(compiled) for make in hhi_generators(reference.problem)]
    with session.edited([fixing(session.arrays, reference.values)]):
        try:
            rows = tuple(_rows(_Program(session, generators, reference)))
        finally:
            further = session.arrays.rows - before
            if further:
                session.apply([DroppedRows(further)])
    return rows


def _rows(program: _Program) -> Iterator[NextUnit]:
    reference = program.reference
    clock, expected, short = reference.clock, _expected(reference), _short(reference)
    first = None if clock.is_over else program.solve()
    if first is None or first.duals is None:
        return
    places = _rows_of(reference)
    for n, (place, numbers) in enumerate(places.items()):
        more = not clock.is_over
        if more and n % _TOLD == 0:
            clock.tell(f"next unit, {n} of {len(places)} places")
        cost = program.cost_of_more(numbers, expected[place]) if more else None
        if not more or clock.is_over:
            more, cost = False, float(math.fsum(first.duals[numbers]))
        (item, site, end_use), t = place
        yield NextUnit(
            item=item,
            site=site,
            end_use=end_use,
            period=t,
            demand=expected[place],
            cost=cost,
            short=place in short,
            more=more,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Program:
    """The linear program that is left of the session's model."""

    session: Session
    generators: Sequence[CutGenerator]
    reference: Reference

    def solve(self) -> Found | None:
        """Its optimum; None where there is none, or no time."""
        clock = self.reference.clock
        limit = self.reference.loaded.options.time_limit
        watch = Watch(max(0.0, min(limit, clock.seconds - clock.passed)), None, clock.stop)

        def relaxation() -> Found:
            return self.session.relaxation(watch)

        found, satisfied = with_cuts(self.session, self.generators, relaxation, watch, _ROUNDS)
        return found if satisfied and found.duals is not None else None

    def cost_of_more(self, numbers: Ints, demand: float) -> float | None:
        """What a trace more in all these rows costs, for each unit; None: it cannot be met."""
        arrays = self.session.arrays
        step = max(_LEAST_STEP, _STEP * demand)
        raised = RowBounds(
            numbers, arrays.row_lower[numbers] + step, arrays.row_upper[numbers] + step
        )
        with self.session.edited([raised]):
            found = self.solve()
        if found is None or found.duals is None:
            return None
        return float(math.fsum(found.duals[numbers]))


def _rows_of(reference: Reference) -> Mapping[Place, Ints]:
    """The rows of demand of each place and period, one for each outcome."""
    row_of = reference.loaded.compiled.row_of
    found: dict[Place, list[int]] = defaultdict(list)
    for need, t, w in sorted(reference.problem.needs.demand):
        row = row_of.get(("demand_balance", (*need, t, w)))
        if row is not None:
            found[need, t].append(row)
    return {place: np.array(rows, dtype=np.int32) for place, rows in found.items()}


def _expected(reference: Reference) -> Mapping[Place, float]:
    found: dict[Place, float] = defaultdict(float)
    for (need, t, w), quantity in reference.problem.needs.demand.items():
        found[need, t] += reference.problem.outcomes[w] * quantity
    return found


def _short(reference: Reference) -> frozenset[Place]:
    """Where demand is lost in some outcome."""
    rows = reference.plan.tables.service
    return frozenset(((r.item, r.site, r.end_use), r.period) for r in rows if r.shortage > NOISE)
