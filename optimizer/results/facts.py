"""What the plan came to, in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.assemble.ground import ground_of
from optimizer.assemble.quotes import quotes_of
from optimizer.assemble.stock import unit_values
from optimizer.contract.plan import Facts, Size, WithoutRisk
from optimizer.contract.results import (
    Charge,
    MixRow,
    ServiceRow,
    StockPlanRow,
)
from optimizer.contract.risk_results import OutcomeResult
from optimizer.results.amounts import summed
from optimizer.results.basis import Basis
from optimizer.results.components import COMPONENTS, LANDED, PENALTIES
from optimizer.results.mix import hhi_points
from optimizer.results.spread import spread_of
from optimizer.solve.outcome import relative_gap


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver says of a plan.

    status: ``optimal``, ``time_limit``, ``interrupted`` or ``stopped`` (the solver gave up with a
    plan in hand); bound: no plan costs less; seconds: for everything from the data to the plan;
    size: of the model; without_risk: how the plan made without risk fares, where there is risk;
    notes: what a reader of the plan has to know about how it was solved.
    """

    status: str
    bound: float
    seconds: float
    size: Size
    without_risk: WithoutRisk | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unavoidable:
    """The shortage that no plan can avoid: its expected cost (discounted) and quantity."""

    cost: float
    quantity: float


def outcome_rows(
    basis: Basis, charges: tuple[Charge, ...], service: tuple[ServiceRow, ...]
) -> tuple[OutcomeResult, ...]:
    """What the plan costs in each outcome, added up from Orders and Charges."""
    last = basis.problem.horizon.periods
    landed = summed((row.outcome, row.cost) for row in basis.orders)
    penalty = summed((c.outcome, c.amount) for c in charges if c.component in PENALTIES)
    cash = summed((c.outcome, c.amount) for c in charges if c.component not in PENALTIES)
    short = summed(
        (row.outcome, row.shortage + (row.late if row.period == last else 0.0)) for row in service
    )
    rows = []
    for outcome, probability in basis.problem.outcomes.items():
        paid = landed.get(outcome, 0.0) + cash.get(outcome, 0.0)
        wrong = penalty.get(outcome, 0.0)
        rows.append(
            OutcomeResult(
                outcome=outcome,
                happens="",
                probability=probability,
                cost=paid + wrong,
                cash_cost=paid,
                penalty_cost=wrong,
                shortage=short.get(outcome, 0.0),
                cost_without_risk=None,
                shortage_without_risk=None,
            )
        )
    return tuple(rows)


def facts_of(
    basis: Basis,
    solved: Solved,
    unavoidable: Unavoidable,
    outcomes: tuple[OutcomeResult, ...],
    charges: tuple[Charge, ...],
    mix: tuple[MixRow, ...],
    stock_plan: tuple[StockPlanRow, ...],
) -> Facts:
    """The facts of a plan.

    The objective is that of the written rows, which may be a little below the solver's: what the
    solver switched on and never used is not paid for.
    """
    objective = sum(row.probability * row.cost for row in outcomes)
    bound = min(solved.bound, objective)
    return Facts(
        status=solved.status,
        objective=objective,
        bound=bound,
        gap=relative_gap(objective, bound),
        gap_without_unavoidable_shortage=_gap_above(objective, bound, unavoidable.cost),
        seconds=solved.seconds,
        costs=_costs(basis, charges),
        cash_cost=sum(row.probability * row.cash_cost for row in outcomes),
        penalty_cost=sum(row.probability * row.penalty_cost for row in outcomes),
        shortage=sum(row.probability * row.shortage for row in outcomes),
        unavoidable_shortage=unavoidable.quantity,
        hhi=hhi_points(mix),
        in_stock_at_end=stock_value_at_end(basis, stock_plan),
        spread=spread_of(outcomes, basis.data.settings.cvar_level),
        size=solved.size,
        without_risk=solved.without_risk,
        notes=solved.notes,
    )


def stock_value_at_end(basis: Basis, stock_plan: tuple[StockPlanRow, ...]) -> float:
    """Expected value of what is in stock after the last period, in base currency."""
    ground = ground_of(basis.data)
    value = unit_values(ground, quotes_of(ground))
    chance, last = basis.problem.outcomes, basis.problem.horizon.periods
    return sum(
        chance[row.outcome] * row.closing * value[row.item]
        for row in stock_plan
        if row.period == last and row.closing
    )


def _gap_above(objective: float, bound: float, floor: float) -> float:
    """The gap of what can be influenced; 0 where nothing can."""
    above = objective - floor
    return relative_gap(above, min(bound - floor, above)) if objective > bound else 0.0


def _costs(basis: Basis, charges: tuple[Charge, ...]) -> Mapping[str, float]:
    chance = basis.problem.outcomes
    amounts = summed((c.component, chance[c.outcome] * c.amount) for c in charges)
    amounts[LANDED] = sum(chance[row.outcome] * row.cost for row in basis.orders)
    return {component: amounts.get(component, 0.0) for component in COMPONENTS}
