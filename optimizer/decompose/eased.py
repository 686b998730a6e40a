"""Late orders that count pro rata, in the model of one outcome.

Whether an order is late depends on who may know what, which an outcome by itself does not say.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo
from pyomo.environ import quicksum

from optimizer.decompose.common import Whole
from optimizer.decompose.outcome import HERE


def ease_late_orders(m: Any, whole: Whole) -> None:
    """Make ``placed`` of late orders the part of a full order that is ordered, where that is asked.

    An order is then no yes or no: its minimum is gone and its cost is in proportion.
    """
    ix, supply = whole.ix, whole.problem.supply
    late = [key for key in m.placed if ix.is_pro_rata(key[2])]
    m.pro_rata = pyo.Constraint(late, rule=lambda m, *key: _pro_rata(m, whole, *key))
    for k, i, t, _ in late:
        placed = m.placed[k, i, t, HERE]
        placed.domain = pyo.UnitInterval
        if supply.min_order.get((k, i), 0.0) > ix.full_order((k, i), t):
            placed.setub(0)
        if (k, i, t, HERE) in m.minimum_order:
            m.minimum_order[k, i, t, HERE].deactivate()
        for lane in ix.lanes_of_order[(k, i), t]:
            if (*lane, t, HERE) in m.order_needs_placing:
                m.order_needs_placing[(*lane, t, HERE)].deactivate()


def _pro_rata(m: Any, whole: Whole, k: str, i: str, t: int, w: str) -> Any:
    """The part that is placed is what is ordered of a full order."""
    lanes = whole.ix.lanes_of_order[(k, i), t]
    ordered = quicksum(m.order[(*lane, t, w)] for lane in lanes if (*lane, t, w) in m.order)
    return ordered == whole.ix.full_order((k, i), t) * m.placed[k, i, t, w]
