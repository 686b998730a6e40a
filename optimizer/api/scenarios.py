"""The input as a scenario has it."""

from __future__ import annotations

from optimizer import tables
from optimizer.contract.data import Data


def scenario_names(data: Data) -> tuple[str, ...]:
    """base, and every scenario with an active row, in the order of the sheet."""
    return tables.scenario_names(data)


def scenario(data: Data, name: str) -> Data:
    """The data as the scenario has it: new frozen tables, checked like an input.

    Raises:
        InputErrors: there is no such scenario, or the input has errors as it changes it.
    """
    return tables.in_scenario(data, name)
