"""What was measured in one run, beside what it was measured against, as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """One figure: what it is of, its value, and the goal it is to stay below (or reach).

    beside: what stood beside it in the same run, in words.
    """

    what: str
    value: float
    goal: float
    unit: str = "x"
    at_most: bool = True
    beside: str = ""

    @property
    def is_reached(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    @property
    def line(self) -> str:
        sign = "<=" if self.at_most else ">="
        verdict = "reached" if self.is_reached else "MISSED"
        goal = f"{sign} {self.goal:g}"
        return (
            f"{self.what:<52}{self.value:>9.2f} {self.unit:<3}{goal:>9}  {verdict:<9}{self.beside}"
        )


def table(scores: Sequence[Score]) -> str:
    """One line for each figure."""
    head = f"{'measured':<52}{'value':>9} {'':<3}{'goal':>9}  {'':<9}beside it, in the same run"
    return "\n".join([head, *(score.line for score in scores)])
