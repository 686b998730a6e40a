"""How a column of the data contract is declared.

A table is a frozen dataclass; each column is one field of it, declared through one of the functions
below.  Reading, checking, the template, the printed contract, its page in docs/, JSON, DataFrames
and result sheets all derive from these declarations.
"""

from __future__ import annotations

import dataclasses
import math
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any, TypeVar, dataclass_transform

R = TypeVar("R", bound="Row")

LARGEST_NUMBER = 1e12
"""No number of the input may be further from 0: the solver cannot tell much larger ones apart."""


class Kind(Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    NAMES = "names with ;"
    NUMBER = "number"
    INTEGER = "integer"
    YES_NO = "yes/no"
    PERIOD = "period"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells hold and what a blank cell means.

    ``default`` is the typed value of a blank cell; ``says`` is the same in words (shown to people).
    ``None`` as default means that the value is worked out from other cells, as ``says`` tells.
    ``low`` and ``high`` are inclusive unless ``above`` is set (then the number is > ``low``).
    """

    name: str
    kind: Kind
    key: bool = False
    unit: str = ""
    required: bool = False
    default: Any = None
    says: str = ""
    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    allowed: tuple[str, ...] = ()
    refers_to: str = ""
    meaning: str = ""

    @property
    def type_text(self) -> str:
        """The type as the printed contract shows it, e.g. ``number 0..1``."""
        if self.kind not in (Kind.NUMBER, Kind.INTEGER):
            return str(self.kind.value)
        if math.isinf(self.low) and math.isinf(self.high):
            return str(self.kind.value)
        if math.isinf(self.high):
            return f"{self.kind.value} {'>' if self.above else '>='} {self.low:g}"
        return f"{self.kind.value} {self.low:g}..{self.high:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A typed row of a table.  ``row`` is its number on the sheet (or line of the CSV); 0: none."""

    row: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the contract: its sheet name, its row class and what it is for."""

    name: str
    row_class: type[Row]
    meaning: str
    columns: tuple[Column, ...]
    needed: bool = False
    add_when: str = ""

    @property
    def attribute(self) -> str:
        """The name of the table in Python, e.g. ``price_breaks``."""
        letters = [f"_{c.lower()}" if c.isupper() else c for c in self.name]
        return "".join(letters).lstrip("_").replace(" ", "_")

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


def rows_of(row_class: type[R], columns: Mapping[str, Sequence[Any]]) -> tuple[R, ...]:
    """Many rows at once, from equally long columns: each field's name -> its values.

    The slots of the rows are filled column by column, which takes a fifth of the time of calling
    the class for each row.

    Raises:
        ValueError: a field has no column, a column no field, or their lengths differ.
    """
    names = [field.name for field in dataclasses.fields(row_class)]
    lengths = {len(values) for values in columns.values()}
    if set(names) != set(columns) or len(lengths) != 1:
        raise ValueError(f"{row_class.__name__} takes equally long columns {', '.join(names)}")
    rows = tuple([object.__new__(row_class) for _ in range(lengths.pop())])
    for name in names:
        # As the class is frozen, only the slot itself can be written to.
        deque(map(getattr(row_class, name).__set__, rows, columns[name]), maxlen=0)
    return rows


_TABLES: dict[type[Row], Table] = {}


@cache
def table_of(row_class: type[Row]) -> Table:
    """The declaration behind a row class; KeyError if the class is not a table."""
    return _TABLES[row_class]


def _declared(column: Column) -> Any:
    if column.required:
        return field(metadata={"column": column})
    return field(default=column.default, metadata={"column": column})


def text(
    meaning: str,
    *,
    key: bool = False,
    required: bool = False,
    default: str | None = None,
    says: str | None = None,
    allowed: Iterable[str] = (),
    refers_to: str = "",
    unit: str = "",
) -> Any:
    """A column of names or words."""
    return _declared(
        Column("", Kind.TEXT, key, unit, required, default, _words(default, says),
               allowed=tuple(allowed), refers_to=refers_to, meaning=meaning)
    )  # fmt: skip


def names(
    meaning: str,
    *,
    key: bool = False,
    default: tuple[str, ...] | None = (),
    says: str,
    refers_to: str = "",
) -> Any:
    """A column of several names, separated by semicolons."""
    return _declared(
        Column("", Kind.NAMES, key, "", False, default, says, refers_to=refers_to, meaning=meaning)
    )


def number(
    meaning: str,
    *,
    key: bool = False,
    required: bool = False,
    unit: str = "",
    default: float | None = None,
    says: str | None = None,
    low: float = 0.0,
    high: float = math.inf,
    above: bool = False,
) -> Any:
    """A column of numbers, by default not negative."""
    return _declared(
        Column("", Kind.NUMBER, key, unit, required, default, _words(default, says),
               low, high, above, meaning=meaning)
    )  # fmt: skip


def integer(
    meaning: str,
    *,
    key: bool = False,
    required: bool = False,
    unit: str = "",
    default: int | None = None,
    says: str | None = None,
    low: float = -math.inf,
) -> Any:
    """A column of whole numbers."""
    return _declared(
        Column("", Kind.INTEGER, key, unit, required, default, _words(default, says),
               low, meaning=meaning)
    )  # fmt: skip


def yes_no(meaning: str, *, default: bool | None, says: str | None = None) -> Any:
    """A column of yes or no."""
    return _declared(
        Column("", Kind.YES_NO, default=default, says=_words(default, says),
               allowed=("yes", "no"), meaning=meaning)
    )  # fmt: skip


def when(
    meaning: str,
    *,
    key: bool = False,
    required: bool = False,
    default: int | None = None,
    says: str = "",
) -> Any:
    """A column of periods; typed as the number of the period, 1 = the first of the horizon."""
    return _declared(Column("", Kind.PERIOD, key, "", required, default, says, meaning=meaning))


def anything(meaning: str, *, required: bool = False) -> Any:
    """A column whose type depends on another cell of the row."""
    return _declared(Column("", Kind.ANY, required=required, meaning=meaning))


def _words(default: Any, says: str | None) -> str:
    if says is not None:
        return says
    if default is None:
        return ""
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, float):
        return "unlimited" if math.isinf(default) else f"{default:g}"
    return str(default)


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(text, names, number, integer, yes_no, when, anything),
)
def table(
    name: str, meaning: str, *, needed: bool = False, add_when: str = ""
) -> Callable[[type[R]], type[R]]:
    """Class decorator: declares a frozen dataclass of columns as a table of the contract."""

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        columns = tuple(
            dataclasses.replace(f.metadata["column"], name=f.name)
            for f in dataclasses.fields(made)
            if "column" in f.metadata
        )
        _TABLES[made] = Table(name, made, meaning, columns, needed, add_when)
        return made

    return declare
