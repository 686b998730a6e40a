"""From a Pyomo model to the arrays that a solver loads.

A range constraint is one row with both bounds; fixed variables and those that no active row or
cost mentions have no column (they keep a readable value); columns stand variable by variable in the
order of first use, costs first (`column_of` says which is which).  docs/decisions/0010 says why not
Pyomo's compiler, which orders them alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from types import MappingProxyType
from typing import Any

import numpy as np
import pyomo.environ as pyo
import scipy.sparse as sparse
from pyomo.common.gc_manager import PauseGC

from optimizer.solve.arrays import Arrays, Bools, Floats, Ints
from optimizer.solve.entries import Entries, UnfitError

Label = tuple[str, Hashable]
"""Name of a Pyomo component and the index in it (None for a scalar one)."""


class ModelError(ValueError):
    """The model is not a linear or mixed-integer minimisation."""


class ContradictionError(ValueError):
    """A constraint without variables does not hold, so that nothing is feasible."""

    def __init__(self, constraint: str) -> None:
        super().__init__(f"constraint {constraint} has no variables and does not hold")
        self.constraint = constraint


@dataclass(frozen=True, eq=False)
class Compiled:
    """A model as arrays, and where each of its variables and constraints went.

    row_labels[i] and column_labels[j] name row i and column j.  `vanished` holds the values of
    variables that have no column: their fixed value, else the number within their bounds that is
    nearest to zero.
    """

    arrays: Arrays
    column_labels: tuple[Label, ...]
    row_labels: tuple[Label, ...]
    vanished: Mapping[Label, float]

    @cached_property
    def column_of(self) -> Mapping[Label, int]:
        """The column of each label; made when it is first asked for."""
        return MappingProxyType({label: j for j, label in enumerate(self.column_labels)})

    @cached_property
    def row_of(self) -> Mapping[Label, int]:
        """The row of each label; made when it is first asked for."""
        return MappingProxyType({label: i for i, label in enumerate(self.row_labels)})

    def value(self, values: Floats, name: str, index: Hashable = None) -> float:
        """Value of one variable under `values` (one number for each column).

        Raises KeyError for a variable that the model does not have.
        """
        label = (name, index)
        column = self.column_of.get(label)
        return self.vanished[label] if column is None else float(values[column])

    def values(self, values: Floats) -> dict[Label, float]:
        """Values of all variables of the model by label, the vanished ones included."""
        found = dict(zip(self.column_labels, values.tolist(), strict=True))
        found.update(self.vanished)
        return found


def compile_model(model: pyo.ConcreteModel) -> Compiled:
    """Compile a linear minimisation with continuous and whole-number variables.

    Raises ModelError (no single minimised objective, or something not linear) and
    ContradictionError (a constraint between constants that does not hold).
    """
    objective = _objective(model)
    with PauseGC():
        columns = _Columns(model)
        entries = Entries(columns.place)
        try:
            offset = entries.objective(objective.expr)
            labels, lower, upper = _constraints(model, entries)
        except UnfitError as error:
            raise ModelError(str(error)) from error
        return _gathered(columns, _Rows(entries, offset, labels, lower, upper))


def store(model: pyo.ConcreteModel, compiled: Compiled, values: Floats) -> None:
    """Write `values` into the variables of `model`, the vanished ones included."""
    for label, variable in _variables(model):
        if not variable.fixed:
            number = compiled.value(values, *label)
            variable.set_value(number, skip_validation=True)


def _objective(model: pyo.ConcreteModel) -> Any:
    objectives = list(model.component_data_objects(pyo.Objective, active=True))
    if len(objectives) != 1:
        raise ModelError(f"the model has {len(objectives)} active objectives instead of one")
    if objectives[0].sense != pyo.minimize:
        raise ModelError("the objective must be a minimisation")
    return objectives[0]


def _variables(model: pyo.ConcreteModel) -> Iterator[tuple[Label, Any]]:
    for component in model.component_objects(pyo.Var, active=True):
        name = component.name
        for index, variable in component.items():
            yield (name, index), variable


class _Columns:
    """Every variable of a model in the order of declaration.

    place: by the id of the variable.  block: the number of its component.  value: that of a fixed
    variable, else the number within its bounds that is nearest to zero.
    """

    def __init__(self, model: pyo.ConcreteModel) -> None:
        self.labels: list[Label] = []
        variables: list[Any] = []
        whole: list[bool] = []
        bounds: list[Floats] = []
        for component in model.component_objects(pyo.Var, active=True):
            found = list(component.values())
            variables += found
            self.labels += zip(repeat(component.name), component.keys())
            whole += _whole(found)
            bounds.append(_bounds(found))
        self.block = np.repeat(np.arange(len(bounds)), [len(block) for block in bounds])
        self.place: dict[int, int] = {id(one): j for j, one in enumerate(variables)}
        fixed = {j: float(one.value) for j, one in enumerate(variables) if one.fixed}
        self.lower, self.upper = np.concatenate([np.zeros((0, 2)), *bounds]).T.copy()
        self.integer = np.array(whole, dtype=np.bool_)
        self.fixed = np.zeros(len(whole), dtype=np.bool_)
        self.fixed[list(fixed)] = True
        least = np.where(self.integer, np.ceil(self.lower), self.lower)
        most = np.where(self.integer, np.floor(self.upper), self.upper)
        self.value = np.clip(np.zeros(len(whole)), least, most)
        self.value[list(fixed)] = list(fixed.values())


def _whole(variables: list[Any]) -> list[bool]:
    """Whether each is to be a whole number; asked once for all with the same domain."""
    whole: dict[int, bool] = {}
    for one in {id(one.domain): one for one in variables}.values():
        if not (one.is_continuous() or one.is_integer()):
            raise ModelError(f"variable {one.name} is neither continuous nor integer")
        whole[id(one.domain)] = not one.is_continuous()
    return [whole[id(one.domain)] for one in variables]


def _bounds(variables: list[Any]) -> Floats:
    """Lower and upper bound of each: shape (variables, 2)."""
    # Where none has bounds of its own, those of the first are those of its domain, and of all.
    own = any(one._lb is not None or one._ub is not None for one in variables)
    alike = not own and len({id(one.domain) for one in variables}) == 1
    bounds = [one.bounds for one in (variables[:1] if alike else variables)]
    pairs = [(-np.inf if lo is None else lo, np.inf if hi is None else hi) for lo, hi in bounds]
    found = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return np.repeat(found, len(variables), axis=0) if alike else found


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The costs, as row 0 of the entries, with their constant; and a row for each constraint."""

    entries: Entries
    offset: float
    labels: list[Label]
    lower: Floats
    upper: Floats


