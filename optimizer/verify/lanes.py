"""Which row of Lanes an offer uses to reach a site by a mode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from optimizer.contract.data import Data
from optimizer.contract.supply import Lane
from optimizer.verify.sources import Sources

FREE_LANE = Lane()
"""What every offer takes to every site where Lanes is absent or empty."""

_Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Rows by supplier, country, item and site as they stand there."""

    rows: Mapping[_Place, list[Lane]]
    sources: Sources
    none_given: bool
    known: dict[tuple[str, str, str], dict[str, Lane]] = field(default_factory=dict)

    def modes(self, supplier: str, item: str, site: str) -> Mapping[str, Lane]:
        """The row of each mode: supplier before country before *, then item, then site."""
        if self.none_given:
            return {FREE_LANE.mode: FREE_LANE}
        key = (supplier, item, site)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._most_specific(supplier, item, site)
        return found

    def _most_specific(self, supplier: str, item: str, site: str) -> dict[str, Lane]:
        country = self.sources.country(supplier)
        found: dict[str, Lane] = {}
        for who in ((supplier, "*"), ("*", country), ("*", "*")):
            for what in (item, "*"):
                for where in (site, "*"):
                    for row in self.rows.get((*who, what, where), ()):
                        found.setdefault(row.mode, row)
        return found


def lanes_of(data: Data, sources: Sources) -> Lanes:
    """From the input rows; where a supplier is given, its country is no part of the key."""
    rows: defaultdict[_Place, list[Lane]] = defaultdict(list)
    for row in data.lanes:
        country = row.country if row.supplier == "*" else "*"
        rows[row.supplier, country, row.item, row.site].append(row)
    return Lanes(dict(rows), sources, none_given=not data.lanes)
