"""The scenario creator is exact: its extensive form costs what the formulation does."""

from __future__ import annotations

import dataclasses

import pytest

from models.build import build
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.solve import SolveOptions, Status
from optimizer.solve.run import solve
from tests.crosscheck.cases import workbook
from tests.decompose.extra import need_extra

pytestmark = pytest.mark.slow

EXACT = {
    "mip_rel_gap": 1e-9,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "threads": 1,
}


def together(problem: Problem) -> float:
    """What outcomes cost that have to agree on everything they share."""
    from mpisppy.opt.ef import ExtensiveForm

    from optimizer.decompose.common import whole
    from optimizer.decompose.run import creator_of
    from optimizer.decompose.tree import last, node_names, tree

    all_of_it = whole(problem)
    root = tree(all_of_it.ix)
    outcome_of = {f"scenario{number}": w for number, w in enumerate(last(root))}
    form = ExtensiveForm(
        {"solver": "appsi_highs", "toc": False},
        list(outcome_of),
        creator_of(problem),
        scenario_creator_kwargs={"whole": all_of_it, "tree": root, "outcome_of": outcome_of},
        all_nodenames=node_names(root),
    )
    form.solve_extensive_form(EXACT)
    return float(form.get_objective_value())


@pytest.mark.parametrize("pro_rata", [False, True])
@pytest.mark.parametrize(("seed", "measure"), [(0, "expected"), (22, "expected"), (5, "cvar")])
def test_the_extensive_form_costs_what_the_formulation_does(
    seed: int, measure: str, pro_rata: bool
) -> None:
    need_extra()
    problem = dataclasses.replace(
        assemble(workbook(seed, with_rules=True, measure=measure)), late_orders_pro_rata=pro_rata
    )
    result = solve(build(problem), SolveOptions(gap=1e-9, threads=1)).result
    assert result.status is Status.OPTIMAL
    assert together(problem) == pytest.approx(result.objective, rel=1e-6)
