"""Plans made for other worlds, carried one after another into the loaded model of this one."""

from __future__ import annotations

import dataclasses
import math
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np

from models.build import ImpossibleError
from models.carry import ROUNDING, FirstStage
from models.commitments import (
    LEAST_CALLED,
    ORDER_KEPT,
    UNCALLED,
    UNFILLED,
    Contract,
    bands,
    committed,
    with_shortfalls,
)
from models.problem import LaneKey, OfferKey, Problem
from optimizer.assemble.awards import call_offs
from optimizer.assemble.ground import ground_of
from optimizer.assemble.time import clock_of
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.results.amounts import summed
from optimizer.solve.arrays import Floats, Ints
from optimizer.solve.compile import ContradictionError, Label
from optimizer.solve.edits import AddedRows, ColumnBounds, Edit, Row, RowBounds
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import SolveResult, Status
from optimizer.solve.run import solve_compiled
from optimizer.studies.compare.promised import Promised, first_stage_in
from optimizer.studies.evaluate.priced import without_musts
from optimizer.studies.kept import broken_in, completed
from optimizer.studies.loaded import Loaded
from optimizer.studies.optimum import Optimum

_LEAST_GAP = 1e-6
_CUT = 1e-6
"""What is short of a promise by less than this share of it is rounding."""

CALLED_OFF = "called_off"
_DECISIONS = ("use", "awarded", "lane_used", "modules", "substitution_used")

_Order: TypeAlias = tuple[str, str, str, str, int, str]
"""lane, period, outcome: the index of ``order``"""
_Limits: TypeAlias = tuple[Label, float, float]
"""a row or column, its least and its most"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a plan came to in a world; without a cost where it cannot be carried out there.

    ``cost`` and ``bound``: as the world minimises it.  ``shortage``: expected.  ``broken``: what it
    breaks without paying a penalty for it.  ``unfilled``: of
    each offer what was ordered and cannot be filled; ``uncalled``: what is owed and cannot be
    called off.  ``gone``: offers with an award that nobody makes there.  ``proven``: within the
    gap.
    """

    cost: float | None
    bound: float
    shortage: float
    proven: bool
    broken: tuple[str, ...] = ()
    unfilled: Mapping[OfferKey, float] = dataclasses.field(default_factory=dict)
    uncalled: Mapping[OfferKey, float] = dataclasses.field(default_factory=dict)
    gone: tuple[OfferKey, ...] = ()
    why_not: str = ""


def held_periods(data: Data) -> int:
    """The last period whose orders stand before a world that shows itself at the start is known."""
    return min(data.horizon, clock_of(data).transit(data.settings.reveal_days))


def kept_in(
    data: Data,
    problem: Problem,
    plans: Mapping[str, Promised],
    options: SolveOptions,
    stop: threading.Event | None = None,
) -> Mapping[str, Kept]:
    """Every plan carried into the world of the problem, which is built and compiled once."""
    bound: dict[OfferKey, float] = {}
    last = held_periods(data)
    for plan in plans.values():
        for quantities in (plan.awards, plan.ordered(last)):
            for offer, quantity in quantities.items():
                bound[offer] = max(quantity, bound.get(offer, 0.0))
    met = committed(without_musts(problem), bound)
    try:
        loaded = Loaded(met, options, lambda m: with_shortfalls(m, range(1, last + 1)))
    except (ImpossibleError, ContradictionError) as error:
        nothing = Kept(None, -math.inf, 0.0, True, why_not=str(error))
        return dict.fromkeys(plans, nothing)
    world = _World(data, problem, loaded, last)
    return {name: world.kept(plan, stop) for name, plan in plans.items()}


