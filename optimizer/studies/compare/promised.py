"""What a plan decides early, told apart from the world that it was made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.carry import FirstStage
from models.order_index import OrderIndex
from models.problem import LaneKey, OfferKey, Problem
from optimizer.contract.plan import Plan
from optimizer.results.amounts import summed


@dataclass(frozen=True, slots=True)
class Promised:
    """Whom a plan uses, what it contracts, prepares and builds, and what it orders for certain.

    ``replaced``: (item, substitute, site).  ``orders``: those that all outcomes of the plan share;
    in ``undecided`` periods its own outcomes may order differently, so that what they share there
    is not decided early.
    """

    suppliers: frozenset[str]
    awards: Mapping[OfferKey, float]
    lanes: frozenset[LaneKey]
    modules: Mapping[str, float]
    replaced: frozenset[tuple[str, str, str]]
    orders: Mapping[tuple[LaneKey, int], float]
    undecided: frozenset[int]

    def ordered(self, last: int) -> Mapping[OfferKey, float]:
        """What is ordered for certain of each offer by a period."""
        return summed(
            ((lane[0], lane[1]), quantity)
            for (lane, t), quantity in self.orders.items()
            if t <= last and t not in self.undecided
        )


def promised_by(plan: Plan, problem: Problem) -> Promised:
    """What a plan for the problem decides early."""
    tables = plan.tables
    orders: dict[tuple[LaneKey, int], float] = {}
    for row in tables.orders:
        lane = (row.supplier, row.item, row.site, row.mode)
        orders.setdefault((lane, row.period), row.quantity)
    undecided = OrderIndex(problem).late_periods
    return Promised(
        suppliers=frozenset(
            {row.supplier for row in tables.awards}
            | {row.supplier for row in tables.projects_built}
        ),
        awards={(row.supplier, row.item): row.award for row in tables.awards},
        lanes=frozenset(lane for lane, _ in orders),
        modules={row.project: row.modules for row in tables.projects_built},
        replaced=frozenset(
            (row.item, row.used_item, row.site)
            for row in tables.issues
            if row.item != row.used_item
        ),
        orders={key: quantity for key, quantity in orders.items() if key[1] not in undecided},
        undecided=undecided,
    )


def first_stage_in(problem: Problem, promised: Promised, last: int) -> FirstStage:
    """What was promised elsewhere as the first stage of this problem, with orders by ``last``."""
    rows = problem.supply.lane_row
    most = {project.name: float(project.max_modules) for project in problem.projects}
    return FirstStage(
        use=dict.fromkeys(promised.suppliers, 1.0),
        award=promised.awards,
        awarded=dict.fromkeys(promised.awards, 1.0),
        lane_used={(rows[one], one[0], one[2]): 1.0 for one in promised.lanes if one in rows},
        modules={
            name: min(modules, most[name])
            for name, modules in promised.modules.items()
            if name in most
        },
        substitution_used={
            option.name: 1.0
            for option in problem.substitutions
            if any(
                (option.item, option.substitute, site) in promised.replaced for site in option.sites
            )
        },
        orders={
            (lane, t): quantity for (lane, t), quantity in promised.orders.items() if t <= last
        },
    )
