"""What each decision of a plan costs, and what it would take to decide otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass

from models.problem import EditScope, Problem
from optimizer.contract.data import Data
from optimizer.contract.explain_results import (
    NextUnit,
    OfferPrice,
    ProjectPrice,
    RuleCost,
    SupplierPrice,
)
from optimizer.contract.plan import Plan
from optimizer.solve.options import SolveOptions
from optimizer.solve.run import Answer
from optimizer.studies.conflict.short import Shortfall, why_short
from optimizer.studies.explain.incentive import take_back, with_incentives
from optimizer.studies.explain.next import next_units
from optimizer.studies.explain.offers import prices_to_win
from optimizer.studies.explain.price import Prices
from optimizer.studies.explain.projects import projects_to_pay
from optimizer.studies.explain.reference import Clock, Reference, columns_of
from optimizer.studies.explain.rules import rule_costs
from optimizer.studies.explain.sizes import SHARE, Sizes
from optimizer.studies.explain.suppliers import sizes_of_suppliers, suppliers_without_award
from optimizer.studies.explain.suppliers import suppliers_to_win as suppliers_that_win
from optimizer.studies.loaded import Loaded
from optimizer.studies.optimum import Optimum

PARTS = ("shortage", "rules", "projects", "offers", "suppliers", "next")
"""What can be asked, in the order in which it is."""


NOTHING_SHORT = Shortfall((), (), ())


@dataclass(frozen=True, slots=True)
class Explained:
    """What was asked; empty where it was not, or where there is nothing to say."""

    shortfall: Shortfall = NOTHING_SHORT
    rules: tuple[RuleCost, ...] = ()
    offers: tuple[OfferPrice, ...] = ()
    suppliers: tuple[SupplierPrice, ...] = ()
    projects: tuple[ProjectPrice, ...] = ()
    next: tuple[NextUnit, ...] = ()


def explained(
    data: Data,
    problem: Problem,
    plan: Plan,
    best: Optimum,
    options: SolveOptions,
    clock: Clock,
    parts: Collection[str] = PARTS,
    size: float = SHARE,
) -> Explained:
    """Prices of rules, offers, suppliers and projects, and of the next unit, for a feasible plan.

    plan: the tables of ``best``; parts: of PARTS; size: of an award, as a share of what has to be
    bought of an item.

    Raises ImpossibleError and ContradictionError as optimizer.studies.loaded does.
    """
    sizes = Sizes(data, problem, size)
    reference = _reference(data, problem, plan, best, options, clock, sizes)
    found = Explained()
    prices = None
    for part in (one for one in PARTS if one in parts):
        match part:
            case "shortage":
                found = dataclasses.replace(found, shortfall=_shortfall(reference, best))
            case "rules":
                found = dataclasses.replace(found, rules=rule_costs(reference))
            case "projects":
                found = dataclasses.replace(found, projects=projects_to_pay(reference))
            case "next":
                found = dataclasses.replace(found, next=next_units(reference))
            case _:
                prices = prices or Prices(data, reference.loaded.problem, reference.loaded.compiled)
                if part == "offers":
                    found = dataclasses.replace(
                        found, offers=prices_to_win(reference, prices, sizes)
                    )
                else:
                    found = dataclasses.replace(
                        found, suppliers=suppliers_that_win(reference, prices, sizes)
                    )
    return found


def _shortfall(reference: Reference, best: Optimum) -> Shortfall:
    """Why what is short is short; empty where nothing is, or where there is no time."""
    clock = reference.clock
    if clock.is_over or best.solution is None:
        return NOTHING_SHORT
    options = reference.loaded.options
    left = min(options.time_limit, clock.seconds - clock.passed)
    options = dataclasses.replace(options, time_limit=left)
    data, problem = reference.data, reference.problem
    return why_short(data, problem, best.solution, options, clock.progress, clock.stop)


def _reference(
    data: Data,
    problem: Problem,
    plan: Plan,
    best: Optimum,
    options: SolveOptions,
    clock: Clock,
    sizes: Sizes,
) -> Reference:
    """One model for all questions: its bounds hold with the awards that will be asked for."""
    answer: Answer = best.answer
    wanted = sizes_of_suppliers(sizes, suppliers_without_award(data, plan))
    scope = EditScope(awards=sizes.largest(wanted))
    loaded = Loaded(dataclasses.replace(with_incentives(problem), scope=scope), options)
    loaded.session.apply(take_back(loaded.compiled, problem))
    values = columns_of(loaded.compiled, answer)
    return Reference(data, problem, plan, loaded, values, best.objective, best.bound, clock)
