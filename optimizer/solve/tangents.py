"""HHI limits as generators of rows: the tangents of the formulation on the columns of a model."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from models.concentration import Tangent, hhi_scopes, tangent
from models.problem import Problem, RuleScope
from optimizer.solve.arrays import Floats
from optimizer.solve.compile import Compiled
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.edits import Row

_NOTHING = 1e-8
"""Volumes up to here are what a solver's tolerances leave of nothing, and have no shares."""

_SCALE = 1e3
"""A plan that breaks a limit by the least that counts breaks a row for a total of this size by
far more than a solver's tolerance; rows for smaller totals are scaled up to it."""


def hhi_generators(problem: Problem) -> tuple[Callable[[Compiled], CutGenerator], ...]:
    """One generator for each HHI limit of the problem, for `optimizer.solve.run.solve`."""
    return tuple(partial(_generator, scope) for scope in hhi_scopes(problem))


def _generator(scope: RuleScope, compiled: Compiled) -> CutGenerator:
    columns = {
        member: compiled.column_of["member_volume", (*scope.key, member)]
        for member in sorted(scope.counted)
    }

    def generate(values: Floats) -> tuple[Row, ...]:
        volumes = {
            member: float(values[column])
            for member, column in columns.items()
            if values[column] > _NOTHING
        }
        cut = tangent(scope, volumes)
        return () if cut is None else (_row(cut, compiled, sum(volumes.values())),)

    return generate


def _row(cut: Tangent, compiled: Compiled, total: float) -> Row:
    scale = max(1.0, _SCALE / total)
    found = {compiled.column_of[label]: scale * c for label, c in cut.coefficients.items()}
    columns = sorted(found)
    return Row(
        columns=np.array(columns, dtype=np.int32),
        values=np.array([found[column] for column in columns]),
        lower=-math.inf,
        upper=0.0,
    )
