"""What a case of the formulation is, how it is solved and how its rows are written down."""

from __future__ import annotations

import dataclasses
import enum
import io
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyomo.environ as pyo
from pyomo.repn.plugins.lp_writer import LPWriter

from models.build import build
from models.problem import OfferKey, Problem
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.settings import Settings
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import Status
from optimizer.solve.run import solve

GOLDEN = Path(__file__).with_name("golden")
EXACT = SolveOptions(gap=1e-9, threads=1)

# One period is one year, so that amounts per year stand as they are; nothing but what a case says
# costs anything, and a unit short costs 100.
YEAR = Settings(start="2025", period="year", shortage_cost=100.0, holding_rate=0.0)


class Of(enum.Enum):
    """Which optimum a case is about.

    RELAXATION: some constraints cut off no plan that the others allow. They are there because
    they cut off fractions of yes and no, so it is the optimum of the linear relaxation that they
    change.
    """

    PLAN = "plan"
    RELAXATION = "relaxation"


@dataclass(frozen=True)
class Case:
    """A constraint, data in which it matters, and the optimum with and without it."""

    constraint: str
    data: Data
    optimum: float
    without: float
    because: str
    variant: str = ""
    of: Of = Of.PLAN
    held: Mapping[OfferKey, float] = field(default_factory=dict)
    split: Mapping[OfferKey, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the case and of its golden file."""
        return f"{self.constraint}-{self.variant}" if self.variant else self.constraint

    @property
    def problem(self) -> Problem:
        """What is solved: the data, and the awards that are given."""
        return dataclasses.replace(assemble(self.data), held=self.held, split=self.split)


def optimum(case: Case, without: Collection[str] = ()) -> float:
    model = build(case.problem, without=without)
    if case.of is Of.RELAXATION:
        pyo.TransformationFactory("core.relax_integer_vars").apply_to(model)
    return best(model)


def best(model: pyo.ConcreteModel) -> float:
    """The optimum of a model: -inf where nothing keeps the cost from falling."""
    result = solve(model, EXACT).result
    if result.status is Status.UNBOUNDED:
        return -math.inf
    assert result.has_plan, result.status
    assert result.gap <= 1e-9
    return result.objective


def golden_path(case: Case) -> Path:
    return GOLDEN / f"{case.name}.lp"


def rows_of(case: Case) -> str:
    """The rows of the case's constraint, as an LP file has them, in the order of the model."""
    text = io.StringIO()
    LPWriter().write(build(case.problem), text, symbolic_solver_labels=True)
    blocks = text.getvalue().split("\n\n")
    labels = tuple(f"{kind}_{case.constraint}(" for kind in ("c_e", "c_l", "c_u", "r_l", "r_u"))
    found = [block.strip() for block in blocks if block.strip().startswith(labels)]
    return "\n\n".join(found) + "\n"
