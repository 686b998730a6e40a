"""The part of the cost that moves with one number: a price, a factor on prices, an incentive.

Where more than the expected cost is minimised, costs stand in rows of their own, one for each
outcome; else in the objective.  Either way the part is a list of entries, each the rest that stays
and a weight for each 1 of the number.
"""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.build import build
from models.index import Index
from models.problem import OfferKey, Problem
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.solve.arrays import Arrays, Floats, Ints
from optimizer.solve.compile import Compiled, compile_model
from optimizer.solve.edits import Coefficients, Costs, Edit
from optimizer.studies.explain.interval import Line, Slopes, Tail

_OUTCOME_ROW, _OUTCOME_COST = "outcome_cost_definition", "outcome_cost"
Entry = tuple[int, int]
"""outcome (0 where there is one objective), column"""


@dataclass(frozen=True, slots=True, eq=False)
class CostRows:
    """Where the cost of each outcome stands: ``rows[n]`` (empty: the objective).

    ``sign``: what an entry of the row is for each 1 of cost; ``costs``: the columns that hold them.
    """

    rows: Ints
    costs: Ints
    sign: Floats
    tail: Tail

    def entries(self, arrays: Arrays) -> dict[Entry, float]:
        """Cost of 1 of each column in each outcome, where not 0."""
        if not len(self.rows):
            (columns,) = np.nonzero(arrays.cost)
            return {(0, int(j)): float(arrays.cost[j]) for j in columns}
        place = np.full(arrays.rows, -1, dtype=np.int64)
        place[self.rows] = np.arange(len(self.rows))
        number = place[arrays.index]
        taken = np.flatnonzero(number >= 0)
        holders = arrays.entry_columns()[taken]
        found = {}
        for n, j, value in zip(number[taken], holders, arrays.value[taken], strict=True):
            if j != self.costs[n]:
                found[int(n), int(j)] = float(value / self.sign[n])
        return found

    def line(self, values: Floats, objective: float, at: float, slope: Floats) -> Line:
        """The line of a plan that costs this much at x, with slopes that are known."""
        costs = values[self.costs] if len(self.rows) else np.array([objective])
        return Line(costs - at * slope, slope)


def cost_rows(compiled: Compiled, problem: Problem) -> CostRows:
    """Where the model keeps what each outcome costs."""
    names = [w for w in problem.outcomes if (_OUTCOME_ROW, w) in compiled.row_of]
    if not names:
        none = np.zeros(0, dtype=np.int32)
        return CostRows(none, none, np.ones(1), Tail(np.ones(1), problem.aim))
    rows = np.array([compiled.row_of[_OUTCOME_ROW, w] for w in names], dtype=np.int32)
    costs = np.array([compiled.column_of[_OUTCOME_COST, w] for w in names], dtype=np.int32)
    sign = np.array([-_entry(compiled.arrays, r, c) for r, c in zip(rows, costs, strict=True)])
    chances = np.array([problem.outcomes[w] for w in names])
    return CostRows(rows, costs, sign, Tail(chances, problem.aim))


def _entry(arrays: Arrays, row: int, column: int) -> float:
    span = slice(arrays.start[column], arrays.start[column + 1])
    return float(arrays.value[span][arrays.index[span] == row][0])


@dataclass(frozen=True, slots=True, eq=False)
class CostPart:
    """The entries that move with x: rest + x * weight, as costs of one of the column."""

    where: CostRows
    outcomes: Ints
    columns: Ints
    rest: Floats
    weight: Floats

    def edits(self, x: float) -> list[Edit]:
        """The model's costs at x."""
        costs = self.rest + x * self.weight
        if not len(self.where.rows):
            return [Costs(self.columns, costs)]
        rows = self.where.rows[self.outcomes]
        return [Coefficients(rows, self.columns, costs * self.where.sign[self.outcomes])]

    def slope(self, values: Floats) -> Floats:
        """By how much a plan's cost rises in each outcome where x rises by 1."""
        weights = self.weight * values[self.columns]
        length = max(1, len(self.where.rows))
        return np.bincount(self.outcomes, weights=weights, minlength=length).astype(np.float64)

    def expected(self) -> Mapping[int, float]:
        """Column -> expected weight."""
        found: dict[int, float] = {}
        chances = self.where.tail.chances
        for n, j, weight in zip(self.outcomes, self.columns, self.weight, strict=True):
            found[int(j)] = found.get(int(j), 0.0) + float(chances[n] * weight)
        return found


def part(where: CostRows, entries: Mapping[Entry, tuple[float, float]]) -> CostPart:
    """A part from (outcome, column) -> (rest, weight)."""
    keys = list(entries)
    return CostPart(
        where,
        np.array([n for n, _ in keys], dtype=np.int32),
        np.array([j for _, j in keys], dtype=np.int32),
        np.array([rest for rest, _ in entries.values()]),
        np.array([weight for _, weight in entries.values()]),
    )


