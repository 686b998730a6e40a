"""What is left of a problem when something stops: the sources of a plan, or what is under way."""

from __future__ import annotations

import math
from dataclasses import replace

from models.carry import FirstStage
from models.index import Index
from models.problem import (
    Aim,
    Holdings,
    Horizon,
    LaneKey,
    Pricing,
    Problem,
    Supply,
    offer_of,
)


def as_planned(problem: Problem, kept: FirstStage) -> Problem:
    """The problem with only the sources that a plan uses, and nothing else to decide but orders.

    A supplier, an offer, a lane or a substitution that is a decision of its own (it costs something
    or has a minimum) is there only if the plan decided for it; what costs nothing is there anyway.
    Projects are part of the capacity, as far as the plan builds them.  No rules, minimums, order
    costs, award band, overbooking or cover targets; nothing forbids a shortage.
    """
    ix = Index(problem)
    used, awarded = set(ix.used_suppliers), set(ix.awarded_offers)

    def is_kept(lane: LaneKey) -> bool:
        offer, link = offer_of(lane), ix.link_of_lane.get(lane)
        return (
            (lane[0] not in used or kept.use.get(lane[0], 0.0) > 0)
            and (offer not in awarded or kept.awarded.get(offer, 0.0) > 0)
            and (link is None or kept.lane_used.get(link, 0.0) > 0)
        )

    return replace(
        problem,
        supply=_only(_unhindered(problem, kept), {l for l in problem.supply.lanes if is_kept(l)}),
        pricing=Pricing(list_price={}),
        needs=replace(problem.needs, forbid_shortage=False),
        holdings=_without_targets(problem.holdings),
        substitutions=tuple(
            replace(option, fixed_cost=0.0)
            for option in problem.substitutions
            if not option.fixed_cost or kept.substitution_used.get(option.name, 0.0) > 0
        ),
        projects=(),
        rules=(),
        aim=Aim(),
    )


def without_orders(problem: Problem) -> Problem:
    """The problem in which nothing is ordered any more: stock and open orders are all there is."""
    return replace(problem, supply=_only(problem.supply, set()))


def until(problem: Problem, last: int) -> Problem:
    """The first periods of a problem: the demand of 1..last, and what arrives by then."""
    supply, horizon = problem.supply, problem.horizon
    arrival = {key: t for key, t in supply.arrival.items() if t <= last}
    in_time = {(lane, t) for lane, t, _ in arrival}
    return replace(
        problem,
        horizon=Horizon(last, horizon.per_year, horizon.discount[:last]),
        supply=replace(
            supply,
            order_periods=tuple(pair for pair in supply.order_periods if pair in in_time),
            arrival=arrival,
        ),
        needs=replace(
            problem.needs,
            demand={key: q for key, q in problem.needs.demand.items() if key[1] <= last},
        ),
        holdings=replace(
            problem.holdings,
            open_orders={k: q for k, q in problem.holdings.open_orders.items() if k[3] <= last},
        ),
    )


def _unhindered(problem: Problem, kept: FirstStage) -> Supply:
    """Capacity with what is built; no cost and no minimum that makes an order a decision."""
    supply = problem.supply
    return replace(
        supply,
        supplier_capacity={
            (k, t): capacity
            + supply.calendar_factor.get((k, t), 1.0)
            * math.fsum(
                project.capacity * kept.modules.get(project.name, 0.0)
                for project in problem.projects
                if project.supplier == k and t >= project.first_period
            )
            for (k, t), capacity in supply.supplier_capacity.items()
        },
        lane_fixed_cost={},
        supplier_cost={},
        offer_cost={},
        min_award={},
        min_order={},
        order_cost={},
        call_off={},
        overbooking=math.inf,
    )


def _only(supply: Supply, lanes: set[LaneKey]) -> Supply:
    offers = {offer_of(lane) for lane in lanes}
    return replace(
        supply,
        offers=tuple(offer for offer in supply.offers if offer in offers),
        lanes=tuple(lane for lane in supply.lanes if lane in lanes),
        order_periods=tuple(pair for pair in supply.order_periods if pair[0] in lanes),
        arrival={key: t for key, t in supply.arrival.items() if key[0] in lanes},
        deliverable={key: share for key, share in supply.deliverable.items() if key[0] in offers},
    )


def _without_targets(holdings: Holdings) -> Holdings:
    return replace(holdings, min_cover={}, max_cover={})
