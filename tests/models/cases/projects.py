"""Projects at K: a module makes 100 a year and costs 1000 for ten years, so 100 for one."""

from __future__ import annotations

from typing import Any

from optimizer.contract.supply import Project, Supplier
from tests.models.case import YEAR, Case, Of
from tests.small import need, offer, small


def plant(**changes: Any) -> Project:
    row: dict[str, Any] = {"project": "plant", "supplier": "K", "capacity": 100, "capex": 1000}
    return Project(**(row | changes))


def maker(capacity: float, **rest: Any) -> Supplier:
    return Supplier(supplier="K", country="X", capacity=capacity, **rest)


CASES = (
    Case(
        "project_needs_supplier",
        small(
            settings=YEAR,
            demand=need(100, 100),
            suppliers=[
                maker(0, onboarding_cost=1000),
                Supplier(supplier="L", country="X", available_from=2),
            ],
            offers=[offer("K", price=10), offer("L", price=5)],
            projects=[plant()],
        ),
        # two years: the module costs 200; year 1: 100 x 10, year 2: 100 x 5
        optimum=2700,  # 1500 + 200 + 1000: modules = 1, so use = 1
        without=2200,  # 1500 + 200 + 500: use = 100 / 200, as 200 could travel on the lane
        because="a whole module at K takes the whole supplier",
        of=Of.RELAXATION,
    ),
    Case(
        "incentive_deliveries",
        small(
            settings=YEAR,
            suppliers=[maker(0)],
            offers=[offer("K", price=15), offer("L", price=12)],
            projects=[plant(incentive=3)],
        ),
        optimum=1200,  # 100 x 12; K: 100 x (15 - 3) + 100 = 1300
        without=1000,  # 100 x 12 + 100 - 100 x 3: paid for a plant that delivers nothing
        because="the scheme pays for what K delivers",
    ),
    Case(
        "incentive_deliveries",
        small(
            settings=YEAR,
            suppliers=[maker(0)],
            offers=[offer("K", price=10, capacity=60), offer("L", price=20)],
            projects=[
                plant(project="first", capacity=60, incentive=5),
                plant(project="second", capacity=60, incentive=4),
            ],
        ),
        # the first earns 5 on all that K delivers, so the second has nothing to earn from
        optimum=1200,  # 60 x (10 - 5) + 100 + 40 x 20
        without=1140,  # the second earns 4 on 40 that L delivers: 1200 + 100 - 160
        because="one delivery counts for one project",
        variant="once",
    ),
    Case(
        "incentive_demand",
        small(
            settings=YEAR,
            suppliers=[maker(0)],
            projects=[plant(capacity=150, incentive=20)],
        ),
        optimum=-900,  # 100 x (10 - 20) + 100
        without=-1400,  # 150 x (10 - 20) + 100: 50 are bought to be paid for
        because="nobody needs more than 100",
    ),
    Case(
        "incentive_capacity",
        small(
            settings=YEAR,
            suppliers=[maker(100)],
            projects=[plant(capacity=40, incentive=5)],
        ),
        optimum=900,  # 100 x 10 + 100 - 40 x 5
        without=500,  # 100 x (10 - 5), and nothing is built
        because="the scheme pays for what the module can make",
    ),
    Case(
        "incentive_cap",
        small(
            settings=YEAR,
            suppliers=[maker(100)],
            projects=[plant(incentive=5, incentive_cap=120)],
        ),
        optimum=980,  # 100 x 10 + 100 - 120
        without=600,  # 100 x (10 - 5) + 100
        because="the scheme pays no more than 120",
    ),
)
