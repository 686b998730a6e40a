"""A model that asks how much of given awards can be contracted at all, whatever it costs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pyomo.environ as pyo

from models.build import build
from models.carry import without_rules
from models.problem import Aim, EditScope, OfferKey, Problem


def build_asked(
    problem: Problem, asked: Mapping[OfferKey, float], weight: Mapping[str, float]
) -> pyo.ConcreteModel:
    """The model whose optimum misses least of the asked awards; nobody else gets anything.

    asked: quantity over the horizon.  weight: what a unit of an item counts; 1 where it has none.
    What holds is what is physical or contracted: capacities, dates, quotas, storages, largest
    awards, minimum orders, the call-off band.  Raises ImpossibleError as `build` does.
    """
    wanted = {offer: quantity for offer, quantity in asked.items() if quantity > 0}
    m = build(_physical(problem, wanted))
    missing = []
    for offer, award in m.award.items():
        most = wanted.get(offer, 0.0)
        award.setub(most)
        missing.append((weight.get(offer[1], 0.0) or 1.0) * (most - award))
    m.del_component("cost")
    m.cost = pyo.Objective(expr=pyo.quicksum(missing), sense=pyo.minimize)
    return m


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
