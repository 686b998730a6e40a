"""Pyomo's linear expressions, term by term: in which row, in which column, how much.

Pyomo's own compiler makes a dictionary of every expression before it writes it down.  Almost all
expressions are sums of variables and of numbers times variables, which are written down as they
stand; the others, rare, are left to Pyomo's `generate_standard_repn`.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from itertools import repeat
from typing import Any

import pyomo.environ as pyo
from pyomo.common.numeric_types import native_numeric_types
from pyomo.core.expr import (
    DivisionExpression,
    EqualityExpression,
    LinearExpression,
    MonomialTermExpression,
    NegationExpression,
    ProductExpression,
    RangedExpression,
    SumExpression,
)
from pyomo.repn import generate_standard_repn


class UnfitError(ValueError):
    """An expression is not linear, or has a variable that is not in the model."""


class Entries:
    """Rows of a matrix, entry by entry; a column may come more than once in a row, or with 0.

    column_of: column of each variable by its id.  `start`: where each row begins, and the end.
    """

    def __init__(self, column_of: Mapping[int, int]) -> None:
        self._column_of = column_of
        self.column, self.value, self.start = array("i"), array("d"), array("i", (0,))

    def objective(self, expression: Any) -> float:
        """Append an expression as a row; returns its constant."""
        constant = self._add(expression, 1.0)
        self.start.append(len(self.value))
        return constant

    def constraint(self, relation: Any) -> tuple[float, float]:
        """Append a constraint as a row, constants moved to its bounds, which are returned.

        What stands on the left is positive, unless that is a number.  Raises UnfitError.
        """
        if relation.__class__ is RangedExpression:
            least, body, most = relation.args
            if not (_is_number(least) and _is_number(most)):
                raise UnfitError("nonlinear: a bound of a range is not a number")
            constant = self._add(body, 1.0)
            bounds = _number(least) - constant, _number(most) - constant
        else:
            equal = relation.__class__ is EqualityExpression
            left, right = relation.args
            if right.__class__ in native_numeric_types:
                upper = right - self._add(left, 1.0)
                bounds = upper if equal else -math.inf, upper
            elif _is_number(left) and not _is_number(right):
                lower = _number(left) - self._add(right, 1.0)
                bounds = lower, lower if equal else math.inf
            else:
                upper = -self._add(left, 1.0) - self._add(right, -1.0)
                bounds = upper if equal else -math.inf, upper
        self.start.append(len(self.value))
        return bounds

    def _add(self, expression: Any, factor: float) -> float:
        """Append the terms of factor x expression; returns the constant in it."""
        kind = expression.__class__
        if kind in native_numeric_types:
            return factor * float(expression)
        if kind is LinearExpression or kind is SumExpression:
            return self._add_terms(expression.args, factor)
        if kind is NegationExpression:
            return self._add(expression.arg(0), -factor)
        if kind is MonomialTermExpression or id(expression) in self._column_of:
            return self._add_terms((expression,), factor)
        if kind is ProductExpression or kind is DivisionExpression:
            one, other = expression.args
            if _is_number(other):
                number = _number(other)
                return self._add(
                    one, factor * number if kind is ProductExpression else factor / number
                )
            if kind is ProductExpression and _is_number(one):
                return self._add(other, factor * _number(one))
        return self._add_other(expression, factor)

    def _add_terms(self, terms: Any, factor: float) -> float:
        try:  # most sums are of variables alone
            places = [self._column_of[id(term)] for term in terms]
        except KeyError:
            return self._add_mixed(terms, factor)
        self.column.extend(places)
        self.value.extend(repeat(factor, len(places)))
        return 0.0

    def _add_mixed(self, terms: Any, factor: float) -> float:
        constant = 0.0
        column_of, column, value = self._column_of, self.column.append, self.value.append
        for term in terms:
            if term.__class__ is MonomialTermExpression:
                # As Pyomo's own writers read it: `args` would make a copy each time.
                coefficient, variable = term._args_
                if coefficient.__class__ not in native_numeric_types:
                    coefficient = pyo.value(coefficient)
                value(factor * coefficient)
                if (place := column_of.get(id(variable))) is None:
                    raise _unknown(variable)
                column(place)
            elif (place := column_of.get(id(term))) is not None:
                value(factor)
                column(place)
            else:
                constant += self._add(term, factor)
        return constant

    def _add_other(self, expression: Any, factor: float) -> float:
        found = generate_standard_repn(expression)
        if not found.is_linear():
            raise UnfitError(f"nonlinear: {expression}")
        for coefficient, variable in zip(found.linear_coefs, found.linear_vars, strict=True):
            if id(variable) not in self._column_of:
                raise _unknown(variable)
            self.value.append(factor * coefficient)
            self.column.append(self._column_of[id(variable)])
        return factor * float(found.constant)


def _is_number(expression: Any) -> bool:
    return expression.__class__ in native_numeric_types or not expression.is_potentially_variable()


def _number(expression: Any) -> float:
    return float(pyo.value(expression))


def _unknown(variable: Any) -> UnfitError:
    return UnfitError(f"variable {variable.name} is not in the model")
