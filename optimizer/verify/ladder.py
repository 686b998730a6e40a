"""The price breaks of an offer, over the horizon."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.supply import PriceBreak
from optimizer.verify.clock import Clock
from optimizer.verify.sources import OfferKey, Sources
from optimizer.verify.tolerance import unit


@dataclass(frozen=True, slots=True)
class Ladder:
    """Tiers in order: where each begins, and what one unit is cheaper there than at first.

    ``starts`` are quantities of the horizon, the first 0; ``discounts`` in base currency, without
    duty.
    """

    starts: tuple[float, ...]
    discounts: tuple[float, ...]
    incremental: bool

    def end(self, tier: int) -> float:
        """Where the tier ends."""
        return self.starts[tier + 1] if tier + 1 < len(self.starts) else math.inf

    def find(self, start: float) -> int | None:
        """The tier that begins there; None: no such tier."""
        for tier, begins in enumerate(self.starts):
            if abs(begins - start) <= unit(begins, start):
                return tier
        return None

    def filled(self, tier: int, volume: float) -> float:
        """How much of an expected volume falls into the tier, where tiers fill in order."""
        return max(0.0, min(volume, self.end(tier)) - self.starts[tier])


def ladders_of(data: Data, sources: Sources, clock: Clock) -> Mapping[OfferKey, Ladder]:
    """The ladder of every offer that has price breaks."""
    rows: defaultdict[OfferKey, list[PriceBreak]] = defaultdict(list)
    for row in data.price_breaks:
        if (row.supplier, row.item) in sources.offers:
            rows[row.supplier, row.item].append(row)
    ladders = {}
    for key, breaks in rows.items():
        offer = sources.offers[key]
        prices = {0.0: offer.price} | {row.from_quantity: row.price for row in breaks}
        first = prices[0.0]
        rate = sources.rate(offer)
        starts = sorted(prices)
        ladders[key] = Ladder(
            tuple(clock.pro_rata(start) for start in starts),
            tuple((first - prices[start]) * rate for start in starts),
            breaks[0].type == "incremental",
        )
    return ladders
