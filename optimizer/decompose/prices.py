"""What it is worth to agree: prices at which outcomes that decide alone want nearly the same.

They are the duals of the rows that make outcomes agree, in the extensive form that mpi-sppy builds,
without whole numbers.  At these prices the bound of the outcomes one by one is at least the cost of
that relaxation, where without prices it is that of knowing the future.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo
from mpisppy.utils.sputils import create_EF
from pyomo.opt import TerminationCondition

SOLVER = "appsi_highs"

LARGEST = 150_000
"""Variables of all outcomes together up to which the relaxation is worth its time and memory."""

Place = tuple[str, int]
"""name of a node, number of the variable there: what mpi-sppy knows a shared variable by"""


@dataclass(frozen=True, slots=True)
class Prices:
    """``weight``: scenario -> place -> price (money per unit), in the mean 0 over the scenarios of
    a node; ``agreed``: what the relaxation decides there.  Both are empty where it has no plan.
    """

    weight: Mapping[str, Mapping[Place, float]]
    agreed: Mapping[Place, float]


NO_PRICES = Prices({}, {})


def prices(
    names: Sequence[str],
    creator: Callable[..., Any],
    arguments: Mapping[str, Any],
    seconds: float,
) -> Prices:
    """The prices of these scenarios, from one linear program on this rank alone.

    seconds: how long the solver may take; without a plan by then there are no prices, and neither
    are there where all outcomes together are too large for one rank.
    """
    first = creator(names[0], **arguments)
    if len(names) * first.nvariables() > LARGEST:
        return NO_PRICES
    model = create_EF(list(names), creator, scenario_creator_kwargs=dict(arguments))
    pyo.TransformationFactory("core.relax_integer_vars").apply_to(model)
    model.dual = pyo.Suffix(direction=pyo.Suffix.IMPORT)
    solver = pyo.SolverFactory(SOLVER)
    solver.options.update({"threads": 1, "time_limit": seconds})
    results = solver.solve(model, load_solutions=False)
    if results.solver.termination_condition != TerminationCondition.optimal:
        return NO_PRICES
    model.solutions.load_from(results)
    weight: dict[str, dict[Place, float]] = {name: {} for name in names}
    owed: dict[Place, float] = defaultdict(float)
    rows = model.component("_C_EF_")
    for (node, number, name), row in rows.items():
        price = -model.dual[row]
        weight[name][node, number] = price / _chance(model, name)
        owed[node, number] += price
    agreed = {}
    for name in names:
        for node in model.component(name)._mpisppy_node_list:
            for number, variable in enumerate(node.nonant_vardata_list):
                place = (node.name, number)
                if place not in weight[name]:
                    # The scenario that all others of the node are set equal to.
                    weight[name][place] = -owed[place] / _chance(model, name)
                agreed[place] = float(variable.value or 0.0)
    return Prices(weight, agreed)


def _chance(model: Any, name: str) -> float:
    return float(model.component(name)._mpisppy_probability)
