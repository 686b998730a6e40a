"""Solving for laws: exactly, and either as far as the cost or as far as a checked plan."""

from __future__ import annotations

import pytest

from models.build import build
from models.problem import Problem
from optimizer import api
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.solve import SolveOptions, Status
from optimizer.solve.run import solve
from optimizer.solve.tangents import hhi_generators

GAP = 1e-9
AGREES = 1e-6
"""Relative difference up to which two costs are the same: what solver tolerances leave."""
CONE = 1e-4
"""The same beside a limit on concentration, which is met by tangents."""

WORST = 3e-6
"""The same for a worst case: its second step gives up a millionth of it for the mean."""


def cost_of(data: Data) -> float:
    """Cost of the cheapest plan."""
    return cost_of_problem(assemble(data))


def cost_of_problem(problem: Problem) -> float:
    """Cost of the cheapest plan of a problem."""
    answer = solve(
        build(problem),
        SolveOptions(gap=GAP, threads=1),
        generators=hhi_generators(problem),
    )
    assert answer.result.status is Status.OPTIMAL
    return answer.result.objective


def plan_of(data: Data) -> Plan:
    """The cheapest plan; raises VerificationError if the checker disagrees with it."""
    return api.solve(data, gap=GAP, threads=1).contract


def concentrated(data: Data) -> bool:
    """Whether some rule limits concentration."""
    return any(rule.metric == "hhi" for rule in data.rules)


def tolerance(data: Data) -> float:
    """Relative tolerance for costs of this data."""
    if concentrated(data):
        return CONE
    return WORST if data.settings.risk_measure == "worst_case" else AGREES


def about(cost: float, data: Data) -> object:
    """Equal to a cost, to what the solver can tell apart."""
    return pytest.approx(cost, rel=tolerance(data), abs=1e-5)


def at_most(cost: float, data: Data) -> float:
    """The largest number that still counts as no more than this cost."""
    return cost + tolerance(data) * abs(cost) + 1e-5
