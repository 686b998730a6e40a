"""The typed, checked content of one workbook: what reading gives and everything else stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optimizer.contract.fields import Row
from optimizer.contract.findings import Finding
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
from optimizer.contract.settings import Settings
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

BASE = "base"
"""The scenario in which nothing is changed; it always exists."""


@dataclass(frozen=True, slots=True)
class DefaultUsed:
    """Cells of one column that were blank, and what that was taken to mean."""

    table: str
    column: str
    says: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the data came from: file name, SHA-256 of its content, and where each cell stands.

    ``columns`` maps a table to its columns' letters (``{"Offers": {"price": "C"}}``); Demand with
    one column per period maps the period's number, as text, to the letter.  ``sheets``: the names
    of the sheets as they are spelled there; ``settings``: the row of each setting.
    """

    name: str = ""
    sha256: str = ""
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, int] = field(default_factory=dict)

    def cell(self, table: str, row: int, column: str) -> str:
        """Address of a cell, or "" if the row or the column is not on the sheet."""
        letter = self.columns.get(table, {}).get(column, "")
        return f"{letter}{row}" if letter and row else ""

    def cell_of(self, table: str, row: Row, column: str) -> str:
        """Address of a cell of a typed row, also of a setting and of a demand in its period."""
        if table == "Settings":
            return self.cell(table, self.settings.get(column, 0), "value")
        found = self.cell(table, row.row, column)
        if not found and table == "Demand" and column in ("period", "quantity"):
            return self.cell(table, row.row, str(getattr(row, "period", "")))
        return found

    def sheet(self, table: str) -> str:
        """The name of a table's sheet."""
        return self.sheets.get(table, table)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that a scenario reads differently: which, as what, and by which row of Scenarios.

    ``place``: position of the row among the rows of its table in base; a change of Settings has
    the setting as ``column``.  ``value`` is typed like the column.
    """

    table: str
    place: int
    column: str
    value: object
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Every table of the contract as typed rows, in the order of the sheet.

    Periods are numbers, 1 = the first of the horizon (``settings.start``); names are spelled as in
    the table that declares them; blanks are replaced by their defaults where a default is a value.
    ``horizon`` is the number of periods T; ``period_labels`` their names (``2025-10``), T of them.
    ``scenario``: as which scenario of the workbook the rows read; ``changes``: every cell that it
    changes, in the order in which it does.
    """

    settings: Settings = field(default_factory=Settings)
    horizon: int
    period_labels: tuple[str, ...]
    items: tuple[Item, ...] = ()
    composition: tuple[Content, ...] = ()
    sites: tuple[Site, ...] = ()
    demand: tuple[Demand, ...] = ()
    countries: tuple[Country, ...] = ()
    currencies: tuple[Currency, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    offers: tuple[Offer, ...] = ()
    price_breaks: tuple[PriceBreak, ...] = ()
    calendar: tuple[CalendarRow, ...] = ()
    lanes: tuple[Lane, ...] = ()
    upstream: tuple[Origin, ...] = ()
    licences: tuple[Licence, ...] = ()
    risks: tuple[RiskEffect, ...] = ()
    stock: tuple[StockRow, ...] = ()
    open_orders: tuple[OpenOrder, ...] = ()
    stock_policy: tuple[StockTarget, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    projects: tuple[Project, ...] = ()
    rules: tuple[Rule, ...] = ()
    scenarios: tuple[Change, ...] = ()
    defaults: tuple[DefaultUsed, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: Source = field(default_factory=Source)
    scenario: str = BASE
    changes: tuple[CellChange, ...] = ()

    def rows(self, attribute: str) -> tuple[Row, ...]:
        """The rows of the table with that attribute name (``Table.attribute``)."""
        rows: tuple[Row, ...] = getattr(self, attribute)
        return rows
