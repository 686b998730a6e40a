"""Lanes: by which ways an offer reaches a site.  For each mode the most specific row holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.problem import LaneKey, OfferKey
from optimizer.assemble.ground import ALL, Ground
from optimizer.contract.supply import Lane

STANDARD = "standard"
"""The mode where Lanes has no rows."""


@dataclass(frozen=True, slots=True)
class Route:
    """A lane that an offer can take, and its row of Lanes; None: free and at once."""

    key: LaneKey
    row: Lane | None

    @property
    def offer(self) -> OfferKey:
        """The offer that travels here."""
        return self.key[0], self.key[1]


@dataclass(frozen=True, slots=True)
class _Source:
    """Whom a row is for; exactly one is set, or none where it is for all."""

    supplier: str = ""
    country: str = ""


_Modes = tuple[tuple[str, Lane], ...]


class Signposts:
    """The rows of Lanes, ready to be asked for the ways of a supplier's item to a site.

    Supplier comes before country before *, then item before *, then site before *.  Where the
    supplier is given, its country says nothing more and is no part of the key.
    """

    def __init__(self, ground: Ground) -> None:
        self._suppliers = ground.suppliers
        self._rows: dict[tuple[_Source, str, str], dict[str, Lane]] = {}
        for row in ground.data.lanes:
            if row.supplier != ALL:
                source = _Source(supplier=row.supplier)
            elif row.country != ALL:
                source = _Source(country=row.country)
            else:
                source = _Source()
            self._rows.setdefault((source, row.item, row.site), {})[row.mode] = row
        # Most items and sites have no rows of their own: what holds for one holds for all of them.
        self._items = {row.item for row in ground.data.lanes}
        self._sites = {row.site for row in ground.data.lanes}
        self._known: dict[tuple[str, str, str], _Modes] = {}

    def modes(self, supplier: str, item: str, site: str) -> _Modes:
        """(mode, row) of every mode by which the item can go, in the order of the modes."""
        item = item if item in self._items else ALL
        site = site if site in self._sites else ALL
        key = (supplier, item, site)
        if key not in self._known:
            self._known[key] = self._resolve(*key)
        return self._known[key]

    def _resolve(self, supplier: str, item: str, site: str) -> _Modes:
        country = self._suppliers[supplier].country
        found: dict[str, Lane] = {}
        for source in (_Source(), _Source(country=country), _Source(supplier=supplier)):
            for for_item in dict.fromkeys((ALL, item)):
                for for_site in dict.fromkeys((ALL, site)):
                    found |= self._rows.get((source, for_item, for_site), {})
        return tuple(sorted(found.items()))


def routes_of(ground: Ground, wanted: Mapping[str, tuple[str, ...]]) -> tuple[Route, ...]:
    """The lanes of all active offers to the sites where their item is wanted.

    Without rows in Lanes every offer reaches every such site, free and at once.
    """
    signposts = Signposts(ground)
    routes = []
    for supplier, item in ground.offers:
        for site in wanted.get(item, ()):
            if not ground.data.lanes:
                routes.append(Route((supplier, item, site, STANDARD), None))
                continue
            for mode, row in signposts.modes(supplier, item, site):
                routes.append(Route((supplier, item, site, mode), row))
    return tuple(routes)


def row_name(row: Lane) -> str:
    """The name of a row: its key, so that it stays the same wherever the row stands."""
    if row.supplier != ALL:
        source = f"supplier {row.supplier}"
    elif row.country != ALL:
        source = f"country {row.country}"
    else:
        source = ALL
    return f"{source} to {row.site} for {row.item} by {row.mode}"
