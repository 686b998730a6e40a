"""Awards that somebody else decided, priced: everything else is planned around them, rules off."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping

from models.build import ImpossibleError
from models.carry import without_rules
from models.problem import OfferKey, Problem
from optimizer.contract.data import Data
from optimizer.solve.options import SolveOptions
from optimizer.studies.kept import Carried, completed
from optimizer.studies.optimum import optimum

SHORT = 1e-6
"""A shortage below this, in the unit, is none."""


def priced(
    data: Data,
    problem: Problem,
    split: Mapping[OfferKey, float],
    options: SolveOptions,
    stop: threading.Event | None = None,
    *,
    held: Mapping[OfferKey, float] | None = None,
) -> Carried | None:
    """The best plan with given awards, and the rules that it breaks; None where there is none.

    split: the share of each offer in all awards of its item; an item without any is free.  held:
    awards in the unit, over the horizon.  Both as they can be contracted (studies.contractable).
    Rules without a penalty and minimum awards are off, and demand need not be met even where it
    must be; rules with a penalty cost what they cost in any plan.  Overbooking is off for given
    quantities; a plan that only keeps shares never has to contract so much.
    """
    quantities = held or {}
    eased = without_musts(problem)
    if not any(quantities.values()):
        supply = dataclasses.replace(eased.supply, overbooking=problem.supply.overbooking)
        eased = dataclasses.replace(eased, supply=supply)
    given = dataclasses.replace(eased, split=split, held=quantities)
    try:
        best = optimum(given, options, stop=stop)
    except ImpossibleError:
        return None
    if best.solution is None:
        return None
    result = dataclasses.replace(best.answer.result, objective=best.objective, bound=best.bound)
    found = completed(data, problem, best.solution, result)
    short = found.plan.facts.shortage
    if problem.needs.forbid_shortage and short > SHORT:
        said = f"all demand must be met (Settings.unmet_demand): {short:,.0f} are short"
        return dataclasses.replace(found, broken=(*found.broken, said))
    return found


def without_musts(problem: Problem) -> Problem:
    """The problem without what a given split may have to break, and what breaks for a price."""
    return dataclasses.replace(
        without_rules(problem),
        rules=tuple(scope for scope in problem.rules if scope.penalty is not None),
        needs=dataclasses.replace(problem.needs, forbid_shortage=False),
    )
