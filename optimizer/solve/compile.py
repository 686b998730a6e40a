"""From a Pyomo model to the arrays that a solver loads.

Pyomo's standard-form compiler has three habits that this file undoes or records: a range
constraint comes as two rows (here: one row with both bounds), variables that no active row or
cost mentions vanish (here: they keep a readable value), and the order of columns is that of first
use (here: `column_of` says which is which).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.common.errors import InfeasibleConstraintException, InvalidExpressionError
from pyomo.common.gc_manager import PauseGC
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from optimizer.solve.arrays import Arrays, Floats

Label = tuple[str, Hashable]
"""Name of a Pyomo component and the index in it (None for a scalar one)."""


class ModelError(ValueError):
    """The model is not a linear or mixed-integer minimisation."""


class ContradictionError(ValueError):
    """A constraint without variables does not hold, so that nothing is feasible."""

    def __init__(self, constraint: str) -> None:
        super().__init__(f"constraint {constraint} has no variables and does not hold")
        self.constraint = constraint


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A model as arrays, and where each of its variables and constraints went.

    row_labels[i] and column_labels[j] name row i and column j; row_of and column_of are their
    inverses. `vanished` holds the values of variables that have no column: their fixed value,
    else the number within their bounds that is nearest to zero.
    """

    arrays: Arrays
    column_labels: tuple[Label, ...]
    row_labels: tuple[Label, ...]
    column_of: Mapping[Label, int]
    row_of: Mapping[Label, int]
    vanished: Mapping[Label, float]

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
    _check_objective(model)
    with PauseGC():
        try:
            form = LinearStandardFormCompiler().write(model, mixed_form=True)
        except InfeasibleConstraintException as error:
            raise ContradictionError(str(error).rpartition("constraint, ")[2].strip("'")) from error
        except InvalidExpressionError as error:
            raise ModelError(str(error)) from error
        return _gather(model, form)


def store(model: pyo.ConcreteModel, compiled: Compiled, values: Floats) -> None:
    """Write `values` into the variables of `model`, the vanished ones included."""
    for label, variable in _variables(model):
        if not variable.fixed:
            number = compiled.value(values, *label)
            variable.set_value(number, skip_validation=True)


def _check_objective(model: pyo.ConcreteModel) -> None:
    objectives = list(model.component_data_objects(pyo.Objective, active=True))
    if len(objectives) != 1:
        raise ModelError(f"the model has {len(objectives)} active objectives instead of one")
    if objectives[0].sense != pyo.minimize:
        raise ModelError("the objective must be a minimisation")


def _variables(model: pyo.ConcreteModel) -> Iterator[tuple[Label, Any]]:
    for component in model.component_objects(pyo.Var, active=True):
        name = component.name
        for index, variable in component.items():
            yield (name, index), variable


def _gather(model: pyo.ConcreteModel, form: Any) -> Compiled:
    row_labels, row_lower, row_upper, kept = _rows(form)
    matrix = form.A if len(kept) == len(form.rows) else form.A.tocsr()[kept].tocsc()
    matrix.sort_indices()
    place = {id(variable): j for j, variable in enumerate(form.columns)}
    column_labels: list[Label] = [("", None)] * len(place)
    lower = np.full(len(place), -np.inf)
    upper = np.full(len(place), np.inf)
    integer = np.zeros(len(place), dtype=np.bool_)
    vanished: dict[Label, float] = {}
    for label, variable in _variables(model):
        low, high = variable.bounds
        column = place.get(id(variable))
        if column is None:
            vanished[label] = _resting_value(variable, low, high)
            continue
        column_labels[column] = label
        if low is not None:
            lower[column] = low
        if high is not None:
            upper[column] = high
        if not variable.is_continuous():
            if not variable.is_integer():
                raise ModelError(f"variable {variable.name} is neither continuous nor integer")
            integer[column] = True
    cost = np.zeros(len(place))
    objective = form.c.tocoo()
    cost[objective.col] = objective.data
    arrays = Arrays(
        start=_frozen(matrix.indptr.astype(np.int32)),
        index=_frozen(matrix.indices.astype(np.int32)),
        value=_frozen(matrix.data.astype(np.float64)),
        row_lower=_frozen(row_lower),
        row_upper=_frozen(row_upper),
        lower=_frozen(lower),
        upper=_frozen(upper),
        cost=_frozen(cost),
        offset=float(form.c_offset[0]),
        integer=_frozen(integer),
    )
    return Compiled(
        arrays=arrays,
        column_labels=tuple(column_labels),
        row_labels=tuple(row_labels),
        column_of=MappingProxyType({label: j for j, label in enumerate(column_labels)}),
        row_of=MappingProxyType({label: i for i, label in enumerate(row_labels)}),
        vanished=MappingProxyType(vanished),
    )


def _rows(form: Any) -> tuple[list[Label], Floats, Floats, list[int]]:
    """Labels and bounds of the rows, each range constraint as one row, and which rows stay."""
    labels: list[Label] = []
    lower: list[float] = []
    upper: list[float] = []
    kept: list[int] = []
    previous = None
    for i, ((constraint, kind), side) in enumerate(zip(form.rows, form.rhs, strict=True)):
        if kind < 0 and constraint is previous:
            lower[-1] = side
            continue
        previous = constraint
        labels.append((constraint.parent_component().name, constraint.index()))
        lower.append(-math.inf if kind > 0 else side)
        upper.append(math.inf if kind < 0 else side)
        kept.append(i)
    return labels, np.array(lower, dtype=np.float64), np.array(upper, dtype=np.float64), kept


def _resting_value(variable: Any, low: float | None, high: float | None) -> float:
    if variable.fixed:
        return float(variable.value)
    value = 0.0
    if low is not None and low > 0:
        value = math.ceil(low) if variable.is_integer() else low
    elif high is not None and high < 0:
        value = math.floor(high) if variable.is_integer() else high
    return float(value)


def _frozen(array: Any) -> Any:
    array.flags.writeable = False
    return array
