"""What a finished plan is expected to cost if the probabilities of its outcomes are off."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping

from models.distribution import build_worst_distribution
from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import DistributionRow
from optimizer.solve.options import SolveOptions
from optimizer.solve.run import solve

_NOTICEABLE = 1e-6
_SHOWN = 6


def worst_rows(
    plan: Plan,
    distances: Iterable[float],
    options: SolveOptions,
    stop: threading.Event | None = None,
) -> tuple[DistributionRow, ...]:
    """One row for each distance, ascending; none where there is but one outcome.

    distances: by how much each probability may be off, 0..1.  The plan stays as it is, with its
    cost in each outcome.

    Raises ValueError where a distance is out of range.
    """
    rows = plan.tables.outcomes
    if len(rows) < 2:
        return ()
    cost = {row.outcome: row.cost for row in rows}
    given = {row.outcome: row.probability for row in rows}
    expected = math.fsum(given[w] * cost[w] for w in cost)
    found = []
    for distance in sorted(set(distances)):
        answer = solve(build_worst_distribution(given, cost, distance), options, stop=stop)
        if not answer.result.has_plan:
            break
        weight = {w: answer.value("weight", w) for w in cost}
        increase = max(0.0, math.fsum((weight[w] - given[w]) * cost[w] for w in cost))
        found.append(
            DistributionRow(
                distance=distance,
                cost=expected + increase,
                increase=increase,
                likelier=_likelier(given, weight),
            )
        )
    return tuple(found)


def _likelier(given: Mapping[str, float], weight: Mapping[str, float]) -> str:
    """``freeze +5 points; cut-off +2.5 points``; the largest gains first."""
    gains = {w: weight[w] - given[w] for w in given if weight[w] - given[w] > _NOTICEABLE}
    ranked = sorted(gains, key=lambda w: -round(gains[w], 6))
    parts = [f"{w} +{100 * gains[w]:.3g} points" for w in ranked[:_SHOWN]]
    if len(ranked) > _SHOWN:
        rest = 100 * math.fsum(gains[w] for w in ranked[_SHOWN:])
        parts.append(f"{len(ranked) - _SHOWN} more +{rest:.3g} points")
    return "; ".join(parts)
