"""The stops that every plan under risk is asked about: its main country, and the licences."""

from __future__ import annotations

import threading

from models.carry import FirstStage
from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import StressRow
from optimizer.solve.options import SolveOptions
from optimizer.studies.stress import stress_rows
from optimizer.studies.stress_targets import Kind, Target, targets_of
from optimizer.studies.survival import NoServiceError, StoppedError


def main_stops(
    plan: Plan, kept: FirstStage, options: SolveOptions, stop: threading.Event
) -> tuple[StressRow, ...]:
    """What happens if the country with the largest share, or a licence, stops tomorrow.

    Empty where that was stopped, or no plan is possible even where nothing stops.
    """
    shares = {row.member: row.share for row in plan.tables.mix if row.dimension == "country"}
    if not shares:
        return ()
    main = max(sorted(shares), key=lambda country: shares[country])

    def asked(target: Target) -> bool:
        return target.kind is Kind.LICENCE or (target.kind, target.target) == (Kind.COUNTRY, main)

    chosen = tuple(target for target in targets_of(plan.data) if asked(target))
    try:
        return stress_rows(plan.data, kept, options, targets=chosen, stop=stop)
    except (NoServiceError, StoppedError):
        return ()
