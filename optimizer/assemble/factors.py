"""Calendar: what multiplies prices and capacities in a period.  Rows that match multiply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.problem import OfferKey
from optimizer.assemble.ground import ALL, Ground
from optimizer.contract.supply import CalendarRow

_Pattern = tuple[str, str]
"""supplier or *, item or *"""


@dataclass(frozen=True, slots=True)
class Factors:
    """Rows of Calendar by whom they match; every list of factors is for periods 1..T."""

    rows: Mapping[_Pattern, tuple[CalendarRow, ...]]
    periods: int

    def price(self, offer: OfferKey) -> tuple[float, ...]:
        """Price factors of an offer."""
        factors = [1.0] * self.periods
        for row in self._matching(_patterns(offer)):
            factors[row.period - 1] *= row.price_factor
        return tuple(factors)

    def offer_capacity(self, offer: OfferKey) -> tuple[float, ...]:
        """Capacity factors of an offer: its own rows and those of its supplier."""
        return self._capacity(_patterns(offer))

    def supplier_capacity(self, supplier: str) -> tuple[float, ...]:
        """Capacity factors of a supplier: rows with item * only."""
        return self._capacity(((ALL, ALL), (supplier, ALL)))

    def _capacity(self, patterns: Iterable[_Pattern]) -> tuple[float, ...]:
        factors = [1.0] * self.periods
        for row in self._matching(patterns):
            factors[row.period - 1] *= row.capacity_factor
        return tuple(factors)

    def _matching(self, patterns: Iterable[_Pattern]) -> Iterable[CalendarRow]:
        return (row for pattern in patterns for row in self.rows.get(pattern, ()))


def _patterns(offer: OfferKey) -> tuple[_Pattern, ...]:
    supplier, item = offer
    return (ALL, ALL), (ALL, item), (supplier, ALL), (supplier, item)


def factors_of(ground: Ground) -> Factors:
    """The factors of a workbook; rows outside the horizon have none."""
    rows: dict[_Pattern, tuple[CalendarRow, ...]] = {}
    for row in sorted(ground.data.calendar, key=lambda row: row.period):
        if ground.clock.holds(row.period):
            pattern = (row.supplier, row.item)
            rows[pattern] = (*rows.get(pattern, ()), row)
    return Factors(rows, ground.clock.last)
