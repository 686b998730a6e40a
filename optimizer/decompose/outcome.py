"""A problem as it is in one of its outcomes, with the orders and the limits of the whole."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from models.problem import Aim, EditScope, Problem

_OWN_ROW = "\0no row of Lanes"
"""The row of lanes that have none."""

HERE = "here"
"""The name of the one outcome: so the variables of all outcomes have the same names."""

V = TypeVar("V")


def only(problem: Problem, w: str) -> Problem:
    """What happens in outcome w, as a problem of its own.

    Given awards and the award band are left to the whole problem, and so are the bounds that keep
    links tight: they hold for a best plan of the whole and not for one of a single outcome.
    Lanes without a limit get an infinite one, because a model keeps only the first of unlimited
    lanes whose orders are in vain, and which are in vain differs from outcome to outcome.
    """
    supply, needs, holdings = problem.supply, problem.needs, problem.holdings
    rows = {lane: supply.lane_row.get(lane, _OWN_ROW) for lane in supply.lanes}
    return replace(
        problem,
        outcomes={HERE: 1.0},
        supply=replace(
            supply,
            arrival=_in(w, supply.arrival),
            landed=_in(w, supply.landed),
            deliverable=_in(w, supply.deliverable),
            lane_row=rows,
            row_capacity={row: supply.row_capacity.get(row, math.inf) for row in rows.values()},
        ),
        needs=replace(needs, demand=_in(w, needs.demand)),
        holdings=replace(
            holdings,
            open_orders=_in(w, holdings.open_orders),
            min_cover=_in(w, holdings.min_cover),
            max_cover=_in(w, holdings.max_cover),
        ),
        shares_orders={},
        late_orders_pro_rata=False,
        aim=Aim(),
        held={},
        split={},
        scope=EditScope(eased=problem),
    )


def _in(w: str, numbers: Mapping[Any, V]) -> dict[Any, V]:
    """The numbers of outcome w, which is the last part of their key."""
    return {(*key[:-1], HERE): number for key, number in numbers.items() if key[-1] == w}
