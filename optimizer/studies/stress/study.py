"""What happens to a plan if one of its countries, suppliers, licences or stages stops tomorrow."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from models.carry import FirstStage
from models.problem import Problem
from models.survival import Served
from models.survival_scope import as_planned, without_orders
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.risk_results import StressRow
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch
from optimizer.studies.stress.survival import Missing, Service, Survival, served_in_full
from optimizer.studies.stress.targets import Target, stopped, targets_of, without_risks

Scope = Callable[[Problem], Problem]


def stress_rows(
    data: Data,
    first_stage: FirstStage,
    options: SolveOptions,
    duration: int | None = None,
    targets: Iterable[Target] | None = None,
    stop: threading.Event | None = None,
) -> tuple[StressRow, ...]:
    """One row for each target, the largest loss first, then the shortest survival.

    What stops delivers nothing from period 1 on: for `duration` periods (None: to the end) where
    the loss is counted, to the end where the time to survive is.  Either nothing is ordered any
    more (``..._today``), or orders are made anew with everybody else that the plan uses, rules
    off.  What cannot be served even if nothing stops is no part of the demand.

    Raises StoppedError when the options' time is up or `stop` is set, NoServiceError where nothing
    keeps the storages even without a stop.
    """
    watch = Watch(options.time_limit, stop=stop)

    def planned(problem: Problem) -> Problem:
        return as_planned(problem, first_stage)

    def today(problem: Problem) -> Problem:
        return without_orders(as_planned(problem, first_stage))

    served = served_in_full(planned(assemble(without_risks(data))), options, watch)
    anew = _Trial(planned, served, options, watch)
    as_it_is = _Trial(today, served, options, watch)
    rows = []
    for target in targets_of(data) if targets is None else targets:
        for_good = assemble(stopped(data, target, None))
        passing = for_good if duration is None else assemble(stopped(data, target, duration))
        rows.append(_row(target, as_it_is.of(passing, for_good), anew.of(passing, for_good)))
    return tuple(sorted(rows, key=_rank))


@dataclass(frozen=True, slots=True)
class _Outcome:
    missing: Missing
    survival: Survival


class _Trial:
    """Stops under one scope of decisions; what does the same to it is worked out once."""

    def __init__(self, scope: Scope, served: Served, options: SolveOptions, watch: Watch) -> None:
        self._scope, self._served, self._options, self._watch = scope, served, options, watch
        self._missing: dict[Hashable, Missing] = {}
        self._survival: dict[Hashable, Survival] = {}

    def of(self, passing: Problem, for_good: Problem) -> _Outcome:
        """What is missing in a passing stop, and how long one for good is survived."""
        problem = self._scope(for_good)
        key = _effect(problem)
        if key not in self._survival:
            service = self._service(problem)
            self._missing[key] = service.missing()
            self._survival[key] = service.survival(self._missing[key])
        shorter = self._scope(passing)
        own = _effect(shorter)
        if own not in self._missing:
            self._missing[own] = self._service(shorter).missing()
        return _Outcome(self._missing[own], self._survival[key])

    def _service(self, problem: Problem) -> Service:
        return Service(problem, self._served, self._options, self._watch)


def _effect(problem: Problem) -> Hashable:
    """What a stop does to a problem: what is delivered of orders, and what is under way."""
    return (
        tuple((o, t, share) for (o, t, _), share in sorted(problem.supply.deliverable.items())),
        tuple((k[:4], q) for k, q in sorted(problem.holdings.open_orders.items())),
    )


def _row(target: Target, today: _Outcome, anew: _Outcome) -> StressRow:
    return StressRow(
        kind=target.kind.value,
        target=target.target,
        name=target.name,
        survives_today=today.survival.periods,
        item_today=today.survival.item,
        site_today=today.survival.site,
        shortage_today=today.missing.quantity,
        loss_today=today.missing.loss,
        survives=anew.survival.periods,
        item=anew.survival.item,
        site=anew.survival.site,
        shortage=anew.missing.quantity,
        loss=anew.missing.loss,
    )


def _rank(row: StressRow) -> tuple[float, float, float, str, str]:
    survives = math.inf if row.survives is None else row.survives
    return -row.loss, survives, -row.loss_today, row.kind, row.target
