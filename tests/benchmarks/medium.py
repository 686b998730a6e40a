"""A workbook of random numbers for sweeps: large enough that a solve from nothing takes seconds.

It lies between the small and the medium ones of the registry (`instances.py`).  Many a solve of
`small-milp` ends with a first phase of three seconds, so that a sweep beside it compares limits of
time; `medium-milp` takes a minute or more for each of the ten limits.
"""

from __future__ import annotations

import random

from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site
from optimizer.contract.policy import Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Lane, Offer, PriceBreak, Supplier
from tests.small import need, small

SUPPLIERS, ITEMS, SITES, PERIODS = 12, 15, 2, 6
COUNTRIES = ("X", "Y", "Z", "V")
CHEAP = "X"
QUOTED = 0.6
BREAKS = ((0.3, 0.95), (0.6, 0.9))


def medium(seed: int) -> Data:
    """12 suppliers, 15 items, 2 sites, 6 quarters; sources in country X are a third cheaper.

    Fixed costs of suppliers and lanes, minimum orders and order costs, price breaks, capacities,
    a share cap on country X and one on every supplier.
    """
    rng = random.Random(seed)
    items = [f"P{n:02d}" for n in range(ITEMS)]
    sites = [f"S{n}" for n in range(SITES)]
    makers = {f"K{n:02d}": COUNTRIES[n % len(COUNTRIES)] for n in range(SUPPLIERS)}
    size = {item: rng.uniform(200, 2000) for item in items}
    price = {item: rng.uniform(5, 50) for item in items}
    offers = [
        _offer(rng, maker, item, size[item], price[item] * (0.67 if country == CHEAP else 1.0))
        for maker, country in makers.items()
        for item in items
        if rng.random() < QUOTED
    ]
    return small(
        settings=Settings(start="2025", period="quarter", holding_rate=0.15, discount_rate=0.08),
        items=[Item(item=item, unit_value=price[item], shortage_cost=8 * price[item])
               for item in items],
        sites=[Site(site=site) for site in sites],
        countries=[Country(country=country) for country in COUNTRIES],
        suppliers=[
            Supplier(supplier=maker, country=country, onboarding_cost=rng.uniform(5e3, 4e4),
                     capacity=rng.uniform(4000, 9000))
            for maker, country in makers.items()
        ],
        demand=[
            row
            for item in items
            for site in sites
            for row in need(*(round(size[item] * rng.uniform(0.6, 1.4)) for _ in range(PERIODS)),
                            item=item, site=site)
        ],
        offers=offers,
        lanes=[
            Lane(supplier=maker, site=site, freight=rng.uniform(0.2, 2.0),
                 fixed_cost=rng.uniform(1e3, 8e3))
            for maker in makers
            for site in sites
        ],
        price_breaks=[
            PriceBreak(supplier=one.supplier, item=one.item, price=one.price * factor,
                       from_quantity=round(size[one.item] * PERIODS * SITES * share))
            for one in offers
            if rng.random() < 0.3
            for share, factor in BREAKS
        ],
        rules=[
            Rule(rule="made_in_x", dimension="country", member=(CHEAP,), metric="share",
                 sense="max", limit=0.6),
            Rule(rule="supplier_share", dimension="supplier", metric="share", sense="max",
                 limit=0.4),
        ],
    )  # fmt: skip


def _offer(rng: random.Random, maker: str, item: str, size: float, price: float) -> Offer:
    return Offer(
        supplier=maker,
        item=item,
        price=round(price * rng.uniform(0.9, 1.25), 2),
        min_order=round(size * rng.choice((0.0, 0.2, 0.5))),
        order_cost=rng.choice((0.0, 100.0, 300.0)),
    )
