"""Whether a point is a mixture of corners, and if not, the face of their polytope before it.

The corners are those of one need: each source brings nothing without a yes, and with one between
its least and its most; together they bring 1, and a spare brings what they do not.  A point has the
yeses first, then what the sources bring, then the spare.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import Arrays, Bools, Floats
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_SAFE = 1e-6
_TRACE = 1e-9
_SAME = 12
_SECONDS = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """An inequality that all corners keep: coefficients . point >= least.

    depth: how far the point that was asked about has to go towards the middle of the corners until
    it is a mixture of them, as a share of the way.
    """

    coefficients: Floats
    least: float
    depth: float


def corners(least: Floats, most: Floats, always: Bools) -> Floats:
    """All corners, one a row: (number of corners, 2 x sources + 1).

    least, most: of each source, as shares of the need; always: those that need no yes.
    """
    levels = [_levels(*one) for one in zip(least, most, always, strict=True)]
    found = [_points(levels)]
    for k, (low, high) in enumerate(zip(least, most, strict=True)):
        # One source brings what is left, the others are at their ends.
        points = _points([*levels[:k], np.array([[1.0, 0.0]]), *levels[k + 1 :]])
        left = points[:, -1]
        points = points[(low < left) & (left < high)]
        points[:, len(levels) + k] = points[:, -1]
        points[:, -1] = 0.0
        found.append(points)
    return np.unique(np.round(np.concatenate(found), _SAME), axis=0)


def _levels(least: float, most: float, always: bool) -> Floats:
    """(yes, brought) of a source at each of its ends."""
    given = [(1.0, least), (1.0, most)]
    return np.array(given if always else [(0.0, 0.0), *given])


def _points(levels: Sequence[Floats]) -> Floats:
    """Every choice of one level for each source; the spare brings what is missing."""
    choice = np.array(list(itertools.product(*(range(len(level)) for level in levels))))
    states = np.stack([level[choice[:, k]] for k, level in enumerate(levels)], axis=1)
    missing = np.maximum(0.0, 1.0 - states[:, :, 1].sum(axis=1))
    return np.column_stack([states[:, :, 0], states[:, :, 1], missing])


def face_before(corners: Floats, point: Floats) -> Face | None:
    """The face that a point crosses on its way to the middle of the corners; None for a mixture.

    The linear program: minimise s, where mixture + more spare = point + s (middle - point).
    """
    way = corners.mean(axis=0) - point
    session = Session(_program(corners, point, way), SolveOptions(threads=1))
    found = session.relaxation(Watch(_SECONDS), method="simplex")
    if found.values is None or found.duals is None or found.objective <= _SAFE:
        return None
    coefficients = -found.duals[:-1]
    # What the solver's tolerances leave of 0; and more spare never breaks the face.
    coefficients[np.abs(coefficients) <= _TRACE * np.abs(coefficients).max()] = 0.0
    coefficients[-1] = max(0.0, coefficients[-1])
    return Face(coefficients, float((corners @ coefficients).min()) - _SAFE, found.objective)


def _program(corners: Floats, point: Floats, way: Floats) -> Arrays:
    """Columns: the weight of each corner, then s.  Rows: each coordinate, then the sum of weights;
    the spare of the mixture may be less than the point's.
    """
    many, width = corners.shape
    weights = np.column_stack([corners, np.ones(many)])
    matrix = np.vstack([weights, np.append(-way, 0.0)])
    upper = np.append(point, 1.0)
    lower = upper.copy()
    lower[-2] = -np.inf
    return Arrays(
        start=np.arange(0, matrix.size + 1, width + 1, dtype=np.int32),
        index=np.tile(np.arange(width + 1, dtype=np.int32), many + 1),
        value=matrix.ravel(),
        row_lower=lower,
        row_upper=upper,
        lower=np.zeros(many + 1),
        upper=np.full(many + 1, np.inf),
        cost=np.append(np.zeros(many), 1.0),
        offset=0.0,
        integer=np.zeros(many + 1, dtype=np.bool_),
    )
