"""What is decided once, whatever happens, and what it costs.

These lines stand once for each outcome, so that every outcome adds up to its own cost.  They are
undiscounted: they count at the start.
"""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.contract.results import Charge, IncentiveRow, ProjectResult
from optimizer.results.amounts import NOISE, summed
from optimizer.results.basis import Basis, lane_of
from optimizer.results.lines import line
from optimizer.results.orders import outcome_places

Cost = tuple[str, str, float, float, str, str]
"""component, subject, quantity, rate, item, site"""


def first_stage_charges(basis: Basis) -> Iterator[Charge]:
    """Suppliers, offers, lanes, projects, substitutions and relaxed rules."""
    costs = [
        *_suppliers(basis),
        *_offers(basis),
        *_lanes(basis),
        *_projects(basis),
        *_substitutions(basis),
        *_relaxations(basis),
    ]
    for outcome in basis.problem.outcomes:
        for component, subject, quantity, rate, item, site in costs:
            yield line(outcome, component, subject, quantity, rate, item=item, site=site)


def _suppliers(basis: Basis) -> Iterator[Cost]:
    years = basis.problem.horizon.years
    for name in sorted({supplier for supplier, _ in basis.award}):
        supplier = basis.suppliers[name]
        yield "onboarding", name, 1.0, supplier.onboarding_cost, "", ""
        yield "fixed", name, years, supplier.fixed_cost, "", ""


def _offers(basis: Basis) -> Iterator[Cost]:
    for supplier, item in sorted(basis.award):
        offer = basis.offers[supplier, item]
        if not offer.qualified:
            yield "qualification", supplier, 1.0, offer.qualification_cost, item, ""
        if not offer.baseline:
            yield "switching", supplier, 1.0, offer.switching_cost, item, ""


def _lanes(basis: Basis) -> Iterator[Cost]:
    """A row of Lanes with a fixed cost is paid once for each supplier and site that uses it."""
    supply = basis.problem.supply
    lanes = {lane_of(order) for order in basis.orders}
    rows = {(supply.lane_row[lane], lane[0], lane[2]) for lane in lanes if lane in supply.lane_row}
    paid: dict[tuple[str, str], float] = {}
    for row, supplier, site in sorted(rows):
        paid[supplier, site] = paid.get((supplier, site), 0.0) + supply.lane_fixed_cost.get(
            (row, supplier, site), 0.0
        )
    for (supplier, site), cost in paid.items():
        yield "lane", supplier, 1.0, cost, "", site


def _projects(basis: Basis) -> Iterator[Cost]:
    for project in basis.problem.projects:
        modules = basis.solution.modules.get(project.name, 0.0)
        yield "project", project.name, modules, project.module_cost, "", ""


def _substitutions(basis: Basis) -> Iterator[Cost]:
    used = {key[0] for key, quantity in basis.solution.replace.items() if quantity > NOISE}
    for option in basis.problem.substitutions:
        if option.name in used:
            yield "substitution", option.name, 1.0, option.fixed_cost, option.item, ""


def _relaxations(basis: Basis) -> Iterator[Cost]:
    """What breaking soft rules costs: a rule's slacks together, for each item it holds for."""
    penalty = {scope.key: scope.penalty or 0.0 for scope in basis.problem.rules}
    relaxed = summed(
        ((rule, item), quantity)
        for (rule, item, _), quantity in basis.solution.relaxed.items()
        if quantity > NOISE
    )
    for (rule, item), quantity in sorted(relaxed.items()):
        yield "relaxation", rule, quantity, penalty[rule, item], item, ""


def project_rows(basis: Basis) -> tuple[ProjectResult, ...]:
    """Projects with modules built, by name."""
    horizon = basis.problem.horizon
    return tuple(
        ProjectResult(
            project=project.name,
            supplier=project.supplier,
            modules=modules,
            capacity=modules * project.capacity,
            first_period=project.first_period if project.first_period <= horizon.periods else None,
            charged=modules * project.module_cost,
        )
        for project in sorted(basis.problem.projects, key=lambda p: p.name)
        if (modules := basis.solution.modules.get(project.name, 0.0))
    )


def incentive_rows(basis: Basis) -> tuple[IncentiveRow, ...]:
    """Deliveries that earn an incentive, by outcome, project and item."""
    place = outcome_places(basis.problem)
    found = [
        IncentiveRow(outcome=outcome, project=project, item=item, quantity=quantity)
        for (project, item, outcome), quantity in basis.solution.incentivised.items()
        if quantity > NOISE
    ]
    return tuple(sorted(found, key=lambda r: (place[r.outcome], r.project, r.item)))
