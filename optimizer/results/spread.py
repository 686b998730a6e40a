"""Cost and shortage of a plan over its outcomes, in five numbers."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.contract.plan import Spread
from optimizer.contract.risk_results import OutcomeResult
from optimizer.contract.settings import Settings
from optimizer.results.amounts import NOISE

_ALL = 1e-12


def spread_of(rows: Sequence[OutcomeResult], level: float) -> Spread:
    """The spread of a plan.  ``level``: the share of the probability that CVaR leaves out."""
    return Spread(
        expected=sum(row.probability * row.cost for row in rows),
        cvar=cvar([(row.probability, row.cost) for row in rows], level),
        worst_case=max(row.cost for row in rows),
        shortage=sum(row.probability * row.shortage for row in rows),
        shortage_chance=min(1.0, sum(row.probability for row in rows if row.shortage > NOISE)),
    )


def objective_of(spread: Spread, settings: Settings) -> float:
    """What the plan minimises, by Settings.risk_measure; ``spread``: at Settings.cvar_level."""
    match settings.risk_measure:
        case "cvar":
            weight = settings.risk_weight
            return (1.0 - weight) * spread.expected + weight * spread.cvar
        case "worst_case":
            return spread.worst_case
        case _:
            return spread.expected


def cvar(costs: Sequence[tuple[float, float]], level: float) -> float:
    """Mean cost of the worst 1 - level of the probability; level 1: the worst cost.

    ``costs``: (probability, cost) of each outcome.
    """
    left = tail = 1.0 - level
    ranked = sorted(costs, key=lambda pair: -pair[1])
    if tail <= _ALL:
        return ranked[0][1]
    total = 0.0
    for probability, cost in ranked:
        taken = min(left, probability)
        total += taken * cost
        left -= taken
    return total / (tail - max(0.0, left))
