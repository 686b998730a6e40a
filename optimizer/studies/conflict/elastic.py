"""The elastic model of an input: every member may give way, nothing else does.

It is built from the input at its easiest (no capacities, no dates, no bans), so that no yes or no
is bounded by a limit that is taken away; what each member forbids is put back as rows that can
give way, or as columns that are shut.
"""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from models.bare import bare
from models.build import build
from models.concentration import hhi_scopes
from models.problem import EditScope, Problem
from optimizer.assemble import assemble
from optimizer.assemble.awards import max_awards, quotas
from optimizer.assemble.capacity import capacities_of
from optimizer.assemble.factors import factors_of
from optimizer.assemble.ground import Ground, ground_of
from optimizer.assemble.lanes import row_name
from optimizer.assemble.licensing import bans
from optimizer.assemble.projects import project_options
from optimizer.contract.data import Data
from optimizer.solve import Session, SolveOptions, Watch, compile_model
from optimizer.solve.arrays import Floats
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.edits import ColumnBounds, Costs, Row
from optimizer.solve.elastic import with_slacks
from optimizer.solve.possible import Asked, Shown, possible, possible_in_parts
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.conflict.cells import Cell, with_cells
from optimizer.studies.conflict.holds import Holds
from optimizer.studies.conflict.members import FORBID, PENALISE, Kind, Member

_GIVES = 1e-7
_MANY = 100
_EASED = (Kind.SUPPLIER_CAPACITY, Kind.AVAILABLE_FROM, Kind.OFFER_CAPACITY, Kind.MAX_AWARD,
          Kind.QUALIFICATION, Kind.CALENDAR, Kind.LANE_CAPACITY, Kind.QUOTA, Kind.BAN,
          Kind.STORAGE)  # fmt: skip


class Elastic:
    """The elastic model of an input, loaded once.  ``members``: those that it knows."""

    def __init__(self, data: Data, members: Sequence[Member], options: SolveOptions) -> None:
        ground = ground_of(data)
        easiest = bare(assemble(_eased(data, members)))
        self.data = data
        self.problem = _limited(ground, easiest)
        self.compiled = compile_model(build(self.problem))
        holds = Holds(ground, factors_of(ground), self.problem, self.compiled, members)
        self.shut = holds.of
        self.members = tuple(members)
        arrays = with_slacks(self.compiled.arrays, holds.slacks)
        self._session = Session(arrays, options)
        self._always_shut = self._lost_for_good() if _is_forbidden(data) else []
        self._owners: dict[int, list[Member]] = defaultdict(list)
        for member, columns in self.shut.items():
            for one in columns:
                self._owners[one.column].append(member)
        self._generators = self._tangents()

    def solve(
        self,
        hard: Collection[Member],
        watch: Watch,
        *,
        ask: Asked = possible,
        soft: Collection[Member] = (),
        free: Collection[Cell] = (),
        kept: Collection[Cell] = (),
        gap: float = math.inf,
    ) -> Shown:
        """Any plan in which ``hard`` hold and ``soft`` give way as little as the gap says.

        All other members need not hold, at no cost.  Of cells of demand ``free`` need not hold
        either, and ``kept`` must.
        """
        hard, soft = frozenset(hard), frozenset(soft)
        free, kept = frozenset(free), frozenset(kept)
        columns, upper, cost = [], [], []
        for member, shuts in self.shut.items():
            for one in shuts:
                columns.append(one.column)
                closed = any(owner in hard for owner in self._owners[one.column])
                closed = closed or one.cell in kept
                is_free = one.cell in free
                upper.append(0.0 if closed and not is_free else one.most)
                cost.append(one.weight if member in soft and not is_free else 0.0)
        for column in self._always_shut:
            columns.append(column)
            upper.append(0.0)
            cost.append(0.0)
        edits = _bounds_and_costs(columns, upper, cost)
        with self._session.edited(edits):
            return ask(self._session, watch, self._generators, gap=gap)

    @property
    def quickest(self) -> Asked:
        """How least amounts are asked for: in parts where there are many whole numbers."""
        return possible_in_parts if len(self._session.whole_columns) > _MANY else possible

    def gives(self, member: Member, values: Floats, free: Collection[Cell] = ()) -> bool:
        """Whether the member gives way in a plan, not only where it need not hold."""
        return any(
            values[one.column] * one.weight > _GIVES
            for one in self.shut[member]
            if one.cell not in free
        )

    def amounts(self, member: Member, values: Floats) -> dict[Cell, float]:
        """By how much each cell of a member gives way in a plan, in the cell's unit."""
        found: dict[Cell, float] = {}
        for one in self.shut[member]:
            if one.cell is not None:
                amount = float(values[one.column]) / one.per
                found[one.cell] = max(amount, found.get(one.cell, 0.0))
        return found

    def _lost_for_good(self) -> list[int]:
        """Unmet demand that no cell stands for: what is late after T, or owed from before."""
        of_cells = {one.column for shuts in self.shut.values() for one in shuts}
        last = self.problem.horizon.periods
        found = []
        for (name, index), column in self.compiled.column_of.items():
            is_lost = name == "shortage" and column not in of_cells
            if is_lost or (name == "late" and isinstance(index, tuple) and index[-2] == last):
                found.append(column)
        return found

    def _tangents(self) -> list[CutGenerator]:
        """The tangents of each HHI limit, which give way with their rule."""
        slack = {member.about[0]: shuts[0].column for member, shuts in self.shut.items()
                 if member.kind is Kind.RULE and shuts}  # fmt: skip
        scopes = hhi_scopes(self.problem)
        made = [make(self.compiled) for make in hhi_generators(self.problem)]
        return [
            _giving_way(generate, slack[scope.rule])
            for scope, generate in zip(scopes, made, strict=True)
        ]


