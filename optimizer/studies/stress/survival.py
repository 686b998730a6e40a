"""How long demand is met in full, what stops first and what is missing: linear programs, warm."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.build import ImpossibleError
from models.problem import NeedKey, Problem
from models.survival import Served, build_last_part, build_service
from models.survival_scope import until
from optimizer.results.amounts import written
from optimizer.solve.arrays import Floats
from optimizer.solve.compile import ContradictionError, compile_model
from optimizer.solve.edits import AddedRows, Costs, Row
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_SAME = 1e-9
"""Costs and quantities that differ by less than this share of the larger are the same."""
_SLIGHT = 1e-5
"""What breaks ties between costs, of the largest of them; above the tolerance of the solver."""


class NoServiceError(Exception):
    """Nothing keeps what must be kept, though nothing has to be served: storage is too small."""


class StoppedError(Exception):
    """The time was up, or someone asked to stop, before the answer was found."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Demand that is not met.  ``shortage`` and ``late`` by need and period; ``loss``: their cost,
    discounted; ``quantity``: what is lost in all, late at the end included.
    """

    shortage: Mapping[tuple[NeedKey, int], float]
    late: Mapping[tuple[NeedKey, int], float]
    loss: float
    quantity: float


@dataclass(frozen=True, slots=True)
class Survival:
    """``periods``: from the start until the first demand that cannot be met in its period, None
    where there is none; ``item`` and ``site``: what stops there first.
    """

    periods: float | None
    item: str = ""
    site: str = ""


class Service:
    """A problem of one outcome, loaded once; see models.survival for what `served` is.

    Raises NoServiceError if nothing keeps its storages.
    """

    def __init__(
        self, problem: Problem, served: Served, options: SolveOptions, watch: Watch
    ) -> None:
        self._problem, self._served = problem, served
        self._options, self._watch = options, watch
        try:
            compiled = compile_model(build_service(problem, served))
        except (ImpossibleError, ContradictionError) as error:
            raise NoServiceError(str(error)) from error
        self._session = Session(compiled.arrays, options)
        labels = [
            (j, name, index)
            for j, (name, index) in enumerate(compiled.column_labels)
            if name in ("shortage", "late") and isinstance(index, tuple)
        ]
        self._columns = np.array([j for j, _, _ in labels], dtype=np.int32)
        self._lost = np.array([name == "shortage" for _, name, _ in labels], dtype=np.bool_)
        self._needs: list[NeedKey] = [(i[0], i[1], i[2]) for _, _, i in labels]
        self._periods = np.array([index[3] for _, _, index in labels], dtype=np.int32)
        self._costs = compiled.arrays.cost[self._columns]

    @property
    def _last(self) -> int:
        return self._problem.horizon.periods

    def missing(self) -> Missing:
        """What is missing at the least cost; of such plans, the one that misses least, latest."""
        least = self._solved(self._costs)
        cost = float(self._costs @ least)
        room = _SAME * max(1.0, cost)
        with self._session.edited([self._at_most(self._costs, cost + room)]):
            # Lost counts more the sooner it is: as much as if it were late to the end and beyond.
            values = self._solved(np.where(self._lost, self._last + 1.0 - self._periods, 1.0))
        amounts = [written(float(value)) for value in values]
        shortage: dict[tuple[NeedKey, int], float] = {}
        late: dict[tuple[NeedKey, int], float] = {}
        for need, t, lost, amount in zip(
            self._needs, self._periods.tolist(), self._lost, amounts, strict=True
        ):
            if amount:
                (shortage if lost else late)[need, t] = amount
        never = math.fsum(q for (_, t), q in late.items() if t == self._last)
        return Missing(
            shortage,
            late,
            loss=cost if shortage or late else 0.0,
            quantity=math.fsum(shortage.values()) + never,
        )

    def survival(self, missing: Missing) -> Survival:
        """How long everything is met in its period; `missing` is what this problem misses."""
        unmet = [t for _, t in (*missing.shortage, *missing.late)]
        if not unmet:
            return Survival(None)
        # What is met before the first miss can be met; the whole horizon cannot.
        met, not_met = min(unmet) - 1, self._last
        while not_met - met > 1:
            middle = (met + not_met) // 2
            if self._is_met(middle):
                met = middle
            else:
                not_met = middle
        item, site = self._first(met)
        return Survival(met + self._part(met), item, site)

    def _is_met(self, periods: int) -> bool:
        """Whether all demand of periods 1..n can be met in its period."""
        until_then = self._until(periods)
        return float(until_then @ self._solved(until_then)) <= self._allowed(periods)

    def _part(self, met: int) -> float:
        """The share of the period after those that can be met which can still be met."""
        model = build_last_part(
            until(self._problem, met + 1), self._served, 2.0 * self._allowed(met)
        )
        compiled = compile_model(model)
        values = self._values(Session(compiled.arrays, self._options))
        return min(1.0, max(0.0, written(compiled.value(values, "part"))))

    def _first(self, met: int) -> tuple[str, str]:
        """Item and site of which the largest part is missing, where the first miss costs least."""
        now = self._periods == met + 1
        # What costs nothing is missed only where it must be.
        costs = np.where(now, self._costs, 0.0)
        costs = costs / max(1e-300, costs.max()) + np.where(now, _SLIGHT, 0.0)
        with self._session.edited([self._at_most(self._until(met), 2.0 * self._allowed(met))]):
            values = self._solved(costs)
        quantity: dict[tuple[str, str], float] = defaultdict(float)
        loss: dict[tuple[str, str], float] = defaultdict(float)
        wanted: dict[tuple[str, str], float] = defaultdict(float)
        for (need, t), demand in self._served.items():
            if t == met + 1:
                wanted[need[:2]] += demand
        for j in np.flatnonzero(now):
            place = self._needs[j][:2]
            quantity[place] += float(values[j])
            loss[place] += float(self._costs[j] * values[j])
        return min(
            (place for place, demand in wanted.items() if demand > 0),
            key=lambda place: (
                -round(quantity[place] / wanted[place], 6),
                -round(loss[place], 6),
                place,
            ),
        )

    def _until(self, periods: int) -> Floats:
        """1 for what is unmet in periods 1..n, else 0."""
        return np.where(self._periods <= periods, 1.0, 0.0)

    def _allowed(self, periods: int) -> float:
        """What is missing by the tolerance of the solver, in periods 1..n."""
        total = math.fsum(q for (_, t), q in self._served.items() if t <= periods)
        return _SAME * max(1.0, total)

    def _at_most(self, coefficients: Floats, most: float) -> AddedRows:
        some = np.flatnonzero(coefficients)
        return AddedRows((Row(self._columns[some], coefficients[some], -math.inf, most),))

    def _solved(self, costs: Floats) -> Floats:
        """What is lost and late where that is least, each unit at this cost."""
        self._session.apply([Costs(self._columns, costs)])
        return self._values(self._session)[self._columns]

    def _values(self, session: Session) -> Floats:
        if self._watch.is_over():
            raise StoppedError
        values = session.relaxation(self._watch).values
        if values is None:
            if self._watch.is_over():
                raise StoppedError
            raise NoServiceError("the goods that come do not fit into the storages")
        return values


def served_in_full(problem: Problem, options: SolveOptions, watch: Watch) -> Served:
    """What of the demand can be met when nothing stops, in the period in which it is met.

    Raises NoServiceError, StoppedError.
    """
    demand = {(need, t): q for (need, t, _), q in problem.needs.demand.items()}
    missing = Service(problem, demand, options, watch).missing()
    served: dict[tuple[NeedKey, int], float] = {}
    for need in sorted({need for need, _ in demand}):
        owed = 0.0
        for t in problem.horizon.numbers:
            left = missing.late.get((need, t), 0.0)
            lost = missing.shortage.get((need, t), 0.0)
            quantity = written(demand.get((need, t), 0.0) + owed - lost - left)
            if quantity > 0:
                served[need, t] = quantity
            owed = left
    return served
