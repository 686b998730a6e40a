"""Any duals prove a bound; those of an optimum prove nearly all of it."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from optimizer.solve.arrays import Arrays
from optimizer.solve.duality import proven_bound, reduced_costs
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session


def random_model(seed: int) -> Arrays:
    """Rows of three kinds over columns from 0, some without an upper bound; x = 1 is feasible."""
    draw = np.random.default_rng(seed)
    dense = draw.integers(-2, 5, (6, 8)) * (draw.random((6, 8)) < 0.6)
    at_one = dense.sum(axis=1).astype(float)
    kind = draw.integers(0, 3, 6)
    columns, rows = np.nonzero(dense.T)
    return Arrays(
        start=np.searchsorted(columns, np.arange(9)).astype(np.int32),
        index=rows.astype(np.int32),
        value=dense.T[columns, rows].astype(float),
        row_lower=np.where(kind == 0, -math.inf, at_one),
        row_upper=np.where(kind == 1, math.inf, at_one + (kind == 0)),
        lower=np.zeros(8),
        upper=np.where(draw.random(8) < 0.5, math.inf, 3.0),
        cost=draw.integers(1, 9, 8).astype(float),
        offset=5.0,
        integer=np.zeros(8, dtype=np.bool_),
    )


@pytest.mark.parametrize("seed", range(25))
def test_no_duals_prove_more_than_the_optimum(seed: int) -> None:
    arrays = random_model(seed)
    best = Session(arrays).relaxation(Watch())
    assert best.duals is not None
    assert proven_bound(arrays, best.duals) == pytest.approx(best.objective, abs=1e-6)
    draw = np.random.default_rng(seed + 100)
    for _ in range(20):
        off = best.duals + draw.normal(0, 0.5, arrays.rows)
        assert proven_bound(arrays, off) <= best.objective + 1e-6


def test_a_column_without_limit_takes_that_of_its_rows() -> None:
    # x0 + x1 <= 4, both from 0 and free above; x0 earns 1 a unit
    arrays = dataclasses.replace(
        random_model(0),
        start=np.array([0, 1, 2], dtype=np.int32),
        index=np.array([0, 0], dtype=np.int32),
        value=np.ones(2),
        row_lower=np.array([-math.inf]),
        row_upper=np.array([4.0]),
        lower=np.zeros(2),
        upper=np.full(2, math.inf),
        cost=np.array([-1.0, 2.0]),
        offset=0.0,
        integer=np.zeros(2, dtype=np.bool_),
    )
    nothing = np.zeros(1)
    assert reduced_costs(arrays, nothing).tolist() == [-1.0, 2.0]
    assert proven_bound(arrays, nothing) == pytest.approx(-4.0)
    unlimited = dataclasses.replace(arrays, row_upper=np.array([math.inf]))
    assert proven_bound(unlimited, nothing) == -math.inf
