"""The incentive of a project as a number that can be asked about, and what its scheme pays at most.

The more is paid for a unit the sooner the cap of a scheme is reached: a plan may then earn for less
than it delivers, which says nothing about a lower incentive.  So what a plan could earn for is
found by another small linear program.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np

from models.problem import Problem, ProjectOption
from optimizer.solve.arrays import Floats, Ints
from optimizer.solve.compile import Compiled
from optimizer.solve.edits import Coefficients, ColumnBounds, Edit, RowBounds
from optimizer.solve.progress import Watch
from optimizer.studies.explain.interval import Line, Point
from optimizer.studies.explain.price import CostPart, CostRows, cost_rows, part
from optimizer.studies.explain.reference import Reference
from optimizer.studies.optimum import Optimum

_UNIT = 1.0
_MOVES = frozenset(("outcome_cost", "threshold", "tail_excess"))
"""What follows from what is earned."""


def with_incentives(problem: Problem) -> Problem:
    """The problem in which every project has an incentive, so that one can be asked about.

    ``take_back`` takes those away again that the workbook does not have.
    """
    return dataclasses.replace(
        problem,
        projects=tuple(
            one if one.incentive > 0 else dataclasses.replace(one, incentive=_UNIT)
            for one in problem.projects
        ),
    )


def take_back(compiled: Compiled, problem: Problem) -> list[Edit]:
    """The edits that make a model built ``with_incentives`` that of the problem itself."""
    where = cost_rows(compiled, problem)
    edits: list[Edit] = []
    for one in problem.projects:
        if one.incentive == 0:
            edits += Incentive.of(compiled, where, one).edits(0.0)
    return edits


@dataclass(frozen=True, slots=True, eq=False)
class Incentive:
    """The part of the cost that an incentive is, and what its scheme pays at most.

    ``paid``: the columns of what earns it, by outcome; ``caps``: the rows in which the cap stands,
    each with its columns.
    """

    own: CostPart
    where: CostRows
    cap: float
    paid: tuple[Ints, ...]
    caps: tuple[tuple[int, Ints], ...]

    @classmethod
    def of(cls, compiled: Compiled, where: CostRows, option: ProjectOption) -> Incentive:
        """The incentive of a project in a model in which it is ``option.incentive``, or 1."""
        earning: dict[str, list[int]] = {}
        for (name, index), column in compiled.column_of.items():
            if name == "incentivised" and isinstance(index, tuple) and index[0] == option.name:
                earning.setdefault(index[2], []).append(column)
        columns = {column for found in earning.values() for column in found}
        unit = option.incentive or _UNIT
        own = {
            key: (0.0, -cost / unit)
            for key, cost in where.entries(compiled.arrays).items()
            if key[1] in columns
        }
        paid = {w: np.array(found, dtype=np.int32) for w, found in earning.items()}
        rows = {w: compiled.row_of.get(("incentive_cap", (option.name, w))) for w in paid}
        return cls(
            part(where, own),
            where,
            option.incentive_cap,
            tuple(paid.values()),
            tuple((row, paid[w]) for w, row in rows.items() if row is not None),
        )

    def edits(self, incentive: float) -> list[Edit]:
        """The model at another incentive."""
        edits = self.own.edits(-incentive)
        for row, columns in self.caps:
            rows = np.full(len(columns), row, dtype=np.int32)
            edits.append(Coefficients(rows, columns, np.full(len(columns), incentive)))
        return edits

    def point(self, reference: Reference, x: float, answer: Optimum) -> Point:
        """What a solve has found at x = -incentive."""
        result = answer.answer.result
        line = None
        if result.values is not None:
            line = self.line(reference, result.values, answer.objective, x)
        return Point(x, result.status, answer.objective, answer.bound, line)

    def line(self, reference: Reference, values: Floats, objective: float, x: float) -> Line:
        """What a plan costs at another incentive, as long as the cap of its scheme lets it."""
        paid = self.where.line(values, objective, x, self.own.slope(values))
        earning = self._earning(reference, values)
        most = max((float(earning[columns].sum()) for columns in self.paid), default=0.0)
        return Line(
            paid.base,
            self.own.slope(earning),
            holds_from=-self.cap / most if most > 0 else -math.inf,
        )

    def _earning(self, reference: Reference, values: Floats) -> Floats:
        """The plan, with all that it could earn for if nothing were capped."""
        if not self.caps:
            return values
        session, labels = reference.loaded.session, reference.loaded.compiled.column_labels
        free = {int(column) for columns in self.paid for column in columns}
        kept = np.array(
            [j for j, (name, _) in enumerate(labels) if j not in free and name not in _MOVES],
            dtype=np.int32,
        )
        rows = np.array([row for row, _ in self.caps], dtype=np.int32)
        none = np.full(len(rows), math.inf)
        edits = [
            ColumnBounds(kept, values[kept], values[kept]),
            *self.edits(_UNIT),
            RowBounds(rows, -none, none),
        ]
        with session.edited(edits):
            found = session.relaxation(Watch(reference.loaded.options.time_limit))
        return values if found.values is None else found.values
