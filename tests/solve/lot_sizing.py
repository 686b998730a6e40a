"""Sourcing models of chosen size, made from a seed.

Offers with capacities and minimum orders, suppliers that cost money to use, price breaks on the
volume of the horizon, shares of suppliers and of a dear-to-avoid country, stock in two classes at
several sites fed by a slow and a fast mode. The kind of model whose relaxation says little about
which orders to place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo


@dataclass(frozen=True)
class Size:
    """How large a made-up case is, and from which seed."""

    items: int = 9
    suppliers: int = 20
    offers: int = 50
    sites: int = 4
    periods: int = 18
    seed: int = 0


@dataclass(frozen=True)
class Offer:
    """What a supplier can deliver of an item; capacity and minimum per period."""

    supplier: int
    item: int
    price: float
    capacity: float
    minimum_order: float
    qualification: float
    first_period: int
    breaks: tuple[tuple[float, float], ...]


def sourcing_model(size: Size) -> pyo.ConcreteModel:
    """A mixed-integer sourcing model of this size."""
    rng = np.random.default_rng(size.seed)
    periods = range(1, size.periods + 1)
    sites = range(size.sites)
    items = range(size.items)
    monthly = rng.uniform(0.5, 10.0, size.items)
    wanted = [(i, s) for i in items for s in sites if s == i % size.sites or rng.random() < 0.6]
    parts = {i: sum(1 for j, _ in wanted if j == i) for i in items}
    demand = {
        (i, s, e, t): monthly[i] / parts[i] * share * rng.uniform(0.9, 1.1)
        for i, s in wanted
        for e, share in enumerate((0.85, 0.15))
        for t in periods
    }
    total = sum(demand.values())
    need = {i: sum(q for (j, *_), q in demand.items() if j == i) / size.periods for i in items}
    base = rng.uniform(5.0, 100.0, size.items)
    home = range(max(1, size.suppliers // 4))
    offers = _offers(size, rng, need, base, home)
    lanes = [
        (o, s, mode)
        for o in range(len(offers))
        for i, s in wanted
        if offers[o].item == i
        for mode in (0, 1)
    ]
    transit = {o: int(rng.integers(1, 3)) for o in range(len(offers))}

    def arrival(o: int, mode: int, t: int) -> int:
        return t + transit[o] + (1 if mode == 0 else 0)

    def landed(o: int, mode: int) -> float:
        freight = 0.4 if mode == 0 else 5.5
        duty = 0.08 if offers[o].supplier in home else 0.02
        return offers[o].price * (1 + duty) + freight

    m = pyo.ConcreteModel()
    orderable = [
        (o, s, mode, t)
        for o, s, mode in lanes
        for t in periods
        if t >= offers[o].first_period and arrival(o, mode, t) <= size.periods
    ]
    m.order = pyo.Var(orderable, bounds=(0, None))
    placeable = sorted({(o, t) for o, _, _, t in orderable})
    m.placed = pyo.Var(placeable, domain=pyo.Binary)
    used = sorted({offers[o].supplier for o, _ in placeable})
    m.use = pyo.Var(used, domain=pyo.Binary)
    m.awarded = pyo.Var(sorted({o for o, _ in placeable}), domain=pyo.Binary)
    classes = (0, 1)
    m.stock = pyo.Var(
        [(i, s, g, t) for i, s in wanted for g in classes for t in periods], bounds=(0, None)
    )
    serves = [
        (i, s, g, e, t) for (i, s, e, t) in demand for g in classes if not (g == 1 and e == 1)
    ]
    m.issue = pyo.Var(serves, bounds=(0, None))
    m.shortage = pyo.Var(list(demand), bounds=(0, None))
    m.thin = pyo.Var([(i, s, t) for i, s in wanted for t in periods], bounds=(0, None))
    m.overflow = pyo.Var([(s, t) for s in sites for t in periods], bounds=(0, None))

    by_offer_period: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}
    arriving: dict[tuple[int, int, int, int], list[tuple[int, int, int, int]]] = {}
    for o, s, mode, t in orderable:
        by_offer_period.setdefault((o, t), []).append((o, s, mode, t))
        group = 1 if offers[o].supplier in home else 0
        key = (offers[o].item, s, group, arrival(o, mode, t))
        arriving.setdefault(key, []).append((o, s, mode, t))

    @m.Constraint(placeable)
    def order_most(m: pyo.ConcreteModel, o: int, t: int) -> object:
        return sum(m.order[l] for l in by_offer_period[o, t]) <= offers[o].capacity * m.placed[o, t]

    @m.Constraint(placeable)
    def order_least(m: pyo.ConcreteModel, o: int, t: int) -> object:
        return (
            sum(m.order[l] for l in by_offer_period[o, t])
            >= offers[o].minimum_order * m.placed[o, t]
        )

    @m.Constraint(placeable)
    def placed_if_awarded(m: pyo.ConcreteModel, o: int, t: int) -> object:
        return m.placed[o, t] <= m.awarded[o]

    @m.Constraint(list(m.awarded))
    def awarded_if_used(m: pyo.ConcreteModel, o: int) -> object:
        return m.awarded[o] <= m.use[offers[o].supplier]

    @m.Constraint([(k, t) for k in used for t in periods])
    def supplier_capacity(m: pyo.ConcreteModel, k: int, t: int) -> object:
        mine = [o for o in range(len(offers)) if offers[o].supplier == k and (o, t) in m.placed]
        if len(mine) < 2:
            return pyo.Constraint.Skip
        room = 0.7 * sum(offers[o].capacity for o in mine)
        return sum(m.order[l] for o in mine for l in by_offer_period[o, t]) <= room * m.use[k]

    coming = {
        (i, s, g): [float(monthly[i] / parts[i] * rng.uniform(0.2, 0.8)) for _ in range(4)]
        for i, s in wanted
        for g in classes
    }

    @m.Constraint(list(m.stock))
    def balance(m: pyo.ConcreteModel, i: int, s: int, g: int, t: int) -> object:
        before = m.stock[i, s, g, t - 1] if t > 1 else coming[i, s, g][0]
        fixed = coming[i, s, g][t] if t < 4 else 0.0
        issued = sum(m.issue[i, s, g, e, t] for e in (0, 1) if (i, s, g, e, t) in m.issue)
        came = sum(m.order[l] for l in arriving.get((i, s, g, t), ()))
        return before + fixed + came - issued == m.stock[i, s, g, t]

    @m.Constraint(list(demand))
    def meet(m: pyo.ConcreteModel, i: int, s: int, e: int, t: int) -> object:
        return (
            sum(m.issue[i, s, g, e, t] for g in classes if (i, s, g, e, t) in m.issue)
            + m.shortage[i, s, e, t]
            == demand[i, s, e, t]
        )

    @m.Constraint(list(m.thin))
    def cover(m: pyo.ConcreteModel, i: int, s: int, t: int) -> object:
        target = sum(demand[i, s, e, min(t + 1, size.periods)] for e in (0, 1))
        return sum(m.stock[i, s, g, t] for g in classes) + m.thin[i, s, t] >= target

    room = {s: 3.0 * sum(monthly[i] / parts[i] for i, q in wanted if q == s) for s in sites}

    @m.Constraint(list(m.overflow))
    def storage(m: pyo.ConcreteModel, s: int, t: int) -> object:
        here = [m.stock[i, s, g, t] for i, q in wanted if q == s for g in classes]
        return sum(here) <= room[s] + m.overflow[s, t] if here else pyo.Constraint.Skip

    m.volume = pyo.Var(list(m.awarded), bounds=(0, None))
    volume = m.volume

    @m.Constraint(list(m.awarded))
    def volume_is(m: pyo.ConcreteModel, o: int) -> object:
        orders = [l for (p, _), ls in by_offer_period.items() if p == o for l in ls]
        return m.volume[o] == sum(m.order[l] for l in orders)

    tiers = [(o, n) for o in m.awarded for n in range(len(offers[o].breaks))]
    m.tier = pyo.Var(tiers, domain=pyo.Binary)
    m.tier_volume = pyo.Var(tiers, bounds=(0, None))

    @m.Constraint(list(m.awarded))
    def tiers_make_volume(m: pyo.ConcreteModel, o: int) -> object:
        return sum(m.tier_volume[o, n] for n in range(len(offers[o].breaks))) == volume[o]

    @m.Constraint(list(m.awarded))
    def one_tier(m: pyo.ConcreteModel, o: int) -> object:
        return sum(m.tier[o, n] for n in range(len(offers[o].breaks))) == m.awarded[o]

    @m.Constraint(tiers)
    def tier_least(m: pyo.ConcreteModel, o: int, n: int) -> object:
        return m.tier_volume[o, n] >= offers[o].breaks[n][0] * m.tier[o, n]

    @m.Constraint(tiers)
    def tier_most(m: pyo.ConcreteModel, o: int, n: int) -> object:
        bought = offers[o].breaks
        most = bought[n + 1][0] if n + 1 < len(bought) else offers[o].capacity * size.periods
        return m.tier_volume[o, n] <= most * m.tier[o, n]

    m.bought = pyo.Var(bounds=(0, 2 * total))
    m.total = pyo.Constraint(expr=m.bought == sum(m.volume[o] for o in m.awarded))

    @m.Constraint(used)
    def supplier_share(m: pyo.ConcreteModel, k: int) -> object:
        return sum(volume[o] for o in m.awarded if offers[o].supplier == k) <= 0.3 * m.bought

    m.home_share = pyo.Constraint(
        expr=sum(volume[o] for o in m.awarded if offers[o].supplier in home) <= 0.6 * m.bought
    )
    use_cost = {
        k: float(rng.uniform(20, 50) + (rng.random() < 0.6) * rng.uniform(40, 120)) for k in used
    }
    dearest = {
        i: 10 * max(landed(o, 1) for o in range(len(offers)) if offers[o].item == i)
        for i in items
        if any(offer.item == i for offer in offers)
    }
    m.cost = pyo.Objective(
        expr=sum(landed(o, mode) * m.order[o, s, mode, t] for o, s, mode, t in orderable)
        + sum(use_cost[k] * m.use[k] for k in used)
        + sum(offers[o].qualification * m.awarded[o] for o in m.awarded)
        - sum(offers[o].breaks[n][1] * m.tier_volume[o, n] for o, n in tiers)
        + sum(0.01 * base[i] * m.stock[i, s, g, t] for i, s, g, t in m.stock)
        + sum(dearest.get(i, 10 * base[i]) * m.shortage[i, s, e, t] for i, s, e, t in m.shortage)
        + sum(0.3 * base[i] * m.thin[i, s, t] for i, s, t in m.thin)
        + sum(0.5 * float(base.mean()) * m.overflow[s, t] for s, t in m.overflow)
    )
    return m


def _offers(
    size: Size, rng: np.random.Generator, need: dict[int, float], base: np.ndarray, home: range
) -> list[Offer]:
    pairs = [(k, i) for k in range(size.suppliers) for i in range(size.items)]
    chosen = rng.choice(len(pairs), size=min(size.offers, len(pairs)), replace=False)
    offers = []
    for number in sorted(chosen):
        supplier, item = pairs[number]
        near = supplier in home
        price = float(base[item] * (rng.uniform(0.95, 1.05) if near else rng.uniform(1.12, 1.6)))
        capacity = float(need[item] * (rng.uniform(0.4, 1.0) if near else rng.uniform(0.15, 0.5)))
        known = near or rng.random() < 0.4
        breaks = (
            (0.0, 0.0),
            (0.25 * capacity * 12, 0.02 * price),
            (0.6 * capacity * 12, 0.04 * price),
        )
        offers.append(
            Offer(
                supplier,
                item,
                price,
                capacity,
                float(capacity * rng.uniform(0.05, 0.35)),
                0.0 if known else float(rng.uniform(30, 160)),
                1 if known else int(rng.integers(3, 7)),
                breaks,
            )
        )
    return offers
