"""What an outcome does to offers, prices and demand: the one place where risks take effect.

A plan has the one outcome ``certain``, in which nothing happens; effects of the rows of Risks enter
through the methods of ``World`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.goods import OpenOrder
from optimizer.contract.plan import Tables
from optimizer.contract.supply import Offer


@dataclass(frozen=True, slots=True)
class World:
    """One joint future and its probability."""

    name: str
    probability: float

    def deliverable(self, offer: Offer, period: int) -> float:
        """Share of an order of that period that is delivered."""
        return 1.0

    def delay_days(self, offer: Offer, period: int) -> float:
        """Added to the lead and transit time of an order of that period."""
        return 0.0

    def price_factor(self, offer: Offer, period: int) -> float:
        """On the price of an order of that period."""
        return 1.0

    def price_add(self, offer: Offer, period: int) -> float:
        """Added to the unit price of an order of that period, in base currency."""
        return 0.0

    def demand_factor(self, item: str, period: int) -> float:
        """On the demand of that period."""
        return 1.0

    def open_order_share(self, order: OpenOrder) -> float:
        """Share of an open order that comes."""
        return 1.0

    def open_order_delay_days(self, order: OpenOrder) -> float:
        """Added to the arrival of an open order."""
        return 0.0


def worlds_of(tables: Tables) -> Mapping[str, World]:
    """Every outcome of the plan."""
    return {row.outcome: World(row.outcome, row.probability) for row in tables.outcomes}
