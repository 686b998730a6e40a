"""Yes and no: K is cheap but costs something to begin with; L costs 14 and nothing else."""

from __future__ import annotations

from optimizer.contract.supply import Lane, Supplier
from tests.models.case import YEAR, Case, Of
from tests.small import need, offer, small

L = offer("L", price=14)
LATER = Supplier(supplier="L", country="X", available_from=2)

CASES = (
    Case(
        "order_needs_placing",
        small(settings=YEAR, offers=[offer("K", price=10, order_cost=500), L]),
        optimum=1400,  # 100 x 14; K would be 100 x 10 + 500
        without=1000,  # 100 x 10
        because="an order of K costs 500",
    ),
    Case(
        "placing_needs_award",
        small(
            settings=YEAR,
            demand=need(10, 10),
            suppliers=[LATER],
            offers=[
                offer(
                    "K",
                    price=10,
                    capacity=10,
                    order_cost=40,
                    qualified=False,
                    qualification_cost=200,
                ),
                offer("L", price=5),
            ],
        ),
        # year 1: 10 x 10 + 40 (placed fully, as 10 is the capacity); year 2: 10 x 5
        optimum=390,  # 100 + 40 + 50 + 200: placed = 1, so awarded = 1
        without=190,  # 100 + 40 + 50: nothing ties the order to the award
        because="an order that is placed in full takes the whole award",
        of=Of.RELAXATION,
    ),
    Case(
        "lane_needs_award",
        small(
            settings=YEAR,
            offers=[offer("K", price=10, qualified=False, qualification_cost=500), L],
        ),
        optimum=1400,  # 100 x 14; K would be 100 x 10 + 500
        without=1000,  # 100 x 10
        because="K has to be qualified",
    ),
    Case(
        "lane_needs_award",
        small(
            settings=YEAR,
            suppliers=[Supplier(supplier="K", country="X", fixed_cost=500)],
            offers=[offer("K", price=10), L],
        ),
        optimum=1400,  # 100 x 14; K would be 100 x 10 + 500
        without=1000,  # 100 x 10
        because="K costs 500 a year",
        variant="supplier",
    ),
    Case(
        "award_needs_supplier",
        small(
            settings=YEAR,
            suppliers=[Supplier(supplier="K", country="X", onboarding_cost=400)],
            offers=[offer("K", price=10, switching_cost=100), L],
        ),
        optimum=1400,  # 100 x 14; K would be 100 x 10 + 400 + 100
        without=1100,  # 100 x 10 + 100
        because="an award to K means that K is taken on",
    ),
    Case(
        "lane_needs_approval",
        small(
            settings=YEAR,
            lanes=[Lane(), Lane(supplier="K", fixed_cost=500)],
            offers=[offer("K", price=10), L],
        ),
        optimum=1400,  # 100 x 14; K would be 100 x 10 + 500
        without=1000,  # 100 x 10
        because="K has to be approved at the site",
    ),
)
