"""The scenario creator of mpi-sppy: the model of one outcome, and what it shares with which others.

What happens within the outcome is models.build of that outcome alone; what it has in common with
the others is the block of optimizer.decompose.common.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mpisppy.scenario_tree import ScenarioNode

from models.build import build
from optimizer.decompose.common import AGREED, IMPLIED, IN_COMMON, Whole, add_common
from optimizer.decompose.eased import ease_late_orders
from optimizer.decompose.outcome import only
from optimizer.decompose.tree import ROOT, Node, path


def scenario(name: str, *, whole: Whole, tree: Node, outcome_of: Mapping[str, str]) -> Any:
    """The Pyomo model of the outcome that goes by this scenario name.

    Raises ImpossibleError (models.build) as the model of the whole problem would.
    """
    w = outcome_of[name]
    m = build(only(whole.problem, w), without=IN_COMMON | IMPLIED)
    _limit_orders(m, whole, w)
    ease_late_orders(m, whole)
    add_common(m, whole, w)
    m._mpisppy_probability = whole.problem.outcomes[w]
    m._mpisppy_node_list = _nodes(m, whole, path(tree, w))
    return m


def _limit_orders(m: Any, whole: Whole, w: str) -> None:
    """No orders that the whole model does not have, and none larger than it has reason for.

    Those that are shared need an end: without one, a price on them has none either.
    """
    ix = whole.ix
    for (k, i, s, mode, t, _), order in m.order.items():
        lane = (k, i, s, mode)
        order.set_value(0)
        if (lane, t, ix.decided_in(t, w)) not in ix.carried:
            order.setub(0)
        else:
            order.setub(ix.bounds.most[lane])
    for placed in m.placed.values():
        placed.set_value(0)
    for (row, *_), capacity in m.lane_capacity.items():
        if math.isinf(m.ix.problem.supply.row_capacity[row]):
            capacity.deactivate()


def _nodes(m: Any, whole: Whole, passed: tuple[Node, ...]) -> list[ScenarioNode]:
    made: list[ScenarioNode] = []
    parent, before = None, 1.0
    for stage, node in enumerate(passed, start=1):
        shared = []
        if node.name == ROOT:
            shared += [one for n in AGREED for one in m.common.component(n).values()]
        shared += _orders_of(m, node)
        chance = sum(whole.problem.outcomes[w] for w in node.outcomes)
        made.append(
            ScenarioNode(node.name, chance / before, stage, 0.0, shared, m, parent_name=parent)
        )
        parent, before = node.name, chance
    return made


def _orders_of(m: Any, node: Node) -> list[Any]:
    """The outcome's own variables for the orders that the node's outcomes share.

    Also those that are never placed there: all nodes of a stage have equally many.  What is placed
    of orders that count pro rata follows from them.
    """
    return [
        one
        for variable in (m.order, m.placed)
        for index, one in variable.items()
        if index[-2] in node.periods and not (variable is m.placed and one.is_continuous())
    ]
