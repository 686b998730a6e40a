"""Elastic rows: further columns that stand for how much a row gives way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.solve.arrays import Arrays, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Slack:
    """One column: one unit of it lets each of ``rows`` give way by its entry of ``amounts`` >= 0.

    A row with an upper side then reads ``A x - amount slack <= upper``, one with only a lower side
    ``A x + amount slack >= lower``.
    """

    rows: Ints
    amounts: Floats


def with_slacks(arrays: Arrays, slacks: Sequence[Slack]) -> Arrays:
    """The arrays with these columns behind their own, shut (upper bound 0), and without any cost.

    Raises ValueError for a row with both sides: it has no one direction in which to give way.
    """
    if not slacks:
        return replace(arrays, cost=np.zeros(arrays.columns), offset=0.0)
    starts, index, value = [arrays.start], [arrays.index], [arrays.value]
    for slack in slacks:
        upper = np.isfinite(arrays.row_upper[slack.rows])
        if np.any(upper & np.isfinite(arrays.row_lower[slack.rows])):
            raise ValueError("a row with two sides cannot give way")
        order = np.argsort(slack.rows)
        index.append(slack.rows[order].astype(np.int32))
        value.append(np.where(upper, -slack.amounts, slack.amounts)[order])
        starts.append(np.array([starts[-1][-1] + len(slack.rows)], dtype=np.int32))
    none = np.zeros(len(slacks))
    return replace(
        arrays,
        start=np.concatenate(starts).astype(np.int32),
        index=np.concatenate(index),
        value=np.concatenate(value),
        lower=np.concatenate([arrays.lower, none]),
        upper=np.concatenate([arrays.upper, none]),
        cost=np.zeros(arrays.columns + len(slacks)),
        offset=0.0,
        integer=np.concatenate([arrays.integer, none > 0]),
    )
