"""Plans that were found with some limits, and what they are worth with others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import Arrays, Floats
from optimizer.solve.compile import Compiled
from optimizer.solve.session import within
from optimizer.studies.loaded import HOLDS


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A plan: a number for each column of a compiled model."""

    compiled: Compiled
    values: Floats

    def under(self, compiled: Compiled, arrays: Arrays) -> Floats | None:
        """The plan under other limits: slacks of soft rules as small as these let them be.

        ``arrays``: the model with those limits.  None where it breaks one that must hold.
        """
        values = within(arrays, _columns_of(self, compiled))
        fitted = _with_least_slack(compiled, arrays, values)
        return fitted if arrays.violation(fitted) <= HOLDS else None


def _columns_of(plan: Known, compiled: Compiled) -> Floats:
    """The plan in the columns of another model of the same problem."""
    if plan.compiled is compiled:
        return plan.values
    found = plan.compiled.values(plan.values)
    return np.array([found.get(label, 0.0) for label in compiled.column_labels])


def _with_least_slack(compiled: Compiled, arrays: Arrays, values: Floats) -> Floats:
    slacks = [j for (name, _), j in compiled.column_of.items() if name == "relaxed"]
    if not slacks:
        return values
    fitted = values.copy()
    fitted[slacks] = np.maximum(0.0, arrays.lower[slacks])
    missed = arrays.activity(fitted)
    for column in slacks:
        entries = slice(arrays.start[column], arrays.start[column + 1])
        needed = fitted[column]
        for row, value in zip(arrays.index[entries], arrays.value[entries], strict=True):
            if value < 0:
                needed = max(needed, (missed[row] - arrays.row_upper[row]) / -value)
            else:
                needed = max(needed, (arrays.row_lower[row] - missed[row]) / value)
        fitted[column] = needed
    return fitted
