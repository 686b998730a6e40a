"""Which rows a scenario's ``where`` selects: ``column=value;column=value``, all of them to hold."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.fields import Row, Table

# Tables whose rows belong to a country through their supplier.
THROUGH_SUPPLIER = ("Offers", "PriceBreaks", "Upstream")


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of a ``where``: the cell of ``column`` reads ``value`` ("" = blank)."""

    column: str
    value: str


def conditions(where: str | None) -> tuple[Condition, ...]:
    """The parts of a ``where``; none for a blank one.

    Raises:
        ValueError: a part is not written column=value; the message is that part.
    """
    parts = [part.strip() for part in (where or "").split(";")]
    found = []
    for part in filter(None, parts):
        column, equals, value = part.partition("=")
        if not equals or not column.strip():
            raise ValueError(part)
        found.append(Condition(column.strip().casefold(), value.strip()))
    return tuple(found)


def columns_for(table: Table) -> tuple[str, ...]:
    """The columns that a ``where`` on a table may name."""
    own = tuple(column.name for column in table.columns)
    if table.name in THROUGH_SUPPLIER and "country" not in own:
        return (*own, "country")
    return own


def selected(where: str | None, table: Table, data: Data) -> tuple[Row, ...]:
    """The rows of a table that fulfil every condition (names without regard to case).

    ``country`` also selects rows through their supplier's country.  Periods are matched by their
    labels.  Settings have no rows here.

    Raises:
        ValueError: the ``where`` is not written column=value;column=value.
    """
    parts = conditions(where)
    rows = data.rows(table.attribute)
    if not parts:
        return rows
    countries = {one.supplier: one.country for one in data.suppliers}
    return tuple(row for row in rows if all(_holds(one, row, data, countries) for one in parts))


def _holds(condition: Condition, row: Row, data: Data, countries: dict[str, str]) -> bool:
    value = getattr(row, condition.column, None)
    if _reads(value, condition, data):
        return True
    if condition.column == "country" and hasattr(row, "supplier"):
        return _reads(countries.get(row.supplier), condition, data)
    return False


def _reads(value: object, condition: Condition, data: Data) -> bool:
    wanted = condition.value.casefold()
    if value is None:
        return not wanted
    if isinstance(value, bool):
        return wanted == ("yes" if value else "no")
    if isinstance(value, tuple):
        return wanted in (str(one).casefold() for one in value) or (not value and not wanted)
    if condition.column in ("period", "from_period", "to_period", "available_from"):
        return isinstance(value, int) and wanted == _label(value, data).casefold()
    if isinstance(value, int | float):
        try:
            return float(wanted) == value
        except ValueError:
            return False
    return str(value).casefold() == wanted


def _label(period: int, data: Data) -> str:
    return data.period_labels[period - 1] if 1 <= period <= len(data.period_labels) else ""
