"""A random case while it is being drawn: who is in it, how long it lasts, and its tables."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from optimizer.contract.data import Data
from optimizer.contract.goods import Demand, Item, Site
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Currency, Offer, Supplier
from tests.laws.names import (
    COUNTRIES,
    DAYS,
    END_USES,
    FOREIGN,
    ITEMS,
    PER_YEAR,
    SITES,
    SUPPLIERS,
    Draw,
    amount,
    one_of,
    share,
    some_of,
    sometimes,
)
from tests.small import small

MAX_PERIODS = 4


class Feature(StrEnum):
    """What a case may have beyond prices and demand."""

    CAPACITY = "capacity"
    AWARDS = "minimum and maximum awards, and what an award costs"
    ORDERS = "minimum orders and order costs"
    BREAKS = "price breaks"
    LANES = "lanes"
    TIME = "lead times, qualification, discounting, a calendar"
    STOCK = "stock and open orders"
    COVER = "cover targets and storage"
    BACKLOG = "late deliveries"
    LICENCES = "licences"
    UPSTREAM = "stages and composition"
    SUBSTITUTES = "substitutions"
    PROJECTS = "projects"
    RULES = "rules"
    RISKS = "risks"
    SAMPLE = "more outcomes than are planned for"


@dataclass(frozen=True)
class Case:
    """The frame of a case, drawn first, and the tables that the features fill."""

    draw: Draw
    period: str
    horizon: int
    items: tuple[str, ...]
    sites: tuple[str, ...]
    suppliers: tuple[str, ...]
    countries: tuple[str, ...]
    features: frozenset[Feature]
    settings: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def offers(self) -> list[Offer]:
        return self.tables["offers"]

    def has(self, feature: Feature) -> bool:
        return feature in self.features

    def yearly(self, over_horizon: float) -> float:
        """The amount per year that comes to this over the horizon."""
        return over_horizon * PER_YEAR[self.period] / self.horizon

    def days(self) -> float:
        """A stretch of time of up to one and a half periods."""
        return float(one_of(self.draw, (0.0, 0.0, 0.4, 0.5, 1.0, 1.5))) * DAYS[self.period]

    def when(self) -> int:
        """A period of the horizon."""
        return int(self.draw(st.integers(1, self.horizon)))

    def change(self, table: str, number: int, **changes: Any) -> None:
        """Other values in one row."""
        rows = self.tables[table]
        rows[number] = dataclasses.replace(rows[number], **changes)

    def data(self) -> Data:
        """The data as it stands."""
        settings = Settings(start="2025-01", period=self.period, **self.settings)
        return small(settings=settings, horizon=self.horizon, **self.tables)


def frame(draw: Draw, allowed: frozenset[Feature]) -> Case:
    """A case with items, sites, suppliers, offers and demand, and nothing else yet."""
    ordered = [feature for feature in Feature if feature in allowed]
    case = Case(
        draw=draw,
        period=one_of(draw, ("month", "year", "quarter", "week")),
        horizon=draw(st.integers(1, MAX_PERIODS)),
        items=ITEMS[: draw(st.integers(1, 3))],
        sites=SITES[: draw(st.integers(1, 2))],
        suppliers=SUPPLIERS[: draw(st.integers(2, 4))],
        countries=COUNTRIES[: draw(st.integers(2, 3))],
        features=frozenset(some_of(draw, ordered)),
    )
    case.settings["holding_rate"] = share(draw, 0, 3)
    if sometimes(draw):
        case.settings["shortage_cost"] = amount(draw, 10, 200, 10)
    case.tables["items"] = [_item(draw, name) for name in case.items]
    case.tables["sites"] = [Site(site=name) for name in case.sites]
    case.tables["countries"] = [_country(draw, name) for name in case.countries]
    case.tables["suppliers"] = [_supplier(draw, name, case) for name in case.suppliers]
    case.tables["currencies"] = [Currency(currency=FOREIGN, rate=1.25)]
    case.tables["offers"] = _offers(draw, case)
    case.tables["demand"] = _demand(draw, case)
    return case


def _item(draw: Draw, name: str) -> Item:
    return Item(
        item=name,
        family=one_of(draw, (None, "magnets")),
        weight=one_of(draw, (1.0, 0.5, 4.0)),
        shortage_cost=one_of(draw, (None, 30.0, 150.0)),
        unit_value=one_of(draw, (None, 0.0, 12.0)),
    )


def _country(draw: Draw, name: str) -> Country:
    return Country(
        country=name,
        region=one_of(draw, (None, "east", "west")),
        risk_score=one_of(draw, (None, 0.0, 3.0, 8.0)),
    )


def _supplier(draw: Draw, name: str, case: Case) -> Supplier:
    return Supplier(
        supplier=name,
        country=one_of(draw, case.countries),
        group=one_of(draw, (None, "one group")),
    )


def _offers(draw: Draw, case: Case) -> list[Offer]:
    pairs = [(supplier, item) for supplier in case.suppliers for item in case.items]
    return [
        Offer(
            supplier=supplier,
            item=item,
            price=amount(draw, 2, 40),
            currency=one_of(draw, (None, FOREIGN)),
            active=one_of(draw, (True, True, True, False)),
        )
        for supplier, item in pairs
        if one_of(draw, (True, True, False)) or (supplier, item) == pairs[0]
    ]


def _demand(draw: Draw, case: Case) -> list[Demand]:
    uses = END_USES if sometimes(draw) else END_USES[:1]
    rows = [
        Demand(
            item=item,
            site=site,
            end_use=use,
            period=period,
            quantity=amount(draw, 10, 100, 10),
        )
        for item in case.items
        for site in case.sites
        for use in uses
        for period in range(1, case.horizon + 1)
        if one_of(draw, (True, True, False))
    ]
    return rows or [Demand(item=case.items[0], site=case.sites[0], period=1, quantity=10.0)]
