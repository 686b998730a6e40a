"""A linear or mixed-integer minimisation as arrays, the form that solvers load."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

LARGE = 250_000
"""Entries of a matrix from which on a vertex of the relaxation takes too long."""

MEDIUM = 50_000
"""Entries from which on an interior point and then a vertex are had before the simplex is done."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """min cost . x + offset  s.t.  row_lower <= A x <= row_upper, lower <= x <= upper.

    A by columns: entries start[j] .. start[j+1] of `index` (rows) and `value` are column j.
    `integer` marks the columns that are to be whole numbers. Missing bounds are infinite.
    """

    start: Ints
    index: Ints
    value: Floats
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    cost: Floats
    offset: float
    integer: Bools

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.row_lower)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.lower)

    def entry_columns(self) -> Ints:
        """The column of each entry of `index` and `value`."""
        return np.repeat(np.arange(self.columns, dtype=np.int32), np.diff(self.start))

    def activity(self, values: Floats) -> Floats:
        """A x: what each row comes to under `values`."""
        weights = self.value * values[self.entry_columns()]
        summed = np.bincount(self.index, weights=weights, minlength=self.rows)
        return summed.astype(np.float64)

    def objective(self, values: Floats) -> float:
        """Cost of `values`, the offset included."""
        return float(self.cost @ values) + self.offset

    def violation(self, values: Floats) -> float:
        """Largest absolute violation of a row or column bound under `values`.

        Whether columns are whole is not looked at.
        """
        activity = self.activity(values)
        excess = [
            self.row_lower - activity,
            activity - self.row_upper,
            self.lower - values,
            values - self.upper,
        ]
        return max(0.0, *(float(part.max(initial=0.0)) for part in excess))


def is_large(arrays: Arrays) -> bool:
    """Whether the course for large models is the one to take."""
    return len(arrays.value) >= LARGE
