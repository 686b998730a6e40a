"""A loaded model that can be asked for other things than the least cost, and the edits for that."""

from __future__ import annotations

import dataclasses
import math
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from models.measures import (
    SHORTAGE,
    SUPPLIERS,
    WORST_SHORTAGE,
    MeasureKey,
    Traits,
    add_measures,
    with_every_use,
    without_idle,
)
from models.problem import Measure, OfferKey, Problem
from optimizer.solve.arrays import Arrays, Floats
from optimizer.solve.compile import Compiled
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.edits import (
    AddedRows,
    Costs,
    DroppedRows,
    Edit,
    Row,
    RowBounds,
    column_bounds,
)
from optimizer.solve.exact import exact_plan
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import ProgressFunction, Watch
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.loaded import HOLDS, Loaded
from optimizer.studies.optimum import Optimum

ROOM = 1e-8
"""By how much of itself a cost may be above the ceiling: plans that cost the same do so but for
their last digits."""
STAYS = 1e-8
"""By how much of itself, or how many units, a measure may be above what was reached."""

_CEILING = 2.0**13
"""What the ceiling is in its row, about: small beside what a double can tell apart of it."""
_HALF = 0.5
_TODAY = "beyond_today"

Relay = Callable[[str], ProgressFunction | None]
"""From what is looked for to whom progress on it is told."""


def _nobody(what: str) -> ProgressFunction | None:
    return None


