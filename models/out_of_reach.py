"""Demand that no plan can serve, seen without a solve: nothing can be there by then."""

from __future__ import annotations

import math
from collections.abc import Mapping

from models.problem import Problem, offer_of

ShortKey = tuple[str, str, str, int, str]
"""item, site, end use, period, outcome"""


def out_of_reach(problem: Problem) -> dict[ShortKey, float]:
    """What is short in every plan, by (item, site, end use, period, outcome); unit: quantity.

    Only what is plain: where there is no stock and no open order, no substitute, no later delivery
    that would still do, and no order that arrives in time.  Other demand may be out of reach too.
    """
    first: dict[tuple[str, str, str], int] = {}
    for (lane, t, w), arrival in problem.supply.arrival.items():
        if problem.supply.deliverable.get((offer_of(lane), t, w), 1.0) > 0:
            place = lane[1], lane[2], w
            first[place] = min(arrival, first.get(place, arrival))
    stocked = {key[:2] for key, quantity in problem.holdings.opening.items() if quantity > 0}
    stocked |= {key[:2] for key, quantity in problem.holdings.open_orders.items() if quantity > 0}
    otherwise = {option.item for option in problem.substitutions} | set(problem.needs.backlog_cost)
    return {
        (i, s, e, t, w): quantity
        for ((i, s, e), t, w), quantity in problem.needs.demand.items()
        if t < first.get((i, s, w), math.inf) and (i, s) not in stocked and i not in otherwise
    }


def shortage_cost(problem: Problem, short: Mapping[ShortKey, float]) -> float:
    """What it costs to be short of this, expected and discounted as in models.costs.shortage."""
    cost, chance, horizon = problem.needs.shortage_cost, problem.outcomes, problem.horizon
    return math.fsum(
        chance[w] * horizon.factor(t) * cost[i] * quantity
        for (i, _, _, t, w), quantity in short.items()
    )
