"""What is found wrong, or worth saying, about an input."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """An error stops the solve; a warning is said, and repeated in the result."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: where, what is wrong, what to do.

    ``code`` names the kind of finding (e.g. ``unknown-name``), the same for every occurrence.
    ``cell`` is an address such as ``D12``, or empty where the whole sheet is meant.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    message: str
    remedy: str
    value: str = ""

    @property
    def place(self) -> str:
        """Where it is, as people write it: ``Offers!D12``."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class InputErrors(Exception):  # noqa: N818  # it carries errors, it is not one of them
    """The input has errors, so there is no data.  ``findings``: all of them, warnings included."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep the findings; the text names the number of errors and the first of them."""
        self.findings = findings
        errors = [one for one in findings if one.severity is Severity.ERROR]
        first = f": {errors[0].place}: {errors[0].message}" if errors else ""
        super().__init__(f"the input has {len(errors)} error{'s'[: len(errors) != 1]}{first}")
