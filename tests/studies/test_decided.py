"""The first stage of a plan is the same whether it is read from the solution or from the tables."""

from __future__ import annotations

import pytest

from models.carry import FirstStage, first_stage
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import StockRow, Substitution
from optimizer.contract.plan import Size
from optimizer.contract.policy import RiskEffect
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Lane, Project, Supplier
from optimizer.results import Solved, Unavoidable, tabulate
from optimizer.solve.options import SolveOptions
from optimizer.studies.decided import first_stage_of
from optimizer.studies.optimum import optimum
from tests.small import need, offer, small

EXACT = SolveOptions(gap=1e-9, threads=1)


def world(*risks: RiskEffect) -> Data:
    return small(
        settings=Settings(start="2025-01", reveal_days=0),
        demand=need(20, 20, 20),
        suppliers=[
            Supplier(supplier="K", country="X", onboarding_cost=50, capacity=6),
            Supplier(supplier="L", country="Y", onboarding_cost=100),
        ],
        offers=[
            offer("K", price=5),
            offer("L", price=20, switching_cost=7),
            offer("N", price=900, switching_cost=70),
        ],
        stock=[StockRow(item="Q", site="A", quantity=9)],
        substitutions=[Substitution(item="P", substitute="Q", max_share=0.2, fixed_cost=3)],
        lanes=[Lane(fixed_cost=11)],
        projects=[Project(project="plant", supplier="K", capacity=4, capex=1, max_modules=2)],
        risks=list(risks),
    )


def decided(data: Data) -> tuple[FirstStage, FirstStage]:
    """From the solution, and from the tables."""
    problem = assemble(data)
    best = optimum(problem, EXACT)
    assert best.solution is not None
    solved = Solved(status="optimal", bound=best.bound, seconds=0.0, size=Size(1, 0, 0, 0))
    plan = tabulate(data, problem, best.solution, solved, Unavoidable(0.0, 0.0))
    return first_stage(best.solution), first_stage_of(plan, problem)


FREEZE = RiskEffect(
    risk="freeze", result="yes", probability=0.5, scope="supplier", target="K",
    from_period=2, deliverable=0.0,
)  # fmt: skip


@pytest.mark.parametrize("risks", [(), (FREEZE,)], ids=["certain", "two outcomes"])
def test_the_same_from_tables_and_from_the_solution(risks: tuple[RiskEffect, ...]) -> None:
    solution, tables = decided(world(*risks))
    for part in ("use", "award", "awarded", "lane_used", "modules", "substitution_used"):
        expected = getattr(solution, part)
        assert expected, part
        found = {key: getattr(tables, part).get(key, 0.0) for key in expected}
        assert found == pytest.approx(expected), part
    assert tables.orders == pytest.approx(solution.orders)
    periods = {t for _, t in tables.orders}
    assert periods == ({1, 2, 3} if not risks else {1})
