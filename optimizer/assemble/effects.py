"""What an outcome does to goods and to demand, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from models.problem import OfferKey
from optimizer.assemble.ground import Ground
from optimizer.assemble.licensing import licences_of
from optimizer.assemble.origins import Origins, origins_of
from optimizer.assemble.outcomes import Outcome, Outcomes, combined
from optimizer.assemble.reach import Reach
from optimizer.assemble.risks import last_period
from optimizer.contract.policy import RiskEffect

ByPeriod: TypeAlias = tuple[float, ...]
"""One number for each period 1..T."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What meets an order of one source in one outcome, by the period of the order.

    ``deliverable``: share that is delivered.  ``delay_days``: added to lead and transit time.
    ``price_factor`` and ``price_add``: on the price; the latter in base currency per unit, scaled
    by no factor.
    """

    deliverable: ByPeriod
    delay_days: ByPeriod
    price_factor: ByPeriod
    price_add: ByPeriod


_Met: TypeAlias = tuple[tuple[RiskEffect, float], ...]
"""The effects that meet a source, each with the share of it that does."""


class Effects:
    """The outcomes of a workbook and what they do.  Sources are (supplier, item)."""

    def __init__(self, outcomes: Outcomes, reach: Reach, last: int) -> None:
        self.outcomes = outcomes
        self._by_name = {outcome.name: outcome for outcome in outcomes.all}
        self._reach = reach
        self._last = last
        self._impacts: dict[tuple[OfferKey, str], Impact] = {}
        self._made: dict[_Met, Impact] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the outcomes, in their order."""
        return tuple(self._by_name)

    def on_goods(self, source: OfferKey, outcome: str) -> Impact:
        """What meets the orders of a source in an outcome."""
        key = (source, outcome)
        if key not in self._impacts:
            met = self._met(source, self._by_name[outcome])
            if met not in self._made:
                self._made[met] = self._impact(met)
            self._impacts[key] = self._made[met]
        return self._impacts[key]

    def deliverable(self, sources: Iterable[OfferKey]) -> Mapping[tuple[OfferKey, int, str], float]:
        """(source, period, outcome) -> share that is delivered, where it is not all."""
        return {
            (source, period, outcome): share
            for source in sources
            for outcome in self.names
            for period, share in enumerate(self.on_goods(source, outcome).deliverable, start=1)
            if share != 1
        }

    def on_demand(self, item: str, outcome: str) -> ByPeriod:
        """What multiplies the demand for an item in an outcome, by period."""
        factors = [1.0] * self._last
        for effect in self._by_name[outcome].effects:
            if effect.demand_factor != 1 and self._reach.concerns(effect, item):
                for place in self._places(effect):
                    factors[place] *= effect.demand_factor
        return tuple(factors)

    def _met(self, source: OfferKey, outcome: Outcome) -> _Met:
        shares = ((effect, self._reach.share(effect, source)) for effect in outcome.effects)
        return tuple((effect, share) for effect, share in shares if share > 0)

    def _impact(self, met: _Met) -> Impact:
        deliverable, factor = [1.0] * self._last, [1.0] * self._last
        delay, add = [0.0] * self._last, [0.0] * self._last
        for effect, share in met:
            # Of an element the share is a mass, and price_add is all that there is.
            goods = effect.scope != "element"
            delivered = _in_part(effect.deliverable, share) if goods else 1.0
            scaled = _in_part(effect.price_factor, share) if goods else 1.0
            for place in self._places(effect):
                deliverable[place] *= delivered
                factor[place] *= scaled
                add[place] += share * effect.price_add
                if goods:
                    delay[place] = max(delay[place], effect.delay_days)
        return Impact(tuple(deliverable), tuple(delay), tuple(factor), tuple(add))

    def _places(self, effect: RiskEffect) -> range:
        """Where in a list of periods 1..T the effect is in force."""
        return range(max(1, effect.from_period) - 1, last_period(effect, self._last))


def effects_of(
    ground: Ground, origins: Origins, licences: Mapping[OfferKey, tuple[str, ...]]
) -> Effects:
    """The outcomes of a workbook and what they do.  ``licences``: of every source."""
    reach = Reach(ground, origins, licences)
    return Effects(combined(ground, reach), reach, ground.clock.last)


def effects_from_rows(ground: Ground) -> Effects:
    """The same, where neither origins nor licences are needed for anything else."""
    origins = origins_of(ground)
    return effects_of(ground, origins, licences_of(ground, origins))


def _in_part(number: float, share: float) -> float:
    """A factor that holds for a share of the goods; all of it gives exactly the factor."""
    return number if number == 1 else share * number + (1.0 - share)
