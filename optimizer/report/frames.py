"""The result tables as DataFrames, with the types that the contract declares."""

from __future__ import annotations

import pandas as pd

from optimizer.contract.fields import Kind
from optimizer.report.columns import result_table, value
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
        raw = [getattr(row, column.name) for row in rows]
        if column.kind is Kind.NUMBER:
            cells = raw
        else:
            cells = [value(column, one, plan.data) for one in raw]
        columns[column.name] = pd.Series(cells, dtype=DTYPES[column.kind])
    return pd.DataFrame(columns)
