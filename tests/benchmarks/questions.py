"""Questions of many solves beside one solve from nothing: a frontier, and what each rule costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.api.plan import SolvedPlan
from optimizer.api.solving import solve
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.explain_results import RuleCost
from optimizer.contract.policy import Rule
from optimizer.solve.options import SolveOptions
from optimizer.studies.explain.reference import Clock
from optimizer.studies.explain.study import explained
from optimizer.studies.frontier.points import points
from optimizer.studies.frontier.steps import Steps
from optimizer.studies.frontier.sweep import grid, sweep
from optimizer.studies.optimum import Optimum, optimum


@dataclass(frozen=True)
class Asked:
    """Seconds of one solve from nothing and of the question, and how many steps it has.

    proven: steps that came within the gap that was asked of both.
    """

    cold: float
    question: float
    steps: int
    proven: int

    @property
    def ratio(self) -> float:
        return self.question / self.cold

    def __str__(self) -> str:
        return f"{self.question:.0f} s and {self.cold:.0f} s, {self.proven} of {self.steps} proven"


def frontier(
    data: Data, rule: Rule, limits: Sequence[float | None], options: SolveOptions
) -> Asked:
    """A sweep of one rule's limit, from the workbook's data to the points."""
    cold, _ = _cold(data, options)
    began = time.monotonic()
    asked = grid(data, [sweep(rule, limits)])
    steps = Steps(asked, options, lambda place: None, threading.Event())
    steps.solve()
    found = points(asked, steps, options.gap)
    question = time.monotonic() - began
    proven = sum(steps.status(place) == "optimal" for place in asked.places)
    assert len(found) == len(limits)
    return Asked(cold, question, len(limits), proven)


def rule_costs(data: Data, options: SolveOptions) -> tuple[Asked, tuple[RuleCost, ...]]:
    """What each of the workbook's rules costs; the plan that they are asked of is not counted."""
    cold, best = _cold(data, options)
    problem = assemble(data)
    plan = _planned(data, options)
    began = time.monotonic()
    rows = explained(data, problem, plan.contract, best, options, Clock(), ("rules",)).rules
    question = time.monotonic() - began
    proven = sum(row.status == "optimal" for row in rows)
    return Asked(cold, question, len(rows), proven), rows


def _planned(data: Data, options: SolveOptions) -> SolvedPlan:
    return solve(data, gap=options.gap, time_limit=options.time_limit, threads=options.threads)


def _cold(data: Data, options: SolveOptions) -> tuple[float, Optimum]:
    began = time.monotonic()
    best = optimum(assemble(data), options)
    return time.monotonic() - began, best
