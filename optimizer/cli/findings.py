"""Findings as a table: where, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence

import click

from optimizer.cli.screen import show_table
from optimizer.contract.findings import Finding, Severity


def show_findings(findings: Sequence[Finding], *, err: bool = False) -> None:
    """All findings, errors first, and how many there are of each kind."""
    if findings:
        ordered = sorted(findings, key=lambda one: one.severity is not Severity.ERROR)
        show_table(
            ("", "where", "what, and what to do"),
            [(one.severity.value, one.place, said(one)) for one in ordered],
            err=err,
        )
    click.echo(counted(findings), err=err)


def said(finding: Finding) -> str:
    """What is wrong, and what to do, as sentences."""
    return f"{finding.message.rstrip('.')}. {finding.remedy}".strip()


def counted(findings: Sequence[Finding]) -> str:
    """``2 errors, 1 warning.``"""
    errors = sum(one.severity is Severity.ERROR for one in findings)
    return f"{_plural(errors, 'error')}, {_plural(len(findings) - errors, 'warning')}."


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
