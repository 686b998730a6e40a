"""What a relaxed plan suggests: whole numbers that fit its volumes.

The relaxation takes fractions of a yes: a tenth of a price tier, a third of a qualification.  Its
volumes are a good plan all the same.  So every yes-or-no is read off the volumes: who delivers is
used, and the tier is the one that the volume reaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from models.problem import OfferKey, Problem, RuleScope

Label = tuple[str, Any]
"""variable, index"""

DETAILS = frozenset({"placed"})
"""Whole numbers of single orders: many of them, and each moves the cost little."""

TRACE = 1e-6
"""Volumes below this are none."""


def suggest(problem: Problem, values: Mapping[Label, float]) -> dict[Label, float]:
    """Whole values for the binaries and integers that are not DETAILS, from a relaxed plan.

    ``values``: (variable, index) -> value of every variable of the model, in its units.
    """
    volume = _by_offer(values)
    delivering = {offer[0] for offer, quantity in volume.items() if quantity > TRACE}
    scopes = {scope.key: scope for scope in problem.rules}
    whole: dict[Label, float] = {}
    for (name, index), value in values.items():
        match name:
            case "use":
                whole[name, index] = float(index in delivering)
            case "awarded":
                whole[name, index] = float(volume[index] > TRACE)
            case "tier_reached":
                whole[name, index] = _reached(problem, volume, index)
            case "member_used":
                whole[name, index] = _counted(scopes[index[:2]], values, index)
            case "modules":
                whole[name, index] = float(-int(-value // 1)) if value > TRACE else 0.0
            case "lane_used" | "substitution_used":
                whole[name, index] = float(value > TRACE)
    return whole


def suggest_details(problem: Problem, values: Mapping[Label, float]) -> dict[Label, float]:
    """Whole values for DETAILS from a plan in which they are relaxed.

    An order that reaches the minimum is placed.  Smaller ones are saved up, period after period,
    and placed when they have come to half a minimum: so what is ordered in all stays about right.
    """
    ordered: dict[tuple[str, str, str, int], float] = defaultdict(float)
    for (name, index), value in values.items():
        if name == "order":
            supplier, item, _, _, period, outcome = index
            ordered[supplier, item, outcome, period] += value
    saved: dict[tuple[str, str, str], float] = defaultdict(float)
    whole: dict[Label, float] = {}
    for k, i, t, w in sorted((x for name, x in values if name == "placed"), key=lambda x: x[2]):
        least = max(problem.supply.min_order.get((k, i), 0.0), TRACE)
        saved[k, i, w] += ordered[k, i, w, t]
        place = saved[k, i, w] >= 0.5 * least
        whole["placed", (k, i, t, w)] = float(place)
        if place:
            saved[k, i, w] -= max(ordered[k, i, w, t], least)
    return whole


def _by_offer(values: Mapping[Label, float]) -> dict[OfferKey, float]:
    volume: dict[OfferKey, float] = defaultdict(float)
    for (name, index), value in values.items():
        if name == "volume":
            volume[index] = value
    return volume


def _reached(
    problem: Problem, volume: Mapping[OfferKey, float], index: tuple[str, str, int]
) -> float:
    """Whether a tier is the one (all units), or one of those (incremental), that is reached."""
    offer, number = index[:2], index[2]
    quantity = volume[offer]
    if quantity <= TRACE:
        return 0.0
    breaks = problem.pricing.tiers[offer]
    starts = [tier.start for tier in breaks.tiers]
    last = max(n for n, start in enumerate(starts) if start <= quantity + TRACE)
    return float(number == last or (breaks.incremental and number < last))


def _counted(scope: RuleScope, values: Mapping[Label, float], index: tuple[str, str, str]) -> float:
    volume = values.get(("member_volume", index), 0.0)
    least = scope.counts_from * values.get(("scope_total", scope.key), 0.0)
    return float(volume > TRACE if scope.sense.is_max else volume >= least - TRACE)
