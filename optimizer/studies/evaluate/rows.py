"""The tables of a given split beside the best plan: awards, rules, outcomes and stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from models.problem import OfferKey, Problem
from optimizer.contract.choice_results import SplitOutcome, SplitRow, SplitRule, SplitStop
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.contract.results import RuleResult
from optimizer.contract.risk_results import StressRow
from optimizer.results.amounts import written
from optimizer.studies.evaluate.given import Evaluated
from optimizer.studies.evaluate.priced import SHORT
from optimizer.studies.evaluate.short import Shortfalls
from optimizer.studies.kept import is_broken, missed_in

_SAME = 1e-6
_TAKES_OVER = "it takes over what others of today cannot deliver"
_FREE = "no split was given for the item; decided like the rest of the plan"
EVERYBODY = "all"


def split_rows(
    data: Data, problem: Problem, given: Evaluated, best: Plan | None
) -> tuple[SplitRow, ...]:
    """Every offer that has an award in one of the two, or was asked for, largest first."""
    plan = given.carried.plan
    awards, of_best = _awards(plan), _awards(best)
    shortfalls = Shortfalls(data, problem, plan.tables.orders)
    country = {row.supplier: row.country for row in data.suppliers}
    rows = []
    for offer in {**given.asked, **awards, **of_best}:
        supplier, item = offer
        award, at_best = awards.get(offer, 0.0), of_best.get(offer, 0.0)
        free = item in given.free
        asked = award if free else given.asked.get(offer, 0.0)
        if not (asked or award or at_best):
            continue
        short = asked - award
        note = _FREE if free and award else ""
        if abs(short) <= _SAME * max(asked, award):
            short = 0.0
        elif short > 0:
            note = shortfalls.why(offer, asked)
        else:
            note = _TAKES_OVER
        rows.append(
            SplitRow(
                supplier=supplier,
                country=country[supplier],
                item=item,
                asked=asked,
                award=award,
                short_of_asked=short,
                best=at_best,
                difference=award - at_best,
                note=note,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.item, -row.asked, -row.award, row.supplier)))


def rule_rows(problem: Problem, plan: Plan, best: Plan | None) -> tuple[SplitRule, ...]:
    """Every limit of every active rule, then what else must be kept and is not."""
    of_best = {_limit(row): row.actual for row in best.tables.rule_check} if best else {}
    rules = [
        SplitRule(
            rule=row.rule,
            sentence=row.sentence,
            item=row.item,
            member=row.member,
            metric=row.metric,
            limit=row.limit,
            given=row.actual,
            broken=is_broken(row),
            best=of_best.get(_limit(row)),
        )
        for row in plan.tables.rule_check
    ]
    return (*rules, *_missed(problem, plan, best), *_unmet(problem, plan, best))


def _unmet(problem: Problem, plan: Plan, best: Plan | None) -> Iterator[SplitRule]:
    """The shortage, where all demand must be met."""
    if problem.needs.forbid_shortage and plan.facts.shortage > SHORT:
        yield SplitRule(
            rule="all demand",
            sentence="All demand must be met (Settings.unmet_demand is forbid).",
            item="",
            member=EVERYBODY,
            metric="quantity",
            limit=0.0,
            given=plan.facts.shortage,
            broken=True,
            best=None if best is None else best.facts.shortage,
        )


def _missed(problem: Problem, plan: Plan, best: Plan | None) -> Iterator[SplitRule]:
    for one in missed_in(plan, problem):
        if one.supplier:
            says = f"An award of {one.item} to {one.supplier} is nothing, or at least the limit."
        else:
            says = f"No more of {one.item} is contracted with who may fail than the limit."
        reached = None
        if best is not None:
            reached = sum(
                row.volume if one.supplier else row.award
                for row in best.tables.awards
                if row.item == one.item and one.supplier in ("", row.supplier)
            )
        yield SplitRule(
            rule=one.what,
            sentence=says,
            item=one.item,
            member=one.supplier or EVERYBODY,
            metric="quantity",
            limit=one.limit,
            given=one.reached,
            broken=True,
            best=reached,
        )


def outcome_rows(plan: Plan, best: Plan | None) -> tuple[SplitOutcome, ...]:
    """Both plans in every outcome, the dearest of the given split first."""
    of_best = {row.outcome: row for row in best.tables.outcomes} if best else {}
    rows = []
    for row in plan.tables.outcomes:
        other = of_best.get(row.outcome)
        rows.append(
            SplitOutcome(
                outcome=row.outcome,
                probability=row.probability,
                cost=row.cost,
                best_cost=None if other is None else other.cost,
                shortage=row.shortage,
                best_shortage=None if other is None else other.shortage,
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.cost))


def stop_rows(given: Iterable[StressRow], best: Iterable[StressRow]) -> tuple[SplitStop, ...]:
    """Both plans if a source stops tomorrow and orders are made anew."""
    of_best = {(row.kind, row.target): row for row in best}
    rows = []
    for row in given:
        other = of_best.get((row.kind, row.target))
        rows.append(
            SplitStop(
                kind=row.kind,
                target=row.target,
                name=row.name,
                survives=row.survives,
                best_survives=None if other is None else other.survives,
                loss=row.loss,
                best_loss=None if other is None else other.loss,
            )
        )
    return tuple(rows)


def _awards(plan: Plan | None) -> Mapping[OfferKey, float]:
    if plan is None:
        return {}
    return {(row.supplier, row.item): written(row.award) for row in plan.tables.awards}


def _limit(row: RuleResult) -> tuple[str, str, str]:
    return row.rule, row.item, row.member
