"""What one more unit costs: by hand, and as the same linear program solved with more demand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import optimizer
from models.build import build
from optimizer.api.course import options_of
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.explain_results import NextUnit
from optimizer.contract.goods import Item
from optimizer.contract.settings import Settings
from optimizer.solve.compile import compile_model
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session, fixing
from tests.small import need, offer, small
from tests.studies.quoted import at_risk, best, quoted


def rows(data: Data) -> tuple[NextUnit, ...]:
    return optimizer.explain(data, only=("next",)).contract.tables.next_unit


def test_by_hand() -> None:
    """K makes 100 for 10, L 20 for 13.  At 100 the next one costs 13, at 99 it costs 10.

    At 120 there is nobody left and it is short: that costs 50.
    """
    offers = [offer("K", capacity=100), offer("L", price=13, capacity=20)]
    items = [Item(item="P", shortage_cost=50, unit_value=0)]
    settings = Settings(start="2025-01", threads=1, gap=1e-9)
    for demand, cost in {99: 10, 100: 13, 119: 13, 120: 50}.items():
        data = small(offers=offers, items=items, demand=need(demand), settings=settings)
        (row,) = rows(data)
        assert row.cost == pytest.approx(cost)
        assert row.demand == demand
        assert not row.short


@pytest.mark.parametrize("data", [quoted(0), quoted(3), quoted(6), at_risk(4), at_risk(2)])
def test_the_program_with_more_demand_costs_so_much_more(data: Data) -> None:
    """With the whole numbers of the plan; a trace more in every outcome."""
    problem = assemble(data)
    plan = best(data).answer
    compiled = compile_model(build(problem))
    values = plan.values()
    whole = np.array([values.get(label, 0.0) for label in compiled.column_labels])
    trace = 1e-3

    def cost(place: NextUnit | None) -> float:
        arrays = compiled.arrays
        lower, upper = arrays.row_lower.copy(), arrays.row_upper.copy()
        for (name, index), row in compiled.row_of.items():
            if place is None or name != "demand_balance" or not isinstance(index, tuple):
                continue
            if index[:4] == (place.item, place.site, place.end_use, place.period):
                lower[row] += trace
                upper[row] += trace
        arrays = dataclasses.replace(arrays, row_lower=lower, row_upper=upper)
        session = Session(arrays, options_of(data))
        with session.edited([fixing(arrays, whole)]):
            return session.relaxation(Watch()).objective

    before = cost(None)
    found = rows(data)
    assert found
    for row in found:
        assert row.cost == pytest.approx((cost(row) - before) / trace, rel=1e-3, abs=1e-3)
