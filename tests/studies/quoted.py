"""Random small workbooks of quotes, some of which lose: for questions about prices.

What depends on prices by default (shortage costs, values of goods) is written out, so that another
price changes a price and nothing else.
"""

from __future__ import annotations

import dataclasses
import random
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.api.course import Course, options_of
from optimizer.api.solving import best_of
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import (
    CalendarRow,
    Country,
    Currency,
    Lane,
    Offer,
    PriceBreak,
    Project,
    Supplier,
)
from optimizer.studies.optimum import Optimum
from tests.small import need, small

SUPPLIERS = {"K": "X", "L": "Y", "M": "Z"}
ITEMS = ("P", "Q")
SITES = ("A", "B")
RULES: tuple[Mapping[str, Any], ...] = (
    {"dimension": "supplier", "metric": "share", "sense": "max", "limit": 0.7},
    {"dimension": "country", "metric": "share", "sense": "max", "limit": 0.5, "member": ("X",)},
    {"dimension": "supplier", "metric": "count", "sense": "min", "limit": 2, "counts_from": 0.2},
    {"dimension": "country", "metric": "risk", "sense": "max", "limit": 6.0},
    {"dimension": "supplier", "metric": "quantity", "sense": "max", "limit": 90, "member": ("K",)},
)


def quoted(seed: int, items: Sequence[str] = ITEMS, **settings: Any) -> Data:
    """2 items, 3 suppliers, 2 sites, 2 or 3 periods; discounting, duties, currencies, minimums."""
    rng = random.Random(seed)
    periods = rng.choice((2, 3))
    offers = [
        _offer(rng, supplier, item)
        for supplier in SUPPLIERS
        for item in items
        if rng.random() < 0.8
    ] or [_offer(rng, "K", items[0])]
    given = {"start": "2025", "period": "year", "discount_rate": rng.choice((0.0, 0.1)),
             "holding_rate": 0.1, "gap": 1e-9, "threads": 1,
             "duty_on": rng.choice(("price", "price_and_freight")), **settings}  # fmt: skip
    return small(
        settings=Settings(**given),
        currencies=[Currency(currency="EUR", rate=1.25)],
        items=[
            Item(item=item, unit_value=10.0, shortage_cost=80.0, weight=weight)
            for item, weight in zip(ITEMS, (1.0, 2.5), strict=True)
            if item in items
        ],
        demand=[
            row
            for item in items
            for site in SITES
            for row in need(
                *(rng.choice((5, 10, 30)) for _ in range(periods)), item=item, site=site
            )
        ],
        countries=[
            Country(country=name, risk_score=score)
            for name, score in zip("XYZ", (9.0, 5.0, 2.0), strict=True)
        ],
        suppliers=[
            Supplier(
                supplier=name,
                country=country,
                onboarding_cost=rng.choice((0.0, 60.0)),
                capacity=rng.choice((float("inf"), 60.0)),
            )
            for name, country in SUPPLIERS.items()
        ],
        offers=offers,
        lanes=[
            Lane(freight=0.5, duty_rate=0.05),
            *(
                Lane(supplier=name, site="B", freight=2.0, duty_rate=0.2, transit_days=transit)
                for name, transit in zip(SUPPLIERS, (0, 365, 0), strict=True)
                if rng.random() < 0.6
            ),
        ],
        price_breaks=_breaks(rng, offers),
        calendar=[
            CalendarRow(supplier=rng.choice(tuple(SUPPLIERS)), period=1, price_factor=1.3)
        ],
        rules=[
            Rule(rule=f"R{n}", penalty=rng.choice((None, 400.0)), **rule)
            for n, rule in enumerate(rng.sample(RULES, rng.choice((1, 2))))
        ],
    )  # fmt: skip


def at_risk(seed: int, **settings: Any) -> Data:
    """The same with one item, a source that may deliver half, and another that may get dearer."""
    stop = RiskEffect(risk="stop", result="halved", probability=0.4, scope="supplier", target="K",
                      deliverable=0.5, price_factor=1.2)  # fmt: skip
    dearer = RiskEffect(risk="fx", result="dearer", probability=0.3, scope="country", target="Y",
                        price_add=2.0)  # fmt: skip
    return dataclasses.replace(quoted(seed, ITEMS[:1], **settings), risks=(stop, dearer))


def with_project(data: Data, **changes: Any) -> Data:
    """The data with a project that adds capacity at K."""
    given = {"project": "plant", "supplier": "K", "capacity": 30.0, "capex": 500.0,
             "build_days": 1, "life_years": 5, "max_modules": 1, "incentive": 1.0,
             **changes}  # fmt: skip
    suppliers = tuple(
        dataclasses.replace(row, capacity=10.0) if row.supplier == "K" else row
        for row in data.suppliers
    )
    return dataclasses.replace(data, suppliers=suppliers, projects=(Project(**given),))


def best(data: Data) -> Optimum:
    """The best plan."""
    course = Course(options_of(data), None, threading.Event())
    return best_of(data, assemble(data), course)


def _offer(rng: random.Random, supplier: str, item: str) -> Offer:
    return Offer(
        supplier=supplier,
        item=item,
        price=rng.choice((6.0, 8.0, 11.0, 15.0)),
        currency=rng.choice((None, "EUR")),
        min_order=rng.choice((0.0, 0.0, 8.0)),
        order_cost=rng.choice((0.0, 20.0)),
        min_award=rng.choice((0.0, 0.0, 12.0)),
        capacity=rng.choice((float("inf"), 40.0)),
        switching_cost=rng.choice((0.0, 30.0)),
    )


def _breaks(rng: random.Random, offers: list[Offer]) -> list[PriceBreak]:
    kind = rng.choice(("all_units", "incremental"))
    return [
        PriceBreak(supplier=offer.supplier, item=offer.item, from_quantity=10.0,
                   price=0.9 * offer.price, type=kind)
        for offer in offers
        if rng.random() < 0.3
    ]  # fmt: skip
