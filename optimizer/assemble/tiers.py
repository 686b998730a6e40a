"""Price breaks: tiers over the horizon, each with its discount from the first price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.problem import BreakType, LaneKey, OfferKey, PriceTiers, Tier
from optimizer.assemble.ground import Ground
from optimizer.assemble.landed import duty_rate_of
from optimizer.assemble.lanes import Route
from optimizer.assemble.quotes import Quote
from optimizer.contract.supply import PriceBreak


def tiers_of(
    ground: Ground, offers: Iterable[OfferKey], quotes: Mapping[OfferKey, Quote]
) -> Mapping[OfferKey, PriceTiers]:
    """The tiers of every offer that has more than one price."""
    rows: dict[OfferKey, list[PriceBreak]] = {}
    for row in sorted(ground.data.price_breaks, key=lambda row: row.from_quantity):
        rows.setdefault((row.supplier, row.item), []).append(row)
    tiers = {}
    for key in offers:
        later = [row for row in rows.get(key, ()) if row.from_quantity > 0]
        if later:
            steps = (_tier(ground, row, quotes[key]) for row in later)
            tiers[key] = PriceTiers(BreakType(later[0].type), (Tier(0.0, 0.0), *steps))
    return tiers


def _tier(ground: Ground, row: PriceBreak, quote: Quote) -> Tier:
    return Tier(ground.clock.pro_rata(row.from_quantity), (quote.price - row.price) * quote.rate)


def discount_scales(
    routes: Iterable[Route],
    tiers: Mapping[OfferKey, PriceTiers],
    quotes: Mapping[OfferKey, Quote],
) -> Mapping[LaneKey, float]:
    """Lane -> what a discount of 1 saves: the duty on it as well.  Only lanes of tiered offers."""
    return {
        route.key: 1.0 + duty_rate_of(quotes[route.offer], route)
        for route in routes
        if route.offer in tiers
    }
