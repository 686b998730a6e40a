"""What a declared column looks like on a sheet: its heading, its unit and its typed values."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

from optimizer.contract.data import Data
from optimizer.contract.fields import Column, Kind, Table
from optimizer.contract.results import RESULTS
from optimizer.contract.study import STUDY_RESULTS
from optimizer.report.words import upper_first

WEIGHT_UNIT = "kg"

Cell: TypeAlias = str | float | int | bool | None


class Look(Enum):
    """How the numbers of a column are shown."""

    TEXT = "text"
    QUANTITY = "quantity"
    MONEY = "money"
    UNIT_PRICE = "unit price"
    SHARE = "share"
    METRIC = "of the row's metric"
    PLAIN = "plain"


def weight_unit(data: Data) -> str:
    """What weights are stated in: kilograms, or the workbook's unit where no item has a weight."""
    weighed = any(item.weight != 1.0 for item in data.items)
    return WEIGHT_UNIT if weighed else data.settings.unit


def unit_text(column: Column, data: Data) -> str:
    """The unit of a column with the workbook's own unit and currency in it."""
    settings = data.settings
    if column.unit == "weight":
        return weight_unit(data)
    words = {
        "unit": settings.unit,
        "currency": settings.currency,
        "periods": f"{settings.period}s",
    }
    if column.unit.startswith("offer currency"):
        words = {"unit": settings.unit}
    return " ".join(words.get(word, word) for word in column.unit.split(" "))


def heading(column: Column, data: Data) -> str:
    """The heading of a column: ``Landed cost (USD)``.

    Without its bracket, in lower case and with ``_`` for blanks it is the column's name again.
    """
    words = upper_first(column.name.replace("_", " "))
    unit = unit_text(column, data)
    return words if unit in ("", "share", "of its metric") else f"{words} ({unit})"


def look(column: Column) -> Look:
    """How the numbers of the column are shown."""
    if column.kind not in (Kind.NUMBER, Kind.INTEGER):
        return Look.TEXT
    if column.unit in ("unit", "weight"):
        return Look.QUANTITY
    if column.unit == "currency":
        return Look.MONEY
    if column.unit == "share":
        return Look.SHARE
    if column.unit == "of its metric":
        return Look.METRIC
    return Look.UNIT_PRICE if "currency per" in column.unit else Look.PLAIN


def reader(column: Column, data: Data) -> Callable[[Any], Cell]:
    """From a row to one cell as people read it: months for periods, words for lists; inf is blank.

    One reader for a column: what depends on the column alone is asked once, not for every row.
    """
    get: Callable[[Any], Any] = attrgetter(column.name)
    labels = data.period_labels

    def period(row: Any) -> Cell:
        raw = get(row)
        return None if raw is None else labels[int(raw) - 1]

    def names(row: Any) -> Cell:
        raw = get(row)
        return None if raw is None else "; ".join(raw)

    def finite(row: Any) -> Cell:
        raw: float | None = get(row)
        return raw if raw is not None and -math.inf < raw < math.inf else None

    readers = {Kind.PERIOD: period, Kind.NAMES: names, Kind.NUMBER: finite, Kind.INTEGER: finite}
    return readers.get(column.kind, get)


def units_line(table: Table, data: Data) -> str:
    """The line above a sheet: what it shows, and in which units."""
    looks = {look(column) for column in table.columns}
    units = {column.unit for column in table.columns}
    said = []
    if "unit" in units:
        said.append(f"quantities in {data.settings.unit}")
    if "weight" in units:
        said.append(f"weights in {weight_unit(data)}")
    if looks & {Look.MONEY, Look.UNIT_PRICE}:
        said.append(f"money in {data.settings.currency}")
    units_said = f" {upper_first(', '.join(said))}." if said else ""
    return f"{table.name}: {table.meaning[:1].lower()}{table.meaning[1:]}{units_said}"


def digits(values: Iterable[float | None]) -> int:
    """Decimals that numbers of this size need to be read: none where they are large or whole.

    Blanks do not count.
    """
    finite = [abs(one) for one in values if one is not None and math.isfinite(one)]
    largest = max(finite, default=0.0)
    if largest >= 1000 or all(number == round(number) for number in finite):
        return 0
    return 1 if largest >= 100 else 2 if largest >= 10 else 4


def money_digits(amounts: Iterable[float | None]) -> int:
    """Decimals that amounts of money need: none, unless they are small, as in millions."""
    finite = [abs(one) for one in amounts if one is not None and math.isfinite(one)]
    largest = max(finite, default=0.0)
    if largest >= 100 or all(amount == round(amount) for amount in finite):
        return 0
    return 2 if largest >= 1 else 4


def result_table(attribute: str) -> Table:
    """The declaration of the result table with that attribute.

    Raises:
        KeyError: there is none; the message lists those there are.
    """
    tables = _by_attribute()
    if attribute not in tables:
        raise KeyError(f"no result table {attribute!r}; there are {', '.join(tables)}")
    return tables[attribute]


@cache
def _by_attribute() -> dict[str, Table]:
    return {table.attribute: table for table in (*RESULTS, *STUDY_RESULTS)}
