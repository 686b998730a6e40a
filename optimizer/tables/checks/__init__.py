"""Checks of what the cells say together.  ``CHECKS`` is the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.contract.findings import Finding
from optimizer.tables.checks.context import Checked
from optimizer.tables.collect import Findings

Check = Callable[[Checked], Iterator[Finding]]

CHECKS: tuple[Check, ...] = ()


def run_checks(checked: Checked, findings: Findings) -> None:
    """Run every check; a cell that is already an error is not reported again."""
    known = findings.error_cells
    for check in CHECKS:
        for finding in check(checked):
            if (finding.sheet, finding.cell) not in known:
                findings.add(finding)
