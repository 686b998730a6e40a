"""Spreadsheets in: reading and checking inputs, the template, the annotated copy."""

from optimizer.contract.findings import InputErrors
from optimizer.tables.apply import in_scenario, scenario_findings, scenario_names
from optimizer.tables.reader import check, read

__all__ = ["InputErrors", "check", "in_scenario", "read", "scenario_findings", "scenario_names"]
