"""Suppliers, offers, currencies and the calendar."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.supply import Country, Offer, Supplier
from optimizer.verify.clock import Clock

OfferKey = tuple[str, str]
Factors = Mapping[tuple[str, str, int], float]


@dataclass(frozen=True, slots=True)
class Sources:
    """Who sells what, at what rate and with which factors over time."""

    suppliers: Mapping[str, Supplier]
    countries: Mapping[str, Country]
    offers: Mapping[OfferKey, Offer]
    rates: Mapping[str, float]
    base_currency: str
    prices: Factors
    capacities: Factors

    @property
    def active(self) -> list[Offer]:
        """The offers that a plan may use."""
        return [offer for offer in self.offers.values() if offer.active]

    def country(self, supplier: str) -> str:
        """Where the supplier makes its goods."""
        return self.suppliers[supplier].country

    def rate(self, offer: Offer) -> float:
        """Base currency per 1 of the offer's currency."""
        if offer.currency is None or offer.currency == self.base_currency:
            return 1.0
        return self.rates[offer.currency]

    def list_price(self, offer: Offer) -> float:
        """In base currency."""
        return offer.price * self.rate(offer)

    def price_factor(self, offer: Offer, period: int) -> float:
        """Calendar factor on the price."""
        return _product(self.prices, (offer.supplier, "*"), (offer.item, "*"), period)

    def offer_capacity(self, offer: Offer, period: int) -> float:
        """Units that the offer can take as orders in the period."""
        factor = _product(self.capacities, (offer.supplier, "*"), (offer.item, "*"), period)
        return scaled(offer.capacity, factor)

    def supplier_factor(self, supplier: str, period: int) -> float:
        """Calendar factor on the capacity of a supplier over all its items."""
        return _product(self.capacities, (supplier, "*"), ("*",), period)

    def first_period(self, offer: Offer, clock: Clock) -> int:
        """First period in which the offer can be ordered."""
        available = self.suppliers[offer.supplier].available_from
        return (
            available if offer.qualified else max(available, clock.after(offer.qualification_days))
        )


def scaled(capacity: float, factor: float) -> float:
    """Capacity x factor; unlimited x 0 is 0."""
    if factor == 0:
        return 0.0
    return capacity if math.isinf(capacity) else capacity * factor


def sources_of(data: Data) -> Sources:
    """From the input rows."""
    prices: defaultdict[tuple[str, str, int], float] = defaultdict(lambda: 1.0)
    capacities: defaultdict[tuple[str, str, int], float] = defaultdict(lambda: 1.0)
    for row in data.calendar:
        prices[row.supplier, row.item, row.period] *= row.price_factor
        capacities[row.supplier, row.item, row.period] *= row.capacity_factor
    return Sources(
        {s.supplier: s for s in data.suppliers},
        {c.country: c for c in data.countries},
        {(o.supplier, o.item): o for o in data.offers},
        {c.currency: c.rate for c in data.currencies},
        data.settings.currency,
        dict(prices),
        dict(capacities),
    )


def _product(
    factors: Factors, suppliers: tuple[str, ...], items: tuple[str, ...], period: int
) -> float:
    if not factors:
        return 1.0
    found = (factors.get((k, i, period), 1.0) for k in suppliers for i in items)
    return math.prod(found)
