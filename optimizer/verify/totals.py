"""Cost of each outcome and of the plan, added up again from recomputed lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from optimizer.verify.case import Case
from optimizer.verify.lines import Line
from optimizer.verify.orders import discounted
from optimizer.verify.tolerance import RELATIVE, UNIT_FLOOR, unit
from optimizer.verify.violation import Check, Violation, at_least, at_most, same

PENALTIES = ("late", "shortage", "cover", "relaxation")

Costs = Mapping[str, Mapping[str, float]]
"""Outcome -> component -> discounted amount."""


def check_totals(case: Case, lines: Iterable[Line]) -> Iterator[Violation]:
    """Outcomes and Facts say what the lines add up to."""
    costs = _costs(case, lines)
    lost = _lost(case)
    yield from _outcomes(case, costs, lost)
    yield from _facts(case, costs, lost)
    yield from _bound(case)


def objective(pairs: list[tuple[float, float]], measure: str, level: float, weight: float) -> float:
    """Expected cost, its mix with CVaR, or the worst cost of (probability, cost) pairs."""
    expected = sum(p * c for p, c in pairs)
    if measure == "expected":
        return expected
    if measure == "worst_case":
        return max(c for _, c in pairs)
    return (1 - weight) * expected + weight * cvar(pairs, level)


def cvar(pairs: list[tuple[float, float]], level: float) -> float:
    """Mean cost of the worst 1 - level of probability; level 1: the worst cost."""
    worst_first = sorted(pairs, key=lambda pair: -pair[1])
    left = tail = 1 - level
    if tail <= UNIT_FLOOR:
        return worst_first[0][1]
    total = 0.0
    for probability, cost in worst_first:
        taken = min(left, probability)
        total += taken * cost
        left -= taken
    return total / tail


def _costs(case: Case, lines: Iterable[Line]) -> Costs:
    costs: dict[str, defaultdict[str, float]] = {w: defaultdict(float) for w in case.worlds}
    for order in case.flows.orders:
        costs[order.row.outcome]["landed"] += discounted(case, order)
    for line in lines:
        costs[line.outcome][line.component] += line.amount
    return costs


def _lost(case: Case) -> Mapping[str, float]:
    lost: defaultdict[str, float] = defaultdict(float)
    for row in case.tables.service:
        lost[row.outcome] += row.shortage
        if row.period == case.clock.horizon:
            lost[row.outcome] += row.late
    return lost


def _split(components: Mapping[str, float]) -> tuple[float, float]:
    penalty = sum(components.get(name, 0.0) for name in PENALTIES)
    return sum(components.values()) - penalty, penalty


def _gross(components: Mapping[str, float]) -> float:
    """Savings are large beside what is left of a cost: the sum of sizes sets the tolerance."""
    return sum(abs(amount) for amount in components.values())


def _outcomes(case: Case, costs: Costs, lost: Mapping[str, float]) -> Iterator[Violation]:
    for row in case.tables.outcomes:
        components = costs[row.outcome]
        cash, penalty = _split(components)
        tolerance = case.tolerance.money(_gross(components))
        place = f"outcome {row.outcome}"
        yield from same(Check.OUTCOME_COST, place, cash + penalty, row.cost, tolerance)
        yield from same(Check.OUTCOME_CASH, place, cash, row.cash_cost, tolerance)
        yield from same(Check.OUTCOME_PENALTY, place, penalty, row.penalty_cost, tolerance)
        short, quantity = lost.get(row.outcome, 0.0), case.tolerance.quantity
        yield from same(Check.OUTCOME_SHORTAGE, place, short, row.shortage, quantity)


def _facts(case: Case, costs: Costs, lost: Mapping[str, float]) -> Iterator[Violation]:
    facts, settings = case.facts, case.data.settings
    expected: defaultdict[str, float] = defaultdict(float)
    pairs: list[tuple[float, float]] = []
    for name, world in case.worlds.items():
        pairs.append((world.probability, sum(costs[name].values())))
        for component, amount in costs[name].items():
            expected[component] += world.probability * amount
    tolerance = case.tolerance.money(_gross(expected))
    aim = objective(pairs, settings.risk_measure, settings.cvar_level, settings.risk_weight)
    yield from same(Check.OBJECTIVE, "the plan", aim, facts.objective, tolerance)
    for component in dict.fromkeys((*expected, *facts.costs)):
        due, stands = expected.get(component, 0.0), facts.costs.get(component, 0.0)
        money = case.tolerance.money(due, stands)
        yield from same(Check.COSTS, component, due, stands, money)
    cash, penalty = _split(expected)
    yield from same(Check.CASH_COST, "the plan", cash, facts.cash_cost, tolerance)
    yield from same(Check.PENALTY_COST, "the plan", penalty, facts.penalty_cost, tolerance)
    short = sum(case.worlds[w].probability * quantity for w, quantity in lost.items())
    yield from same(Check.SHORTAGE, "the plan", short, facts.shortage, case.tolerance.quantity)
    yield from _spread(case, pairs, lost)
    left = sum(
        case.worlds[row.outcome].probability * row.closing * case.values.unit[row.item]
        for row in case.tables.stock_plan
        if row.period == case.clock.horizon
    )
    money = case.tolerance.money(left, facts.in_stock_at_end)
    yield from same(Check.STOCK_AT_END, "the plan", left, facts.in_stock_at_end, money)


def _spread(
    case: Case, pairs: list[tuple[float, float]], lost: Mapping[str, float]
) -> Iterator[Violation]:
    """Cost and shortage over the outcomes."""
    spread, level = case.facts.spread, case.data.settings.cvar_level
    money = case.tolerance.money(*(cost for _, cost in pairs))
    for name, due, stands in (
        ("expected", objective(pairs, "expected", level, 0.0), spread.expected),
        ("cvar", cvar(pairs, level), spread.cvar),
        ("worst case", objective(pairs, "worst_case", level, 0.0), spread.worst_case),
    ):
        yield from same(Check.SPREAD, name, due, stands, money)
    worlds, quantity = case.worlds, case.tolerance.quantity
    short = sum(worlds[w].probability * amount for w, amount in lost.items())
    yield from same(Check.SPREAD, "shortage", short, spread.shortage, quantity)
    # A shortage too small to tell from nothing may count as one, or not.
    sure = sum(worlds[w].probability for w, amount in lost.items() if amount > quantity)
    any_ = sum(worlds[w].probability for w, amount in lost.items() if amount > 0)
    place, chance = "chance of a shortage", spread.shortage_chance
    yield from at_least(Check.SPREAD, place, sure, chance, unit(1.0))
    yield from at_most(Check.SPREAD, place, any_, chance, unit(1.0))


def _bound(case: Case) -> Iterator[Violation]:
    """No plan costs less than the bound; the gap is how far it is."""
    facts = case.facts
    tolerance = case.tolerance.money(facts.objective)
    yield from at_most(Check.BOUND, "the plan", facts.objective, facts.bound, tolerance)
    if abs(facts.objective) > tolerance:
        gap = max(0.0, facts.objective - facts.bound) / abs(facts.objective)
        yield from same(Check.GAP, "the plan", gap, facts.gap, RELATIVE * max(1.0, gap))
