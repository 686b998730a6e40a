"""Plans from small data and a solution written by hand.

    made(data, order={("K", "P", "A", "standard", 1): 100})

Values are given by variable, as the model indexes it but without the outcome, where that is the
one certain one.  Under risk an index ends with the outcome, of shared orders with the first that
shares them.  First-stage variables (`modules`, `relaxed`, ...) are given as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.problem import FREE
from models.solution import read_solution
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan, Size
from optimizer.results import Solved, Unavoidable, tabulate

CERTAIN = "certain"
PER_OUTCOME = {
    "order", "placed", "tier_volume", "incentivised", "issue", "replace", "late", "shortage",
}  # fmt: skip


def made(
    data: Data,
    *,
    bound: float = 0.0,
    unavoidable: Unavoidable | None = None,
    **variables: Mapping[Any, float],
) -> Plan:
    """The plan of a solution."""
    problem = assemble(data)
    certain = list(problem.outcomes) == [CERTAIN]
    values = {
        (name, (*index, CERTAIN) if certain and name in PER_OUTCOME else index): value
        for name, given in variables.items()
        for index, value in given.items()
    }
    solved = Solved(status="optimal", bound=bound, seconds=1.0, size=Size(1, 1, 0, 1))
    return tabulate(
        data,
        problem,
        read_solution(values, problem),
        solved,
        unavoidable or Unavoidable(0.0, 0.0),
    )


def lane(
    supplier: str, period: int, item: str = "P", site: str = "A", mode: str = "standard"
) -> tuple[str, str, str, str, int]:
    """An order's index."""
    return supplier, item, site, mode, period


def use(
    period: int, item: str = "P", site: str = "A", goods: str = FREE, end_use: str = "general"
) -> tuple[str, str, str, str, int]:
    """An issue's index."""
    return item, site, goods, end_use, period


def unmet(
    period: int, item: str = "P", site: str = "A", end_use: str = "general"
) -> tuple[str, str, str, int]:
    """The index of late and shortage."""
    return item, site, end_use, period


def charges(plan: Plan) -> dict[str, float]:
    """Component -> amount, where there is any."""
    found: dict[str, float] = {}
    for charge in plan.tables.charges:
        found[charge.component] = found.get(charge.component, 0.0) + charge.amount
    return found
