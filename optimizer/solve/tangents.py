"""HHI limits of a problem as a cut generator: where the formulation's tangents become rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from models.concentration import Tangent, hhi_scopes, tangent
from models.problem import Problem, RuleScope
from optimizer.solve.arrays import Floats
from optimizer.solve.compile import Compiled, Label
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.edits import Row


def tangent_generators(problem: Problem) -> tuple[Callable[[Compiled], CutGenerator], ...]:
    """One maker of cut generators, as `solve` takes them; none where no rule limits an HHI."""
    scopes = hhi_scopes(problem)
    if not scopes:
        return ()

    def make(compiled: Compiled) -> CutGenerator:
        columns = [_columns(scope, compiled.column_of) for scope in scopes]

        def generate(values: Floats) -> Sequence[Row]:
            rows = []
            for scope, column in zip(scopes, columns, strict=True):
                volumes = {name: max(0.0, float(values[j])) for name, j in column.items()}
                cut = tangent(scope, volumes)
                if cut is not None:
                    rows.append(_row(cut, compiled.column_of))
            return rows

        return generate

    return (make,)


def _columns(scope: RuleScope, column_of: Mapping[Label, int]) -> dict[str, int]:
    """Member -> column of its volume.  A member that nothing can reach has none."""
    labels = {name: ("member_volume", (*scope.key, name)) for name in scope.counted}
    return {name: column_of[label] for name, label in labels.items() if label in column_of}


def _row(cut: Tangent, column_of: Mapping[Label, int]) -> Row:
    places = {column_of[label]: value for label, value in cut.coefficients.items()}
    return Row(
        np.array(list(places), dtype=np.int32), np.array(list(places.values())), -math.inf, 0.0
    )
