"""Unit values, holding, shortage and cover costs, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.goods import Item, StockTarget
from optimizer.verify.clock import Clock
from optimizer.verify.landed import Landing
from optimizer.verify.lanes import Lanes
from optimizer.verify.needs import Needs
from optimizer.verify.sources import Sources

DEFAULT_SHORTAGE = 10.0
"""x the dearest landed unit cost."""

DEFAULT_COVER = 3.0
"""x the holding cost of a period."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a unit of each item is worth, and costs to hold, to miss and to owe."""

    items: Mapping[str, Item]
    unit: Mapping[str, float]
    holding: Mapping[str, float]
    shortage: Mapping[str, float]

    def cover_penalty(self, target: StockTarget, item: str) -> float:
        """Of one unit above or below a cover target for a period."""
        if target.penalty is not None:
            return target.penalty
        return DEFAULT_COVER * self.holding[item]


def values_of(
    data: Data, sources: Sources, lanes: Lanes, needs: Needs, landing: Landing, clock: Clock
) -> Values:
    """From the input rows; holding is per unit and period."""
    cheapest: dict[str, float] = {}
    for offer in sources.active:
        price = sources.list_price(offer)
        cheapest[offer.item] = min(price, cheapest.get(offer.item, price))
    unit = {
        item.item: cheapest.get(item.item, 0.0) if item.unit_value is None else item.unit_value
        for item in data.items
    }
    settings = data.settings
    holding = {
        item.item: unit[item.item]
        * (settings.holding_rate if item.holding_rate is None else item.holding_rate)
        / clock.per_year
        for item in data.items
    }
    items = {item.item: item for item in data.items}
    shortage = _shortage(data, _dearest(data, sources, lanes, needs, landing, clock))
    return Values(items, unit, holding, shortage)


def _shortage(data: Data, dearest: Mapping[str, float]) -> dict[str, float]:
    costs = {}
    for item in data.items:
        if item.shortage_cost is not None:
            costs[item.item] = item.shortage_cost
        elif data.settings.shortage_cost is not None:
            costs[item.item] = data.settings.shortage_cost
        else:
            of_all = max(dearest.values(), default=0.0)
            costs[item.item] = DEFAULT_SHORTAGE * dearest.get(item.item, of_all)
    return costs


def _dearest(
    data: Data, sources: Sources, lanes: Lanes, needs: Needs, landing: Landing, clock: Clock
) -> dict[str, float]:
    """Item -> dearest landed unit cost over the lanes of its offers and all periods."""
    dearest: dict[str, float] = {}
    for offer in sources.active:
        # A landed cost grows with its price factor: the dearest period is the same on all lanes.
        period = max((sources.price_factor(offer, t), t) for t in clock.periods)[1]
        for site in data.sites:
            if (offer.item, site.site) not in needs.wanted:
                continue
            for lane in lanes.modes(offer.supplier, offer.item, site.site).values():
                cost = landing.at_list(offer, lane, period).landed
                dearest[offer.item] = max(dearest.get(offer.item, cost), cost)
    return dearest
