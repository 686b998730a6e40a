"""Given awards: K sells at 10 and L at 14.  100 are wanted."""

from __future__ import annotations

from tests.models.case import YEAR, Case
from tests.small import need, offer, small

_BOTH = small(settings=YEAR, offers=[offer("K", price=10), offer("L", price=14)])
_TWO_ITEMS = small(
    settings=YEAR,
    offers=[
        offer("K", price=10),
        offer("L", price=14),
        offer("K", item="Q", price=3),
        offer("L", item="Q", price=2),
    ],
    demand=[*need(100), *need(50, item="Q")],
)

CASES = (
    Case(
        "held_award",
        _BOTH,
        held={("L", "P"): 30.0},
        optimum=1120,  # 30 x 14 + 70 x 10
        without=1000,  # 100 x 10
        because="L has 30, whatever it costs",
    ),
    Case(
        "held_award",
        _BOTH,
        held={("K", "P"): 0.0},
        optimum=1400,  # 100 x 14
        without=1000,
        because="K has nothing",
        variant="none",
    ),
    Case(
        "held_award",
        small(
            settings=YEAR,
            demand=need(10),
            offers=[offer("K", price=10), offer("L", price=14)],
        ),
        held={("L", "P"): 13.0},
        optimum=182,  # 13 x 14, of which 3 are left
        without=100,
        because="what is given is bought, needed or not",
        variant="too_much",
    ),
    Case(
        "held_share",
        _BOTH,
        split={("K", "P"): 0.25, ("L", "P"): 0.75},
        optimum=1300,  # 25 x 10 + 75 x 14
        without=1000,
        because="three quarters are L's",
    ),
    Case(
        "held_share",
        _TWO_ITEMS,
        split={("L", "P"): 0.1},
        optimum=1140,  # 10 x 14 + 90 x 10, and 50 x 2 of Q, whose split is free
        without=1100,  # 100 x 10 + 50 x 2
        because="shares are of the item, and who has none takes what is left",
        variant="some",
    ),
    Case(
        "held_share",
        small(
            settings=YEAR,
            offers=[offer("K", price=10, capacity=40), offer("L", price=14)],
        ),
        split={("K", "P"): 0.8, ("L", "P"): 0.2},
        optimum=5540,  # 40 x 10 + 10 x 14, and 50 x 100 for what is short
        without=1240,  # 40 x 10 + 60 x 14
        because="the shares hold, even where nobody can take over what one of them cannot make",
        variant="short",
    ),
)
