"""A problem without what it costs: the same plans are possible, and fewer things are a decision."""

from __future__ import annotations

import math
from dataclasses import replace

from models.problem import Aim, Problem


def bare(problem: Problem) -> Problem:
    """The problem in which only that counts which can make a plan impossible.

    Demand may stay unmet wherever the problem says so.  Price tiers stay where a rule on spend
    looks at them, and cover targets where overbooking is measured against them.
    """
    supply = replace(
        problem.supply, supplier_cost={}, offer_cost={}, order_cost={}, lane_fixed_cost={}
    )
    holdings = replace(problem.holdings, max_cover={})
    if math.isinf(problem.supply.overbooking):
        holdings = replace(holdings, min_cover={})
    spends = any(scope.metric.of_spend for scope in problem.rules)
    return replace(
        problem,
        supply=supply,
        holdings=holdings,
        pricing=problem.pricing if spends else replace(problem.pricing, tiers={}),
        aim=Aim(),
        substitutions=tuple(replace(one, fixed_cost=0.0) for one in problem.substitutions),
        projects=tuple(replace(one, incentive=0.0) for one in problem.projects),
        rules=tuple(scope for scope in problem.rules if scope.penalty is None),
    )
