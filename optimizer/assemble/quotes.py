"""The price of every active offer: its list price, its currency and what it includes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.problem import OfferKey
from optimizer.assemble.ground import Ground


@dataclass(frozen=True, slots=True)
class Quote:
    """List price in the offer's currency; ``rate``: base currency per 1 of it."""

    price: float
    currency: str
    rate: float
    includes: str

    @property
    def list_price(self) -> float:
        """List price in base currency."""
        return self.price * self.rate


def quotes_of(ground: Ground) -> Mapping[OfferKey, Quote]:
    """The quotes of the active offers.  With a price break from 0 on, its price is the list price.

    Raises:
        KeyError: an offer is in a currency that Currencies does not have.
    """
    base = ground.settings.currency
    rates = {row.currency: row.rate for row in ground.data.currencies} | {base: 1.0}
    first = {
        (row.supplier, row.item): row.price
        for row in ground.data.price_breaks
        if row.from_quantity == 0
    }
    quotes = {}
    for key, offer in ground.offers.items():
        currency = offer.currency or base
        price = first.get(key, offer.price)
        quotes[key] = Quote(price, currency, rates[currency], offer.price_includes)
    return quotes
