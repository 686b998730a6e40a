"""Concentration limits as tangents made when they are needed, against a fine grid."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np
import pyomo.environ as pyo
import pytest

from optimizer.solve import Compiled, SolveOptions, Status, solve
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.edits import Row

PRICES = (1.0, 1.3, 1.9)
TOLERANCE = 1e-8


def tangents(limit: float) -> Callable[[Compiled], CutGenerator]:
    """Sum of squared shares of `buy` at most `limit`."""

    def make(compiled: Compiled) -> CutGenerator:
        columns = np.array([compiled.column_of["buy", k] for k in range(3)], dtype=np.int32)

        def generate(values: np.ndarray) -> Sequence[Row]:
            volume = np.maximum(values[columns], 0.0)
            if volume @ volume <= (limit + TOLERANCE) * volume.sum() ** 2:
                return []
            slope = volume / np.linalg.norm(volume) - math.sqrt(limit)
            return [Row(columns, slope, -math.inf, 0.0)]

        return generate

    return make


def buyer(fixed: tuple[float, ...]) -> pyo.ConcreteModel:
    """One unit from three sources at PRICES, each with a fixed cost once it is used."""
    m = pyo.ConcreteModel()
    m.buy = pyo.Var(range(3), bounds=(0, 1))
    m.need = pyo.Constraint(expr=sum(m.buy[k] for k in range(3)) == 1)
    cost = sum(PRICES[k] * m.buy[k] for k in range(3))
    if any(fixed):
        m.use = pyo.Var(range(3), domain=pyo.Binary)
        m.link = pyo.Constraint(range(3), rule=lambda m, k: m.buy[k] <= m.use[k])
        cost += sum(fixed[k] * m.use[k] for k in range(3))
    m.cost = pyo.Objective(expr=cost)
    return m


def best_on_a_grid(fixed: tuple[float, ...], limit: float, steps: int = 800) -> float:
    best = math.inf
    for i, j in itertools.product(range(steps + 1), repeat=2):
        if i + j > steps:
            continue
        share = (i / steps, j / steps, 1 - (i + j) / steps)
        if sum(s * s for s in share) <= limit:
            cost = sum(
                p * s + f * (s > 1e-12) for p, s, f in zip(PRICES, share, fixed, strict=True)
            )
            best = min(best, cost)
    return best


@pytest.mark.parametrize("fixed", [(0.0, 0.0, 0.0), (0.3, 0.05, 0.1)])
@pytest.mark.parametrize("limit", [0.36, 0.45, 0.6])
def test_never_worse_than_a_fine_grid_and_within_the_tolerance(
    fixed: tuple[float, ...], limit: float
) -> None:
    answer = solve(
        buyer(fixed), SolveOptions(gap=1e-9, time_limit=30), generators=[tangents(limit)]
    )
    grid = best_on_a_grid(fixed, limit)
    assert answer.result.status is Status.OPTIMAL
    assert answer.result.objective <= grid + 1e-7
    assert answer.result.objective >= grid - 5e-3
    assert answer.result.bound <= answer.result.objective
    share = [answer.value("buy", k) for k in range(3)]
    assert sum(s * s for s in share) - limit <= 2 * TOLERANCE


def test_a_limit_that_holds_anyway_costs_no_row() -> None:
    plain = solve(buyer((0.0, 0.0, 0.0)), SolveOptions(gap=1e-9))
    loose = solve(buyer((0.0, 0.0, 0.0)), SolveOptions(gap=1e-9), generators=[tangents(1.0)])
    assert loose.result.objective == pytest.approx(plain.result.objective)


def test_a_limit_that_nothing_meets_is_infeasible() -> None:
    answer = solve(
        buyer((0.3, 0.05, 0.1)), SolveOptions(gap=1e-9, time_limit=30), generators=[tangents(0.3)]
    )
    assert answer.result.status is Status.INFEASIBLE
