"""What a plan decides before anything is known, and how another model is held to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.problem import LaneKey, LinkKey, OfferKey, Problem
from models.solution import Solution

ROUNDING = 1e-9
"""Awards are kept to within this share of them: sums of orders differ in their last digits."""


@dataclass(frozen=True, slots=True)
class FirstStage:
    """Use, awards, lanes, projects and preparations, and the orders before anything is known.

    What is absent is 0.  ``orders``: (lane, period) -> quantity.
    """

    use: Mapping[str, float]
    award: Mapping[OfferKey, float]
    awarded: Mapping[OfferKey, float]
    lane_used: Mapping[LinkKey, float]
    modules: Mapping[str, float]
    substitution_used: Mapping[str, float]
    orders: Mapping[tuple[LaneKey, int], float]


def first_stage(solution: Solution) -> FirstStage:
    """The first stage of a plan, with all its orders where it was made for one outcome.

    Of a plan for several outcomes the orders are those that all outcomes share.
    """
    outcomes = {key[-1] for key in solution.stock} | {key[-1] for key in solution.order}
    orders: dict[tuple[LaneKey, int], list[float]] = {}
    for (k, i, s, mode, t, _), quantity in solution.order.items():
        orders.setdefault(((k, i, s, mode), t), []).append(quantity)
    return FirstStage(
        use=solution.use,
        award=solution.award,
        awarded=solution.awarded,
        lane_used=solution.lane_used,
        modules=solution.modules,
        substitution_used=solution.substitution_used,
        orders={
            key: found[0]
            for key, found in orders.items()
            if len(found) == len(outcomes) and min(found) == max(found)
        },
    )


def without_rules(problem: Problem) -> Problem:
    """The problem without what a plan that was made for another world may have to break.

    Rules, minimum awards and overbooking are left out; the award band and everything physical stay.
    """
    supply = replace(problem.supply, min_award={}, overbooking=math.inf)
    return replace(problem, supply=supply, rules=())


def keep(m: Any, kept: FirstStage) -> None:
    """Hold a model to a first stage, in the periods in which nothing is known yet.

    Every variable of the first stage gets its value as bounds; price tiers follow from volumes.
    """
    for name in ("use", "awarded", "lane_used", "modules", "substitution_used"):
        values: Mapping[Any, float] = getattr(kept, name)
        for index, variable in getattr(m, name).items():
            value = values.get(index, 0.0)
            variable.setlb(value)
            variable.setub(value)
    for offer, variable in m.award.items():
        value = kept.award.get(offer, 0.0)
        room = ROUNDING * max(1.0, value)
        variable.setlb(max(0.0, value - room))
        variable.setub(value + room)
    for (*lane, t, _), variable in m.order.items():
        if t not in m.ix.late_periods:
            value = kept.orders.get(((lane[0], lane[1], lane[2], lane[3]), t), 0.0)
            variable.setlb(value)
            variable.setub(value)


def keep_awards(m: Any, least: Mapping[OfferKey, float], most: Mapping[OfferKey, float]) -> None:
    """Hold the awards of a model between two quantities; what ``most`` does not name gets none."""
    for offer, variable in m.award.items():
        variable.setlb(max(0.0, least.get(offer, 0.0)))
        limit = most.get(offer, 0.0)
        variable.setub(limit if variable.ub is None else min(limit, variable.ub))
