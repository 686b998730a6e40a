"""Sums of variables, put together as they stand.

Pyomo's operators look at both operands each time, which is most of the time that a large model
takes to build.  Here only variables come, and numbers times variables: nothing has to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyomo.core.expr import LinearExpression, MonomialTermExpression


def total(variables: Iterable[Any]) -> Any:
    """The sum of variables; 0.0 if there are none."""
    return _sum(list(variables))


def weighted(terms: Iterable[tuple[float, Any]]) -> Any:
    """The sum of coefficient x variable; 0.0 if nothing is left."""
    return _sum(
        [
            variable if coefficient == 1.0 else MonomialTermExpression((coefficient, variable))
            for coefficient, variable in terms
            if coefficient
        ]
    )


def _sum(terms: list[Any]) -> Any:
    if len(terms) > 1:
        return LinearExpression(terms)
    return terms[0] if terms else 0.0
