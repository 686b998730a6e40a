"""The worst distribution near a given one: a linear program over the outcomes of a finished plan.

Its variable ``weight`` is the probability of an outcome, within the distance of the given one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyomo.environ as pyo
from pyomo.environ import quicksum


def build_worst_distribution(
    probability: Mapping[str, float], cost: Mapping[str, float], distance: float
) -> pyo.ConcreteModel:
    """The probabilities under which a plan costs most.

    probability and cost (money) by outcome, with the same keys; probabilities add up to 1.
    distance: how far each probability may be off, 0..1.  The model minimises the negative of what
    the expected cost rises by.

    Raises ValueError where the keys differ or the distance is out of range.
    """
    if set(probability) != set(cost):
        raise ValueError("probability and cost are not of the same outcomes")
    if not 0 <= distance <= 1:
        raise ValueError(f"distance must lie between 0 and 1, not {distance:g}")
    m = pyo.ConcreteModel()
    m.probability, m.cost = dict(probability), dict(cost)
    m.weight = pyo.Var(
        list(probability),
        bounds=lambda _, w: (
            max(0.0, probability[w] - distance),
            min(1.0, probability[w] + distance),
        ),
    )
    m.whole = pyo.Constraint(rule=whole)
    m.worst = pyo.Objective(rule=worst_expected_cost)
    return m


def whole(m: Any) -> Any:
    r"""The probabilities add up to those that were given, which is 1.

    .. math:: \sum_w weight_w = \sum_w p_w, \qquad
              \max(0, p_w - distance) \le weight_w \le \min(1, p_w + distance)

    Unit: share.
    """
    return quicksum(m.weight.values()) == sum(m.probability.values())


def worst_expected_cost(m: Any) -> Any:
    r"""By how much the expected cost rises at most; minimised is its negative.

    .. math:: \max \sum_w (weight_w - p_w)\, C_w

    Unit: money, discounted.
    """
    return -quicksum((m.weight[w] - p) * m.cost[w] for w, p in m.probability.items())
