"""What was decided for another world, kept in this one as far as it is possible here.

A first stage that was planned for one future is carried into another: its orders stand before
anybody can know, and its awards bind within their band.  What capacities, quotas and storage of the
new world do not let through is not filled, and what is owed to a supplier who cannot deliver is not
called off; both are quantities of their own, so that they can be kept as small as possible.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import pyomo.environ as pyo

from models.order_index import OrderIndex
from models.problem import Band, EditScope, OfferKey, Problem

Contract: TypeAlias = tuple[str, str, str]
"""supplier, item, course of orders (an outcome): the index of ``called_off``"""

UNFILLED, UNCALLED = "unfilled", "uncalled"
ORDER_KEPT, LEAST_CALLED = "order_kept", "least_called"

_FREE = Band(0.0, math.inf)


def committed(problem: Problem, bound: Mapping[OfferKey, float]) -> Problem:
    """The problem as somebody meets it who has contracted for another one.

    The award band stands around what was contracted and not around what is expected here, so it is
    no constraint of this problem but bounds on its ``called_off``.  bound: of each offer the most
    that somebody may be bound to order here, whether it is needed or not.
    """
    supply = replace(problem.supply, call_off={})
    return replace(problem, supply=supply, scope=EditScope(awards=bound))


def bands(problem: Problem, call_off: Mapping[OfferKey, Band]) -> Mapping[Contract, Band]:
    """The least and the most of an award that is called off in each course of orders.

    call_off: the band of every offer; a problem with one outcome has none of its own.  Nothing is
    owed in a course in each of whose outcomes some order would not come in full: force majeure.
    """
    ix = OrderIndex(problem)
    last = problem.horizon.periods
    sharing: dict[str, list[str]] = {}
    for w in ix.outcomes:
        sharing.setdefault(ix.decided_in(last, w), []).append(w)
    found = {}
    for offer in ix.lanes_of_offer:
        band = call_off.get(offer, _FREE)
        for course, outcomes in sharing.items():
            excused = all((offer, w) in ix.excused for w in outcomes)
            found[*offer, course] = Band(0.0, band.most) if excused else band
    return found


def with_shortfalls(m: Any, periods: Collection[int]) -> None:
    r"""Add to a model what is not filled of orders of these periods, and not called off of awards.

    .. math:: order_{l,t,w} + unfilled_{l,t,w} = kept_{l,t} \qquad
              called\_off_{o,w} + uncalled_{o,w} \ge least_o\, award^{kept}_o

    The right-hand sides are 0 here; whoever keeps a first stage edits them.
    """
    orders = [key for key in m.order if key[4] in periods]
    m.unfilled = pyo.Var(orders, domain=pyo.NonNegativeReals)
    m.order_kept = pyo.Constraint(orders, rule=lambda m, *key: m.order[key] + m.unfilled[key] == 0)
    contracts = list(m.called_off)
    m.uncalled = pyo.Var(contracts, domain=pyo.NonNegativeReals)
    m.least_called = pyo.Constraint(
        contracts, rule=lambda m, *key: m.called_off[key] + m.uncalled[key] >= 0
    )
