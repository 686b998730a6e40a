"""The worst combination: the one in which the offers deliver least, over all periods."""

from __future__ import annotations

import math
from collections import Counter

from optimizer.verify.case import Case
from optimizer.verify.effects import Effect, Effects, together

BREADTH = 64
"""How many beginnings of combinations are followed up; with no more than that it is exact."""

Shares = tuple[float, ...]


class Deliveries:
    """Sum of deliverable shares over active offers and periods.

    Offers and periods that every effect treats alike are counted together.
    """

    def __init__(self, case: Case) -> None:
        results = [result for risk in case.futures.risks for result in risk.results]
        effects = dict.fromkeys(e for result in results for e in result.effects)
        cells = Counter(
            tuple(self._factor(case, effect, offer.supplier, offer.item, t) for effect in effects)
            for offer in case.sources.active
            for t in case.clock.periods
        )
        self._counts = tuple(cells.values())
        self._factors = {
            effect: tuple(cell[place] for cell in cells) for place, effect in enumerate(effects)
        }
        self._risks = case.futures.risks

    def of(self, effects: Effects) -> float:
        """With these effects."""
        return self._sum(self._shares(effects))

    def least(self) -> tuple[float, Effects]:
        """The least that was found, and the effects that lead to it."""
        found: list[tuple[Shares, Effects]] = [(self._shares(()), ())]
        for place, risk in enumerate(self._risks):
            rest = self._at_worst(place + 1)
            longer = {
                together(effects, result.effects): _times(shares, self._shares(result.effects))
                for shares, effects in found
                for result in risk.results
            }
            bounded = sorted((self._sum(_times(s, rest)), e) for e, s in longer.items())
            found = [(longer[effects], effects) for _, effects in bounded[:BREADTH]]
        shares, effects = found[0]
        return self._sum(shares), effects

    @staticmethod
    def _factor(case: Case, effect: Effect, supplier: str, item: str, period: int) -> float:
        if not effect.holds(period):
            return 1.0
        return 1 - case.reached.share(effect, supplier, item) * (1 - effect.deliverable)

    def _at_worst(self, start: int) -> Shares:
        """What the risks from there on leave at the very least, each offer and period by itself."""
        left = self._shares(())
        for risk in self._risks[start:]:
            ways = [self._shares(result.effects) for result in risk.results]
            left = _times(left, tuple(min(column) for column in zip(*ways, strict=True)))
        return left

    def _shares(self, effects: Effects) -> Shares:
        shares: Shares = (1.0,) * len(self._counts)
        for effect in effects:
            shares = _times(shares, self._factors[effect])
        return shares

    def _sum(self, shares: Shares) -> float:
        return math.fsum(n * share for n, share in zip(self._counts, shares, strict=True))


def _times(left: Shares, right: Shares) -> Shares:
    return tuple(a * b for a, b in zip(left, right, strict=True))
