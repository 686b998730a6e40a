"""What every subject of the assembly stands on: rows by name, and the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.problem import OfferKey
from optimizer.assemble.time import Clock, clock_of
from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Offer, Supplier

ALL = "*"


@dataclass(frozen=True, slots=True)
class Ground:
    """Rows by the names that other tables use, in the order of the names.

    ``offers``: the active ones.  ``mass``: item -> element -> kg per kg, only items with rows in
    Composition.
    """

    data: Data
    clock: Clock
    items: Mapping[str, Item]
    sites: Mapping[str, Site]
    suppliers: Mapping[str, Supplier]
    countries: Mapping[str, Country]
    offers: Mapping[OfferKey, Offer]
    mass: Mapping[str, Mapping[str, float]]

    @property
    def settings(self) -> Settings:
        """The settings of the workbook."""
        return self.data.settings


def ground_of(data: Data) -> Ground:
    """Sort the rows of a workbook under their names."""
    mass: dict[str, dict[str, float]] = {}
    for content in sorted(data.composition, key=lambda row: (row.item, row.element)):
        mass.setdefault(content.item, {})[content.element] = content.mass_share
    offers = {(row.supplier, row.item): row for row in data.offers if row.active}
    return Ground(
        data=data,
        clock=clock_of(data),
        items={row.item: row for row in sorted(data.items, key=lambda row: row.item)},
        sites={row.site: row for row in sorted(data.sites, key=lambda row: row.site)},
        suppliers={row.supplier: row for row in sorted(data.suppliers, key=lambda r: r.supplier)},
        countries={row.country: row for row in sorted(data.countries, key=lambda r: r.country)},
        offers=dict(sorted(offers.items())),
        mass=mass,
    )
