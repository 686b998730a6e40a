"""A proven bound from any duals: weak duality, whatever tolerance they were found with.

An interior point ends close to the optimum of a relaxation, much sooner than a vertex on large
models, and its duals prove nearly all of the bound: for every y, the cost of a plan x is at least
y.(A x) + (c - A'y).x, each part taken at its least within the bounds of rows and columns.
"""

from __future__ import annotations

import math

import numpy as np

from optimizer.solve.arrays import Arrays, Bools, Floats

_ROUNDS = 80
_ROUNDING = 1e-9


def proven_bound(arrays: Arrays, duals: Floats) -> float:
    """No plan costs less than this; -inf where a column that matters has no limit.

    duals: one number for each row, of any quality; the better they are the higher is the bound.
    """
    sides = np.where(duals > 0, arrays.row_lower, arrays.row_upper)
    prices = np.where(np.isfinite(sides), duals, 0.0)
    of_rows = float(np.sum(prices * np.where(prices == 0.0, 0.0, sides)))
    reduced = reduced_costs(arrays, prices)
    upper = _limited(arrays, (reduced < 0) & ~np.isfinite(arrays.upper))
    least = np.where(reduced > 0, arrays.lower, upper)
    if not np.isfinite(least[reduced != 0]).all():
        return -math.inf
    of_columns = float(np.sum(reduced * np.where(reduced == 0, 0.0, least)))
    gross = float(np.abs(prices * np.where(prices == 0.0, 0.0, sides)).sum())
    return of_rows + of_columns + arrays.offset - _ROUNDING * gross


def reduced_costs(arrays: Arrays, duals: Floats) -> Floats:
    """C - A'y: what each column costs beyond what its rows are worth."""
    weights = arrays.value * duals[arrays.index]
    worth = np.bincount(arrays.entry_columns(), weights=weights, minlength=arrays.columns)
    return np.asarray(arrays.cost - worth)


def _limited(arrays: Arrays, wanted: Bools) -> Floats:
    """Upper bounds of columns, with those that rows imply where one is wanted and there is none."""
    upper = arrays.upper.copy()
    rows = np.concatenate([arrays.index, arrays.index])
    columns = np.concatenate([arrays.entry_columns()] * 2)
    entries = np.concatenate([arrays.value, -arrays.value])
    most = np.concatenate([arrays.row_upper, -arrays.row_lower])
    rows[len(arrays.index) :] += arrays.rows
    count = 2 * arrays.rows
    for _ in range(_ROUNDS):
        if np.isfinite(upper[wanted]).all():
            break
        at = np.where(entries > 0, arrays.lower[columns], upper[columns])
        open_ = ~np.isfinite(at)
        part = np.where(open_, 0.0, entries * np.where(open_, 0.0, at))
        least = np.bincount(rows, weights=part, minlength=count)
        unknown = np.bincount(rows, weights=open_, minlength=count)
        usable = (entries > 0) & (unknown[rows] - open_ == 0) & np.isfinite(most[rows])
        usable &= ~np.isfinite(upper[columns])
        if not usable.any():
            break
        room = (most[rows[usable]] - (least[rows[usable]] - part[usable])) / entries[usable]
        before = np.isfinite(upper).sum()
        np.minimum.at(upper, columns[usable], room)
        if np.isfinite(upper).sum() == before:
            break
    return np.asarray(upper)
