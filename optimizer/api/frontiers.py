"""What each limit of a rule costs."""

from __future__ import annotations

import dataclasses
import math
import threading
from collections.abc import Mapping, Sequence

from optimizer.api.course import Course, options_of, with_settings
from optimizer.api.errors import InfeasibleError, LimitError, QuestionError, VerificationError
from optimizer.api.hints import hints
from optimizer.api.plan import StudyResult, answered
from optimizer.contract.data import Data
from optimizer.contract.policy import Rule
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.frontier.points import RefutedError
from optimizer.studies.frontier.study import frontier as studied
from optimizer.studies.frontier.sweep import SHARES, Sweep, sweep
from optimizer.tables.nearest import did_you_mean, fold, listed

MOST_STEPS = 1000
"""Combinations of limits; nobody waits for more."""


def frontier(
    data: Data,
    rules: Mapping[str, Sequence[float | None]],
    *,
    within: float | None = None,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> StudyResult:
    """What each limit of a rule costs: the tables ``frontier`` and ``frontier_shares``.

    rules: name -> limits in the unit of the sheet Rules, None for the rule left out, in any order.
    The first rule is swept along the curves, the others make one curve for each combination of
    their limits.  A rule that is not active is active here; a rule with a penalty keeps it.  Where
    limits become impossible, the place is sought to `within` points of a share or units of the
    metric (None: 0.1 points of a share, and as suits other metrics; 0: not sought).

    The other arguments are those of `solve`; the time limit holds for each solve, of which there is
    at most one for each combination, and one for each try to find where plans
    end.  Setting stop, or the first Ctrl-C, ends it with
    what is known by then.

    Raises:
        QuestionError: there is no such rule, or it cannot have such a limit.
        InfeasibleError: no plan keeps everything, not even at the loosest limits.
        LimitError: the time limit or Ctrl-C came before any plan.
        VerificationError: the checker disagrees with a plan.
        ValueError: gap, time_limit, threads or within is out of range.
    """
    if within is not None and not 0 <= within < math.inf:
        raise ValueError(f"within must be a number from 0 on, not {within:g}")
    data = with_settings(data, gap=gap, time_limit=time_limit, threads=threads)
    sweeps = _sweeps(data, rules)
    stop = stop or threading.Event()
    with ctrl_c_stops(stop):
        course = Course(options_of(data), progress, stop)

        def tell(phase: str) -> ProgressFunction | None:
            course.tell(phase)
            return lambda told: course.relay(dataclasses.replace(told, phase=phase))

        tell("build")
        try:
            study = studied(data, sweeps, course.options, tell, stop, within)
        except RefutedError as error:
            raise VerificationError(error.violations) from error
    rows = study.tables.frontier
    if all(row.cost is None for row in rows):
        if any(row.status != "infeasible" for row in rows):
            raise LimitError("No plan was found at any limit in the time there was.")
        raise InfeasibleError("No plan keeps everything, not even at these limits.", hints(data))
    return answered(study)


def _sweeps(data: Data, rules: Mapping[str, Sequence[float | None]]) -> list[Sweep]:
    if not rules:
        raise QuestionError("Name a rule, and the limits that it is given.")
    sweeps: list[Sweep] = []
    for name, limits in rules.items():
        rule = _rule(data, name)
        if not limits:
            raise QuestionError(f"No limits are given for the rule {rule.rule}.")
        for limit in limits:
            if limit is not None and (flaw := _flaw(rule, limit)):
                raise QuestionError(f"{rule.rule}: {flaw}")
        if any(one.rule is rule for one in sweeps):
            raise QuestionError(f"The rule {rule.rule} is swept twice.")
        sweeps.append(sweep(rule, limits))
    steps = math.prod(len(one.limits) for one in sweeps)
    if steps > MOST_STEPS:
        raise QuestionError(
            f"That makes {steps:,} combinations of limits; {MOST_STEPS:,} are the most."
        )
    return sweeps


def _rule(data: Data, name: str) -> Rule:
    """The rule of that name; spaces around it and case do not count."""
    known = {fold(rule.rule): rule for rule in data.rules}
    found = known.get(fold(name))
    if found is None:
        names = [rule.rule for rule in data.rules]
        there = f"Rules has {listed(names)}." if names else "The sheet Rules has no rows."
        raise QuestionError(f"There is no rule {name!r}. {did_you_mean(name, names)}{there}")
    return found


def _flaw(rule: Rule, limit: float) -> str:
    """Why a rule cannot have a limit, as the check of the sheet Rules sees it; "" if it can."""
    if not math.isfinite(limit) or limit < 0:
        return f"a limit is a number from 0 on, not {limit:g}."
    if rule.metric in SHARES and limit > 1:
        return f"a {rule.metric} is 0 to 1 (0% to 100%), and the limit is {limit:g}."
    if rule.metric == "hhi" and limit <= 1:
        return f"hhi is in points up to 10,000, and the limit is {limit:g}."
    if rule.metric == "count" and limit != int(limit):
        return f"a count is a whole number, and the limit is {limit:g}."
    return ""
