"""The least that an item can be short of, with everything else served as well as in a plan."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyomo.environ as pyo
from pyomo.environ import quicksum

from models.build import build
from models.problem import Problem

_ROOM = 1e-6


def without_minimums(problem: Problem) -> Problem:
    """The problem without rules and minimums; what is left nobody can decide otherwise."""
    supply = replace(problem.supply, min_award={}, min_order={}, call_off={}, overbooking=math.inf)
    return replace(problem, supply=supply, rules=(), held={}, split={})


def build_least_short(problem: Problem, item: str, others: Mapping[str, float]) -> Any:
    """The Pyomo model that minimises the expected shortage of an item, late after T included.

    ``others``: item -> the expected shortage that it may have at most; absent: any (unit).

    Raises ImpossibleError (models.build) if a constraint without a single variable does not hold.
    """
    m = build(problem)
    m.del_component(m.cost)
    m.least = pyo.Objective(expr=_short(m, item), sense=pyo.minimize)
    limited = sorted(other for other in others if other != item and other in _items(problem))
    m.others_served = pyo.Constraint(
        limited, rule=lambda m, other: _short(m, other) <= others[other] + _ROOM
    )
    return m


def _items(problem: Problem) -> set[str]:
    return {need[0] for need, _, _ in problem.needs.demand}


def _short(m: Any, item: str) -> Any:
    """What is lost of an item in any period, or still owed after T, expected over outcomes."""
    chance, last = m.ix.problem.outcomes, m.ix.problem.horizon.periods
    lost = (chance[key[-1]] * m.shortage[key] for key in m.shortage if key[0] == item)
    owed = (chance[key[-1]] * m.late[key] for key in m.late if key[0] == item and key[-2] == last)
    return quicksum(lost) + quicksum(owed)
