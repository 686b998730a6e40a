"""Awards that somebody decided: the sheet Awards of a result, perhaps edited, or a small CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.fields import Row, number, table, text
from optimizer.contract.findings import Finding


@table("Awards", "What is to be contracted with whom, in all periods together.")
class GivenAward(Row):
    """One offer; of the sheet of a result the other columns are not read."""

    supplier: str = text("Supplier.", key=True, required=True, refers_to="Suppliers.supplier")
    item: str = text("Item.", key=True, required=True, refers_to="Items.item")
    award: float | None = number(
        "What is to be contracted; 0: nothing.", unit="unit", says="not given"
    )


@dataclass(frozen=True, slots=True)
class GivenAwards:
    """Quantities over the horizon by (supplier, item), in the workbook's unit.

    ``source``: what they were read from, for people; ``findings``: warnings about it.
    """

    awards: Mapping[tuple[str, str], float]
    source: str = ""
    findings: tuple[Finding, ...] = ()
