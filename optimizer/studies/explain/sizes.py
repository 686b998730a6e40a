"""The size of the award that is asked for, for each offer and supplier that has none."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from models.index import Index
from models.problem import OfferKey, Problem
from optimizer.contract.data import Data

SHARE = 0.1
"""Of what has to be bought of an item: what somebody new might be trusted with at first."""
_DIGITS = 2


class Sizes:
    """Sizes of awards for one problem.  ``share``: of what has to be bought of an item."""

    def __init__(self, data: Data, problem: Problem, share: float = SHARE) -> None:
        self._problem = problem
        self._index = Index(problem)
        self._share = share
        self._weight = {row.item: row.weight for row in data.items}

    @property
    def offers(self) -> frozenset[OfferKey]:
        """The offers that can be ordered from at all."""
        return frozenset(offer for offer, most in self._deliverable.items() if most > 0)

    def of_offer(self, offer: OfferKey) -> float:
        """A share of the item's need, at least what the offer takes, at most what it can deliver.

        Rounded where that leaves it within its limits.  In the unit of the item.
        """
        least, most = self._least(offer), self._deliverable[offer]
        wanted = max(self._share * self._needed(offer[1]), least)
        return most if wanted >= most else _rounded(wanted, least, most)

    def of_supplier(self, offers: Collection[OfferKey]) -> float:
        """The same for all offers of a supplier together, in weight."""
        supplier = next(iter(offers))[0]
        each = [self._deliverable[o] * self._weight[o[1]] for o in offers]
        most = min(math.fsum(each), self._capacity(supplier) * max(map(self._weigh, offers)))
        least = min(self._least(o) * self._weigh(o) for o in offers)
        wanted = self._share * math.fsum(self._needed(i) * self._weight[i] for _, i in offers)
        wanted = max(wanted, least)
        return most if wanted >= most else _rounded(wanted, least, most)

    def largest(self, suppliers: Mapping[str, float]) -> dict[OfferKey, float]:
        """The largest award of each offer that may be asked for; ``suppliers``: their sizes."""
        found = {}
        for offer in self.offers:
            alone = self.of_offer(offer)
            weight = self._weigh(offer)
            shared = suppliers.get(offer[0], 0.0) / weight if weight > 0 else 0.0
            found[offer] = max(alone, shared)
        return found

    def _weigh(self, offer: OfferKey) -> float:
        return self._weight[offer[1]]

    def _needed(self, item: str) -> float:
        """What has to be bought: demand less stock and open orders; else what it may replace."""
        index = self._index
        return max(0.0, index.to_buy.get(item, 0.0)) or index.bounds.most_needed.get(item, 0.0)

    def _least(self, offer: OfferKey) -> float:
        """An award has to be at least the minimum award and one minimum order."""
        supply = self._problem.supply
        delivered = self._delivered(offer)
        minimum = supply.min_award.get(offer, 0.0)
        return max(
            minimum / delivered if delivered > 0 else minimum, supply.min_order.get(offer, 0.0)
        )

    def _delivered(self, offer: OfferKey) -> float:
        """The share of an order that comes, on average over the periods."""
        shares = [
            sum(
                chance * self._problem.supply.deliverable.get((offer, t, w), 1.0)
                for w, chance in self._problem.outcomes.items()
            )
            for t in self._problem.horizon.numbers
        ]
        return math.fsum(shares) / len(shares)

    def _capacity(self, supplier: str) -> float:
        """What a supplier can make over the horizon, with all that can be built there."""
        supply = self._problem.supply
        built = [one for one in self._problem.projects if one.supplier == supplier]
        return math.fsum(
            supply.supplier_capacity.get((supplier, t), math.inf)
            + supply.calendar_factor.get((supplier, t), 1.0)
            * sum(one.max_modules * one.capacity for one in built if t >= one.first_period)
            for k, t in self._index.lanes_of_supplier
            if k == supplier
        )

    @cached_property
    def _deliverable(self) -> Mapping[OfferKey, float]:
        found: dict[OfferKey, float] = defaultdict(float)
        for offer in self._index.lanes_of_offer:
            found[offer] = self._index.bounds.of_offer(offer)
        return found


def _rounded(size: float, least: float, most: float) -> float:
    """Two digits are enough to ask for, unless they are too little or too much."""
    if size <= 0 or not math.isfinite(size):
        return size
    step = 10.0 ** (math.floor(math.log10(size)) - _DIGITS + 1)
    if size <= least:
        return least
    found = round(size / step) * step
    found = found if found >= least else math.ceil(size / step) * step
    return found if least <= found <= most else size
