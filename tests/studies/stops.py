"""Stops of hand-sized data: item P at site A."""

from __future__ import annotations

import dataclasses
from typing import Any

from models.carry import FirstStage
from optimizer.contract.data import Data
from optimizer.contract.goods import OpenOrder, StockRow
from optimizer.contract.risk_results import StressRow
from optimizer.solve.options import SolveOptions
from optimizer.studies.stress.study import stress_rows

OPTIONS = SolveOptions(threads=1)


def decided(**made: Any) -> FirstStage:
    """A first stage; by default nothing that is a decision of its own was decided for."""
    names = (field.name for field in dataclasses.fields(FirstStage))
    return FirstStage(**{name: made.get(name, {}) for name in names})


def stress(
    data: Data, kept: FirstStage | None = None, duration: int | None = None
) -> dict[str, StressRow]:
    """The rows by target."""
    rows = stress_rows(data, kept or decided(), OPTIONS, duration)
    return {f"{row.kind} {row.target}": row for row in rows}


def stock(quantity: float, item: str = "P", *licences: str) -> StockRow:
    return StockRow(item=item, site="A", licences=licences, quantity=quantity)


def open_order(supplier: str, period: int, quantity: float, *, secured: bool = True) -> OpenOrder:
    return OpenOrder(
        supplier=supplier, item="P", site="A", period=period, quantity=quantity, secured=secured
    )
