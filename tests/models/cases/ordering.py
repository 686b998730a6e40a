"""Ordering: K sells at 10, L at 20 unless said otherwise, and 100 are wanted."""

from __future__ import annotations

from optimizer.contract.policy import Licence, Rule
from optimizer.contract.supply import Lane, Supplier
from tests.models.case import YEAR, Case
from tests.small import need, offer, small

HALF = Rule(
    rule="half", dimension="supplier", member=("K",), metric="share", sense="max", limit=0.5
)

CASES = (
    Case(
        "award_definition",
        small(settings=YEAR, offers=[offer("K", price=10, max_award=60), offer("L", price=20)]),
        optimum=1400,  # 60 x 10 + 40 x 20
        without=1000,  # 100 x 10, as nothing counts against K's maximum award
        because="what is ordered from K is what is awarded to K",
    ),
    Case(
        "called_off_definition",
        small(settings=YEAR, offers=[offer("K", price=10, max_award=60), offer("L", price=20)]),
        optimum=1400,  # 60 x 10 + 40 x 20
        without=1000,  # 100 x 10, as no order counts as one
        because="what is awarded is what is called off",
    ),
    Case(
        "lane_volume_definition",
        small(settings=YEAR, offers=[offer("K", price=10), offer("L", price=20)], rules=[HALF]),
        optimum=1500,  # 50 x 10 + 50 x 20
        without=1000,  # 100 x 10: the rule sees nothing of what travels
        because="rules look at what lanes deliver",
    ),
    Case(
        "volume_definition",
        small(settings=YEAR, offers=[offer("K", price=10, min_award=150), offer("L", price=12)]),
        optimum=1200,  # 100 x 12; K would be 150 x 10 = 1500
        without=1000,  # 100 x 10, with 150 on paper
        because="the minimum award is about what is delivered",
    ),
    Case(
        "supplier_capacity",
        small(
            settings=YEAR,
            suppliers=[Supplier(supplier="K", country="X", capacity=60)],
            offers=[offer("K", price=10), offer("L", price=20)],
        ),
        optimum=1400,  # 60 x 10 + 40 x 20
        without=1000,  # 100 x 10
        because="K makes 60 a year",
    ),
    Case(
        "supplier_capacity",
        small(
            settings=YEAR,
            demand=[*need(40, item="P"), *need(60, item="Q")],
            suppliers=[Supplier(supplier="K", country="X", capacity=60, onboarding_cost=100)],
            offers=[
                offer("K", "P", price=10),
                offer("K", "Q", price=10),
                offer("L", "P", price=20),
                offer("L", "Q", price=25),
            ],
        ),
        # K makes Q, where it saves more: 60 x 10 + 100; L makes P: 40 x 20
        optimum=1500,
        without=1100,  # 100 x 10 + 100
        because="a supplier's items share its capacity, which is nothing unless it is used",
        variant="shared",
    ),
    Case(
        "offer_capacity",
        small(settings=YEAR, offers=[offer("K", price=10, capacity=60), offer("L", price=20)]),
        optimum=1400,  # 60 x 10 + 40 x 20
        without=1000,  # 100 x 10
        because="K can deliver 60 of this item",
    ),
    Case(
        "lane_capacity",
        small(
            settings=YEAR,
            lanes=[Lane(mode="sea", freight=1, capacity=60), Lane(mode="air", freight=5)],
        ),
        optimum=1260,  # 60 x (10 + 1) + 40 x (10 + 5)
        without=1100,  # 100 x (10 + 1)
        because="60 fit on the ship",
    ),
    Case(
        "licence_quota",
        small(
            settings=YEAR,
            licences=[Licence(licence="permit", country="X", quota=60)],
            offers=[
                offer("K", price=10, licences=("permit",)),
                offer("L", price=20, licences=()),
            ],
        ),
        optimum=1400,  # 60 x 10 + 40 x 20
        without=1000,  # 100 x 10
        because="60 can come under the permit",
    ),
    Case(
        "minimum_award",
        small(settings=YEAR, offers=[offer("K", price=10, min_award=120), offer("L", price=11)]),
        optimum=1100,  # 100 x 11; K would be 120 x 10 = 1200
        without=1000,  # 100 x 10
        because="K takes no award below 120",
    ),
    Case(
        "maximum_award",
        small(settings=YEAR, offers=[offer("K", price=10, max_award=70), offer("L", price=20)]),
        optimum=1300,  # 70 x 10 + 30 x 20
        without=1000,  # 100 x 10
        because="K takes no award above 70",
    ),
    Case(
        "minimum_order",
        small(
            settings=YEAR,
            demand=need(50),
            offers=[offer("K", price=10, min_order=80), offer("L", price=14)],
        ),
        optimum=700,  # 50 x 14; K would be 80 x 10 = 800
        without=500,  # 50 x 10
        because="K takes no order below 80",
    ),
)
