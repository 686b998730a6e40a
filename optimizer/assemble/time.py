"""Periods: how long they are, when something arrives, what an amount per year comes to."""

from __future__ import annotations

import math
from dataclasses import dataclass

from models.problem import Horizon
from optimizer.contract.data import Data

DAYS = {"month": 30.4375, "week": 7.0, "quarter": 91.3125, "year": 365.25}
PER_YEAR = {"month": 12.0, "week": 52.0, "quarter": 4.0, "year": 1.0}


@dataclass(frozen=True, slots=True)
class Clock:
    """The horizon and the length of its periods in days."""

    horizon: Horizon
    days: float

    @property
    def last(self) -> int:
        """T, the last period."""
        return self.horizon.periods

    def transit(self, days: float) -> int:
        """Periods that a journey of so many days takes, half up."""
        return math.floor(days / self.days + 0.5)

    def wait(self, days: float) -> int:
        """Whole periods that pass until something of so many days is done."""
        return math.ceil(days / self.days)

    def pro_rata(self, per_year: float) -> float:
        """What an amount per year comes to over the horizon."""
        return per_year * self.horizon.periods / self.horizon.per_year

    def holds(self, period: int) -> bool:
        """Whether the period is inside the horizon."""
        return 1 <= period <= self.horizon.periods


def clock_of(data: Data) -> Clock:
    """The clock of a workbook."""
    per_year = PER_YEAR[data.settings.period]
    growth = 1.0 + data.settings.discount_rate
    discount = tuple(growth ** (-number / per_year) for number in range(data.horizon))
    return Clock(Horizon(data.horizon, per_year, discount), DAYS[data.settings.period])
