"""What people call the suppliers, countries, items and sites that tables name by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data


@dataclass(frozen=True, slots=True)
class Names:
    """Code -> name; what has no name is called by its code."""

    countries: Mapping[str, str]
    suppliers: Mapping[str, str]
    supplier_country: Mapping[str, str]
    items: Mapping[str, str]
    sites: Mapping[str, str]

    def country(self, code: str) -> str:
        """The name of a country."""
        return self.countries.get(code, code)

    def supplier(self, code: str) -> str:
        """The name of a supplier."""
        return self.suppliers.get(code, code)

    def item(self, code: str) -> str:
        """What people call an item."""
        return self.items.get(code, code)

    def site(self, code: str) -> str:
        """What people call a site."""
        return self.sites.get(code, code)

    def made_in(self, supplier: str) -> str:
        """The country in which a supplier makes its goods, as a code; "" if it is not known."""
        return self.supplier_country.get(supplier, "")

    def member(self, dimension: str, code: str) -> str:
        """The name of a member of a dimension; the members of a stage are countries."""
        if dimension == "supplier":
            return self.supplier(code)
        if dimension in ("group", "region", "licence"):
            return self.suppliers.get(code, self.countries.get(code, code))
        return self.country(code)


def names_of(data: Data) -> Names:
    """The names that the input tables give."""
    return Names(
        countries={row.country: row.name for row in data.countries if row.name},
        suppliers={row.supplier: row.name for row in data.suppliers if row.name},
        supplier_country={row.supplier: row.country for row in data.suppliers},
        items={row.item: row.description for row in data.items if row.description},
        sites={row.site: row.description for row in data.sites if row.description},
    )
