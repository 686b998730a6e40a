"""Every cost and saving that is not part of a landed cost, one line each.

A line that is paid when something happens is derived from the row that shows it happening, so
that Charges can be checked against the other tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.index import Index
from optimizer.contract.results import (
    Charge,
    CoverRow,
    IncentiveRow,
    ServiceRow,
    StockPlanRow,
)
from optimizer.results.amounts import NOISE, summed
from optimizer.results.basis import Basis
from optimizer.results.components import COMPONENTS
from optimizer.results.first_stage import first_stage_charges
from optimizer.results.lines import line
from optimizer.results.orders import outcome_places
from optimizer.results.stock import overflows


@dataclass(frozen=True, slots=True)
class Flows:
    """The tables that charges are paid for, beside orders and tiers."""

    stock_plan: tuple[StockPlanRow, ...]
    service: tuple[ServiceRow, ...]
    cover: tuple[CoverRow, ...]
    incentives: tuple[IncentiveRow, ...]


def charge_rows(basis: Basis, flows: Flows) -> tuple[Charge, ...]:
    """All charges, by outcome, kind of cost, subject, item, site and period; none of 0."""
    made = [
        *_order_costs(basis),
        *_holding(basis, flows.stock_plan),
        *_service(basis, flows.service),
        *_overflow(basis, flows.stock_plan),
        *_cover(basis, flows.cover),
        *first_stage_charges(basis),
        *_substitution(basis),
        *_price_breaks(basis),
        *_incentives(basis, flows.incentives),
    ]
    place, kind = outcome_places(basis.problem), {name: n for n, name in enumerate(COMPONENTS)}
    return tuple(
        sorted(
            (charge for charge in made if charge.amount),
            key=lambda c: (
                place[c.outcome],
                kind[c.component],
                c.subject,
                c.item,
                c.site,
                c.period or 0,
            ),
        )
    )


def _order_costs(basis: Basis) -> Iterator[Charge]:
    """One for each order (an offer in one period), counted at the order.

    Where late orders are pro rata, only the share of it that the plan places is paid for.
    """
    horizon, placed = basis.problem.horizon, basis.solution.placed
    shares = Index(basis.problem).late_periods if basis.problem.late_orders_pro_rata else ()
    orders = dict.fromkeys((r.supplier, r.item, r.period, r.outcome) for r in basis.orders)
    for key in orders:
        supplier, item, period, outcome = key
        part = placed.get(key, 0.0) if period in shares else 1.0
        cost = basis.problem.supply.order_cost.get((supplier, item), 0.0)
        factor = horizon.factor(period)
        yield line(outcome, "order_cost", supplier, part, cost, factor, item, "", period)


def _holding(basis: Basis, stock_plan: tuple[StockPlanRow, ...]) -> Iterator[Charge]:
    horizon, cost = basis.problem.horizon, basis.problem.holdings.holding_cost
    stock = summed(((r.outcome, r.item, r.site, r.period), r.closing) for r in stock_plan)
    for (outcome, item, site, period), quantity in stock.items():
        if not quantity:
            continue
        rate, factor = cost.get(item, 0.0), horizon.factor(period)
        yield line(outcome, "holding", "stock", quantity, rate, factor, item, site, period)


def _service(basis: Basis, service: tuple[ServiceRow, ...]) -> Iterator[Charge]:
    """Lateness by period; what is lost, and with it what is still late after the horizon."""
    horizon, needs = basis.problem.horizon, basis.problem.needs
    for row in service:
        if not (row.late or row.shortage):
            continue
        factor = horizon.factor(row.period)
        place = row.item, row.site, row.period
        if row.late:
            rate = needs.backlog_cost[row.item]
            yield line(row.outcome, "late", row.end_use, row.late, rate, factor, *place)
        lost = row.shortage + (row.late if row.period == horizon.periods else 0.0)
        if lost:
            rate = needs.shortage_cost[row.item]
            yield line(row.outcome, "shortage", row.end_use, lost, rate, factor, *place)


def _overflow(basis: Basis, stock_plan: tuple[StockPlanRow, ...]) -> Iterator[Charge]:
    horizon, cost = basis.problem.horizon, basis.problem.holdings.overflow_cost
    for (outcome, site, period), quantity in overflows(basis, stock_plan).items():
        factor = horizon.factor(period)
        yield line(outcome, "overflow", "stock", quantity, cost[site], factor, "", site, period)


def _cover(basis: Basis, cover: tuple[CoverRow, ...]) -> Iterator[Charge]:
    horizon, penalty = basis.problem.horizon, basis.problem.holdings.cover_penalty
    for row in cover:
        rate, factor = penalty.get((row.item, row.site), 0.0), horizon.factor(row.period)
        for subject, quantity in (("too little", row.under), ("too much", row.over)):
            if quantity:
                yield line(
                    row.outcome, "cover", subject, quantity, rate, factor,
                    row.item, row.site, row.period,
                )  # fmt: skip


def _substitution(basis: Basis) -> Iterator[Charge]:
    """The extra cost of each unit that is replaced."""
    horizon = basis.problem.horizon
    options = {option.name: option for option in basis.problem.substitutions}
    replaced = summed(
        ((name, site, period, outcome), quantity / options[name].ratio)
        for (name, site, _, _, period, outcome), quantity in basis.solution.replace.items()
        if quantity > NOISE
    )
    for (name, site, period, outcome), quantity in replaced.items():
        option, factor = options[name], horizon.factor(period)
        yield line(
            outcome, "substitution", name, quantity, option.unit_cost, factor,
            option.item, site, period,
        )  # fmt: skip


def _price_breaks(basis: Basis) -> Iterator[Charge]:
    """What the tiers save on an offer at a site, counted at the end of the horizon.

    One line for all tiers and modes, at their mean discount; Tiers has each of them.
    """
    final = basis.problem.horizon.final
    reached = [(r, (r.outcome, r.supplier, r.item, r.site)) for r in basis.tiers if r.discount]
    quantities = summed((key, row.quantity) for row, key in reached)
    savings = summed((key, row.quantity * row.discount) for row, key in reached)
    for key, quantity in quantities.items():
        outcome, supplier, item, site = key
        mean = -savings[key] / quantity
        yield line(outcome, "price_breaks", supplier, quantity, mean, final, item, site)


def _incentives(basis: Basis, incentives: tuple[IncentiveRow, ...]) -> Iterator[Charge]:
    final = basis.problem.horizon.final
    rate = {project.name: project.incentive for project in basis.problem.projects}
    for row in incentives:
        yield line(
            row.outcome, "incentives", row.project, row.quantity, -rate[row.project], final,
            row.item,
        )  # fmt: skip
