"""How much of the awards that somebody asks for can be contracted at all, whatever it costs."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from models.asked import build_asked
from models.build import ImpossibleError
from models.carry import ROUNDING
from models.problem import OfferKey, Problem
from optimizer.results.amounts import NOISE
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import Status
from optimizer.solve.run import solve

_GAP = 1e-7
_WHOLE = 1e-7
"""What is kept but for this share of it is kept."""


@dataclass(frozen=True, slots=True)
class Contractable:
    """``kept``: of each offer that was asked for, what can be contracted (unit, over the horizon).

    ``proven``: no other awards keep more.
    """

    kept: Mapping[OfferKey, float]
    proven: bool


def contractable(
    problem: Problem,
    asked: Mapping[OfferKey, float],
    weight: Mapping[str, float],
    options: SolveOptions,
    stop: threading.Event | None = None,
) -> Contractable | None:
    """The largest part of the asked awards that capacities, dates, quotas, storages, largest awards
    and minimum orders allow together, weighed by the items' weight; nobody else gets anything.

    None where that was not found out in the time of the options, or nothing is possible at all.
    """
    wanted = {o: quantity for o, quantity in asked.items() if quantity > 0}
    try:
        model = build_asked(problem, wanted, weight)
    except ImpossibleError:
        return None
    answer = solve(model, dataclasses.replace(options, gap=_GAP), stop=stop)
    if not answer.result.has_plan:
        return None
    kept = dict.fromkeys(asked, 0.0)
    for offer in model.award:
        if offer in wanted:
            kept[offer] = _kept(answer.value("award", offer), wanted[offer])
    return Contractable(kept, answer.result.status is Status.OPTIMAL)


def _kept(award: float, asked: float) -> float:
    if award >= asked * (1.0 - _WHOLE):
        return asked
    # A little less than the solver's tolerance may have let through, so that it can be held.
    return award * (1.0 - ROUNDING) if award > NOISE else 0.0
