"""The scenario creator: the model of one outcome, with what it shares with the others.

What happens within an outcome (stock, demand, capacities, prices) is models.build of that outcome
alone.  Everything that looks at more than one outcome is left out there and written again here:
each scenario holds a copy of what is ordered and delivered in every outcome, a row ties the copy
of its own outcome to its own orders, and mpi-sppy makes the copies of all scenarios agree.
Expectations are sums over the copies.  Links to yes and no are written again too, with one large
factor in place of the bounds of models.bounds.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo
from mpisppy.scenario_tree import ScenarioNode

from models.build import build
from models.problem import Measure, Problem
from tests.crosscheck import expected
from tests.crosscheck.one_outcome import only
from tests.crosscheck.tree import ROOT, Node, path

FIRST_STAGE = (
    "award", "use", "awarded", "lane_used", "tier_reached", "modules", "substitution_used",
    "lane_volume", "volume", "scope_total", "member_volume", "member_used", "relaxed",
)  # fmt: skip
COPIES = ("ordered_in", "delivered_in", "at_tier_in")


def scenario(name: str, problem: Problem, tree: Node, outcome_of: dict[str, str]) -> Any:
    """The Pyomo model of a scenario, ready for mpi-sppy."""
    w = outcome_of[name]
    m = build(only(problem, w, expected.plenty(problem)), without=expected.WRITTEN_AGAIN)
    expected.add_copies(m, problem, w)
    expected.add_contracts(m, problem, w)
    expected.add_links(m, problem)
    expected.add_tiers(m, problem, w)
    expected.add_rules(m, problem)
    shared = [*FIRST_STAGE, *COPIES]
    if problem.aim.measure is Measure.WORST_CASE:
        _add_worst(m)
        shared.append("worst")
    m._mpisppy_probability = problem.outcomes[w]
    m._mpisppy_node_list = _nodes(m, problem, path(tree, w), shared)
    return m


def _add_worst(m: Any) -> None:
    m.worst = pyo.Var()
    m.no_worse = pyo.Constraint(expr=m.cost.expr <= m.worst)
    m.cost.set_value(m.worst)


def _nodes(m: Any, problem: Problem, nodes: list[Node], shared: list[str]) -> list[ScenarioNode]:
    made, parent, certain = [], None, 1.0
    for stage, node in enumerate(nodes, start=1):
        together = [variable for n in (shared if node.name == ROOT else ())
                    for variable in m.component(n).values()]  # fmt: skip
        together += [m.order[key] for key in m.order if key[-2] in node.periods]
        together += [m.placed[key] for key in m.placed if key[-2] in node.periods]
        chance = sum(problem.outcomes[w] for w in node.outcomes)
        made.append(
            ScenarioNode(node.name, chance / certain, stage, 0.0, together, m, parent_name=parent)
        )
        parent, certain = node.name, chance
    return made
