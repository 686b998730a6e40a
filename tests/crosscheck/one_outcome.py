"""A problem as it is in one outcome: what happens there, happens for certain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from models.problem import Aim, Problem

HERE = "here"
"""The one outcome's name: the variables of all outcomes are called alike."""

V = TypeVar("V")


def only(problem: Problem, w: str, never_full: float) -> Problem:
    """The problem of outcome w alone.

    Lanes and order periods stay those of all outcomes, so that each outcome has the same orders.
    Every lane has a capacity, if need be one that it never reaches: the formulation keeps only one
    of unlimited lanes on which an order comes to nothing, and which they are differs by outcome.
    """
    supply, needs, holdings = problem.supply, problem.needs, problem.holdings
    rows = {lane: supply.lane_row.get(lane, "without a row") for lane in supply.lanes}
    return replace(
        problem,
        outcomes={HERE: 1.0},
        supply=replace(
            supply,
            arrival=_of(w, supply.arrival),
            landed=_of(w, supply.landed),
            deliverable=_of(w, supply.deliverable),
            lane_row=rows,
            row_capacity={row: supply.row_capacity.get(row, never_full) for row in rows.values()},
        ),
        needs=replace(needs, demand=_of(w, needs.demand)),
        holdings=replace(
            holdings,
            open_orders=_of(w, holdings.open_orders),
            min_cover=_of(w, holdings.min_cover),
            max_cover=_of(w, holdings.max_cover),
        ),
        shares_orders={},
        late_orders_pro_rata=False,
        aim=Aim(),
    )


def _of(w: str, numbers: Mapping[Any, V]) -> dict[Any, V]:
    """The numbers of outcome w; the outcome is the last part of the key."""
    return {(*key[:-1], HERE): number for key, number in numbers.items() if key[-1] == w}
