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
    return Carried(plan, tuple(broken_in(plan, problem, solution)))


def is_broken(row: RuleResult) -> bool:
    """Whether a plan that rules do not hold for breaks this one."""
    return row.slack < -_KEPT * max(1.0, abs(row.limit))


def broken_in(plan: Plan, problem: Problem, solution: Solution) -> list[str]:
    """The rules, minimum awards and limits of overbooking that a plan does not keep, in words."""
    said = [_rule_said(row) for row in plan.tables.rule_check if is_broken(row)]
    for offer, least in problem.supply.min_award.items():
        volume = solution.volume.get(offer, 0.0)
        if NOISE < volume < least * (1 - _KEPT):
            said.append(
                f"minimum award of {offer[1]} from {offer[0]}: {volume:,.0f} of {least:,.0f}"
            )
    uncertain = uncertain_offers(problem)
    booked = summed((o[1], award) for o, award in solution.award.items() if o in uncertain)
    needed = most_needed(problem)
    for item, award in booked.items():
        most = problem.supply.overbooking * needed.get(item, 0.0)
        if award > most * (1 + _KEPT):
            said.append(f"overbooking of {item}: {award:,.0f} contracted, {most:,.0f} allowed")
    return said


def _rule_said(row: RuleResult) -> str:
    whom = ", ".join(part for part in (row.member if row.member != "all" else "", row.item) if part)
    subject = f"{row.rule} ({whom})" if whom else row.rule
    return f"{subject}: {_of(row, row.actual)} against {_of(row, row.limit)}"


def _of(row: RuleResult, value: float) -> str:
    return f"{value:.1%}" if row.metric in ("share", "spend_share") else f"{value:,.4g}"