def _constraints(model: pyo.ConcreteModel, entries: Entries) -> tuple[list[Label], Floats, Floats]:
    labels: list[Label] = []
    lower: list[float] = []
    upper: list[float] = []
    for component in model.component_objects(pyo.Constraint, active=True):
        name = component.name
        for index, constraint in component.items():
            if constraint.active:
                least, most = entries.constraint(constraint.expr)
                labels.append((name, index))
                lower.append(least)
                upper.append(most)
    return labels, np.array(lower, dtype=np.float64), np.array(upper, dtype=np.float64)


def _gathered(columns: _Columns, rows: _Rows) -> Compiled:
    entries, many = rows.entries, len(columns.labels)
    used = np.asarray(entries.column, dtype=np.int32)
    matrix = sparse.csr_array(
        (np.asarray(entries.value), used, np.asarray(entries.start, dtype=np.int32)),
        shape=(len(rows.labels) + 1, many),
    ).tocsc()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    stays = (np.diff(matrix.indptr) > 0) & ~columns.fixed
    moved = matrix @ np.where(columns.fixed, columns.value, 0.0)
    seen, first = np.unique(columns.block[used[~columns.fixed[used]]], return_index=True)
    blocks = [np.flatnonzero(stays & (columns.block == n)) for n in seen[np.argsort(first)]]
    order = np.concatenate([*blocks, np.zeros(0, dtype=np.int64)])
    matrix = matrix[:, order].tocsr()
    cost, matrix = matrix[[0]].toarray()[0], matrix[1:]
    lower, upper = rows.lower - moved[1:], rows.upper - moved[1:]
    kept = _kept(rows.labels, np.diff(matrix.indptr) == 0, lower, upper)
    matrix = matrix[kept].tocsc()
    vanished = np.ones(many, dtype=np.bool_)
    vanished[order] = False
    arrays = Arrays(
        start=_frozen(matrix.indptr.astype(np.int32)),
        index=_frozen(matrix.indices.astype(np.int32)),
        value=_frozen(matrix.data),
        row_lower=_frozen(lower[kept]),
        row_upper=_frozen(upper[kept]),
        lower=_frozen(columns.lower[order]),
        upper=_frozen(columns.upper[order]),
        cost=_frozen(cost),
        offset=rows.offset + float(moved[0]),
        integer=_frozen(columns.integer[order]),
    )
    return Compiled(
        arrays=arrays,
        column_labels=tuple(columns.labels[j] for j in order.tolist()),
        row_labels=tuple(rows.labels[i] for i in kept.tolist()),
        vanished=MappingProxyType(
            {columns.labels[j]: float(columns.value[j]) for j in np.flatnonzero(vanished)}
        ),
    )


def _kept(labels: list[Label], empty: Bools, lower: Floats, upper: Floats) -> Ints:
    """The rows with a variable; raises ContradictionError if another does not hold."""
    failing = np.flatnonzero(empty & ((lower > 0) | (upper < 0)))
    if len(failing):
        name, index = labels[failing[0]]
        raise ContradictionError(name if index is None else f"{name}{index}")
    return np.flatnonzero(~empty).astype(np.int32)


def _frozen(array: Any) -> Any:
    array.flags.writeable = False
    return array
