"""The small input with a scenario s, and what is refused of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.contract.data import Data
from optimizer.contract.findings import Finding, InputErrors, Severity
from optimizer.tables import in_scenario
from tests.tables.books import Cells, folder, good, small

HEADER: list[object] = ["scenario", "order", "active", "table", "where", "column", "operation",
                        "value"]  # fmt: skip
WHERE, OPERATION, VALUE = "E", "G", "H"


def rows(*changes: tuple[object, ...], scenario: str = "s") -> Cells:
    """Rows of one scenario: table, where, column, operation, value."""
    return [HEADER, *([scenario, "", "", *change] for change in changes)]


def data_with(tmp_path: Path, *changes: tuple[object, ...], **sheets: Cells) -> Data:
    """The small input with a scenario s of these changes."""
    tmp_path.mkdir(exist_ok=True)
    path = folder(tmp_path / "in", small(Scenarios=rows(*changes), **sheets))
    return good(path)[0]


def refused(data: Data, name: str = "s") -> list[Finding]:
    """The errors of a scenario, which must have some."""
    with pytest.raises(InputErrors) as caught:
        in_scenario(data, name)
    return [one for one in caught.value.findings if one.severity is Severity.ERROR]


def told(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.place
