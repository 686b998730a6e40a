"""Orders and the price tiers that they reach."""

from __future__ import annotations

from models.problem import Problem, offer_of
from models.solution import Solution
from optimizer.contract.results import OrderRow, TierRow
from optimizer.results.amounts import NOISE


def order_rows(problem: Problem, solution: Solution) -> tuple[OrderRow, ...]:
    """Every order of the plan, by outcome, period and lane.

    An order that arrives after the horizon delivers nothing and costs nothing here.
    """
    supply, horizon = problem.supply, problem.horizon
    rows = []
    for (supplier, item, site, mode, period, outcome), quantity in solution.order.items():
        if quantity <= NOISE:
            continue
        lane = supplier, item, site, mode
        arrival = supply.arrival.get((lane, period, outcome))
        arrives = 0.0 if arrival is None else 1.0
        delivered = (
            arrives * quantity * supply.deliverable.get((offer_of(lane), period, outcome), 1.0)
        )
        unit = supply.landed[lane, period, outcome] if arrival is not None else 0.0
        factor = horizon.final if arrival is None else horizon.factor(arrival)
        rows.append(
            OrderRow(
                outcome=outcome,
                supplier=supplier,
                item=item,
                site=site,
                mode=mode,
                period=period,
                arrival=arrival,
                quantity=quantity,
                delivered=delivered,
                landed_unit_cost=unit,
                discount_factor=factor,
                cost=delivered * unit * factor,
            )
        )
    place = outcome_places(problem)
    return tuple(
        sorted(rows, key=lambda r: (place[r.outcome], r.period, r.supplier, r.item, r.site, r.mode))
    )


def tier_rows(problem: Problem, solution: Solution) -> tuple[TierRow, ...]:
    """The volume of each price tier, by outcome, offer, lane and tier."""
    pricing = problem.pricing
    rows = []
    for (supplier, item, site, mode, tier, outcome), quantity in solution.tier_volume.items():
        if quantity <= NOISE:
            continue
        reached = pricing.tiers[supplier, item].tiers[tier]
        scale = pricing.discount_scale.get((supplier, item, site, mode), 1.0)
        rows.append(
            TierRow(
                outcome=outcome,
                supplier=supplier,
                item=item,
                site=site,
                mode=mode,
                from_quantity=reached.start,
                quantity=quantity,
                discount=reached.discount * scale,
            )
        )
    place = outcome_places(problem)
    return tuple(
        sorted(
            rows,
            key=lambda r: (
                place[r.outcome],
                r.supplier,
                r.item,
                r.site,
                r.mode,
                r.from_quantity,
            ),
        )
    )


def outcome_places(problem: Problem) -> dict[str, int]:
    """The place of each outcome in the order in which results show them."""
    return {outcome: place for place, outcome in enumerate(problem.outcomes)}
