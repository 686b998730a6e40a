"""What the plan came to, in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.assemble.ground import ground_of
from optimizer.assemble.outcomes import Outcomes
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
from optimizer.results.comparison import Comparison
from optimizer.results.components import COMPONENTS, LANDED, PENALTIES
from optimizer.results.mix import hhi_points
from optimizer.results.spread import objective_of, spread_of
from optimizer.solve.outcome import relative_gap


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver says of a plan.

    status: ``optimal``, ``time_limit``, ``interrupted`` or ``stopped`` (the solver gave up with a
    plan in hand); bound: no plan costs less; seconds: for everything from the data to the plan;
    size: of the model; comparison: with the plan made without risk, where there is risk;
    notes: what a reader of the plan has to know about how it was solved.
    """

    status: str
    bound: float
    seconds: float
    size: Size
    comparison: Comparison | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unavoidable:
    """The shortage that no plan can avoid: its expected cost (discounted) and quantity."""

    cost: float
    quantity: float


def outcome_rows(
    basis: Basis,
    futures: Outcomes,
    charges: tuple[Charge, ...],
    service: tuple[ServiceRow, ...],
    comparison: Comparison | None,
) -> tuple[OutcomeResult, ...]:
    """What happens in each outcome, and what the plan costs then, by Orders and Charges."""
    beside = comparison or Comparison(WithoutRisk(0.0, None))
    happens = {future.name: future.happens for future in futures.all}
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
                happens=happens[outcome],
                stands_for=futures.stands_for[outcome],
                probability=probability,
                cost=paid + wrong,
                cash_cost=paid,
                penalty_cost=wrong,
                shortage=short.get(outcome, 0.0),
                cost_without_risk=beside.cost.get(outcome),
                shortage_without_risk=beside.shortage.get(outcome),
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
    settings = basis.data.settings
    spread = spread_of(outcomes, settings.cvar_level)
    objective = objective_of(spread, settings)
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
        spread=spread,
        size=solved.size,
        without_risk=None if solved.comparison is None else solved.comparison.facts,
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
