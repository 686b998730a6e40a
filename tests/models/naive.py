"""The same decisions written again, as a textbook would: one big M, nothing disaggregated.

For certain workbooks with one site, one period and free lanes: what an offer delivers is one
number, every yes-or-no exists, every link has the same M, and the price of a tier is chosen by a
binary on the whole quantity. It shares no code with the formulation but the rows of the workbook.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.contract.data import Data

M = 500.0


def naive(data: Data) -> pyo.ConcreteModel:
    """The cheapest plan for a workbook of one site, one period and one end use."""
    offers = {(o.supplier, o.item): o for o in data.offers}
    needed = {row.item: row.quantity for row in data.demand}
    items = {row.item: row for row in data.items}
    model = pyo.ConcreteModel()
    model.bought = pyo.Var(list(offers), bounds=(0, M))
    model.any = pyo.Var(list(offers), domain=pyo.Binary)
    model.supplier = pyo.Var([row.supplier for row in data.suppliers], domain=pyo.Binary)
    model.missing = pyo.Var(list(needed), bounds=(0, None))
    model.left = pyo.Var(list(needed), bounds=(0, None))
    model.rows = pyo.ConstraintList()
    paid = []
    for key, offer in offers.items():
        model.rows.add(model.bought[key] <= M * model.any[key])
        model.rows.add(model.any[key] <= model.supplier[offer.supplier])
        if offer.capacity < M:
            model.rows.add(model.bought[key] <= offer.capacity)
        least = max(offer.min_award, offer.min_order)
        model.rows.add(model.bought[key] >= least * model.any[key])
        paid.append((offer.switching_cost + offer.order_cost) * model.any[key])
        paid.append(_price(model, key, offer.price, data))
    for item, quantity in needed.items():
        total = sum(model.bought[key] for key in offers if key[1] == item)
        model.rows.add(total + model.missing[item] - model.left[item] == quantity)
        model.rows.add(model.left[item] <= M)
        paid.append(items[item].shortage_cost * model.missing[item])
        paid.append(data.settings.holding_rate * items[item].unit_value * model.left[item])
    for row in data.suppliers:
        paid.append((row.onboarding_cost + row.fixed_cost) * model.supplier[row.supplier])
        if row.capacity < M:
            theirs = [model.bought[key] for key in offers if key[0] == row.supplier]
            model.rows.add(pyo.quicksum(theirs) <= row.capacity * model.supplier[row.supplier])
    model.cost = pyo.Objective(expr=sum(paid))
    return model


def _price(model: Any, key: tuple[str, str], first: float, data: Data) -> Any:
    """What is paid for an offer: its price, or that of its breaks."""
    steps = sorted(
        (row.from_quantity, row.price, row.type)
        for row in data.price_breaks
        if (row.supplier, row.item) == key
    )
    if not steps:
        return first * model.bought[key]
    tiers = [(0.0, first), *((start, price) for start, price, _ in steps)]
    ends = [start for start, _ in tiers[1:]] + [M]
    numbers = range(len(tiers))
    name = "_".join(key)
    part = pyo.Var(numbers, bounds=(0, M))
    on = pyo.Var(numbers, domain=pyo.Binary)
    model.add_component(f"part_{name}", part)
    model.add_component(f"on_{name}", on)
    model.rows.add(sum(part[n] for n in numbers) == model.bought[key])
    if steps[0][2] == "all_units":
        model.rows.add(sum(on[n] for n in numbers) == 1)
        for n in numbers:
            model.rows.add(part[n] >= tiers[n][0] * on[n])
            model.rows.add(part[n] <= ends[n] * on[n])
    else:
        for n in numbers:
            width = ends[n] - tiers[n][0]
            model.rows.add(part[n] <= width)
            if n > 0:
                before = tiers[n][0] - tiers[n - 1][0]
                model.rows.add(part[n] <= M * on[n])
                model.rows.add(part[n - 1] >= before * on[n])
    return sum(price * part[n] for n, (_, price) in enumerate(tiers))
