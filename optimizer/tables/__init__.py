"""Spreadsheets in: reading and checking inputs, the template, the annotated copy."""

from optimizer.contract.findings import InputErrors
from optimizer.tables.reader import check, read

__all__ = ["InputErrors", "check", "read"]
