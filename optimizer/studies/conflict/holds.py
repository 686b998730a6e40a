"""How each member holds the elastic model: columns that are shut as long as it must hold.

A shut column is either a slack of the member's rows, in the unit of its cell, or a decision that
only the member forbids: demand left unmet, an order before its date, goods for a banned use.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from models.problem import Metric, Problem, RuleScope, Sense
from models.rules import OF_TOTAL
from optimizer.assemble.factors import Factors
from optimizer.assemble.ground import ALL, Ground
from optimizer.assemble.lanes import row_name
from optimizer.solve.compile import Compiled, Label
from optimizer.solve.elastic import Slack
from optimizer.studies.conflict.cells import Cell
from optimizer.studies.conflict.members import Kind, Member
from optimizer.studies.limits import rows_of

_LEAST_SHARE = 0.05
_FAR = 1e3


@dataclass(frozen=True, slots=True)
class Shut:
    """A column that is shut.  ``most``: its upper bound once it is open; ``weight``: its cost where
    giving way is to be least, so that all of the member's own value weighs 1; ``cell``: what it
    changes, in steps of ``per`` units of the column for one of the cell; None: it does not say.
    """

    column: int
    most: float
    weight: float
    cell: Cell | None = None
    per: float = 1.0


Entries = dict[int, float]
"""Row -> by how much one unit of the slack lets it give way."""


class Holds:
    """The shut columns of every member; ``slacks`` are those that the model does not have yet."""

    def __init__(
        self,
        ground: Ground,
        factors: Factors,
        problem: Problem,
        compiled: Compiled,
        members: Iterable[Member],
    ) -> None:
        self._ground = ground
        self._factors = factors
        self._problem = problem
        self._compiled = compiled
        self._rows = _by_name(compiled.row_labels)
        self._columns = _by_name(compiled.column_labels)
        self._scale = sum(problem.needs.demand.values()) or 1.0
        self.slacks: list[Slack] = []
        self.of: dict[Member, tuple[Shut, ...]] = {
            member: tuple(self._ways[member.kind](self, member)) for member in members
        }

    def _row(self, member: Member) -> Any:
        cell = member.cell
        attribute = {"Suppliers": "suppliers", "Offers": "offers", "Calendar": "calendar",
                     "Lanes": "lanes", "Licences": "licences", "Sites": "sites",
                     "Rules": "rules"}[cell.table]  # fmt: skip
        return self._ground.data.rows(attribute)[cell.place]

    def _slack(self, member: Member, entries: Entries, most: float = math.inf) -> Iterator[Shut]:
        """A further column; the cell's value, or what is needed in all, weighs 1."""
        entries = {row: amount for row, amount in entries.items() if amount > 0}
        if not entries:
            return
        value = float(member.cell.value(self._ground.data))
        column = self._compiled.arrays.columns + len(self.slacks)
        rows = np.array(sorted(entries), dtype=np.int32)
        self.slacks.append(Slack(rows, np.array([entries[row] for row in rows.tolist()])))
        yield Shut(column, most, 1.0 / (value if value > 0 else self._scale), member.cell)

    def _named(self, name: str, fits: Callable[[Any], bool]) -> Iterator[tuple[Any, int]]:
        return ((index, row) for index, row in self._rows[name] if fits(index))

    # --- amounts ----------------------------------------------------------------------------------

    def _supplier_capacity(self, member: Member) -> Iterator[Shut]:
        (supplier,) = member.about
        factor = self._problem.supply.calendar_factor
        rows = self._named("supplier_capacity", lambda index: bool(index[0] == supplier))
        yield from self._slack(
            member, {row: factor.get((supplier, index[1]), 1.0) for index, row in rows}
        )

    def _offer_capacity(self, member: Member) -> Iterator[Shut]:
        offer = (member.about[0], member.about[1])
        factor = self._factors.offer_capacity(offer)
        rows = self._named("offer_capacity", lambda index: index[:2] == offer)
        yield from self._slack(member, {row: factor[index[2] - 1] for index, row in rows})

    def _award(self, member: Member) -> Iterator[Shut]:
        name = "maximum_award" if member.kind is Kind.MAX_AWARD else "minimum_award"
        years = self._ground.clock.pro_rata(1.0)
        rows = self._named(name, lambda index: index == member.about)
        yield from self._slack(member, {row: years for _, row in rows})

    def _min_order(self, member: Member) -> Iterator[Shut]:
        rows = self._named("minimum_order", lambda index: index[:2] == member.about)
        yield from self._slack(member, {row: 1.0 for _, row in rows})

    def _lane_capacity(self, member: Member) -> Iterator[Shut]:
        name = row_name(self._row(member))
        rows = self._named("lane_capacity", lambda index: bool(index[0] == name))
        yield from self._slack(member, {row: 1.0 for _, row in rows})

    def _quota(self, member: Member) -> Iterator[Shut]:
        rows = self._named("licence_quota", lambda index: bool(index[0] == member.about[0]))
        years = self._ground.clock.pro_rata(1.0)
        yield from self._slack(member, {row: years for _, row in rows})

    def _storage(self, member: Member) -> Iterator[Shut]:
        rows = self._named("storage", lambda index: bool(index[0] == member.about[0]))
        yield from self._slack(member, {row: 1.0 for _, row in rows})

    def _calendar(self, member: Member) -> Iterator[Shut]:
        row, supply, entries = self._row(member), self._problem.supply, {}
        if row.item == ALL:
            for (k, t, _), place in self._rows["supplier_capacity"]:
                if t == row.period and row.supplier in (ALL, k):
                    capacity = self._ground.suppliers[k].capacity
                    entries[place] = self._without(
                        capacity, supply.supplier_capacity[k, t], row.capacity_factor
                    )
        for (k, i, t, _), place in self._rows["offer_capacity"]:
            if t == row.period and row.supplier in (ALL, k) and row.item in (ALL, i):
                capacity = self._ground.offers[k, i].capacity
                entries[place] = self._without(
                    capacity, supply.offer_capacity[(k, i), t], row.capacity_factor
                )
        yield from self._slack(member, entries)

    def _without(self, capacity: float, now: float, factor: float) -> float:
        """What the capacity of a period comes to for a factor of 1, the other factors as they are.

        Where the factor is 0 the others are taken to be 1.
        """
        if factor > 0:
            return now / factor
        return capacity if math.isfinite(capacity) else _FAR * self._scale

    # --- rules ------------------------------------------------------------------------------------

    def _rule(self, member: Member) -> Iterator[Shut]:
        entries: Entries = {}
        limit, weight = 0.0, 0.0
        for scope in self._problem.rules:
            if scope.rule == member.about[0]:
                limit = scope.limit
                for row in rows_of(self._compiled, scope):
                    entries[row] = self._gives(scope)
                weight = 1.0 / max(limit, _LEAST_SHARE)
                if scope.metric is Metric.HHI:
                    weight = 1.0 / self._scale
        for shut in self._slack(member, entries):
            yield Shut(shut.column, shut.most, weight, shut.cell)

    def _gives(self, scope: RuleScope) -> float:
        if scope.metric in OF_TOTAL:
            return scope.reference
        too_few = scope.sense is Sense.MIN and len(scope.counted) < scope.limit
        if scope.metric is Metric.COUNT and too_few:
            return _FAR * self._scale * max(scope.total.values(), default=1.0)
        return 1.0

    # --- decisions that only a member forbids -----------------------------------------------------

    def _demand(self, member: Member) -> Iterator[Shut]:
        data, item, site, end_use = self._ground.data, *member.about
        chance, wanted = self._problem.outcomes, self._problem.needs.demand
        total = sum(data.demand[cell.place].quantity for cell in member.cells)
        for cell in member.cells:
            row = data.demand[cell.place]
            for w, p in chance.items():
                quantity = wanted.get(((item, site, end_use), row.period, w), 0.0)
                column = self._compiled.column_of.get(
                    ("shortage", (item, site, end_use, row.period, w))
                )
                if quantity > 0 and column is not None:
                    factor = quantity / row.quantity
                    yield Shut(column, quantity, p / (factor * total), cell, factor)

    def _early(self, member: Member) -> Iterator[Shut]:
        row = self._row(member)
        if member.kind is Kind.AVAILABLE_FROM:
            first, offers = row.available_from, {o for o in self._ground.offers
                                                 if o[0] == row.supplier}  # fmt: skip
        else:
            first = 1 + self._ground.clock.wait(row.qualification_days)
            offers = {(row.supplier, row.item)}
        for (k, i, _, _, t, _), column in self._columns["order"]:
            if (k, i) in offers and t < first:
                yield Shut(column, math.inf, (first - t) / self._scale)

    def _ban(self, member: Member) -> Iterator[Shut]:
        banned, licence = set(self._row(member).banned_end_uses), member.about[0]
        classes = self._problem.classes
        for (_, _, g, e, _, _), column in (*self._columns["issue"], *self._columns["replace"]):
            if e in banned and licence in classes.get(g, ()):
                yield Shut(column, math.inf, 1.0 / self._scale)

    _ways: ClassVar[dict[Kind, Callable[[Holds, Member], Iterator[Shut]]]] = {
        Kind.SUPPLIER_CAPACITY: _supplier_capacity,
        Kind.OFFER_CAPACITY: _offer_capacity,
        Kind.MAX_AWARD: _award,
        Kind.MIN_AWARD: _award,
        Kind.MIN_ORDER: _min_order,
        Kind.LANE_CAPACITY: _lane_capacity,
        Kind.QUOTA: _quota,
        Kind.STORAGE: _storage,
        Kind.CALENDAR: _calendar,
        Kind.RULE: _rule,
        Kind.DEMAND: _demand,
        Kind.AVAILABLE_FROM: _early,
        Kind.QUALIFICATION: _early,
        Kind.BAN: _ban,
    }


def _by_name(labels: Iterable[Label]) -> dict[str, list[tuple[Any, int]]]:
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for place, (name, index) in enumerate(labels):
        found[name].append((index, place))
    return found
