"""What a finished plan decides before anything is known, read back from its tables."""

from __future__ import annotations

from models.carry import FirstStage
from models.problem import LaneKey, Problem
from optimizer.contract.plan import Plan


def first_stage_of(plan: Plan, problem: Problem) -> FirstStage:
    """The first stage of a plan for the problem.

    A supplier, an offer or a lane is used if something is ordered there in some outcome, a
    substitution if something is replaced.  Orders are those that all outcomes share.
    """
    tables, rows = plan.tables, problem.supply.lane_row
    ordered: dict[tuple[LaneKey, int], list[float]] = {}
    for order in tables.orders:
        lane = (order.supplier, order.item, order.site, order.mode)
        ordered.setdefault((lane, order.period), []).append(order.quantity)
    replaced = {(row.item, row.used_item, row.site) for row in tables.issues}
    return FirstStage(
        use={row.supplier: 1.0 for row in tables.awards},
        award={(row.supplier, row.item): row.award for row in tables.awards},
        awarded={(row.supplier, row.item): 1.0 for row in tables.awards},
        lane_used={(rows[lane], lane[0], lane[2]): 1.0 for lane, _ in ordered if lane in rows},
        modules={row.project: row.modules for row in tables.projects_built},
        substitution_used={
            option.name: 1.0
            for option in problem.substitutions
            if any((option.item, option.substitute, site) in replaced for site in option.sites)
        },
        orders={
            key: quantities[0]
            for key, quantities in ordered.items()
            if len(quantities) == len(problem.outcomes) and min(quantities) == max(quantities)
        },
    )
