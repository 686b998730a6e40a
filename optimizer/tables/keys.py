"""Rows with the same key: which of them is meant cannot be known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed
from optimizer.tables.nearest import fold


def refuse_duplicates(tables: Mapping[str, Typed], findings: Findings) -> None:
    """An error at every row whose key stands in an earlier row, with both cells."""
    for typed in tables.values():
        columns = [_comparable(typed, name) for name in typed.table.keys]
        keys = list(zip(*columns, strict=True))
        if len(set(keys)) < len(keys):
            _say_duplicates(typed, keys, findings)


def _comparable(typed: Typed, name: str) -> list[Hashable]:
    values: list[Any] = typed.values[name]
    if typed.table.name == "Lanes" and name == "country":
        # Where a supplier is given, the country is its own and no part of the key.
        suppliers = typed.values["supplier"]
        return [
            value if supplier == "*" else "*"
            for supplier, value in zip(suppliers, values, strict=True)
        ]
    if values and isinstance(values[0], tuple):
        return [tuple(sorted(value)) for value in values]
    cache = {value: fold(value) if isinstance(value, str) else value for value in set(values)}
    return [cache[value] for value in values]


def _say_duplicates(typed: Typed, keys: list[tuple[Hashable, ...]], findings: Findings) -> None:
    names = typed.table.keys
    ordered = typed.table.name == "Scenarios"
    bad_rows = {row for row, column in typed.bad if column in names}
    first: dict[tuple[Hashable, ...], int] = {}
    for row, key in zip(typed.rows, keys, strict=True):
        # A blank order means the order of the rows, so such rows are not the same.
        if row in bad_rows or (ordered and key[names.index("order")] is None):
            continue
        if key not in first:
            first[key] = row
            continue
        column = next((name for name in names if name in typed.letters), names[0])
        earlier = typed.cell(first[key], column)
        findings.error(
            "duplicate-key", typed.sheet, typed.cell(row, column),
            f"the row has the same {', '.join(names)} as row {first[key]} ({earlier})",
            "Remove one of the two rows, or correct its names.", str(key[0]),
        )  # fmt: skip
