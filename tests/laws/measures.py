"""What a plan is judged by over its outcomes, written anew."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.contract.settings import Settings

Costs = Sequence[tuple[float, float]]
"""(probability, cost) of every outcome"""


def expected(costs: Costs) -> float:
    """The mean cost."""
    return sum(chance * cost for chance, cost in costs)


def cvar(costs: Costs, level: float) -> float:
    """The least of threshold + mean excess / (1 - level), which one of the costs attains."""
    if level == 1.0:
        return max(cost for _, cost in costs)
    return min(
        threshold + sum(chance * max(0.0, cost - threshold) for chance, cost in costs) / (1 - level)
        for _, threshold in costs
    )


def objective(costs: Costs, settings: Settings) -> float:
    """What the settings ask to be least; for the worst case the first of its two aims."""
    match settings.risk_measure:
        case "worst_case":
            return max(cost for _, cost in costs)
        case "cvar":
            weight = settings.risk_weight
            return (1 - weight) * expected(costs) + weight * cvar(costs, settings.cvar_level)
        case _:
            return expected(costs)
