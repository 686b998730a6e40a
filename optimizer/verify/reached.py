"""Whom an effect reaches, and in which proportion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optimizer.contract.data import Data
from optimizer.verify.effects import Effect
from optimizer.verify.licensing import Licensing
from optimizer.verify.origins import Origins
from optimizer.verify.sources import Sources

ALL = "*"


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom effects reach.  ``worst``: unknown origin counts as drawn from the target of a stage."""

    sources: Sources
    origins: Origins
    licensing: Licensing
    weights: Mapping[str, float]
    worst: bool
    known: dict[tuple[str, str, str, str], float] = field(default_factory=dict)

    def share(self, effect: Effect, supplier: str, item: str) -> float:
        """What an effect is multiplied by for the goods of a supplier; 0: not reached.

        For a stage, the share drawn from its target; for an element, its kg in one unit.
        """
        key = (effect.scope, effect.target, supplier, item)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._share(*key)
        return found

    def _share(self, scope: str, target: str, supplier: str, item: str) -> float:
        if scope == "stage":
            return self._drawn(target, supplier, item)
        if scope == "element":
            contents = self.origins.contents.get(item, {})
            mass = sum(m for element, m in contents.items() if target in (ALL, element))
            return mass * self.weights[item]
        if scope == "licence":
            licences = self.licensing.of(supplier, item)
            return float(bool(licences) if target == ALL else target in licences)
        own = {
            "supplier": supplier,
            "country": self.sources.country(supplier),
            "item": item,
            "all": target,
        }
        return float(target in (ALL, own[scope]))

    def _drawn(self, target: str, supplier: str, item: str) -> float:
        """Of the element that draws most; an item outside the stage draws nothing."""
        stage, _, country = target.partition(":")
        stages = [stage] if country else list(self.origins.stages)
        drawn = (
            self._of_element(supplier, name, element, country or ALL)
            for name in stages
            for element in self.origins.masses(item, name)
        )
        return min(1.0, max(drawn, default=0.0))

    def _of_element(self, supplier: str, stage: str, element: str, country: str) -> float:
        shares = self.origins.shares(supplier, stage, element)
        share = sum(shares.values()) if country == ALL else shares.get(country, 0.0)
        return share + (self.origins.unknown(supplier, stage, element) if self.worst else 0.0)


def reached_of(data: Data, sources: Sources, origins: Origins, licensing: Licensing) -> Reached:
    """From the input rows."""
    return Reached(
        sources,
        origins,
        licensing,
        {item.item: item.weight for item in data.items},
        worst=data.settings.unknown_origin == "worst",
    )
