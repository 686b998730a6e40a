"""The input tables of the contract, in the order of the sheets."""

from __future__ import annotations

from optimizer.contract.fields import Table, table_of
from optimizer.contract.goods import (
    Content,
    Demand,
    Item,
    OpenOrder,
    Site,
    StockRow,
    StockTarget,
    Substitution,
)
from optimizer.contract.policy import Change, Licence, RiskEffect, Rule
from optimizer.contract.settings import SettingRow
from optimizer.contract.supply import (
    CalendarRow,
    Country,
    Currency,
    Lane,
    Offer,
    Origin,
    PriceBreak,
    Project,
    Supplier,
)

INPUTS: tuple[Table, ...] = tuple(
    table_of(row_class)
    for row_class in (
        SettingRow,
        Item,
        Content,
        Site,
        Demand,
        Country,
        Currency,
        Supplier,
        Offer,
        PriceBreak,
        CalendarRow,
        Lane,
        Origin,
        Licence,
        RiskEffect,
        StockRow,
        OpenOrder,
        StockTarget,
        Substitution,
        Project,
        Rule,
        Change,
    )
)


def input_table(name: str) -> Table:
    """The input table of that name; KeyError if there is none."""
    for table in INPUTS:
        if table.name == name:
            return table
    raise KeyError(f"the contract has no table {name}")
