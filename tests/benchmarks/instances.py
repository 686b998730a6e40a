"""The registry of workbooks that speed is measured on: by size, kind and number of outcomes.

    instance("medium-milp")     what a buyer of some forty items decides, one outcome
    instance("small-lp-8")      eight outcomes: a licence refused, a fire, a tariff

Names of a size have about 10k, 100k and 1M non-zeros.  All numbers are random from a seed and
illustrative.  A MILP differs from an LP only by what needs a yes or no.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country
from tests.benchmarks.quotes import Market
from tests.small import small

SEED = 1
COUNTRIES = ("CN", "VN", "ID", "JP", "AU", "US", "IN", "KR")
_OUTCOMES = 8


@dataclass(frozen=True)
class Size:
    """How much of everything: quotes are offers of an item."""

    items: int
    suppliers: int
    sites: int
    periods: int
    quotes: int


@dataclass(frozen=True)
class Spec:
    """One entry of the registry."""

    size: Size
    whole_numbers: bool
    outcomes: int = 1


_SIZES = {
    "small-lp": Size(items=15, suppliers=10, sites=2, periods=11, quotes=5),
    "small-milp": Size(items=12, suppliers=10, sites=2, periods=9, quotes=5),
    "small-lp-8": Size(items=12, suppliers=8, sites=1, periods=6, quotes=4),
    "small-milp-8": Size(items=10, suppliers=8, sites=1, periods=6, quotes=4),
    "medium-lp": Size(items=60, suppliers=20, sites=4, periods=12, quotes=6),
    "medium-milp": Size(items=45, suppliers=20, sites=4, periods=12, quotes=6),
    "medium-lp-8": Size(items=30, suppliers=12, sites=2, periods=9, quotes=6),
    "medium-milp-8": Size(items=26, suppliers=12, sites=2, periods=9, quotes=5),
    "large-lp": Size(items=232, suppliers=60, sites=8, periods=18, quotes=5),
    "large-milp": Size(items=190, suppliers=60, sites=8, periods=18, quotes=5),
    "large-lp-8": Size(items=110, suppliers=30, sites=4, periods=11, quotes=6),
    "large-milp-8": Size(items=90, suppliers=30, sites=4, periods=11, quotes=6),
}

SPECS: dict[str, Spec] = {
    name: Spec(size, "milp" in name, _OUTCOMES if name.endswith("-8") else 1)
    for name, size in _SIZES.items()
}
"""All entries by name."""


def instance(name: str, seed: int = SEED) -> Data:
    """The workbook of that name as checked data; KeyError if there is none."""
    spec = SPECS[name]
    rng = random.Random(f"{name} {seed}")
    size = spec.size
    items = [f"P{n:03d}" for n in range(size.items)]
    sites = [f"S{n:02d}" for n in range(size.sites)]
    market = Market(rng, items, sites, size.suppliers, size.periods, COUNTRIES)
    demand, offers = market.demand(), market.offers(size.quotes)
    tables: dict[str, Any] = {
        "settings": Settings(
            name=name, start="2025-01", periods=size.periods, holding_rate=0.15, discount_rate=0.08
        ),
        "items": [
            Item(item=item, family=f"F{n % 5}", shortage_cost=round(8 * market.price[item], 2))
            for n, item in enumerate(items)
        ],
        "sites": [Site(site=site, country="IN") for site in sites],
        "countries": [Country(country=country) for country in COUNTRIES],
        "demand": demand,
        "stock": market.stock(demand),
        "suppliers": market.suppliers(),
        "offers": offers,
        "lanes": market.lanes(),
        "rules": _shares(),
    }
    if spec.whole_numbers:
        tables["suppliers"] = market.with_costs(tables["suppliers"])
        tables["offers"] = market.with_minimums(offers)
        tables["lanes"] = market.with_approvals(tables["lanes"])
        tables["price_breaks"] = market.price_breaks(offers)
        tables["rules"] = [*_shares(), *_concentration()]
    if spec.outcomes > 1:
        tables["risks"] = _three_risks()
    return small(**tables)


def _shares() -> list[Rule]:
    return [
        Rule(rule="made_in_cn", dimension="country", member=("CN",), metric="share", sense="max",
             limit=0.55),
        Rule(rule="one_supplier", dimension="supplier", metric="share", sense="max", limit=0.2),
    ]  # fmt: skip


def _concentration() -> list[Rule]:
    return [
        Rule(rule="concentration", dimension="country", metric="hhi", sense="max", limit=3500),
        Rule(rule="second_source", dimension="supplier", metric="count", sense="min", limit=2,
             family="F0"),
    ]  # fmt: skip


def _three_risks() -> list[RiskEffect]:
    """Three causes of two results each: eight outcomes, known after different times."""
    return [
        RiskEffect(risk="export stop", result="refused", probability=0.25, scope="country",
                   target="CN", from_period=3, deliverable=0.2),
        RiskEffect(risk="fire", result="burnt", probability=0.1, scope="supplier", target="K001",
                   from_period=2, to_period=5, deliverable=0.0),
        RiskEffect(risk="tariff", result="raised", probability=0.3, scope="country", target="VN",
                   from_period=4, price_factor=1.2),
    ]  # fmt: skip
