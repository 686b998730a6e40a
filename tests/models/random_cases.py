"""Small random workbooks in which much that can make a plan buy too much comes together."""

from __future__ import annotations

import random
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site, StockTarget
from optimizer.contract.policy import Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import CalendarRow, Country, Lane, Offer, PriceBreak, Supplier
from tests.small import need, small

SUPPLIERS = ("K", "L", "M")
ITEMS = ("P", "Q")
SITES = ("A", "B")
COUNTRIES = {"X": 9.0, "Y": 4.0, "Z": 2.0}


KINDS: tuple[dict[str, Any], ...] = (
    {"dimension": "supplier", "metric": "share", "sense": "max", "limit": 0.6},
    {"dimension": "supplier", "metric": "share", "sense": "min", "member": ("L",), "limit": 0.4},
    {"dimension": "country", "metric": "spend_share", "sense": "max", "limit": 0.5},
    {"dimension": "country", "metric": "risk", "sense": "max", "limit": 5.0},
    {"dimension": "supplier", "metric": "count", "sense": "min", "limit": 2, "counts_from": 0.2},
    {"dimension": "supplier", "metric": "count", "sense": "max", "limit": 2},
    {"dimension": "supplier", "metric": "quantity", "sense": "min", "limit": 70, "member": ("K",)},
    {"dimension": "country", "metric": "share", "sense": "max", "limit": 0.3, "member": ("X",)},
)


def workbook(seed: int) -> Data:
    """A workbook of 2 items, 3 suppliers, 1 or 2 sites and 1 to 3 years."""
    rng = random.Random(seed)
    sites = SITES[: rng.choice((1, 2))]
    years = rng.choice((1, 2, 3))
    offers = [_offer(rng, k, i) for k in SUPPLIERS for i in ITEMS if rng.random() < 0.7] or [
        _offer(rng, "K", "P")
    ]
    return small(
        settings=Settings(start="2025", period="year", holding_rate=rng.choice((0.0, 0.2))),
        demand=[
            row
            for i in ITEMS
            for s in sites
            for row in need(*(rng.choice((0, 1, 5, 20, 60)) for _ in range(years)), item=i, site=s)
        ],
        items=[Item(item=i, unit_value=10.0, shortage_cost=rng.choice((60, 300))) for i in ITEMS],
        sites=[_site(rng, s) for s in sites],
        countries=[Country(country=c, risk_score=score) for c, score in COUNTRIES.items()],
        suppliers=[_supplier(rng, k) for k in SUPPLIERS],
        offers=offers,
        lanes=[
            Lane(),
            *(Lane(supplier=k, freight=1, fixed_cost=40) for k in SUPPLIERS if rng.random() < 0.3),
        ],
        price_breaks=_breaks(rng, offers),
        calendar=[
            CalendarRow(supplier=k, period=rng.randint(1, years), price_factor=rng.choice((0.8, 2)))
            for k in SUPPLIERS
            if rng.random() < 0.3
        ],
        stock_policy=_policy(rng),
        rules=_rules(rng),
    )


def _offer(rng: random.Random, supplier: str, item: str) -> Offer:
    return Offer(
        supplier=supplier,
        item=item,
        price=rng.choice((2, 5, 10, 12, 30)),
        min_award=rng.choice((0, 0, 0, 15, 40)),
        min_order=rng.choice((0, 0, 10, 30)),
        order_cost=rng.choice((0, 0, 25)),
        capacity=rng.choice((float("inf"), float("inf"), 50)),
        switching_cost=rng.choice((0, 0, 30)),
    )


def _supplier(rng: random.Random, name: str) -> Supplier:
    return Supplier(
        supplier=name,
        country=rng.choice(tuple(COUNTRIES)),
        onboarding_cost=rng.choice((0, 50, 200)),
        available_from=rng.choice((1, 1, 1, 2)),
    )


def _site(rng: random.Random, name: str) -> Site:
    room = rng.choice((float("inf"), float("inf"), 0, 20))
    return Site(site=name, storage_capacity=room, overflow_cost=rng.choice((None, 3.0)))


def _breaks(rng: random.Random, offers: list[Offer]) -> list[PriceBreak]:
    rows = []
    for row in offers:
        if rng.random() < 0.35:
            kind = rng.choice(("all_units", "incremental"))
            for quantity, factor in ((20, 0.8), (50, 0.6)):
                rows.append(
                    PriceBreak(
                        supplier=row.supplier,
                        item=row.item,
                        from_quantity=quantity,
                        price=row.price * factor,
                        type=kind,
                    )
                )
    return rows


def _policy(rng: random.Random) -> list[StockTarget]:
    if rng.random() < 0.6:
        return []
    return [StockTarget(item=rng.choice(ITEMS), min_cover_days=120, penalty=rng.choice((2, 40)))]


def _rules(rng: random.Random) -> list[Rule]:
    chosen = rng.sample(KINDS, rng.choice((0, 1, 1, 2)))
    penalty = rng.choice((None, None, 500.0))
    return [Rule(rule=f"R{n}", penalty=penalty, **kind) for n, kind in enumerate(chosen)]
