"""A problem as tables of numbers: what a library that works on whole arrays begins with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.problem import Problem


@dataclass(frozen=True)
class Tables:
    """Rows are numbered; other columns are numbers of rows in other tables.

    lanes: offer.  orders: lane, offer, place at which they arrive, cost of a unit.  places: an item
    at a site in a period, t, demand, opening stock, cost of holding and lacking a unit.
    capacities: by name, row, order, capacity.  scopes and members: what a lane weighs.  limits: by
    member, scope and limit.
    """

    lanes: pd.DataFrame
    orders: pd.DataFrame
    places: pd.DataFrame
    capacities: dict[str, pd.DataFrame]
    scopes: pd.DataFrame
    members: pd.DataFrame
    limits: pd.DataFrame


def tables(problem: Problem) -> Tables:
    """The tables of a problem with one outcome, without anything that `large-lp` has not."""
    lanes = pd.DataFrame(problem.supply.lanes, columns=["supplier", "item", "site", "mode"])
    lanes["offer"] = lanes.groupby(["supplier", "item"], sort=False).ngroup()
    orders = _orders(problem, lanes)
    number = dict(zip(problem.supply.lanes, lanes.index, strict=True))
    scopes, members, limits = [], [], []
    for r, scope in enumerate(problem.rules):
        scopes += [(r, number[lane], weight) for lane, weight in scope.total.items()]
        for (member,) in scope.groups:
            found = scope.members.get(member, {})
            members += [(len(limits), number[lane], weight) for lane, weight in found.items()]
            limits.append((r, scope.limit))
    return Tables(
        lanes=lanes,
        orders=orders,
        places=_places(problem),
        capacities=_capacities(problem, orders),
        scopes=pd.DataFrame(scopes, columns=["scope", "lane", "weight"]),
        members=pd.DataFrame(members, columns=["member", "lane", "weight"]),
        limits=pd.DataFrame(limits, columns=["scope", "limit"]),
    )


def _orders(problem: Problem, lanes: pd.DataFrame) -> pd.DataFrame:
    supply, (outcome,) = problem.supply, problem.outcomes
    keys = [(lane, t, outcome) for lane, t in supply.order_periods]
    number = dict(zip(supply.lanes, lanes.index, strict=True))
    found = lanes.loc[[number[lane] for lane, _, _ in keys]].reset_index(names="lane")
    found["t"] = [t for _, t, _ in keys]
    arrival = np.array([supply.arrival[key] for key in keys])
    shelf = {key: n for n, key in enumerate(_item_sites(problem))}
    at = np.array([shelf[key] for key in zip(found["item"], found["site"], strict=True)])
    found["place"] = at * problem.horizon.periods + arrival - 1
    landed = np.array([supply.landed[key] for key in keys])
    found["cost"] = landed * np.array(problem.horizon.discount)[arrival - 1]
    return found


def _places(problem: Problem) -> pd.DataFrame:
    needs, (outcome,) = problem.needs, problem.outcomes
    rows = [(i, s, t) for i, s in _item_sites(problem) for t in problem.horizon.numbers]
    found = pd.DataFrame(rows, columns=["item", "site", "t"])
    uses = {(i, s): e for (i, s, e), _, _ in needs.demand}
    found["demand"] = [needs.demand.get(((i, s, uses[i, s]), t, outcome), 0.0) for i, s, t in rows]
    discount = np.array(problem.horizon.discount)[found["t"] - 1]
    opening: dict[tuple[str, str], float] = defaultdict(float)
    for (item, site, _), quantity in problem.holdings.opening.items():
        opening[item, site] += quantity
    keys = zip(found["item"], found["site"], found["t"], strict=True)
    found["opening"] = [opening[i, s] if t == 1 else 0.0 for i, s, t in keys]
    found["holding"] = found["item"].map(dict(problem.holdings.holding_cost)).fillna(0.0) * discount
    found["lost"] = found["item"].map(dict(needs.shortage_cost)) * discount
    return found


def _item_sites(problem: Problem) -> list[tuple[str, str]]:
    return sorted({(i, s) for (i, s, _), _, _ in problem.needs.demand})


def _capacities(problem: Problem, orders: pd.DataFrame) -> dict[str, pd.DataFrame]:
    supply = problem.supply
    offer = orders[["supplier", "item", "t"]].drop_duplicates()
    offer["capacity"] = [
        supply.offer_capacity[(k, i), t] for k, i, t in offer.itertuples(index=False)
    ]
    supplier = offer.groupby(["supplier", "t"], as_index=False)["capacity"].sum()
    own = np.array([supply.supplier_capacity[k, t] for k, t, _ in supplier.itertuples(index=False)])
    supplier = supplier.assign(capacity=own)[supplier["capacity"] > own]
    return {
        "offer_capacity": _limited(orders, offer),
        "supplier_capacity": _limited(orders, supplier),
    }


def _limited(orders: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """The orders under each limit: row, order, capacity."""
    limits = limits.assign(row=np.arange(len(limits)))
    keys = [name for name in limits if name not in ("row", "capacity")]
    found = orders.reset_index(names="order").merge(limits, on=keys)
    return found[["row", "order", "capacity"]]
