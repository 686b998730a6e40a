"""Findings while they are collected."""

from __future__ import annotations

import re

from optimizer.contract.findings import Finding, Severity
from optimizer.contract.inputs import INPUTS


class Findings:
    """A growing list of findings, at most one per cell and kind."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, str], Finding] = {}

    def error(
        self, code: str, sheet: str, cell: str, message: str, remedy: str, value: object = ""
    ) -> None:
        """Add what stops a solve."""
        self.add(Finding(code, Severity.ERROR, sheet, cell, message, remedy, str(value)))

    def warning(
        self, code: str, sheet: str, cell: str, message: str, remedy: str, value: object = ""
    ) -> None:
        """Add what is said and solved."""
        self.add(Finding(code, Severity.WARNING, sheet, cell, message, remedy, str(value)))

    def add(self, finding: Finding) -> None:
        """Add a finding; where no cell can be given, its message tells it from others."""
        key = (finding.code, finding.sheet, finding.cell, "" if finding.cell else finding.message)
        self._found.setdefault(key, finding)

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a solve."""
        return any(one.severity is Severity.ERROR for one in self._found.values())

    @property
    def error_cells(self) -> set[tuple[str, str]]:
        """Sheet and address of every cell that is an error."""
        return {
            (one.sheet, one.cell)
            for one in self._found.values()
            if one.cell and one.severity is Severity.ERROR
        }

    @property
    def error_sheets(self) -> set[str]:
        """Every sheet with an error."""
        return {one.sheet for one in self._found.values() if one.severity is Severity.ERROR}

    def all(self) -> tuple[Finding, ...]:
        """Everything in the order of the tables, then of rows and columns."""
        return tuple(sorted(self._found.values(), key=_place))


_ORDER = {table.name.casefold(): place for place, table in enumerate(INPUTS)}
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def _place(finding: Finding) -> tuple[int, int, int, str]:
    sheet = _ORDER.get(finding.sheet.strip().casefold(), -1)
    address = _ADDRESS.fullmatch(finding.cell)
    if address is None:
        return sheet, 0, 0, ""
    # Longer letters are further right, so AA comes after Z.
    return sheet, int(address[2]), len(address[1]), address[1]
