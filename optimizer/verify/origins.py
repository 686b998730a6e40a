"""Where the steps before the seller are done: Upstream, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data

NO_UNKNOWN = 1e-9
"""An unknown share below this is none."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Shares by supplier, stage and element; compositions by item."""

    rows: Mapping[tuple[str, str, str], Mapping[str, float]]
    stages: Mapping[str, frozenset[str]]
    contents: Mapping[str, Mapping[str, float]]

    def shares(self, supplier: str, stage: str, element: str) -> Mapping[str, float]:
        """Country -> share of what is known: rows of the element before rows of *."""
        return self.rows.get((supplier, stage, element)) or self.rows.get(
            (supplier, stage, "*"), {}
        )

    def unknown(self, supplier: str, stage: str, element: str) -> float:
        """What is missing to 1."""
        missing = 1.0 - sum(self.shares(supplier, stage, element).values())
        return missing if missing >= NO_UNKNOWN else 0.0

    def masses(self, item: str, stage: str) -> Mapping[str, float]:
        """Elements of the item that have a place in the stage -> mass per mass of the item.

        Empty: the item takes no part in the stage.  ``*`` stands for an item without Composition.
        """
        known = self.stages.get(stage, frozenset())
        contents = self.contents.get(item)
        if contents is None:
            return {"*": 1.0} if "*" in known else {}
        return {e: m for e, m in contents.items() if m > 0 and (e in known or "*" in known)}


def origins_of(data: Data) -> Origins:
    """From the input rows."""
    rows: defaultdict[tuple[str, str, str], defaultdict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    stages: defaultdict[str, set[str]] = defaultdict(set)
    for row in data.upstream:
        rows[row.supplier, row.stage, row.element][row.country] += row.share
        stages[row.stage].add(row.element)
    contents: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for content in data.composition:
        contents[content.item][content.element] = content.mass_share
    return Origins(
        {key: dict(shares) for key, shares in rows.items()},
        {stage: frozenset(elements) for stage, elements in stages.items()},
        dict(contents),
    )
