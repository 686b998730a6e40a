"""Small data for tests: say what matters, the rest is filled in.

    small()                                    K sells P to site A for 10 each; 100 are wanted
    small(offers=[Offer(supplier="K", item="P", price=7, lead_days=30)])
    small(demand=need(100, 0, 50), settings=Settings(discount_rate=0.1))

Names that a table uses and no table declares are declared with defaults (suppliers made in
country X), so that a test names a thing once.  Rows get the numbers they would have on a sheet:
2, 3, ...
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.fields import Row
from optimizer.contract.goods import Demand, Item, Site
from optimizer.contract.inputs import INPUTS
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Offer, Supplier

ITEM, SITE, SUPPLIER, COUNTRY = "P", "A", "K", "X"
ALL = "*"


def need(
    *quantities: float, item: str = ITEM, site: str = SITE, end_use: str = "general"
) -> list[Demand]:
    """One row of Demand for each quantity, in periods 1, 2, ..."""
    return [
        Demand(item=item, site=site, end_use=end_use, period=period, quantity=quantity)
        for period, quantity in enumerate(quantities, start=1)
    ]


def offer(supplier: str = SUPPLIER, item: str = ITEM, price: float = 10.0, **rest: Any) -> Offer:
    """A quote, by default K sells P for 10."""
    return Offer(supplier=supplier, item=item, price=price, **rest)


def small(
    *, settings: Settings | None = None, horizon: int | None = None, **tables: Sequence[Any]
) -> Data:
    """Valid data with these tables (named as in `Data`).

    The horizon is `horizon`, else Settings.periods, else the last period of the demand.
    """
    settings = settings or Settings(start="2025-01")
    rows: dict[str, list[Any]] = {name: list(given) for name, given in tables.items()}
    rows.setdefault("demand", need(100.0))
    rows.setdefault("offers", [offer()])
    _declare(rows)
    length = horizon or settings.periods or max(row.period for row in rows["demand"])
    return Data(
        settings=settings,
        horizon=length,
        period_labels=tuple(_label(settings.period, number) for number in range(length)),
        **{name: _numbered(given) for name, given in rows.items()},
    )


def change(data: Data, **changes: Any) -> Data:
    """The same data with other tables or settings; rows are not numbered anew."""
    made = {
        name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()
    }
    return dataclasses.replace(data, **made)


def _declare(rows: dict[str, list[Any]]) -> None:
    """Add the rows of Items, Sites, Suppliers and Countries that other tables take for granted."""
    _add(rows, "items", "item", (Item(item=name) for name in _used(rows, "Items.item")))
    _add(rows, "sites", "site", (Site(site=name) for name in _used(rows, "Sites.site")))
    _add(
        rows,
        "suppliers",
        "supplier",
        (Supplier(supplier=n, country=COUNTRY) for n in _used(rows, "Suppliers.supplier")),
    )
    _add(
        rows,
        "countries",
        "country",
        (Country(country=name) for name in _used(rows, "Countries.country")),
    )


def _used(rows: dict[str, list[Any]], target: str) -> list[str]:
    """The names that some row uses for the column `target`, in order of first use."""
    found: dict[str, None] = {}
    for table in INPUTS:
        for column in table.columns:
            if column.refers_to != target:
                continue
            for row in rows.get(table.attribute, ()):
                name = getattr(row, column.name)
                if isinstance(name, str) and name != ALL:
                    found[name] = None
    return list(found)


def _add(rows: dict[str, list[Any]], table: str, key: str, made: Iterable[Row]) -> None:
    declared = {getattr(row, key) for row in rows.get(table, ())}
    rows[table] = [
        *rows.get(table, ()),
        *(row for row in made if getattr(row, key) not in declared),
    ]


def _numbered(given: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(
        row if row.row else dataclasses.replace(row, row=number)
        for number, row in enumerate(given, start=2)
    )


def _label(period: str, number: int) -> str:
    match period:
        case "month":
            return f"{2025 + number // 12}-{number % 12 + 1:02d}"
        case "quarter":
            return f"{2025 + number // 4}-Q{number % 4 + 1}"
        case "week":
            return f"week {number + 1}"
        case _:
            return str(2025 + number)
