"""What one unit of an offer counts in a rule, and for which members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.problem import UNKNOWN, Metric, OfferKey
from optimizer.assemble.ground import Ground
from optimizer.assemble.origins import Origins
from optimizer.contract.policy import Rule

DIMENSIONS = ("supplier", "group", "country", "region", "licence")
"""Any other dimension is the name of a stage."""

WORST_SCORE = 10.0
"""Risk score of a country without one, and of unknown origin."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How one rule looks at goods.  Every method is about one unit."""

    ground: Ground
    origins: Origins
    licences: Mapping[OfferKey, tuple[str, ...]]
    rule: Rule
    metric: Metric

    @property
    def on_stage(self) -> bool:
        """Whether the rule groups by where a stage was done."""
        return self.rule.dimension not in DIMENSIONS

    def covers(self, offer: OfferKey) -> bool:
        """Whether the filters of the rule let the offer through; see also `counts`."""
        row = self.ground.items[offer[1]]
        if self.rule.item is not None and row.item != self.rule.item:
            return False
        if self.rule.family is not None and row.family != self.rule.family:
            return False
        return self.rule.licensed is None or self.rule.licensed == bool(self.licences[offer])

    def counts(self, item: str) -> float:
        """What a unit of the item adds to the total: weight (of its elements), or 1 for spend.

        0: the item is outside the rule.
        """
        mass = self._mass(item)
        if not mass:
            return 0.0
        if self.metric.of_spend:
            return 1.0
        return self.ground.items[item].weight * sum(mass.values())

    def members(self, offer: OfferKey) -> Mapping[str, float]:
        """The part of `counts` that belongs to each member, where there is any."""
        supplier, item = offer
        if self.on_stage:
            return self._by_origin(supplier, item)
        counted = self.counts(item)
        return dict.fromkeys(self._names(offer), counted)

    def score(self, member: str) -> float:
        """Risk score of a country."""
        row = self.ground.countries.get(member)
        return WORST_SCORE if row is None or row.risk_score is None else row.risk_score

    def _mass(self, item: str) -> Mapping[str, float]:
        """The elements by which the item is weighed; the whole item is one element of mass 1."""
        mass = self.ground.mass.get(item)
        if self.on_stage:
            measured = self.origins.measured(self.rule.dimension, mass)
        elif self.rule.element is None:
            return {item: 1.0}
        else:
            measured = mass or {}
        if self.rule.element is None:
            return measured
        share = measured.get(self.rule.element, 0.0)
        return {self.rule.element: share} if share > 0 else {}

    def _by_origin(self, supplier: str, item: str) -> Mapping[str, float]:
        mass = self._mass(item)
        per_mass = self.counts(item) / sum(mass.values())
        stage = self.rule.dimension
        found: dict[str, float] = {}
        for element, share_of_mass in mass.items():
            parts = dict(self.origins.drawn(supplier, stage, element))
            parts[UNKNOWN] = self.origins.unknown(supplier, stage, element)
            for member, share in parts.items():
                found[member] = found.get(member, 0.0) + per_mass * share_of_mass * share
        return {member: part for member, part in found.items() if part > 0}

    def _names(self, offer: OfferKey) -> tuple[str, ...]:
        """The members an offer counts under, on a dimension that is no stage."""
        supplier = self.ground.suppliers[offer[0]]
        if self.metric is Metric.RISK:
            return (supplier.country,)
        match self.rule.dimension:
            case "supplier":
                return (supplier.supplier,)
            case "group":
                return (supplier.group or supplier.supplier,)
            case "country":
                return (supplier.country,)
            case "region":
                return (self.ground.countries[supplier.country].region or supplier.country,)
            case _:
                return self.licences[offer]
