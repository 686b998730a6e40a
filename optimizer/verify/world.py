"""What an outcome does to offers, prices and demand: the one place where risks take effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optimizer.contract.goods import OpenOrder
from optimizer.contract.plan import Tables
from optimizer.contract.supply import Offer
from optimizer.verify.effects import Effects
from optimizer.verify.futures import Futures
from optimizer.verify.reached import ALL, Reached


@dataclass(frozen=True, slots=True)
class Impact:
    """What reaches the goods of a supplier that are ordered in one period."""

    deliverable: float
    delay_days: float
    price_factor: float
    price_add: float


@dataclass(frozen=True, slots=True)
class World:
    """One joint future, its probability and its effects."""

    name: str
    probability: float
    effects: Effects
    reached: Reached
    impacts: dict[tuple[str, str, int], Impact] = field(default_factory=dict)
    factors: dict[tuple[str, int], float] = field(default_factory=dict)

    def deliverable(self, offer: Offer, period: int) -> float:
        """Share of an order of that period that is delivered."""
        return self._impact(offer.supplier, offer.item, period).deliverable

    def delay_days(self, offer: Offer, period: int) -> float:
        """Added to the lead and transit time of an order of that period."""
        return self._impact(offer.supplier, offer.item, period).delay_days

    def price_factor(self, offer: Offer, period: int) -> float:
        """On the price of an order of that period."""
        return self._impact(offer.supplier, offer.item, period).price_factor

    def price_add(self, offer: Offer, period: int) -> float:
        """Added to the unit price of an order of that period, in base currency."""
        return self._impact(offer.supplier, offer.item, period).price_add

    def demand_factor(self, item: str, period: int) -> float:
        """On the demand of that period."""
        key = (item, period)
        found = self.factors.get(key)
        if found is None:
            found = 1.0
            for effect in self.effects:
                of_item = effect.scope == "item" and effect.target in (ALL, item)
                if effect.holds(period) and (of_item or effect.scope == "all"):
                    found *= effect.demand_factor
            self.factors[key] = found
        return found

    def open_order_share(self, order: OpenOrder) -> float:
        """Share of an open order that comes; what is secured comes whatever happens."""
        if order.secured:
            return 1.0
        return self._impact(order.supplier, order.item, order.period).deliverable

    def open_order_delay_days(self, order: OpenOrder) -> float:
        """Added to the arrival of an open order."""
        if order.secured:
            return 0.0
        return self._impact(order.supplier, order.item, order.period).delay_days

    def _impact(self, supplier: str, item: str, period: int) -> Impact:
        key = (supplier, item, period)
        found = self.impacts.get(key)
        if found is None:
            found = self.impacts[key] = self._worked_out(*key)
        return found

    def _worked_out(self, supplier: str, item: str, period: int) -> Impact:
        """Shares and price factors multiply, prices add up, the longest delay counts."""
        deliverable = price_factor = 1.0
        delay_days = price_add = 0.0
        for effect in self.effects:
            share = self.reached.share(effect, supplier, item)
            if share > 0 and effect.holds(period):
                deliverable *= 1 - share * (1 - effect.deliverable)
                delay_days = max(delay_days, effect.delay_days)
                price_factor *= 1 + share * (effect.price_factor - 1)
                price_add += share * effect.price_add
        return Impact(deliverable, delay_days, price_factor, price_add)


def worlds_of(tables: Tables, futures: Futures, reached: Reached) -> Mapping[str, World]:
    """Every outcome of the plan; one that is nowhere in Risks has no effects (and is found)."""
    worlds = {}
    for row in tables.outcomes:
        combination = futures.read(row.happens)
        effects = combination.effects if combination is not None else ()
        worlds[row.outcome] = World(row.outcome, row.probability, effects, reached)
    return worlds
