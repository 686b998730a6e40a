"""How much of the plan's landed cost a blank cell touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.problem import LaneKey
from optimizer.contract.data import DefaultUsed
from optimizer.contract.fields import Table
from optimizer.contract.inputs import input_table
from optimizer.results.amounts import summed
from optimizer.results.basis import Basis, lane_of

_ALL = "*"

# What the key of a row may be about, and where the orders of a lane show the same thing.
_COLUMNS: Mapping[str, Callable[[Basis, LaneKey], str]] = {
    "supplier": lambda basis, lane: lane[0],
    "item": lambda basis, lane: lane[1],
    "site": lambda basis, lane: lane[2],
    "country": lambda basis, lane: basis.suppliers[lane[0]].country,
}
# Elsewhere a country in a key is that of a mine or refinery, not where the goods are made.
_MADE_IN = frozenset(("Countries", "Lanes"))

Key = tuple[str, ...]


class Touched:
    """Expected landed cost of the orders that match the keys of rows."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis
        chance = basis.problem.outcomes
        self._by_lane = summed((lane_of(r), chance[r.outcome] * r.cost) for r in basis.orders)
        self._costs: dict[tuple[str, ...], dict[Key, float]] = {}

    def money(self, used: DefaultUsed) -> float | None:
        """Landed cost of the orders whose supplier, item, site and country the rows name.

        None where the table's key has none of these, so that no order can be told to be touched.
        """
        table = input_table(used.table)
        names = _shared_columns(table)
        if not names:
            return None
        numbers = frozenset(used.rows)
        patterns = {
            tuple(getattr(row, name) or _ALL for name in names)
            for row in self._basis.data.rows(table.attribute)
            if row.row in numbers
        }
        return _covered(patterns, self._cost_by(names))

    def _cost_by(self, names: tuple[str, ...]) -> Mapping[Key, float]:
        if names not in self._costs:
            self._costs[names] = summed(
                (tuple(_COLUMNS[name](self._basis, lane) for name in names), cost)
                for lane, cost in self._by_lane.items()
            )
        return self._costs[names]


def _shared_columns(table: Table) -> tuple[str, ...]:
    return tuple(
        name
        for name in table.keys
        if name in _COLUMNS and (name != "country" or table.name in _MADE_IN)
    )


def _covered(patterns: set[Key], costs: Mapping[Key, float]) -> float:
    """Cost of the keys that some pattern covers; patterns with * in the same places go together."""
    masks = {tuple(part == _ALL for part in pattern) for pattern in patterns}
    covered = {
        key
        for mask in masks
        for key in costs
        if tuple(_ALL if wild else part for part, wild in zip(key, mask, strict=True)) in patterns
    }
    return sum(cost for key, cost in costs.items() if key in covered)
