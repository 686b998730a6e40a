"""A first stage carried into another world and planned on from there, rules off."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from models.build import ImpossibleError, build
from models.carry import FirstStage, keep, without_rules
from models.needs import most_needed, uncertain_offers
from models.problem import Problem
from models.solution import Solution, read_solution
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan, Size
from optimizer.contract.results import RuleResult
from optimizer.results import Solved, Unavoidable, tabulate
from optimizer.results.amounts import NOISE, summed
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import SolveResult
from optimizer.solve.run import solve

_KEPT = 1e-6


@dataclass(frozen=True, slots=True)
class Carried:
    """What a first stage came to in another world; ``broken``: what it does not keep, in words."""

    plan: Plan
    broken: tuple[str, ...]


def carried(
    data: Data,
    problem: Problem,
    kept: FirstStage,
    options: SolveOptions,
    stop: threading.Event | None = None,
) -> Carried | None:
    """The best that can be made of a first stage in a problem; None where nothing can be.

    Everything after the first stage is decided anew, without rules, minimum awards and overbooking.
    """
    eased = without_rules(problem)
    try:
        model = build(eased)
    except ImpossibleError:
        return None
    keep(model, kept)
    answer = solve(model, options, guide=sourcing_guide(eased), stop=stop)
    if not answer.result.has_plan:
        return None
    return completed(data, problem, read_solution(answer.values(), eased), answer.result)


def completed(data: Data, problem: Problem, solution: Solution, result: SolveResult) -> Carried:
    """The tables of a solution that was found with rules off, and which of them it breaks."""
    solved = Solved(
        status=result.status.value,
        bound=result.bound,
        seconds=result.seconds,
        size=Size(len(problem.outcomes), 0, 0, 0),
    )
    plan = tabulate(data, problem, solution, solved, Unavoidable(0.0, 0.0))
    return Carried(plan, tuple(broken_in(plan, problem)))


def is_broken(row: RuleResult) -> bool:
    """Whether a plan that rules do not hold for breaks this one."""
    return row.slack < -_KEPT * max(1.0, abs(row.limit))


@dataclass(frozen=True, slots=True)
class Missed:
    """A limit that is no rule and that a plan does not keep.

    ``what``: minimum award (of a supplier) or overbooking (of all: supplier is blank); quantities
    over the horizon.
    """

    what: str
    item: str
    supplier: str
    limit: float
    reached: float


def missed_in(plan: Plan, problem: Problem) -> tuple[Missed, ...]:
    """The minimum awards and limits of overbooking that a plan does not keep."""
    volume = {(row.supplier, row.item): row.volume for row in plan.tables.awards}
    short = [
        Missed("minimum award", item, supplier, least, volume.get((supplier, item), 0.0))
        for (supplier, item), least in problem.supply.min_award.items()
        if NOISE < volume.get((supplier, item), 0.0) < least * (1 - _KEPT)
    ]
    uncertain = uncertain_offers(problem)
    booked = summed(
        (row.item, row.award) for row in plan.tables.awards if (row.supplier, row.item) in uncertain
    )
    needed = most_needed(problem)
    most = {item: problem.supply.overbooking * needed.get(item, 0.0) for item in booked}
    over = [
        Missed("overbooking", item, "", most[item], award)
        for item, award in booked.items()
        if award > most[item] * (1 + _KEPT)
    ]
    return (*short, *over)


def broken_in(plan: Plan, problem: Problem) -> list[str]:
    """The rules, minimum awards and limits of overbooking that a plan does not keep, in words."""
    rules = [_rule_said(row) for row in plan.tables.rule_check if is_broken(row)]
    return [*rules, *(_missed_said(one) for one in missed_in(plan, problem))]


def _missed_said(one: Missed) -> str:
    if one.supplier:
        return (
            f"{one.what} of {one.item} from {one.supplier}: {one.reached:,.0f} of {one.limit:,.0f}"
        )
    return f"{one.what} of {one.item}: {one.reached:,.0f} contracted, {one.limit:,.0f} allowed"


def _rule_said(row: RuleResult) -> str:
    whom = ", ".join(part for part in (row.member if row.member != "all" else "", row.item) if part)
    subject = f"{row.rule} ({whom})" if whom else row.rule
    return f"{subject}: {_of(row, row.actual)} against {_of(row, row.limit)}"


def _of(row: RuleResult, value: float) -> str:
    return f"{value:.1%}" if row.metric in ("share", "spend_share") else f"{value:,.4g}"
