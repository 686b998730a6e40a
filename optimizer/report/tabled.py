"""What sheets, frames and JSON need of a result: its data, and its tables by name."""

from __future__ import annotations

from typing import Protocol, TypeVar

from optimizer.contract.data import Data
from optimizer.contract.fields import Row


class ByName(Protocol):
    """Result tables that are asked for by the attribute of their declaration."""

    def rows(self, attribute: str) -> tuple[Row, ...]:
        """The rows of that table."""


class Tabled(Protocol):
    """A plan, or a study."""

    @property
    def data(self) -> Data:
        """What it was made for."""

    @property
    def tables(self) -> ByName:
        """Its result tables."""


P = TypeVar("P", bound=Tabled)
