"""How low the price of an offer can fall: by the season, and by what may happen."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from optimizer.contract.data import Data
from optimizer.contract.policy import Licence, RiskEffect
from optimizer.contract.supply import CalendarRow, Offer

_NONE = 1e-9
"""A chance or a share below this is what adding up percentages leaves."""

Results = Mapping[str, list[RiskEffect]]


class LowestPrices:
    """Asked for one offer at a time.  ``calendar`` and ``risks``: the rows that could be read."""

    def __init__(
        self, data: Data, calendar: Iterable[CalendarRow], risks: Iterable[RiskEffect]
    ) -> None:
        """Sort the rows by what they are about."""
        self._last = data.horizon
        self._rates = {one.currency: one.rate for one in data.currencies}
        self._base = data.settings.currency
        self._calendar = list(calendar)
        self._risks: dict[str, dict[str, list[RiskEffect]]] = {}
        for row in risks:
            self._risks.setdefault(row.risk, {}).setdefault(row.result, []).append(row)
        self._sources = _Sources(data)

    def rate(self, offer: Offer) -> float:
        """Base currency per 1 of the offer's; 1 where the currency is not known."""
        currency = offer.currency or self._base
        return 1.0 if currency == self._base else self._rates.get(currency, 1.0)

    def meets(self, effect: RiskEffect, offer: Offer) -> bool:
        """Whether the effect reaches the offer in the horizon."""
        in_time = effect.from_period <= self._last and (effect.to_period or self._last) >= 1
        return in_time and self._sources.share(effect, offer) > 0

    def of(self, offer: Offer) -> float:
        """The lowest list price in base currency, in any period and however the risks go.

        The price is the list price x the lowest factors, plus the lowest additions.
        """
        season: dict[int, float] = defaultdict(lambda: 1.0)
        for row in self._calendar:
            if row.supplier in ("*", offer.supplier) and row.item in ("*", offer.item):
                season[row.period] *= row.price_factor
        shares = {
            effect: self._sources.share(effect, offer)
            for results in self._risks.values()
            for effects in results.values()
            for effect in effects
        }
        met = {effect: share for effect, share in shares.items() if share > 0}
        price = offer.price * self.rate(offer)
        return min(
            price * season.get(t, 1.0) * math.prod(factor for factor, _ in parts)
            + math.fsum(add for _, add in parts)
            for t in self._turns(season, met)
            for parts in [[_least(results, met, t) for results in self._risks.values()]]
        )

    def _turns(self, season: Collection[int], met: Iterable[RiskEffect]) -> Iterator[int]:
        """The periods from which on something is different."""
        turns = {1, *season, *(t + 1 for t in season)}
        for effect in met:
            turns |= {effect.from_period, (effect.to_period or self._last) + 1}
        return (t for t in turns if 1 <= t <= self._last)


def _least(results: Results, met: Mapping[RiskEffect, float], period: int) -> tuple[float, float]:
    """The lowest factor and the lowest addition that one risk can bring in a period."""
    factors, adds, chance = [], [], 0.0
    for rows in results.values():
        probability = sum(row.probability or 0.0 for row in rows)
        chance += probability
        if probability > 0:
            held = [(row, met[row]) for row in rows if row in met and _in_force(row, period)]
            factors.append(math.prod(_factor(row, share) for row, share in held))
            adds.append(math.fsum(share * row.price_add for row, share in held))
    if 1.0 - chance >= _NONE:
        factors.append(1.0)
        adds.append(0.0)
    return min(factors, default=1.0), min(adds, default=0.0)


def _in_force(effect: RiskEffect, period: int) -> bool:
    return effect.from_period <= period and (effect.to_period is None or period <= effect.to_period)


def _factor(effect: RiskEffect, share: float) -> float:
    return 1.0 if effect.scope == "element" else share * effect.price_factor + (1.0 - share)


class _Sources:
    """What of an effect meets an offer."""

    def __init__(self, data: Data) -> None:
        self._homes = {one.supplier: one.country for one in data.suppliers}
        self._weights = {one.item: one.weight for one in data.items}
        self._licences = {one.licence: one for one in data.licences}
        self._worst = data.settings.unknown_origin == "worst"
        self._mass: dict[str, dict[str, float]] = defaultdict(dict)
        for content in data.composition:
            self._mass[content.item][content.element] = content.mass_share
        self._origins: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
        self._stages: dict[str, set[str]] = defaultdict(set)
        for row in data.upstream:
            self._origins[row.supplier, row.stage, row.element][row.country] = row.share
            self._stages[row.stage].add(row.element)

    def share(self, effect: RiskEffect, offer: Offer) -> float:
        """0: not reached; of a stage the share drawn from there; of an element kg in one unit."""
        target = effect.target
        match effect.scope:
            case "licence":
                names = self._licences if target == "*" else (target,)
                return float(any(self._needs(name, offer) for name in names))
            case "stage":
                stage, _, country = target.partition(":")
                stages = tuple(self._stages) if target == "*" else (stage,)
                parts = (self._drawn(offer, one, country or "*") for one in stages)
                return min(1.0, max(parts, default=0.0))
            case "element":
                mass = self._mass.get(offer.item, {})
                held = sum(mass.values()) if target == "*" else mass.get(target, 0.0)
                return held * self._weights.get(offer.item, 1.0)
            case scope:
                own = {"supplier": offer.supplier, "item": offer.item, "all": target,
                       "country": self._homes.get(offer.supplier, "")}  # fmt: skip
                return float(target in ("*", own[scope]))

    def _needs(self, name: str, offer: Offer) -> bool:
        """Whether the offer needs a licence, as it says or as its elements and origins do."""
        if offer.licences is not None:
            return name in offer.licences
        row = self._licences.get(name)
        return row is not None and any(
            self._mass.get(offer.item, {}).get(element, 0.0) > row.threshold
            and self._reaches(row, element, offer)
            for element in row.elements
        )

    def _reaches(self, row: Licence, element: str, offer: Offer) -> bool:
        if self._homes.get(offer.supplier) == row.country:
            return True
        drawn = [self._of_element(offer, stage, element, row.country) for stage in self._stages]
        return row.reach == "content" and any(
            share > 0 and share >= row.content_share - _NONE for share in drawn
        )

    def _drawn(self, offer: Offer, stage: str, country: str) -> float:
        """The share of the country, of the element of the item that draws most from there."""
        known = self._stages.get(stage, set())
        mass = self._mass.get(offer.item)
        elements = ["*"] if mass is None else [one for one, part in mass.items() if part > 0]
        taking_part = [one for one in elements if one in known or "*" in known]
        parts = (self._of_element(offer, stage, one, country) for one in taking_part)
        return max(parts, default=0.0)

    def _of_element(self, offer: Offer, stage: str, element: str, country: str) -> float:
        own = self._origins.get((offer.supplier, stage, element))
        shares = own or self._origins.get((offer.supplier, stage, "*"), {})
        known = sum(shares.values()) if country == "*" else shares.get(country, 0.0)
        missing = 1.0 - sum(shares.values())
        return known + (missing if self._worst and missing >= _NONE else 0.0)
