"""Which goods come under which export licences, and what that forbids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from optimizer.contract.data import Data
from optimizer.contract.policy import Licence
from optimizer.verify.origins import Origins
from optimizer.verify.sources import Sources

StockClass = frozenset[str]
FREE: StockClass = frozenset()
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Licensing:
    """The class of goods: the set of licences under which they come."""

    licences: Mapping[str, Licence]
    sources: Sources
    origins: Origins
    worst: bool
    known: dict[tuple[str, str], StockClass] = field(default_factory=dict)

    def of(self, supplier: str, item: str) -> StockClass:
        """Class of what a supplier delivers of an item, offered or already ordered."""
        key = (supplier, item)
        found = self.known.get(key)
        if found is None:
            offer = self.sources.offers.get(key)
            if offer is not None and offer.licences is not None:
                found = frozenset(offer.licences)
            else:
                found = frozenset(
                    name for name, row in self.licences.items() if self._needs(row, supplier, item)
                )
            self.known[key] = found
        return found

    def banned(self, goods: StockClass, end_use: str) -> bool:
        """Whether goods of the class may not serve the end use."""
        return any(
            end_use in self.licences[name].banned_end_uses
            for name in goods
            if name in self.licences
        )

    def order_cost(self, goods: StockClass) -> float:
        """Paperwork of the licences for one order."""
        return sum(self.licences[name].order_cost for name in goods)

    def _needs(self, licence: Licence, supplier: str, item: str) -> bool:
        contents = self.origins.contents.get(item, {})
        held = [e for e in licence.elements if contents.get(e, 0.0) > licence.threshold]
        if not held:
            return False
        if self.sources.country(supplier) == licence.country:
            return True
        return licence.reach == "content" and any(
            self._draws(licence, supplier, stage, element)
            for stage in self.origins.stages
            for element in held
        )

    def _draws(self, licence: Licence, supplier: str, stage: str, element: str) -> bool:
        share = self.origins.shares(supplier, stage, element).get(licence.country, 0.0)
        if self.worst:
            share += self.origins.unknown(supplier, stage, element)
        return share > 0 and share >= licence.content_share - _ROUNDING


def licensing_of(data: Data, sources: Sources, origins: Origins) -> Licensing:
    """From the input rows."""
    return Licensing(
        {row.licence: row for row in data.licences},
        sources,
        origins,
        worst=data.settings.unknown_origin == "worst",
    )


@cache
def class_of(text: str) -> StockClass:
    """The class that a result table writes as ``L1; L2``, or ``free``."""
    names = [name.strip() for name in text.split(";")]
    return frozenset(name for name in names if name and name != "free")


def class_name(goods: StockClass) -> str:
    """The class as a violation writes it."""
    return "; ".join(sorted(goods)) or "free"
