"""At which capital cost, and at which incentive, each project breaks even."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from models.problem import ProjectOption
from optimizer.contract.explain_results import ProjectPrice
from optimizer.contract.supply import Project
from optimizer.solve.edits import column_bounds
from optimizer.solve.outcome import Status
from optimizer.studies.explain.incentive import Incentive
from optimizer.studies.explain.interval import (
    Level,
    Point,
    Question,
    Slopes,
    floor_at,
)
from optimizer.studies.explain.price import cost_rows
from optimizer.studies.explain.reference import NOT_REACHED, Reference, status_of
from optimizer.studies.explain.winning import finite
from optimizer.studies.optimum import Optimum

_LATE = "It is not ready within the horizon, or its supplier has nothing to offer."
_NO_PLAN = "No plan builds it."
_FREE = "It pays without any incentive."
_NEEDED = "Without it there is no plan."
_BEYOND = "No incentive within its cap makes it pay."
_UNIT = 1.0


def projects_to_pay(reference: Reference) -> tuple[ProjectPrice, ...]:
    """Every project, the one that is closest to a decision first."""
    options = {option.name: option for option in reference.problem.projects}
    built = {row.project: row.modules for row in reference.plan.tables.projects_built}
    rows = [
        _priced(reference, row, options.get(row.project), built.get(row.project, 0.0))
        for row in reference.data.projects
    ]
    rows.sort(key=lambda row: (_distance(row), row.project))
    return tuple(rows)


def _distance(row: ProjectPrice) -> float:
    return math.inf if row.capex_at is None else abs(row.capex_at - row.capex)


@dataclass(frozen=True, slots=True)
class _Pair:
    """With the project and without it: (found, bound) of both."""

    built: Level
    without: Level


def _priced(
    reference: Reference, row: Project, option: ProjectOption | None, built: float
) -> ProjectPrice:
    count = built or 1.0
    blank = ProjectPrice(
        project=row.project, supplier=row.supplier, modules=count, built=built > 0,
        cost=count * (option.module_cost if option else 0.0), capex=row.capex,
        incentive=row.incentive, status=Status.INFEASIBLE.value, note=_LATE,
    )  # fmt: skip
    column = reference.loaded.compiled.column_of.get(("modules", row.project))
    if option is None or column is None or option.max_modules < count:
        return blank
    other = 0.0 if built else count
    found = reference.solve(
        f"project {row.project}",
        [column_bounds(column, other, other)],
        starts=[reference.values],
    )
    if found is None:
        return dataclasses.replace(blank, status=NOT_REACHED, note="")
    status = status_of([found])
    if found.solution is None:
        note = (_NEEDED if built else _NO_PLAN) if status == Status.INFEASIBLE.value else ""
        return dataclasses.replace(blank, status=status, note=note)
    priced = _with_capex(reference, blank, row, option, found)
    return _with_incentive(reference, priced, option, found)


def _pair(reference: Reference, built: bool, found: Optimum) -> _Pair:
    """The reference decides one way, the solve the other."""
    given, other = Level(reference.found, reference.bound), Level(found.objective, found.bound)
    # Whichever way, no plan costs less than the bound of the reference.
    other = Level(other.found, max(other.bound, given.bound))
    return _Pair(given, other) if built else _Pair(other, given)


def _with_capex(
    reference: Reference,
    blank: ProjectPrice,
    row: Project,
    option: ProjectOption,
    found: Optimum,
) -> ProjectPrice:
    """What the project is worth, and the capital cost that comes to.  Exact: it is linear."""
    pair = _pair(reference, blank.built, found)
    worth = pair.without.found - pair.built.found + blank.cost
    least = pair.without.bound - pair.built.found + blank.cost
    most = pair.without.found - pair.built.bound + blank.cost
    years = reference.problem.horizon.years
    charged = (1.0 - row.capital_subsidy) * min(1.0, years / row.life_years) * blank.modules
    priced = dataclasses.replace(blank, worth=worth, status=status_of([found]), note="")
    if charged <= 0:
        return priced
    return dataclasses.replace(
        priced,
        capex_at=worth / charged,
        capex_least=least / charged,
        capex_most=most / charged,
    )


def _with_incentive(
    reference: Reference,
    priced: ProjectPrice,
    option: ProjectOption,
    found: Optimum,
) -> ProjectPrice:
    """The incentive at which building so many modules costs what building none does.

    The same as a price that may fall below zero: x = -incentive.
    """
    compiled = reference.loaded.compiled
    where = cost_rows(compiled, reference.problem)
    incentive = Incentive.of(compiled, where, option)
    if not len(incentive.own.columns):
        return priced
    column = compiled.column_of["modules", option.name]
    held = column_bounds(column, priced.modules, priced.modules)
    asked = [_first(reference, incentive, option, priced.built, found)]
    earlier = [reference.values]

    def ask(x: float) -> Point | None:
        if x > 0:
            return None
        answer = reference.solve(
            f"incentive of {option.name}",
            [held, *incentive.edits(-x)],
            starts=earlier,
            floor=floor_at(asked, x, Slopes()),
        )
        if answer is None:
            return None
        values = answer.answer.result.values
        if values is not None:
            earlier.append(values)
        asked.append(incentive.point(reference, x, answer))
        return asked[-1]

    level = _pair(reference, priced.built, found).without
    first = asked[0].line
    # Where nothing earns it for so little, it takes much more to see what it would do.
    dear = -_dear(reference, option)
    earns = first is not None and first.slope.any()
    question = Question(ask, level, where.tail, Slopes(), dear)
    points = question.points(None if earns else dear, asked[:1])
    known = question.interval(points)
    status = next((one.status for one in points if one.status is not Status.OPTIMAL), None)
    shown = dataclasses.replace(priced, status=status.value if status else priced.status)
    if known.found >= 0:
        return dataclasses.replace(shown, incentive_at=0.0, note=_FREE)
    return dataclasses.replace(
        shown,
        incentive_at=finite(-known.found),
        incentive_least=finite(-known.most),
        incentive_most=finite(-known.least),
        note=shown.note if math.isfinite(known.found) else _BEYOND,
    )


def _first(
    reference: Reference,
    incentive: Incentive,
    option: ProjectOption,
    built: bool,
    found: Optimum,
) -> Point:
    """What is known at the incentive of the workbook, without asking."""
    x = -option.incentive
    if not built:
        return incentive.point(reference, x, found)
    line = incentive.line(reference, reference.values, reference.found, x)
    return Point(x, Status.OPTIMAL, reference.found, reference.bound, line)


def _dear(reference: Reference, option: ProjectOption) -> float:
    """An incentive for which anybody would buy from the project what can be used at all."""
    problem = reference.problem
    costs = [*problem.needs.shortage_cost.values(), *problem.supply.landed.values()]
    capacity = option.capacity * problem.horizon.periods * problem.horizon.final
    own = option.module_cost / capacity if capacity > 0 else 0.0
    return (max(costs, default=0.0) + own + 1.0) / problem.horizon.final
