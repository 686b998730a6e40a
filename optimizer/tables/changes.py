"""One row of Scenarios, done to the data: new values, checked like the cells of an input."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from optimizer.contract.data import CellChange, Data
from optimizer.contract.fields import Column, Kind, Row
from optimizer.contract.inputs import input_table
from optimizer.contract.policy import Change
from optimizer.contract.settings import SETTINGS
from optimizer.contract.where import conditions, selected
from optimizer.tables.cells import NumberReader, UnreadableError
from optimizer.tables.collect import Findings
from optimizer.tables.nearest import did_you_mean

FIXED_SETTINGS = ("start", "period", "periods", "currency", "unit")
"""What every cell of the workbook is written in: its calendar, its currency and its unit."""
_NUMBERS = (Kind.NUMBER, Kind.INTEGER)
_SHOWN = 3
_NOISE = 1e-12


@dataclass(slots=True)
class Application:
    """The rows of one scenario while they are applied, one after the other.

    ``made``: every cell that was changed; ``refused``: table, sheet row and column of those that
    would have got a value that they cannot have, and keep the one before.
    """

    scenario: str
    data: Data
    findings: Findings = field(default_factory=Findings)
    made: list[CellChange] = field(default_factory=list)
    refused: set[tuple[str, int, str]] = field(default_factory=set)

    def apply(self, change: Change) -> None:
        """Do what a row says to every cell that it names."""
        if change.table == "Settings":
            self._change_setting(change)
        else:
            self._change_rows(change)

    def _change_rows(self, change: Change) -> None:
        table = input_table(change.table)
        column = table.column(change.column)
        try:
            chosen = {id(row) for row in selected(change.where, table, self.data)}
        except ValueError as part:
            self._error(change, "where", "where-unclear", f"{str(part)!r} is not written "
                        "column=value", "Write it like country=CN;item=A1; blank means all rows.",
                        change.where)  # fmt: skip
            return
        rows = list(self.data.rows(table.attribute))
        places = [place for place, row in enumerate(rows) if id(row) in chosen]
        if not places:
            self._error(
                change, "where", "names-nobody",
                f"no row of {table.name} fits {change.where or 'a blank where'!r} in scenario "
                f"{self.scenario}{self._earlier(change)}",
                "Correct the names in where, or the order of the scenario's rows.", change.where,
            )  # fmt: skip
            return
        if self._is_word(change, column):
            return
        now = [(place, rows[place], getattr(rows[place], column.name)) for place in places]
        cells = _Cells(column, change, now)
        for place, value in cells.new.items():
            one: Any = {column.name: value}
            rows[place] = dataclasses.replace(rows[place], **one)
        attribute: Any = {table.attribute: tuple(rows)}
        self._keep(change, cells)
        self.data = dataclasses.replace(self.data, **attribute)

    def _change_setting(self, change: Change) -> None:
        known = {column.name: column for column in SETTINGS}
        wanted = self._setting(change)
        column = known.get(wanted)
        if column is None or change.column != "value":
            hint = did_you_mean(wanted, known) if column is None else ""
            cell = "where" if column is None else "column"
            self._error(change, cell, "names-nobody", f"{change.where or 'a blank where'!r} and "
                        f"the column {change.column} name no value of a setting",
                        f"{hint}Write setting=holding_rate, and the column value.",
                        change.where)  # fmt: skip
            return
        if wanted in FIXED_SETTINGS:
            self._error(
                change, "where", "fixed-setting",
                f"a scenario cannot change {wanted}: every cell of the workbook is written in it",
                "Make a copy of the workbook for another calendar, currency or unit; to change "
                "what is needed and paid, change Demand, Offers or Currencies.", change.where,
            )  # fmt: skip
            return
        if self._is_word(change, column):
            return
        settings = self.data.settings
        cells = _Cells(column, change, [(0, Row(), getattr(settings, wanted))])
        for value in cells.new.values():
            one: Any = {wanted: value}
            self.data = dataclasses.replace(
                self.data, settings=dataclasses.replace(settings, **one)
            )
        self._keep(change, cells)

    def _is_word(self, change: Change, column: Column) -> bool:
        """Whether the change is arithmetic with what is no number, which it then says."""
        if change.operation == "set" or column.kind in _NUMBERS:
            return False
        self._error(change, "operation", "not-a-number", f"{column.name} is no number, so "
                    f"{change.operation} has no meaning", "Use set.", change.operation)  # fmt: skip
        return True

    def _setting(self, change: Change) -> str:
        try:
            parts = conditions(change.where)
        except ValueError:
            return ""
        wanted = [one.value for one in parts if one.column == "setting"]
        return wanted[0] if len(wanted) == 1 else ""

    def _keep(self, change: Change, cells: _Cells) -> None:
        """Note what was changed, and say what was not."""
        table, name = change.table, cells.column.name
        for place, value in cells.new.items():
            self.made.append(CellChange(table, place, name, value, change.row))
        if cells.flaws:
            (row, value, flaw), *more = cells.flaws
            self.refused |= {(table, row.row, name) for row, *_ in cells.flaws}
            also = f" ({len(more)} more cell{'s' * (len(more) > 1)} likewise)" if more else ""
            self._error(
                change, "value", flaw.code,
                f"{cell_in_words(self.data, table, row, name)} would become {value:g} in scenario "
                f"{self.scenario}{also}: {flaw.message}",
                "Correct the value, or name fewer rows in where.", change.value,
            )  # fmt: skip
        if cells.numberless:
            self._leave(change, cells)

    def _leave(self, change: Change, cells: _Cells) -> None:
        """Say which cells stay as they are, for they hold no number."""
        places = [cell_in_words(self.data, change.table, row, cells.column.name)
                  for row in cells.numberless]  # fmt: skip
        several = len(places) > 1
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        what = "multiply" if change.operation == "multiply" else "add to"
        self.findings.warning(
            "no-number-to-change", *self._cell(change, "value"),
            f"{', '.join(places[:_SHOWN])}{more} {'are' if several else 'is'} blank "
            f"({cells.column.says}), so scenario {self.scenario} has nothing to {what} there and "
            f"leaves {'them as they are' if several else 'it as it is'}",
            "Fill in a number there, or use set.", change.value,
        )  # fmt: skip

    def _earlier(self, change: Change) -> str:
        table = change.table
        before = any(one.table == table and one.by != change.row for one in self.made)
        return ", as its earlier rows have changed the table" if before else ""

    def _error(
        self, change: Change, column: str, code: str, message: str, remedy: str, value: object
    ) -> None:
        self.findings.error(code, *self._cell(change, column), message, remedy,
                            "" if value is None else value)  # fmt: skip

    def _cell(self, change: Change, column: str) -> tuple[str, str]:
        source = self.data.source
        return source.sheet("Scenarios"), source.cell("Scenarios", change.row, column)


class _Cells:
    """The cells of a column that a change reaches: what each becomes, or why it cannot."""

    def __init__(
        self, column: Column, change: Change, cells: Iterable[tuple[int, Row, Any]]
    ) -> None:
        """``cells``: position and row of each, and its value now."""
        self.column = column
        self.new: dict[int, Any] = {}
        self.flaws: list[tuple[Row, float, UnreadableError]] = []
        self.numberless: list[Row] = []
        for place, row, now in cells:
            if _has_no_number(now, change):
                # A blank that stands for nothing, such as the probability of a result's second
                # row, is no number that anyone could have meant.
                if column.says:
                    self.numberless.append(row)
                continue
            wanted = _wanted(now, change)
            try:
                fitting = _fitting(column, wanted)
            except UnreadableError as flaw:
                self.flaws.append((row, wanted, flaw))
                continue
            if fitting != now:
                self.new[place] = fitting


def _has_no_number(now: Any, change: Change) -> bool:
    """Whether there is nothing to multiply or to add to; nothing of what is unlimited is zero."""
    if change.operation == "set":
        return False
    nothing = change.operation == "multiply" and change.value == 0
    return now is None or (math.isinf(now) and not nothing)


def _wanted(now: Any, change: Change) -> Any:
    given: Any = change.value
    if change.operation == "set":
        return given
    if change.operation == "add":
        return now + given
    return now * given if given else 0.0


def _fitting(column: Column, value: Any) -> Any:
    """The value as the column holds it; raises UnreadableError if it cannot."""
    if column.kind not in _NUMBERS or value == column.default:
        return value
    number = float(value)
    for bound in (column.low, column.high):
        # 0.9 x (1 / 0.9) is meant as 1.
        if math.isfinite(bound) and math.isclose(number, bound, rel_tol=_NOISE):
            number = bound
    reader = NumberReader(column, False, True)
    if column.kind is Kind.NUMBER:
        return reader.read(number)
    whole = round(number)
    return reader.read_whole(whole if math.isclose(number, whole, rel_tol=_NOISE) else number)


def cell_in_words(data: Data, table: str, row: Row, column: str) -> str:
    """``Offers!C12``, or where the sheet has no such column ``capacity in row 12 of Offers``."""
    sheet = data.source.sheet(table)
    cell = data.source.cell_of(table, row, column)
    if cell:
        return f"{sheet}!{cell}"
    return f"{column} of {sheet}" if not row.row else f"{column} in row {row.row} of {sheet}"
