"""The least cost of a problem as mpi-sppy finds it, in an extensive form that mpi-sppy builds.

Not ours: the probabilities in the objective, the rows that make outcomes share what they decide
together, CVaR (mpisppy.utils.cvar).  Nor is the solver's interface: it is Pyomo's own for HiGHS.
"""

from __future__ import annotations

from mpisppy.opt.ef import ExtensiveForm
from mpisppy.utils.cvar import cvar_scenario_creator
from pyomo.opt import TerminationCondition

from models.problem import Measure, Problem
from tests.crosscheck.scenario import scenario
from tests.crosscheck.tree import in_order, names, tree_of

OPTIONS = {
    "mip_rel_gap": 1e-9,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "threads": 1,
}


def least_cost(problem: Problem) -> float:
    """What the problem's aim comes to at best."""
    tree, aim = tree_of(problem), problem.aim
    outcome_of = {f"scenario{number}": w for number, w in enumerate(in_order(tree))}
    creator = scenario
    if aim.measure is Measure.CVAR:
        creator = cvar_scenario_creator(
            scenario,
            cvar_weight=aim.weight,
            cvar_alpha=aim.level,
            cvar_mean_weight=1.0 - aim.weight,
        )
    form = ExtensiveForm(
        {"solver": "appsi_highs", "toc": False},
        list(outcome_of),
        creator,
        scenario_creator_kwargs={"problem": problem, "tree": tree, "outcome_of": outcome_of},
        all_nodenames=names(tree),
    )
    results = form.solve_extensive_form(OPTIONS)
    assert results.solver.termination_condition == TerminationCondition.optimal
    return float(form.get_objective_value())
