"""Price breaks of K: 10 at first, less (or more) from some quantity on."""

from __future__ import annotations

from optimizer.contract.supply import PriceBreak
from tests.models.case import YEAR, Case
from tests.small import need, offer, small


def at(quantity: float, price: float, kind: str = "all_units") -> PriceBreak:
    return PriceBreak(supplier="K", item="P", from_quantity=quantity, price=price, type=kind)


CASES = (
    Case(
        "tiers_carry_deliveries",
        small(
            settings=YEAR,
            demand=need(50),
            offers=[offer("K", price=10, max_award=100)],
            price_breaks=[at(80, 8)],
        ),
        optimum=500,  # 50 x 10; for the better price 80 x 8 = 640
        without=300,  # 50 x 10, less 2 for each of 100 (the maximum award) that never come
        because="a discount is for what is delivered",
    ),
    Case(
        "one_tier",
        small(
            settings=YEAR,
            demand=need(150),
            offers=[offer("K", price=10)],
            price_breaks=[at(50, 8), at(100, 9)],
        ),
        optimum=1350,  # 150 x 9: large quantities are scarce
        without=1300,  # 100 x 9 + 50 x 8
        because="all units have the price of one tier",
    ),
    Case(
        "tier_floor",
        small(
            settings=YEAR,
            demand=need(50),
            offers=[offer("K", price=10)],
            price_breaks=[at(80, 8)],
        ),
        optimum=500,  # 50 x 10; for the better price 80 x 8 = 640
        without=400,  # 50 x 8
        because="the better price begins at 80",
    ),
    Case(
        "tier_floor",
        small(
            settings=YEAR,
            demand=need(50),
            offers=[offer("K", price=10, max_award=90)],
            price_breaks=[at(40, 5, "incremental")],
        ),
        optimum=450,  # 40 x 10 + 10 x 5
        without=250,  # 50 x 5: the second tier holds 90 - 40 = 50
        because="the first 40 have the first price",
        variant="incremental",
    ),
    Case(
        "tier_ceiling",
        small(
            settings=YEAR,
            demand=need(70),
            offers=[offer("K", price=10)],
            price_breaks=[at(80, 8)],
        ),
        optimum=640,  # 80 x 8, with 10 to spare; 70 x 10 = 700
        without=560,  # 70 x 8
        because="without its quantity the better tier is closed",
    ),
    Case(
        "tier_ceiling",
        small(
            settings=YEAR,
            demand=need(70),
            offers=[offer("K", price=10, max_award=90)],
            price_breaks=[at(40, 5, "incremental"), at(60, 1, "incremental")],
        ),
        optimum=510,  # 40 x 10 + 20 x 5 + 10 x 1
        without=70,  # 70 x 1
        because="a tier holds no more than its width",
        variant="incremental",
    ),
)
