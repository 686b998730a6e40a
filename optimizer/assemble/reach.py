"""How far an effect reaches goods: whom it concerns, and in what proportion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.problem import OfferKey
from optimizer.assemble.ground import ALL, Ground
from optimizer.assemble.origins import Origins
from optimizer.contract.policy import RiskEffect

_WHOLE = 1.0 - 1e-9
"""A share above this is all of it: adding up percentages leaves less."""


class Reach:
    """Asked for one effect and one source (supplier, item) at a time; remembers the answers."""

    def __init__(
        self, ground: Ground, origins: Origins, licences: Mapping[OfferKey, tuple[str, ...]]
    ) -> None:
        self._ground = ground
        self._origins = origins
        self._licences = licences
        self._worst = ground.settings.unknown_origin == "worst"
        self._known: dict[tuple[str, str, OfferKey], float] = {}

    def share(self, effect: RiskEffect, source: OfferKey) -> float:
        """What of an effect meets the source: 0 nothing, 1 all of it.

        A stage: the share drawn from its target, for the worst of the elements that the item
        holds.  An element: kg of it in one unit, by which price_add is multiplied.
        """
        key = (effect.scope, effect.target, source)
        if key not in self._known:
            self._known[key] = self._share(effect.scope, effect.target, source)
        return self._known[key]

    def concerns(self, effect: RiskEffect, item: str) -> bool:
        """Whether the effect reaches the demand of an item."""
        return effect.scope == "all" or (effect.scope == "item" and effect.target in (ALL, item))

    def _share(self, scope: str, target: str, source: OfferKey) -> float:
        supplier, item = source
        match scope:
            case "all":
                return 1.0
            case "supplier":
                return float(target in (ALL, supplier))
            case "country":
                return float(target in (ALL, self._ground.suppliers[supplier].country))
            case "item":
                return float(target in (ALL, item))
            case "licence":
                needed = self._licences[source]
                return float(target in needed or (target == ALL and bool(needed)))
            case "stage":
                return self._drawn(supplier, item, target)
            case "element":
                return self._content(item, target)
            case _:
                raise KeyError(scope)

    def _content(self, item: str, target: str) -> float:
        """How many kg of the element are in one unit of the item."""
        mass = self._ground.mass.get(item, {})
        held = sum(mass.values()) if target == ALL else mass.get(target, 0.0)
        return self._ground.items[item].weight * held

    def _drawn(self, supplier: str, item: str, target: str) -> float:
        """The share that the item draws from a target written stage:country, at the worst."""
        stages: tuple[str, ...] = tuple(self._origins.elements)
        country = ALL
        if target != ALL:
            stage, _, country = target.partition(":")
            stages = (stage,)
        shares = (s for stage in stages for s in self._from(supplier, item, stage, country))
        worst = max(shares, default=0.0)
        return 1.0 if worst > _WHOLE else worst

    def _from(self, supplier: str, item: str, stage: str, country: str) -> Iterator[float]:
        """For each element by which the item takes part in the stage: its share of the country."""
        for element in self._origins.measured(stage, self._ground.mass.get(item)):
            drawn = self._origins.drawn(supplier, stage, element)
            known = sum(drawn.values()) if country == ALL else drawn.get(country, 0.0)
            unknown = self._origins.unknown(supplier, stage, element) if self._worst else 0.0
            yield known + unknown
