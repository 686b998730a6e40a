"""Changes of a workbook that say the same in other words: order, names, currency, unit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.fields import Column, Kind, Row
from optimizer.contract.inputs import INPUTS
from tests.laws.names import FOREIGN

_OWN_WORDS = frozenset(("description", "name", "note", "currency"))
_SAME = frozenset(("*", "", "each"))


def reversed_rows(data: Data) -> Data:
    """Every table upside down."""
    return _with(data, lambda rows: tuple(reversed(rows)))


def renamed(data: Data) -> Data:
    """Every name replaced, so that the alphabetical order of all names is turned round."""
    names = sorted(set(_names(data)))
    new = {name: f"n{len(names) - number:03d}" for number, name in enumerate(names)}

    def row_renamed(row: Row, columns: Iterable[Column]) -> Row:
        changes: dict[str, Any] = {}
        for column in columns:
            value = getattr(row, column.name)
            if not _is_name(column, value):
                continue
            if isinstance(value, tuple):
                changes[column.name] = tuple(new.get(name, name) for name in value)
            else:
                # The target of a risk may be a stage and a country: refining:CN.
                changes[column.name] = ":".join(new.get(name, name) for name in value.split(":"))
        return dataclasses.replace(row, **changes)

    made: dict[str, Any] = {
        table.attribute: tuple(
            row_renamed(row, table.columns) for row in data.rows(table.attribute)
        )
        for table in INPUTS
        if table.name != "Settings"
    }
    return dataclasses.replace(data, **made)


def in_money(data: Data, factor: float) -> Data:
    """Everything in another base currency; quotes in the foreign currency keep their prices."""
    foreign = {(o.supplier, o.item) for o in data.offers if o.currency == FOREIGN}

    def made(row: Any, column: Column) -> float:
        value = float(getattr(row, column.name))
        if column.unit.startswith("offer currency"):
            return value if (row.supplier, row.item) in foreign else value * factor
        if column.unit.startswith("base currency"):
            return value * factor
        of_spend = getattr(row, "metric", "") == "spend"
        if column.name == "limit" and of_spend:
            return value * factor
        if column.unit.startswith("currency") and not (column.name == "penalty" and of_spend):
            return value * factor
        return value

    scaled = _numbers(data, made)
    cost = data.settings.shortage_cost
    settings = dataclasses.replace(
        data.settings, shortage_cost=None if cost is None else cost * factor
    )
    return dataclasses.replace(scaled, settings=settings)


def in_units(data: Data, factor: float) -> Data:
    """Every quantity in a smaller unit, of which ``factor`` are one of the old."""

    def made(row: Any, column: Column) -> float:
        value = float(getattr(row, column.name))
        if getattr(row, "scope", "") == "element" and column.name == "price_add":
            return value  # per kg of the element
        if column.unit.startswith(("unit ", "unit")) and not column.unit.startswith("units"):
            return value * factor
        if column.unit.endswith(("per unit", "per unit and period", "unit sold", "unit replaced")):
            return value if column.name == "ratio" else value / factor
        return value

    scaled = _numbers(data, made)
    cost = data.settings.shortage_cost
    settings = dataclasses.replace(
        data.settings, shortage_cost=None if cost is None else cost / factor
    )
    return dataclasses.replace(scaled, settings=settings)


def _numbers(data: Data, made: Callable[[Any, Column], float]) -> Data:
    """The data with every number made anew."""
    tables: dict[str, Any] = {}
    for table in INPUTS:
        if table.name == "Settings":
            continue
        numbers = [column for column in table.columns if column.kind is Kind.NUMBER]
        tables[table.attribute] = tuple(
            dataclasses.replace(
                row,
                **{c.name: made(row, c) for c in numbers if getattr(row, c.name) is not None},
            )
            for row in data.rows(table.attribute)
        )
    return dataclasses.replace(data, **tables)


def _with(data: Data, change: Callable[[tuple[Row, ...]], tuple[Row, ...]]) -> Data:
    tables: dict[str, Any] = {
        table.attribute: change(data.rows(table.attribute))
        for table in INPUTS
        if table.name != "Settings"
    }
    return dataclasses.replace(data, **tables)


def _names(data: Data) -> Iterable[str]:
    for table in INPUTS:
        if table.name == "Settings":
            continue
        for row in data.rows(table.attribute):
            for column in table.columns:
                value = getattr(row, column.name)
                if _is_name(column, value) and column.name != "target":
                    yield from value if isinstance(value, tuple) else (value,)


def _is_name(column: Column, value: object) -> bool:
    """Whether a cell holds names that people chose.  A stage stands among allowed words."""
    if column.kind not in (Kind.TEXT, Kind.NAMES) or column.name in _OWN_WORDS:
        return False
    if value is None or value in _SAME:
        return False
    if column.name == "dimension":
        return value not in column.allowed
    return not column.allowed