class _World:
    """A world's model, loaded, and what plans made for others come to in it."""

    def __init__(self, data: Data, problem: Problem, loaded: Loaded, last: int) -> None:
        self._data = data
        self._problem = problem
        self._loaded = loaded
        self._last = last
        self._bands = bands(problem, call_offs(ground_of(data), problem.supply.offers))
        labels = loaded.compiled.column_labels
        self._decisions = [label for label in labels if label[0] in _DECISIONS]
        self._contracts = [cast(Contract, index) for name, index in labels if name == UNCALLED]
        self._early = [cast(_Order, index) for name, index in labels if name == UNFILLED]

    def kept(self, promised: Promised, stop: threading.Event | None) -> Kept:
        """The best that can be made of a plan here."""
        stage = first_stage_in(self._problem, promised, self._last)
        edits = self._decided(stage, promised)
        found = self._loaded.solve([*edits, self._missing_at_most(stage, 0.0)], stop=stop)
        if found.answer.result.status is Status.INFEASIBLE:
            edits.append(self._missing_at_most(stage, 1.0))
            least = self._least_missing(edits, stop)
            if least.values is None:
                return Kept(None, least.bound, 0.0, False, why_not=_why_not(least))
            edits.append(AddedRows((self._missing(least.objective),)))
            found = self._loaded.solve(edits, starts=[least.values], stop=stop)
        if found.solution is None:
            return Kept(None, found.bound, 0.0, False, why_not=_why_not(found.answer.result))
        return self._told(found, stage)

    def _decided(self, stage: FirstStage, promised: Promised) -> list[Edit]:
        """The first stage as bounds, and the contracts as bounds on what is called off."""
        columns: list[_Limits] = []
        for name, index in self._decisions:
            value = getattr(stage, name).get(index, 0.0)
            columns.append(((name, index), value, value))
        rows: list[_Limits] = []
        for contract in self._contracts:
            award, band = stage.award.get(contract[:2], 0.0), self._bands[contract]
            room = ROUNDING * max(1.0, award)
            most = band.most * award + room if award else 0.0
            columns.append(((CALLED_OFF, contract), 0.0, most))
            rows.append(((LEAST_CALLED, contract), band.least * award - room, math.inf))
        for order in self._early:
            quantity = _ordered(stage, order)
            room = ROUNDING * max(1.0, quantity) if quantity else 0.0
            free = order[4] in promised.undecided
            low, high = (-math.inf, math.inf) if free else (quantity - room, quantity)
            rows.append(((ORDER_KEPT, order), low, high))
        compiled = self._loaded.compiled
        return [
            ColumnBounds(*_placed(columns, compiled.column_of)),
            RowBounds(*_placed(rows, compiled.row_of)),
        ]

    def _missing_at_most(self, stage: FirstStage, share: float) -> Edit:
        """How much of what was promised may be missing: 0 or all of it."""
        limits: list[_Limits] = []
        for order in self._early:
            limits.append(((UNFILLED, order), 0.0, share * _ordered(stage, order)))
        for contract in self._contracts:
            owed = self._bands[contract].least * stage.award.get(contract[:2], 0.0)
            limits.append(((UNCALLED, contract), 0.0, share * owed))
        return ColumnBounds(*_placed(limits, self._loaded.compiled.column_of))

    def _least_missing(self, edits: list[Edit], stop: threading.Event | None) -> SolveResult:
        """The plan that misses least of what was promised, whatever it costs."""
        compiled, session = self._loaded.compiled, self._loaded.session
        missing = self._missing(0.0).columns
        cost = np.zeros(len(compiled.column_labels))
        cost[missing] = 1.0
        with session.edited(edits):
            arrays = dataclasses.replace(session.arrays, cost=cost, offset=0.0)
        return solve_compiled(
            dataclasses.replace(compiled, arrays=arrays),
            dataclasses.replace(self._loaded.options, gap=_LEAST_GAP),
            stop=stop,
        )

    def _missing(self, most: float) -> Row:
        """All that is missing together is at most this, but for rounding."""
        orders: list[Label] = [(UNFILLED, order) for order in self._early]
        contracts: list[Label] = [(UNCALLED, contract) for contract in self._contracts]
        place = self._loaded.compiled.column_of
        columns = np.array([place[one] for one in (*orders, *contracts)], dtype=np.int32)
        return Row(columns, np.ones(len(columns)), -math.inf, most * (1 + _CUT) + _CUT)

    def _told(self, found: Optimum, stage: FirstStage) -> Kept:
        assert found.solution is not None
        result, values = found.answer.result, found.answer.values()
        carried = completed(self._data, self._problem, found.solution, result)
        shortage = carried.plan.facts.shortage
        broken = _unpaid(carried.plan, self._problem)
        if self._problem.needs.forbid_shortage and shortage > _CUT:
            broken = (*broken, "all demand must be met (Settings.unmet_demand)")
        uncalled: dict[OfferKey, float] = {}
        for contract in self._contracts:
            short = values[UNCALLED, contract]
            uncalled[contract[:2]] = max(short, uncalled.get(contract[:2], 0.0))
        return Kept(
            cost=found.objective,
            bound=found.bound,
            shortage=shortage,
            proven=result.status is Status.OPTIMAL,
            broken=broken,
            unfilled=_seen(self._unfilled(stage, values), stage),
            uncalled=_seen(uncalled, stage),
            gone=tuple(sorted(stage.award.keys() - uncalled.keys())),
        )

    def _unfilled(self, stage: FirstStage, values: Mapping[Label, float]) -> dict[OfferKey, float]:
        """Of each offer what is not filled, of every order in the outcome where that is most."""
        there: dict[tuple[LaneKey, int], float] = {}
        for order in self._early:
            key = order[:4], order[4]
            there[key] = max(values[UNFILLED, order], there.get(key, 0.0))
        return summed(
            ((lane[0], lane[1]), there.get((lane, t), ordered))
            for (lane, t), ordered in stage.orders.items()
        )


def _unpaid(plan: Plan, problem: Problem) -> tuple[str, ...]:
    """What a plan breaks without paying a penalty for it, in words."""
    paid = {scope.rule for scope in problem.rules if scope.penalty is not None}
    hard = tuple(row for row in plan.tables.rule_check if row.rule not in paid)
    tables = dataclasses.replace(plan.tables, rule_check=hard)
    return tuple(broken_in(dataclasses.replace(plan, tables=tables), problem))


def _seen(missing: Mapping[OfferKey, float], stage: FirstStage) -> dict[OfferKey, float]:
    """What is more than rounding."""
    return {
        offer: quantity
        for offer, quantity in missing.items()
        if quantity > 2 * _CUT * max(1.0, stage.award.get(offer, 0.0))
    }


def _placed(
    limits: Iterable[_Limits], place_of: Mapping[Label, int]
) -> tuple[Ints, Floats, Floats]:
    there = [(place_of[label], low, high) for label, low, high in limits]
    return (
        np.array([place for place, _, _ in there], dtype=np.int32),
        np.array([low for _, low, _ in there], dtype=np.float64),
        np.array([high for _, _, high in there], dtype=np.float64),
    )


def _ordered(stage: FirstStage, order: _Order) -> float:
    return stage.orders.get((order[:4], order[4]), 0.0)


def _why_not(result: SolveResult) -> str:
    match result.status:
        case Status.INFEASIBLE:
            return "nothing that is possible there keeps what was decided"
        case Status.TIME_LIMIT_NO_PLAN:
            return "no plan was found within the time limit"
        case Status.INTERRUPTED_NO_PLAN:
            return "stopped before a plan was found"
        case status:
            return f"the solver ended without a plan ({status.value})"
