"""How much of the awards that somebody asks for can be contracted at all, whatever it costs."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import pyomo.environ as pyo

from models.build import ImpossibleError, build
from models.carry import without_rules
from models.problem import Aim, EditScope, OfferKey, Problem
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
    physical = _physical(problem, wanted)
    try:
        model = build(physical)
    except ImpossibleError:
        return None
    missing = []
    for offer, award in model.award.items():
        most = wanted.get(offer, 0.0)
        award.setub(most)
        missing.append(_weight(weight, offer) * (most - award))
    model.del_component("cost")
    model.cost = pyo.Objective(expr=pyo.quicksum(missing), sense=pyo.minimize)
    answer = solve(model, dataclasses.replace(options, gap=_GAP), stop=stop)
    if not answer.result.has_plan:
        return None
    kept = dict.fromkeys(asked, 0.0)
    for offer in model.award:
        if offer in wanted:
            kept[offer] = _kept(answer.value("award", offer), wanted[offer])
    return Contractable(kept, answer.result.status is Status.OPTIMAL)


def _weight(weight: Mapping[str, float], offer: OfferKey) -> float:
    return weight.get(offer[1], 0.0) or 1.0


def _kept(award: float, asked: float) -> float:
    if award >= asked * (1.0 - _WHOLE):
        return asked
    return award if award > NOISE else 0.0


def _physical(problem: Problem, asked: Mapping[OfferKey, float]) -> Problem:
    """The problem with what limits an award, and nothing that only costs something."""
    eased = without_rules(problem)
    supply = dataclasses.replace(
        eased.supply, supplier_cost={}, offer_cost={}, order_cost={}, lane_fixed_cost={}
    )
    return dataclasses.replace(
        eased,
        supply=supply,
        pricing=dataclasses.replace(eased.pricing, tiers={}),
        needs=dataclasses.replace(eased.needs, forbid_shortage=False),
        holdings=dataclasses.replace(eased.holdings, min_cover={}, max_cover={}),
        substitutions=tuple(dataclasses.replace(o, fixed_cost=0.0) for o in eased.substitutions),
        aim=Aim(),
        held={},
        split={},
        scope=EditScope(awards=asked),
    )
