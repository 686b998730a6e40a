"""By how much each supplier without any award would have to cut all its prices to win some."""

from __future__ import annotations

import numpy as np

from models.problem import OfferKey
from optimizer.assemble.ground import ground_of
from optimizer.assemble.quotes import quotes_of
from optimizer.contract.data import Data
from optimizer.contract.explain_results import SupplierPrice
from optimizer.contract.plan import Plan
from optimizer.contract.supply import Supplier
from optimizer.solve.edits import AddedRows, Row
from optimizer.solve.outcome import Status
from optimizer.studies.explain.near import Newcomer
from optimizer.studies.explain.offers import NO_LANE, note_on
from optimizer.studies.explain.price import Prices
from optimizer.studies.explain.reference import Reference
from optimizer.studies.explain.sizes import Sizes
from optimizer.studies.explain.winning import Bid, finite, status_of_points, winning

_NOW = 1.0


def suppliers_without_award(data: Data, plan: Plan) -> list[Supplier]:
    """Suppliers with an active offer of which the plan orders nothing."""
    bought = {row.supplier for row in plan.tables.awards}
    offering = {row.supplier for row in data.offers if row.active}
    return [
        row for row in data.suppliers if row.supplier in offering and row.supplier not in bought
    ]


def sizes_of_suppliers(sizes: Sizes, suppliers: list[Supplier]) -> dict[str, float]:
    """Supplier -> the weight that is asked for; absent: nothing of it can be ordered."""
    found = {}
    for row in suppliers:
        offers = [offer for offer in sizes.offers if offer[0] == row.supplier]
        size = sizes.of_supplier(offers) if offers else 0.0
        if size > 0:
            found[row.supplier] = size
    return found


def suppliers_to_win(
    reference: Reference, prices: Prices, sizes: Sizes
) -> tuple[SupplierPrice, ...]:
    """Every supplier without an award, the one that is closest to one first.

    Awards of exactly that weight, of whichever of its items, or none.
    """
    suppliers = suppliers_without_award(reference.data, reference.plan)
    wanted = sizes_of_suppliers(sizes, suppliers)
    rows = [_priced(reference, prices, sizes, row, wanted.get(row.supplier)) for row in suppliers]
    rows.sort(key=lambda row: (row.wins_at is None, -(row.wins_at or 0.0), row.supplier))
    return tuple(rows)


def _priced(
    reference: Reference, prices: Prices, sizes: Sizes, row: Supplier, size: float | None
) -> SupplierPrice:
    name, data = row.name or row.supplier, reference.data
    if size is None:
        return SupplierPrice(supplier=row.supplier, name=name, country=row.country, size=0.0,
                             status=Status.INFEASIBLE.value, note=NO_LANE)  # fmt: skip
    quotes = quotes_of(ground_of(data))
    offers: dict[OfferKey, float] = {
        offer: quotes[offer].price for offer in sorted(sizes.offers) if offer[0] == row.supplier
    }
    weight = {one.item: one.weight for one in data.items}
    columns = [reference.loaded.compiled.column_of["award", offer] for offer in offers]
    held = Row(
        np.array(columns, dtype=np.int32),
        np.array([weight[item] for _, item in offers]),
        size,
        size,
    )
    bid = Bid(
        subject=f"prices of {name}",
        who=Newcomer(row.supplier, frozenset(item for _, item in offers)),
        own=prices.all_of(offers),
        held=(AddedRows((held,)),),
        worth=weight,
        size=size,
        now=_NOW,
        offered=True,
    )
    points, found = winning(reference, prices, bid)
    return SupplierPrice(
        supplier=row.supplier,
        name=name,
        country=row.country,
        size=size,
        wins_at=finite(found.found) if found is not None else None,
        least=finite(found.least) if found is not None else None,
        most=finite(found.most) if found is not None else None,
        status=status_of_points(points),
        note=note_on(reference, points, found, offers),
    )
