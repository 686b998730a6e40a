"""The result tables as DataFrames, with the types that the contract declares."""

from __future__ import annotations

from operator import attrgetter

import pandas as pd

from optimizer.contract.fields import Kind
from optimizer.report.columns import reader, result_table
from optimizer.report.tabled import Tabled

DTYPES = {
    Kind.TEXT: "str",
    Kind.NAMES: "str",
    Kind.PERIOD: "str",
    Kind.NUMBER: "float64",
    Kind.INTEGER: "Int64",
    Kind.YES_NO: "boolean",
    Kind.ANY: "object",
}


def frame(plan: Tabled, attribute: str) -> pd.DataFrame:
    """One result table of a plan or a study, as declared: ``frame(plan, "awards")``.

    Periods are their labels (``2025-10``), unlimited numbers ``inf``.

    Raises:
        KeyError: there is no such table; the message lists those there are.
    """
    table = result_table(attribute)
    rows = plan.tables.rows(attribute)
    columns = {}
    for column in table.columns:
        unlimited = column.kind is Kind.NUMBER
        read = attrgetter(column.name) if unlimited else reader(column, plan.data)
        columns[column.name] = pd.Series(list(map(read, rows)), dtype=DTYPES[column.kind])
    return pd.DataFrame(columns)
