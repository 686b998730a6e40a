"""What every result table must keep: known names and periods, keys once, nothing negative."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from optimizer.contract.fields import Kind, Row, Table
from optimizer.contract.plan import Plan
from optimizer.contract.results import RESULTS, Charge, RuleResult
from optimizer.verify.case import Case
from optimizer.verify.violation import Check, Violation, at_least, words


def check_names(plan: Plan) -> Iterator[Violation]:
    """Outcomes, suppliers, items and sites of every table are known; without that, nothing holds.

    Blank names stand for no supplier, item or site; who a rule is about is left to its own check.
    """
    outcomes = {row.outcome for row in plan.tables.outcomes}
    suppliers = {row.supplier for row in plan.data.suppliers}
    items = {row.item for row in plan.data.items}
    sites = {row.site for row in plan.data.sites}
    known = {
        "outcome": outcomes,
        "worst_outcome": outcomes,
        "supplier": suppliers,
        "item": items,
        "used_item": items,
        "site": sites,
    }
    for table in RESULTS:
        columns = [c.name for c in table.columns if c.name in known]
        if table.row_class is RuleResult:
            continue
        for column in columns:
            names = dict.fromkeys(getattr(r, column) for r in plan.tables.rows(table.attribute))
            for name in names:
                if name and name not in known[column]:
                    place = f"{table.name}: {column} {name}"
                    yield words(Check.NAMES, place, f"a known {column}", name)


def check_rows(case: Case) -> Iterator[Violation]:
    """Keys occur once, periods lie in the horizon, quantities are not negative."""
    for table in RESULTS:
        rows = case.tables.rows(table.attribute)
        if table.row_class is not Charge:  # lines of a bill: two of the same kind add up
            yield from _keys(table, rows)
        yield from _periods(case, table, rows)
        yield from _quantities(case, table, rows)


def _keys(table: Table, rows: tuple[Row, ...]) -> Iterator[Violation]:
    seen: set[object] = set()
    keys = list(map(attrgetter(*table.keys), rows)) if table.keys else [()] * len(rows)
    if len(set(keys)) == len(rows):
        return
    for row, key in zip(rows, keys, strict=True):
        if key in seen:
            yield words(Check.DUPLICATE, _place(table, row), "one row", "several rows")
        seen.add(key)


def _periods(case: Case, table: Table, rows: tuple[Row, ...]) -> Iterator[Violation]:
    names = [column.name for column in table.columns if column.kind is Kind.PERIOD]
    for name in names:
        periods = list(map(attrgetter(name), rows))
        wrong = {t for t in set(periods) if t is not None and not case.clock.inside(t)}
        for row, period in zip(rows, periods, strict=True):
            if period in wrong:
                place = f"{_place(table, row)}: {name}"
                expected = f"1 to {case.clock.horizon}"
                yield words(Check.HORIZON, place, expected, str(period))


def _quantities(case: Case, table: Table, rows: tuple[Row, ...]) -> Iterator[Violation]:
    names = [
        column.name
        for column in table.columns
        if column.kind is Kind.NUMBER and column.unit == "unit" and column.low == 0
    ]
    floor = -case.tolerance.quantity
    for name in names:
        for row, value in zip(rows, map(attrgetter(name), rows), strict=True):
            if value is not None and not value >= floor:
                place = f"{_place(table, row)}: {name}"
                yield from at_least(Check.NEGATIVE, place, 0.0, value, case.tolerance.quantity)


def _place(table: Table, row: Row) -> str:
    return f"{table.name}: " + ", ".join(str(getattr(row, name)) for name in table.keys)
