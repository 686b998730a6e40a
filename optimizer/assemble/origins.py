"""Upstream: where the stages before the seller are done, and what is not known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.assemble.ground import ALL, Ground

_NOTHING = 1e-9
"""An unknown share below this is what adding up percentages leaves, not a gap in knowledge."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Shares of countries: (supplier, stage, element or *) -> country -> share.

    ``elements``: stage -> the elements (or *) that some supplier has rows for.
    """

    shares: Mapping[tuple[str, str, str], Mapping[str, float]]
    elements: Mapping[str, frozenset[str]]

    def drawn(self, supplier: str, stage: str, element: str) -> Mapping[str, float]:
        """Country -> share of an element; rows of the element come before rows of *."""
        own = self.shares.get((supplier, stage, element))
        return own if own is not None else self.shares.get((supplier, stage, ALL), {})

    def unknown(self, supplier: str, stage: str, element: str) -> float:
        """The share of an element whose origin no row tells."""
        missing = 1.0 - sum(self.drawn(supplier, stage, element).values())
        return missing if missing >= _NOTHING else 0.0

    def measured(self, stage: str, mass: Mapping[str, float] | None) -> Mapping[str, float]:
        """The elements by which an item takes part in a stage -> their mass in one kg of it.

        ``mass`` is the item's composition; None: it has none and takes part as a whole, through
        rows of *.  Empty where the item is outside the stage.
        """
        known = self.elements.get(stage, frozenset())
        if mass is None:
            return {ALL: 1.0} if ALL in known else {}
        return {
            element: share
            for element, share in mass.items()
            if share > 0 and (element in known or ALL in known)
        }


def origins_of(ground: Ground) -> Origins:
    """The origins of a workbook."""
    shares: dict[tuple[str, str, str], dict[str, float]] = {}
    elements: dict[str, set[str]] = {}
    ordered = sorted(
        ground.data.upstream, key=lambda row: (row.supplier, row.stage, row.element, row.country)
    )
    for row in ordered:
        shares.setdefault((row.supplier, row.stage, row.element), {})[row.country] = row.share
        elements.setdefault(row.stage, set()).add(row.element)
    return Origins(shares, {stage: frozenset(elements[stage]) for stage in sorted(elements)})