class NearModel:
    """One problem in the solver, with its measures (models.measures)."""

    def __init__(
        self,
        problem: Problem,
        traits: Traits,
        options: SolveOptions,
        relay: Relay = _nobody,
        stop: threading.Event | None = None,
    ) -> None:
        """Build the model; raises as `Loaded` does."""
        self._problem = with_every_use(problem)
        self._traits = traits
        self._relay = relay
        self.options = options
        self.stop = stop or threading.Event()
        self.loaded = Loaded(self._problem, options, partial(add_measures, traits=traits))
        self.compiled: Compiled = self.loaded.compiled
        many = len(problem.outcomes) > 1
        self._worst_case = many and problem.aim.measure is Measure.WORST_CASE
        self._always: list[Edit] = []
        self._no_shorter: list[Edit] = []

    def compare_with(self, best: Floats, today: Mapping[OfferKey, float]) -> None:
        """Say what others are compared with: the best plan, and what each offer would have by
        today's split (quantity over the horizon).

        From here on no plan is short of more than the best plan, unless shortage is the measure:
        to go short is no way to have fewer suppliers.
        """
        places = [row for (name, _), row in self.compiled.row_of.items() if name == _TODAY]
        least = np.zeros(len(places))
        for offer, quantity in today.items():
            row = self.compiled.row_of.get((_TODAY, offer))
            if row is not None:
                least[places.index(row)] = -quantity
        rows = np.array(places, dtype=np.int32)
        self._always = [RowBounds(rows, least, np.full(len(rows), math.inf))]
        fitted = self.as_measured(best)
        self._no_shorter = []
        for measure in ((WORST_SHORTAGE, ""), (SHORTAGE, "")):
            column = self.column(measure)
            most = fitted[column] + STAYS * max(1.0, fitted[column])
            self._no_shorter.append(column_bounds(column, 0.0, most))

    def _edits(self, measure: MeasureKey) -> list[Edit]:
        return [*self._always, *(() if measure[0] == WORST_SHORTAGE else self._no_shorter)]

    def column(self, measure: MeasureKey) -> int:
        """The column of a measure."""
        return self.compiled.column_of["measured", measure]

    def cost(self, values: Floats) -> float:
        """What a plan costs."""
        return self.compiled.arrays.objective(values)

    def cheapest(
        self,
        what: str,
        measure: MeasureKey | None = None,
        most: float = math.inf,
        starts: Sequence[Floats] = (),
        floor: float = -math.inf,
    ) -> Optimum:
        """The cheapest plan, with no more of a measure than ``most``.

        Where the worst case is minimised, that has a second step as in `studies.optimum`.
        """
        edits = self.at_most(measure, most) if measure else []
        first = self.loaded.solve(
            edits, starts=starts, floor=floor, progress=self._relay(what), stop=self.stop
        )
        values = first.answer.result.values
        if not self._worst_case or values is None or self.stop.is_set():
            return first
        room = max(self.options.gap, ROOM) * abs(first.objective)
        worst = max(first.objective, min(first.objective + room, first.bound + room))
        threshold = self.compiled.column_of["threshold", Measure.WORST_CASE.value]
        second = self.loaded.solve(
            [*edits, column_bounds(threshold, -math.inf, worst), self._expected()],
            starts=[values],
            progress=self._relay(what),
            stop=self.stop,
        )
        if second.solution is None:
            return first
        costs = second.solution.outcome_cost.values()
        return dataclasses.replace(second, objective=max(costs, default=0.0), bound=first.bound)

    def at_most(self, measure: MeasureKey, most: float) -> list[Edit]:
        """No more of a measure than this."""
        room = STAYS * max(1.0, most)
        return [*self._edits(measure), column_bounds(self.column(measure), 0.0, most + room)]

    def least(self, measure: MeasureKey, none: float, ceiling: float) -> list[Edit]:
        """Minimise a measure, and nothing else, at a cost of no more than the ceiling.

        Less than ``none`` is as good as nothing, and is not told apart.
        """
        costs = np.zeros(self.compiled.arrays.columns)
        column = self.column(measure)
        costs[column] = 1.0
        return [
            *self._edits(measure),
            Costs(np.arange(len(costs), dtype=np.int32), costs),
            column_bounds(column, none, math.inf),
            self._within(ceiling),
        ]

    def used(self, values: Floats) -> list[str]:
        """The suppliers that a plan uses, the one with the smallest awards first."""
        award: dict[str, float] = {}
        for (name, index), value in self.compiled.values(values).items():
            if name == "award" and isinstance(index, tuple):
                weight = self._traits.weight[index[1]]
                award[index[0]] = award.get(index[0], 0.0) + weight * value
        use = self.compiled.column_of
        used = (k for k in award if ("use", k) in use and values[use["use", k]] > _HALF)
        return sorted(used, key=lambda k: (award[k], k))

    def only_from(self, suppliers: Iterable[str]) -> list[Edit]:
        """Nobody else is used."""
        allowed = set(suppliers)
        unused = (
            column_bounds(column, 0.0, 0.0)
            for (name, supplier), column in self.compiled.column_of.items()
            if name == "use" and supplier not in allowed
        )
        return [*self._edits((SUPPLIERS, "")), *unused]

    def tell(self, what: str) -> ProgressFunction | None:
        """Whom progress on something is told."""
        return self._relay(what)

    def tidied(self, measure: MeasureKey, most: float, values: Floats) -> Floats | None:
        """The cheapest plan with the whole numbers of a plan, and nobody used in vain."""
        generators: list[CutGenerator] = [
            make(self.compiled) for make in hhi_generators(self._problem)
        ]
        session = self.loaded.session
        with session.edited(self.at_most(measure, most)):
            rows = session.arrays.rows
            watch = Watch(self.options.time_limit, stop=self.stop)
            plan = exact_plan(session, self._without_idle(values), watch, generators)
            if session.arrays.rows > rows:
                session.apply([DroppedRows(session.arrays.rows - rows)])
        return None if plan is None else plan.values

    def as_measured(self, values: Floats) -> Floats:
        """The same plan with nobody used in vain, and each measure at what it comes to."""
        with self.loaded.session.edited(self._always):
            arrays = self.loaded.session.arrays
        idle = arrays.violation(_as_measured(self.compiled, arrays, values))
        tidy = _as_measured(self.compiled, arrays, self._without_idle(values))
        if arrays.violation(tidy) <= max(idle, HOLDS):
            return tidy
        return _as_measured(self.compiled, arrays, values)

    def _without_idle(self, values: Floats) -> Floats:
        plan = without_idle(self._problem, self.compiled.values(values))
        return np.array([plan[label] for label in self.compiled.column_labels])

    def _expected(self) -> Costs:
        costs = np.zeros(self.compiled.arrays.columns)
        for outcome, chance in self._problem.outcomes.items():
            costs[self.compiled.column_of["outcome_cost", outcome]] = chance
        return Costs(np.arange(len(costs), dtype=np.int32), costs)

    def _within(self, ceiling: float) -> AddedRows:
        arrays = self.compiled.arrays
        columns = np.flatnonzero(arrays.cost).astype(np.int32)
        most = ceiling + ROOM * max(1.0, abs(ceiling)) - arrays.offset
        scale = _CEILING / 2.0 ** round(math.log2(max(1.0, abs(most))))
        row = Row(columns, scale * arrays.cost[columns], -math.inf, scale * most)
        return AddedRows((row,))


def _as_measured(compiled: Compiled, arrays: Arrays, values: Floats) -> Floats:
    """The plan with `beyond` and `measured` as low as its other numbers let them be."""
    fitted = values.copy()
    for name in ("beyond", "measured"):
        columns = [column for (n, _), column in compiled.column_of.items() if n == name]
        fitted[columns] = 0.0
        activity = arrays.activity(fitted)
        for column in columns:
            span = slice(arrays.start[column], arrays.start[column + 1])
            for row, value in zip(arrays.index[span], arrays.value[span], strict=True):
                side = arrays.row_lower[row] if value > 0 else arrays.row_upper[row]
                fitted[column] = max(fitted[column], (side - activity[row]) / value)
    return fitted
