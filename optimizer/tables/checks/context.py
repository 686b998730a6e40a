"""What a check sees: the data, where its cells stand, and which cells are not to be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from optimizer.contract.data import Data
from optimizer.contract.fields import Row
from optimizer.contract.findings import Finding, Severity
from optimizer.tables.columns import Typed
from optimizer.tables.settings import SettingsRead

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Checked:
    """Data whose cells are typed.  Where a cell could not be read, a placeholder stands in."""

    data: Data
    tables: Mapping[str, Typed]
    settings: SettingsRead

    def sound(self, table: str, rows: Iterable[R], *columns: str) -> list[R]:
        """The rows of a table of which the named cells could be read."""
        bad = self.tables[table].bad
        if not bad:
            return list(rows)
        return [row for row in rows if not any((row.row, name) in bad for name in columns)]

    def whole(self, table: str, *columns: str) -> bool:
        """Whether the named columns could be read in every row (and stand on the sheet)."""
        typed = self.tables[table]
        if typed.unread & set(columns) or (typed.table.needed and not typed.rows):
            return False
        return not any(name in columns for _, name in typed.bad)

    def error(
        self, code: str, place: tuple[str, int, str], message: str, remedy: str, value: object = ""
    ) -> Finding:
        """An error at (table, row, column); row 0 means the sheet as a whole."""
        return self._finding(code, Severity.ERROR, place, message, remedy, value)

    def warning(
        self, code: str, place: tuple[str, int, str], message: str, remedy: str, value: object = ""
    ) -> Finding:
        """A warning at (table, row, column); row 0 means the sheet as a whole."""
        return self._finding(code, Severity.WARNING, place, message, remedy, value)

    def _finding(
        self,
        code: str,
        severity: Severity,
        place: tuple[str, int, str],
        message: str,
        remedy: str,
        value: object,
    ) -> Finding:
        table, row, column = place
        if table == "Settings":
            sheet, cell = self.settings.typed.sheet, self.settings.cell(column)
        else:
            typed = self.tables[table]
            sheet, cell = typed.sheet, typed.cell(row, column) if row else ""
        return Finding(code, severity, sheet, cell, message, remedy, str(value))

    def where(self, table: str, row: int, column: str) -> str:
        """``Offers!D12``, for messages that point at a second cell."""
        typed = self.tables[table]
        return f"{typed.sheet}!{typed.cell(row, column)}"