def _giving_way(generate: CutGenerator, slack: int) -> CutGenerator:
    def generated(values: Floats) -> tuple[Row, ...]:
        if values[slack] > _GIVES:
            return ()  # it gives way already; by how much is not asked
        return tuple(
            Row(
                np.append(row.columns, slack).astype(np.int32),
                np.append(row.values, -float(np.abs(row.values).max())),
                row.lower,
                row.upper,
            )
            for row in generate(values)
        )

    return generated


def _bounds_and_costs(
    columns: list[int], upper: list[float], cost: list[float]
) -> tuple[ColumnBounds | Costs, ...]:
    """Columns with several owners stand there several times, each time with the same bound."""
    if not columns:
        return ()
    places = sorted(set(columns))
    costs: dict[int, float] = defaultdict(float)
    bounds: dict[int, float] = {}
    for column, most, price in zip(columns, upper, cost, strict=True):
        costs[column] += price
        bounds[column] = most
    index = np.array(places, dtype=np.int32)
    return (
        ColumnBounds(index, np.zeros(len(places)), np.array([bounds[c] for c in places])),
        Costs(index, np.array([costs[c] for c in places])),
    )


def _is_forbidden(data: Data) -> bool:
    return data.settings.unmet_demand == FORBID


def _eased(data: Data, members: Iterable[Member]) -> Data:
    """The input without limits on supply, dates and bans; demand may stay unmet."""
    edits = {Cell("Settings", 0, "unmet_demand"): PENALISE}
    for member in members:
        if member.kind in _EASED:
            edits |= dict(member.without)
    return with_cells(data, edits)


def _limited(ground: Ground, easiest: Problem) -> Problem:
    """The problem at its easiest with the capacities, quotas, storage and bans of the input."""
    able = capacities_of(ground, factors_of(ground), project_options(ground))
    supply = easiest.supply
    licences = {x for names in easiest.classes.values() for x in names}
    rows = {row_name(row): row.capacity for row in ground.data.lanes if math.isfinite(row.capacity)}
    hard = {n: row.storage_capacity for n, row in ground.sites.items() if row.overflow_cost is None}
    # Each class is a stock of its own, so that one ban can be lifted without the others.
    banned = bans(ground, easiest.classes)
    apart = {name: banned.get(name, frozenset()) | {f"{name}!"} for name in easiest.classes}
    return dataclasses.replace(
        easiest,
        supply=dataclasses.replace(
            supply,
            supplier_capacity=able.supplier,
            offer_capacity={k: c for k, c in able.offer.items() if k[0] in supply.offers},
            calendar_factor=able.factor,
            row_capacity=rows,
            max_award=max_awards(ground, supply.offers),
            quota=quotas(ground, sorted(licences)),
        ),
        holdings=dataclasses.replace(
            easiest.holdings,
            storage={site: most for site, most in hard.items() if math.isfinite(most)},
        ),
        needs=dataclasses.replace(easiest.needs, bans=apart),
        scope=EditScope(eased=easiest),
    )