class Prices:
    """What prices weigh in the cost of a loaded model: found by raising all of them by 1.

    Shortage costs, values of goods and what rules call spend stay as they are.
    """

    def __init__(self, data: Data, problem: Problem, compiled: Compiled) -> None:
        self._problem = problem
        self._index = Index(problem)
        self._columns = compiled.column_labels
        self.where = cost_rows(compiled, problem)
        self._now = self.where.entries(compiled.arrays)
        raised = compile_model(build(_with_landed_of(problem, assemble(_raised(data)))))
        place = {raised.column_of[label]: j for label, j in compiled.column_of.items()}
        higher = cost_rows(raised, problem).entries(raised.arrays)
        self._then = {(n, place[j]): value for (n, j), value in higher.items()}
        self._of_offer: dict[OfferKey, list[Entry]] = {}
        self._tiers_of: dict[OfferKey, list[Entry]] = {}
        for n, j in sorted({*self._now, *self._then}):
            name, index = compiled.column_labels[j]
            if name in ("order", "tier_volume") and isinstance(index, tuple):
                places = self._of_offer if name == "order" else self._tiers_of
                places.setdefault((index[0], index[1]), []).append((n, j))

    def flat(self, offer: OfferKey, price: float) -> CostPart:
        """The part that is the offer's own price, flat; ``price``: what it is now."""
        entries = {}
        for key in self._of_offer.get(offer, ()):
            weight = self._weight(key)
            entries[key] = (self._now.get(key, 0.0) - price * weight, weight)
        entries |= dict.fromkeys(self._tiers_of.get(offer, ()), (0.0, 0.0))
        return part(self.where, entries)

    def all_of(self, prices: Mapping[OfferKey, float]) -> CostPart:
        """The part that is the prices of some offers, price breaks included: x is a factor."""
        entries = {}
        for offer, price in prices.items():
            for key in self._of_offer.get(offer, ()):
                own = price * self._weight(key)
                entries[key] = (self._now.get(key, 0.0) - own, own)
            for key in self._tiers_of.get(offer, ()):
                entries[key] = (0.0, self._now.get(key, 0.0))
        return part(self.where, entries)

    def slopes(self, own: CostPart, size: float, worth: Mapping[str, float]) -> Slopes:
        """How steep the cost of an award of a size can be; ``worth``: size of 1 of each item.

        Price breaks move it by at most what the furthest discount comes to.
        """
        tiered = self._tier_columns.intersection(own.columns[own.weight != 0].tolist())
        least, most = [], []
        for j, weight in own.expected().items():
            name, index = self._columns[j]
            if name == "order" and isinstance(index, tuple):
                *lane, t, w = index
                chance = self._chance[t, w]
                down, up = self._discounts(tuple(lane)) if tiered else (0.0, 0.0)
                unit = chance * worth[lane[1]]
                if unit <= 0:  # what weighs nothing is no part of the size
                    least.append(0.0)
                    most.append(math.inf)
                    continue
                least.append(max(0.0, weight - chance * down) / unit)
                most.append((weight + chance * up) / unit)
        if not self.where.tail.is_mean:
            return Slopes(size * min(least, default=0.0) * self.where.tail.of_the_mean)
        return Slopes(size * min(least, default=0.0), size * max(most, default=0.0))

    @cached_property
    def _chance(self) -> Mapping[tuple[int, str], float]:
        """(period, outcome in which it is decided) -> probability that an order of it is made."""
        found: dict[tuple[int, str], float] = defaultdict(float)
        for t in self._problem.horizon.numbers:
            for w, chance in self._problem.outcomes.items():
                found[t, self._index.decided_in(t, w)] += chance
        return found

    @cached_property
    def _tier_columns(self) -> frozenset[int]:
        return frozenset(j for keys in self._tiers_of.values() for _, j in keys)

    def _discounts(self, lane: tuple[str, ...]) -> tuple[float, float]:
        """The most that price breaks take off one unit of a lane, and the most that they add."""
        tiers = self._problem.pricing.tiers.get((lane[0], lane[1]))
        if tiers is None:
            return 0.0, 0.0
        scale = self._problem.pricing.discount_scale[lane[0], lane[1], lane[2], lane[3]]
        unit = scale * self._problem.horizon.final
        discounts = [unit * tier.discount for tier in tiers.tiers]
        return max(0.0, *discounts), max(0.0, *(-one for one in discounts))

    def _weight(self, key: Entry) -> float:
        return self._then.get(key, 0.0) - self._now.get(key, 0.0)


def _raised(data: Data) -> Data:
    """The data with every price 1 higher in its own currency."""
    return dataclasses.replace(
        data,
        offers=tuple(dataclasses.replace(one, price=one.price + 1.0) for one in data.offers),
        price_breaks=tuple(
            dataclasses.replace(one, price=one.price + 1.0) for one in data.price_breaks
        ),
    )


def _with_landed_of(problem: Problem, other: Problem) -> Problem:
    supply = dataclasses.replace(problem.supply, landed=other.supply.landed)
    return dataclasses.replace(problem, supply=supply)
