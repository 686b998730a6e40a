"""The stops that every plan under risk is asked about: its main country, and the licences."""

from __future__ import annotations

import threading

from models.carry import FirstStage
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import StressRow
from optimizer.solve.options import SolveOptions
from optimizer.studies.stress.study import stress_rows
from optimizer.studies.stress.survival import NoServiceError, StoppedError
from optimizer.studies.stress.targets import Kind, Target, targets_of


def main_stops(
    plan: Plan, kept: FirstStage, options: SolveOptions, stop: threading.Event
) -> tuple[StressRow, ...]:
    """What happens if the country with the largest share, or a licence, stops tomorrow.

    Empty where that was stopped, or no plan is possible even where nothing stops.
    """
    return stops_of(plan.data, kept, main_targets(plan), options, stop)


def main_targets(*plans: Plan) -> tuple[Target, ...]:
    """The countries with the largest shares of these plans of the same data, and the licences;
    nothing where no plan buys anything.
    """
    countries = {main_country(plan) for plan in plans} - {""}
    if not countries:
        return ()

    def asked(target: Target) -> bool:
        is_main = target.kind is Kind.COUNTRY and target.target in countries
        return target.kind is Kind.LICENCE or is_main

    return tuple(target for target in targets_of(plans[0].data) if asked(target))


def main_country(plan: Plan) -> str:
    """The country with the largest share of the weight; blank where nothing is bought."""
    shares = {row.member: row.share for row in plan.tables.mix if row.dimension == "country"}
    return max(sorted(shares), key=lambda country: shares[country]) if shares else ""


def stops_of(
    data: Data,
    kept: FirstStage,
    targets: tuple[Target, ...],
    options: SolveOptions,
    stop: threading.Event | None,
) -> tuple[StressRow, ...]:
    """What happens to a first stage if these stop tomorrow.

    Empty where that was stopped, or no plan is possible even where nothing stops.
    """
    if not targets:
        return ()
    try:
        return stress_rows(data, kept, options, targets=targets, stop=stop)
    except (NoServiceError, StoppedError):
        return ()
