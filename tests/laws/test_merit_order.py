"""One item, one site, one period: the optimum found by trying every choice of bands.

A band is a range of quantities of one supplier at one price, and what it costs to be in it: not
bought at all, or a price tier cut to the minimum and maximum award.  For a choice of one band of
each supplier, filling the cheapest first is optimal.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from optimizer.contract.data import Data
from optimizer.contract.goods import Item
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Offer, PriceBreak, Supplier
from tests.laws.names import Draw, amount, one_of, sometimes
from tests.laws.planning import about, cost_of
from tests.laws.profile import examples
from tests.small import need, offer, small

SHORTAGE = 50.0


@dataclass(frozen=True)
class Band:
    """A quantity from ``low`` to ``high`` at ``price`` a unit, above a ``fixed`` cost."""

    low: float
    high: float
    price: float
    fixed: float


@st.composite
def auctions(draw: Draw) -> Data:
    """Suppliers with awards, capacities, onboarding costs and price breaks; a year is a period."""
    offers, suppliers, breaks = [], [], []
    for name in ("K", "L", "M")[: draw(st.integers(1, 3))]:
        least = amount(draw, 0, 80, 10)
        price = amount(draw, 5, 40)
        offers.append(
            offer(
                name,
                price=price,
                min_award=least,
                max_award=least + amount(draw, 0, 80, 10) if sometimes(draw) else math.inf,
                capacity=amount(draw, 10, 120, 10) if sometimes(draw) else math.inf,
            )
        )
        suppliers.append(
            Supplier(supplier=name, country="X", onboarding_cost=amount(draw, 0, 400, 50))
        )
        kind = one_of(draw, ("all_units", "incremental"))
        starts = sorted({amount(draw, 20, 100, 10) for _ in range(draw(st.integers(0, 2)))})
        for start, left in zip(starts, (0.8, 0.5), strict=False):
            breaks.append(
                PriceBreak(
                    supplier=name, item="P", from_quantity=start, price=price * left, type=kind
                )
            )
    return small(
        settings=Settings(start="2025", period="year", holding_rate=0.1),
        items=[Item(item="P", shortage_cost=SHORTAGE, unit_value=10.0)],
        demand=need(amount(draw, 10, 200, 10)),
        offers=offers,
        suppliers=suppliers,
        price_breaks=breaks,
    )


def _bands(data: Data, quote: Offer) -> Iterator[Band]:
    yield Band(0.0, 0.0, 0.0, 0.0)
    onboarding = next(s.onboarding_cost for s in data.suppliers if s.supplier == quote.supplier)
    rows = sorted(
        (row for row in data.price_breaks if row.supplier == quote.supplier),
        key=lambda row: row.from_quantity,
    )
    starts = [0.0, *(row.from_quantity for row in rows)]
    prices = [quote.price, *(row.price for row in rows)]
    paid = 0.0
    for start, end, price in zip(starts, [*starts[1:], math.inf], prices, strict=True):
        incremental = bool(rows) and rows[0].type == "incremental"
        fixed = onboarding + (paid - price * start if incremental else 0.0)
        low = max(start, quote.min_award)
        high = min(end, quote.max_award, quote.capacity)
        if low <= high:
            yield Band(low, high, price, fixed)
        if end < math.inf:
            paid += price * (end - start)


def _cheapest(data: Data) -> float:
    wanted, held = data.demand[0].quantity, 0.1 * 10.0
    best = math.inf
    for bands in itertools.product(*(list(_bands(data, quote)) for quote in data.offers)):
        bought = {n: band.low for n, band in enumerate(bands)}
        for n in sorted(bought, key=lambda n: bands[n].price):
            if bands[n].price < SHORTAGE:
                missing = max(0.0, wanted - sum(bought.values()))
                bought[n] += min(missing, bands[n].high - bands[n].low)
        total = sum(bought.values())
        cost = sum(band.fixed + band.price * bought[n] for n, band in enumerate(bands))
        cost += SHORTAGE * max(0.0, wanted - total) + held * max(0.0, total - wanted)
        best = min(best, cost)
    return best


@examples(40)
@given(auctions())
def test_the_plan_is_the_best_of_all_choices(data: Data) -> None:
    assert cost_of(data) == about(_cheapest(data), data)
