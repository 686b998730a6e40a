"""Links and tiers, lane by lane, cost what a naive formulation with one big M costs."""

from __future__ import annotations

import random

import pytest

from models.build import build
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Offer, PriceBreak, Supplier
from tests.models.case import best
from tests.models.naive import naive
from tests.small import need, small

SUPPLIERS = ("K", "L", "M")
ITEMS = ("P", "Q")


def workbook(seed: int, kind: str) -> Data:
    rng = random.Random(f"{kind} {seed}")
    keys = [(k, i) for k in SUPPLIERS for i in ITEMS if rng.random() < 0.75] or [("K", "P")]
    offers = [
        Offer(
            supplier=k,
            item=i,
            price=rng.randint(5, 30),
            capacity=rng.choice((float("inf"), 40, 80)),
            min_award=rng.choice((0, 0, 20, 60)),
            min_order=rng.choice((0, 0, 30)),
            order_cost=rng.choice((0, 0, 45)),
            switching_cost=rng.choice((0, 0, 70)),
        )
        for k, i in keys
    ]
    steps = (0.9, 0.7, 0.75) if rng.random() < 0.5 else (0.8, 0.6, 0.5)
    return small(
        settings=Settings(start="2025", period="year", holding_rate=rng.choice((0.0, 0.3))),
        demand=[row for i in ITEMS for row in need(rng.randint(5, 90), item=i)],
        items=[Item(item=i, unit_value=10.0, shortage_cost=rng.choice((25, 200))) for i in ITEMS],
        suppliers=[
            Supplier(
                supplier=k,
                country="X",
                onboarding_cost=rng.choice((0, 60, 250)),
                fixed_cost=rng.choice((0, 30)),
                capacity=rng.choice((float("inf"), 90)),
            )
            for k in SUPPLIERS
        ],
        offers=offers,
        price_breaks=[
            PriceBreak(
                supplier=row.supplier,
                item=row.item,
                from_quantity=start,
                price=row.price * factor,
                type=kind,
            )
            for row in offers
            if rng.random() < 0.6
            for start, factor in zip((15, 35, 70), steps, strict=True)
        ],
    )


@pytest.mark.parametrize("kind", ["all_units", "incremental"])
@pytest.mark.parametrize("seed", range(20))
def test_the_same_optimum(seed: int, kind: str) -> None:
    data = workbook(seed, kind)
    assert best(build(assemble(data))) == pytest.approx(best(naive(data)), rel=1e-6)
