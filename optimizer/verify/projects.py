"""Projects: whole modules, what they charge, and what may earn an incentive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.results import ProjectResult
from optimizer.contract.supply import Project
from optimizer.verify.case import Case
from optimizer.verify.tolerance import INTEGRAL, unit
from optimizer.verify.violation import Check, Violation, at_most, same, words


def check_modules(case: Case) -> Iterator[Violation]:
    """Modules are whole and at most max_modules; capacity, first period and charge follow."""
    projects = {row.project: row for row in case.data.projects}
    for row in case.tables.projects_built:
        project = projects.get(row.project)
        place = f"project {row.project}"
        if project is None:
            yield words(Check.PROJECT_ROW, place, "a row in Projects", "no row")
            continue
        whole = round(row.modules)
        yield from same(Check.MODULES, place, whole, row.modules, INTEGRAL)
        yield from at_most(Check.MODULES, place, project.max_modules, row.modules, INTEGRAL)
        yield from _row(case, project, row, place)


def charged(case: Case, project: Project, modules: float) -> float:
    """Capex of the horizon, net of subsidy."""
    part = min(1.0, case.clock.years / project.life_years)
    return modules * project.capex * (1 - project.capital_subsidy) * part


def check_incentives(case: Case) -> Iterator[Violation]:
    """Only deliveries from what was built, that somebody needs, up to capacity and cap."""
    paid: defaultdict[tuple[str, str], defaultdict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for row in case.tables.incentives:
        paid[row.outcome, row.item][row.project] += row.quantity
    projects = [p for p in case.data.projects if p.incentive > 0]
    known = {p.project for p in projects}
    for (outcome, item), quantities in paid.items():
        for name in quantities:
            if name not in known:
                place = f"{item} under {name}, outcome {outcome}"
                yield words(Check.PROJECT_ROW, place, "a project with an incentive", "none")
        yield from _deliveries(case, outcome, item, projects, quantities)
        yield from _demand(case, outcome, item, projects, quantities)
    for outcome in case.worlds:
        for project in projects:
            total = sum(q[project.project] for (w, _), q in paid.items() if w == outcome)
            yield from _of_project(case, outcome, project, total)


def _row(case: Case, project: Project, row: ProjectResult, place: str) -> Iterator[Violation]:
    if row.supplier != project.supplier:
        yield words(Check.PROJECT_ROW, f"{place}: supplier", project.supplier, row.supplier)
    capacity = row.modules * project.capacity
    where = f"{place}: capacity"
    yield from same(Check.PROJECT_ROW, where, capacity, row.capacity, unit(capacity))
    first = case.clock.after(project.build_days)
    expected = first if case.clock.inside(first) else None
    if row.first_period != expected:
        name = case.clock.name
        where = f"{place}: first period"
        yield words(Check.PROJECT_ROW, where, name(expected), name(row.first_period))
    cost = charged(case, project, row.modules)
    tolerance = case.tolerance.money(cost, row.charged)
    yield from same(Check.PROJECT_ROW, f"{place}: charged", cost, row.charged, tolerance)


def _deliveries(
    case: Case,
    outcome: str,
    item: str,
    projects: list[Project],
    quantities: dict[str, float],
) -> Iterator[Violation]:
    """One delivery counts for one project.

    What a later project may count, an earlier one of the supplier may count too; so it is enough
    to compare, for each first period, what is paid to projects that begin then or later.
    """
    suppliers = dict.fromkeys(p.supplier for p in projects if p.project in quantities)
    for supplier in suppliers:
        own = [p for p in projects if p.supplier == supplier]
        for first in sorted({case.clock.after(p.build_days) for p in own}):
            later = [p.project for p in own if case.clock.after(p.build_days) >= first]
            paid = sum(quantities.get(name, 0.0) for name in later)
            delivered = sum(
                order.delivered
                for order in case.flows.orders
                if order.row.outcome == outcome
                and order.offer_key == (supplier, item)
                and order.row.period >= first
            )
            place = f"{item} of {supplier} from {case.clock.name(first)}, outcome {outcome}"
            tolerance = case.tolerance.quantity
            yield from at_most(Check.INCENTIVE_DELIVERIES, place, delivered, paid, tolerance)


def _demand(
    case: Case,
    outcome: str,
    item: str,
    projects: list[Project],
    quantities: dict[str, float],
) -> Iterator[Violation]:
    starts = [
        case.clock.after(p.build_days) for p in projects if case.offer(p.supplier, item) is not None
    ]
    first = min(starts, default=case.clock.horizon + 1)
    demand = case.needs.earning_demand(item, first, case.clock, case.worlds[outcome])
    place = f"{item} from {case.clock.name(first)}, outcome {outcome}"
    paid = sum(quantities.values())
    yield from at_most(Check.INCENTIVE_DEMAND, place, demand, paid, case.tolerance.quantity)


def _of_project(case: Case, outcome: str, project: Project, quantity: float) -> Iterator[Violation]:
    built = {row.project: row.modules for row in case.tables.projects_built}
    first = case.clock.after(project.build_days)
    remaining = max(0, case.clock.horizon - first + 1)
    limit = built.get(project.project, 0.0) * project.capacity * remaining
    place = f"project {project.project}, outcome {outcome}"
    tolerance = case.tolerance.quantity
    yield from at_most(Check.INCENTIVE_CAPACITY, place, limit, quantity, tolerance)
    paid = project.incentive * quantity
    money = case.tolerance.money(paid) + project.incentive * tolerance
    yield from at_most(Check.INCENTIVE_CAP, place, project.incentive_cap, paid, money)
