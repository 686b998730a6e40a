"""A given split beside the best plan: priced, checked against the rules, stopped."""

from __future__ import annotations

import threading

from models.problem import Problem
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import StressRow
from optimizer.contract.study import Study, StudyTables
from optimizer.solve.options import SolveOptions
from optimizer.studies.decided import first_stage_of
from optimizer.studies.evaluate.given import Evaluated
from optimizer.studies.evaluate.measures import side_by_side
from optimizer.studies.evaluate.rows import outcome_rows, rule_rows, split_rows, stop_rows
from optimizer.studies.evaluate.words import Told
from optimizer.studies.stress.main_stops import main_targets, stops_of
from optimizer.verify import Check, Violation, verify

QUESTION = "evaluate"
MAY_BREAK = frozenset(
    (Check.RULE_BROKEN, Check.MINIMUM_AWARD, Check.OVERBOOKING, Check.UNMET_DEMAND)
)
"""What a given split does not have to keep."""


def evaluated(
    data: Data,
    problem: Problem,
    given: Evaluated,
    best: Plan | None,
    no_best: str,
    options: SolveOptions,
    seconds: float,
    stop: threading.Event | None = None,
) -> Study:
    """The answer.  best: None where there is no plan, and no_best says why.

    seconds: of everything so far.  The stops are left out where there is no time for them.
    """
    plan = given.carried.plan
    targets = main_targets(plan) if best is None else main_targets(plan, best)

    def stopped(one: Plan) -> tuple[StressRow, ...]:
        return stops_of(data, first_stage_of(one, problem), targets, options, stop)

    stops, of_best = stopped(plan), () if best is None else stopped(best)
    rules = rule_rows(problem, plan, best)
    broken = sum(row.broken for row in rules)
    tables = StudyTables(
        side_by_side=side_by_side(data, plan, best, broken, stops, of_best),
        split=split_rows(data, problem, given, best),
        split_rules=rules,
        split_outcomes=outcome_rows(plan, best),
        split_stress=stop_rows(stops, of_best),
    )
    told = Told(given, best, no_best, tables)
    return Study(
        question=QUESTION,
        data=data,
        answer=told.answer(),
        seconds=seconds,
        sentences=tuple(told.sentences()),
        attention=tuple(told.attention()),
        figures=tuple(told.figures()),
        tables=tables,
    )


def refuted(plan: Plan) -> tuple[Violation, ...]:
    """What the independent checker finds wrong about a given split, but for what it may break."""
    return tuple(one for one in verify(plan) if one.check not in MAY_BREAK)
