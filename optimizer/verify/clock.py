"""Time: periods, arrivals, pro rata amounts and discounting."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimizer.contract.data import Data

_DAYS = {"month": 30.4375, "week": 7.0, "quarter": 91.3125, "year": 365.25}
_PER_YEAR = {"month": 12, "week": 52, "quarter": 4, "year": 1}


@dataclass(frozen=True, slots=True)
class Clock:
    """The horizon: T periods of so many days; ``rate`` is the discount rate per year."""

    horizon: int
    days: float
    per_year: int
    rate: float
    labels: tuple[str, ...]

    @property
    def periods(self) -> range:
        """1..T."""
        return range(1, self.horizon + 1)

    @property
    def years(self) -> float:
        """Length of the horizon in years, as pro rata amounts count it."""
        return self.horizon / self.per_year

    def arrival(self, ordered: int, days: float) -> int:
        """Period of arrival of what is ordered then and takes so many days; half up."""
        return ordered + math.floor(days / self.days + 0.5)

    def after(self, days: float) -> int:
        """First period that begins when so many days have passed since the start."""
        return 1 + math.ceil(days / self.days)

    def pro_rata(self, per_year: float) -> float:
        """An amount per year, for the horizon."""
        return per_year * self.horizon / self.per_year

    def discount(self, period: int) -> float:
        """Factor of an amount of that period."""
        return float((1 + self.rate) ** (-(period - 1) / self.per_year))

    def inside(self, period: int) -> bool:
        """Whether the period is in the horizon."""
        return 1 <= period <= self.horizon

    def name(self, period: int | None) -> str:
        """The period as people write it."""
        if period is None:
            return "no period"
        return self.labels[period - 1] if self.inside(period) else f"period {period}"


def clock_of(data: Data) -> Clock:
    """The clock of a workbook."""
    settings = data.settings
    return Clock(
        data.horizon,
        _DAYS[settings.period],
        _PER_YEAR[settings.period],
        settings.discount_rate,
        data.period_labels,
    )
