"""A plan in which some orders are a millionth of others is no fault, and pays for each of them."""

from __future__ import annotations

import pytest

import optimizer
from optimizer.contract.data import Data
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Lane, Supplier
from optimizer.verify import verify
from tests.small import need, offer, small

SETTINGS = Settings(start="2025-01", holding_rate=0.0, gap=0.0, threads=1)


def _dust(quantity: float) -> Data:
    """P is wanted by the thousand from K, and once, at another site, by the grain from L."""
    return small(
        settings=SETTINGS,
        suppliers=[Supplier(supplier="K", country="X"),
                   Supplier(supplier="L", country="X", onboarding_cost=50.0)],
        offers=[offer(), offer("L", "Q", 10.0, order_cost=5.0, switching_cost=7.0)],
        lanes=[Lane(fixed_cost=3.0)],
        demand=[*need(1000.0), *need(quantity, item="Q", site="B")],
    )  # fmt: skip


@pytest.mark.parametrize("quantity", [1e-3, 1e-5])
def test_an_order_that_is_tiny_beside_others_is_an_order(quantity: float) -> None:
    plan = optimizer.solve(_dust(quantity))
    assert verify(plan.contract) == ()
    by_supplier = {row.supplier: row for row in plan.contract.tables.awards}
    # Leaving a grain short is cheaper than the paperwork; it is bought only if it must be.
    assert set(by_supplier) == {"K"}


@pytest.mark.parametrize("quantity", [1e-3, 1e-5])
def test_a_tiny_order_that_must_be_placed_is_counted_and_paid_for(quantity: float) -> None:
    data = _dust(quantity)
    must = Settings(start="2025-01", holding_rate=0.0, gap=0.0, threads=1, unmet_demand="forbid")
    plan = optimizer.solve(
        small(settings=must, suppliers=data.suppliers, offers=data.offers, lanes=data.lanes,
              demand=data.demand)
    )  # fmt: skip
    award = next(row for row in plan.contract.tables.awards if row.supplier == "L")
    assert (award.orders, award.first_period) == (1.0, 1)
    costs = plan.facts.costs
    assert costs["order_cost"] == pytest.approx(5.0)
    assert costs["onboarding"] == pytest.approx(50.0)
    assert costs["switching"] == pytest.approx(7.0)
    assert costs["lane"] == pytest.approx(2 * 3.0)
