"""Risk: K sells at 10 and L at 14; K may turn out dearer, or deliver half.  100 are wanted."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect
from tests.models.case import YEAR, Case
from tests.small import offer, small


def _dearer(factor: float, probability: float, **settings: Any) -> Data:
    """K costs 10 x factor with this probability."""
    effect = RiskEffect(
        risk="price",
        result="dear",
        probability=probability,
        scope="supplier",
        target="K",
        price_factor=factor,
    )
    return small(
        settings=dataclasses.replace(YEAR, **settings),
        offers=[offer("K", price=10), offer("L", price=14)],
        risks=[effect],
    )


_EVEN = {"reveal_days": 0.0, "call_off_min": 0.0, "call_off_max": 10.0}
_BLIND = {"reveal_days": 365.0}

CASES = (
    Case(
        "least_call_off",
        _dearer(2, 0.5, **_EVEN | {"call_off_min": 0.5}),
        # Of an award that is the mean of both outcomes at least half is ordered in each: with 75
        # from K while it is cheap, 25 while it is dear, and L the other way round.
        optimum=1325,  # (75 x 10 + 25 x 14 + 25 x 20 + 75 x 14) / 2
        without=1200,  # (100 x 10 + 100 x 14) / 2
        because="who is awarded anything is owed half of it, whatever happens",
    ),
    Case(
        "most_call_off",
        _dearer(2, 0.5, **_EVEN | {"call_off_max": 1.5}),
        optimum=1325,  # 75 = 1.5 x (75 + 25) / 2: the same split, from the other side
        without=1200,  # (100 x 10 + 100 x 14) / 2
        because="no outcome gets more than 1.5 x what was awarded",
    ),
    Case(
        "overbooking",
        small(
            settings=YEAR,
            offers=[offer("K", price=10), offer("L", price=30)],
            risks=[
                RiskEffect(
                    risk="yield",
                    result="half",
                    probability=1.0,
                    scope="supplier",
                    target="K",
                    deliverable=0.5,
                )
            ],
        ),
        optimum=1800,  # 1.2 x 100 from K, of which 60 come, and 40 from L: 60 x 10 + 40 x 30
        without=1000,  # 200 from K, of which 100 come
        because="of what may be refused no more is contracted than 1.2 x the need",
    ),
    Case(
        "outcome_cost_definition",
        _dearer(3, 0.1, **_BLIND, risk_measure="worst_case"),
        optimum=1400,  # 100 x 14; K would be 12 in the mean and 30 at worst
        without=-math.inf,
        because="the worst outcome is that of what outcomes cost",
    ),
    Case(
        "worst_outcome",
        _dearer(3, 0.1, **_BLIND, risk_measure="worst_case"),
        optimum=1400,  # 100 x 14
        without=-math.inf,
        because="the worst is at least the cost of every outcome",
    ),
    Case(
        "tail_excess_definition",
        _dearer(3, 0.1, **_BLIND, risk_measure="cvar", cvar_level=0.5, risk_weight=0.5),
        # K: 1200 in the mean; the worse half is 0.1 of 3000 and 0.4 of 1000, so 1400 in the mean
        optimum=1300,  # (1200 + 1400) / 2, below the 1400 of L
        without=-math.inf,
        because="what lies beyond the value at risk counts",
    ),
    Case(
        "tail_excess_definition",
        _dearer(3, 0.1, **_BLIND, risk_measure="cvar", cvar_level=0.8, risk_weight=0.5),
        # K: 1200 in the mean; the worst fifth is 0.1 of 3000 and 0.1 of 1000, so 2000 in the mean
        optimum=1400,  # L; K would be (1200 + 2000) / 2 = 1600
        without=-math.inf,
        because="the further out in the tail, the dearer the gamble",
        variant="far",
    ),
)
