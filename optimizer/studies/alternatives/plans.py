"""An alternative: a plan, what people care about in it, and what it is best at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.measures import MADE_IN, MOVED, SUPPLIERS, MeasureKey
from models.problem import OfferKey
from optimizer.contract.plan import Plan
from optimizer.results.amounts import summed
from optimizer.studies.alternatives.near_best import Nearby

_SAME = 1e-4
"""Awards that differ by less than this share of what is bought of their item are the same."""
_NO_MOVE = 1e-6
"""A change below this share of the larger quantity is no move, as on the sheet Moves."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A plan, and what people care about in it.

    ``share``: of each country, of all weight; ``made``: its weight.  ``moved`` is None where
    nothing is bought today.  Quantities over the horizon.
    """

    plan: Plan
    suppliers: int
    made: Mapping[str, float]
    share: Mapping[str, float]
    moved: float | None
    weight: float
    worst_shortage: float

    def of(self, measure: MeasureKey) -> float:
        """What the plan has of a measure, in its unit."""
        match measure[0]:
            case name if name == SUPPLIERS:
                return float(self.suppliers)
            case name if name == MADE_IN:
                return self.made.get(measure[1], 0.0)
            case name if name == MOVED:
                return self.moved or 0.0
            case _:
                return self.worst_shortage


@dataclass(frozen=True, slots=True)
class Choice:
    """An alternative: what it is best at, and how far; None where it was not looked for."""

    name: str
    measure: MeasureKey
    found: tuple[Nearby, Traced] | None
    like: str = ""
    """the first plan with the same awards, if there is one before it"""


def trace(plan: Plan, today: Mapping[OfferKey, float]) -> Traced:
    """A plan as people see it; ``today``: what each offer would have by today's split."""
    weight = {item.item: item.weight for item in plan.data.items}
    awards = {(row.supplier, row.item): row.award for row in plan.tables.awards}
    moving = {item for _, item in today}
    beyond = (
        weight[offer[1]] * (award - today.get(offer, 0.0))
        for offer, award in awards.items()
        if offer[1] in moving and award > today.get(offer, 0.0) + _NO_MOVE * award
    )
    countries = [row for row in plan.tables.mix if row.dimension == "country"]
    return Traced(
        plan=plan,
        suppliers=len({supplier for supplier, _ in awards}),
        made={row.member: row.weight for row in countries},
        share={row.member: row.share for row in countries},
        moved=sum(beyond) if today else None,
        weight=sum(weight[item] * award for (_, item), award in awards.items()),
        worst_shortage=max(row.shortage for row in plan.tables.outcomes),
    )


def same_awards(one: Plan, other: Plan) -> bool:
    """Whether two plans contract the same with the same offers."""
    awards, others = awards_of(one), awards_of(other)
    bought = summed((offer[1], award) for offer, award in awards.items())
    return all(
        abs(awards.get(offer, 0.0) - others.get(offer, 0.0)) <= _SAME * bought.get(offer[1], 0.0)
        for offer in {*awards, *others}
    )


def awards_of(plan: Plan) -> dict[OfferKey, float]:
    """What a plan contracts with each offer."""
    return {(row.supplier, row.item): row.award for row in plan.tables.awards}
