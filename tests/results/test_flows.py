"""Orders, stock, service and cover: what moves, and that it adds up."""

from __future__ import annotations

import pytest

from optimizer.contract.goods import Item, OpenOrder, Site, StockRow, StockTarget, Substitution
from optimizer.contract.policy import Licence
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Lane
from optimizer.verify import verify
from tests.results.made import charges, lane, made, unmet, use
from tests.small import need, offer, small


def test_an_order_is_priced_at_its_arrival() -> None:
    data = small(
        demand=need(0, 100),
        lanes=[Lane(freight=2, duty_rate=0.1, transit_days=30)],
        settings=Settings(start="2025-01", period="year", discount_rate=0.25, holding_rate=0),
        horizon=2,
    )
    plan = made(data, order={lane("K", 2): 100}, issue={use(2): 100})
    (order,) = plan.tables.orders
    assert (order.period, order.arrival) == (2, 2)
    assert order.landed_unit_cost == pytest.approx((10 + 2) * 1.1)
    assert order.discount_factor == pytest.approx(0.8)
    assert order.cost == pytest.approx(100 * 13.2 * 0.8)
    (built,) = plan.tables.costs
    assert (built.price, built.freight, built.dutiable) == (10, 2, 12)
    assert (built.duty, built.landed) == (pytest.approx(1.2), pytest.approx(13.2))
    assert verify(plan) == ()


def test_noise_is_not_written() -> None:
    data = small(offers=[offer(), offer("L", price=11)], demand=need(100))
    plan = made(
        data,
        order={lane("K", 1): 100 - 2e-9, lane("L", 1): 3e-9},
        issue={use(1): 100 - 1e-9},
        shortage={unmet(1): 2e-9},
    )
    assert [row.supplier for row in plan.tables.orders] == ["K"]
    assert [row.supplier for row in plan.tables.awards] == ["K"]
    assert plan.facts.shortage == 0
    (stock,) = plan.tables.stock_plan
    assert stock.closing == 0
    assert verify(plan) == ()


def test_stock_is_added_up_from_what_comes_and_goes() -> None:
    data = small(
        demand=need(30, 30, 30),
        stock=[StockRow(item="P", site="A", quantity=20)],
        open_orders=[OpenOrder(supplier="K", item="P", site="A", period=2, quantity=25)],
        settings=Settings(start="2025-01", holding_rate=0.12),
    )
    plan = made(data, order={lane("K", 1): 45}, issue={use(1): 30, use(2): 30, use(3): 30})
    rows = [
        (r.period, r.opening, r.open_orders, r.deliveries, r.used, r.closing)
        for r in plan.tables.stock_plan
    ]
    assert rows == [
        (1, 20, 0, 45, 30, 35),
        (2, 35, 25, 0, 30, 30),
        (3, 30, 0, 0, 30, 0),
    ]
    # 0.12 a year on a value of 10 is 0.1 a month: 35 + 30 units
    assert charges(plan)["holding"] == pytest.approx(6.5)
    assert verify(plan) == ()


def test_what_is_left_is_valued_and_kept_apart_by_licence() -> None:
    data = small(
        demand=need(10),
        offers=[offer("K", licences=("export",))],
        licences=[Licence(licence="export", country="X", banned_end_uses=("defence",))],
        stock=[StockRow(item="P", site="A", quantity=4)],
    )
    plan = made(data, order={lane("K", 1): 10}, issue={use(1, goods="export"): 10})
    shelves = {row.licences: row.closing for row in plan.tables.stock_plan}
    assert shelves == {"free": 4, "export": 0}
    assert plan.facts.in_stock_at_end == pytest.approx(40)
    assert verify(plan) == ()


def test_late_and_short_demand() -> None:
    data = small(
        items=[Item(item="P", backlog_cost=1, shortage_cost=50)],
        demand=need(10, 10),
    )
    plan = made(
        data,
        order={lane("K", 2): 12},
        issue={use(2): 12},
        late={unmet(1): 7, unmet(2): 3},
        shortage={unmet(1): 3, unmet(2): 2},
    )
    first, second = plan.tables.service
    assert (first.demand, first.issued, first.late, first.shortage) == (10, 0, 7, 3)
    assert (second.demand, second.issued, second.late, second.shortage) == (10, 12, 3, 2)
    # what is late after the last period is lost: it pays for being late and for being short
    assert charges(plan) == {"late": 10, "shortage": pytest.approx(50 * (3 + 2 + 3))}
    assert plan.facts.shortage == 8
    assert plan.facts.penalty_cost == pytest.approx(10 + 400)
    assert plan.facts.cash_cost == pytest.approx(120)
    assert verify(plan) == ()


def test_a_substitute_serves_by_its_ratio() -> None:
    data = small(
        offers=[offer("K", item="Q", price=3)],
        demand=need(10),
        substitutions=[
            Substitution(item="P", substitute="Q", ratio=2, fixed_cost=100, unit_cost=0.5)
        ],
    )
    plan = made(
        data,
        order={lane("K", 1, item="Q"): 20},
        replace={("Q for P at all sites", "A", "free", "general", 1): 20},
    )
    (issue,) = plan.tables.issues
    assert (issue.item, issue.used_item, issue.quantity, issue.serves) == ("P", "Q", 20, 10)
    (row,) = plan.tables.service
    assert (row.issued, row.substituted) == (0, 10)
    assert charges(plan) == {"substitution": pytest.approx(100 + 10 * 0.5)}
    assert verify(plan) == ()


def test_stock_against_its_targets_and_its_room() -> None:
    data = small(
        sites=[Site(site="A", storage_capacity=20, overflow_cost=4)],
        demand=need(10, 10),
        stock_policy=[StockTarget(min_cover_days=30.4375, max_cover_days=60.875, penalty=2)],
        settings=Settings(start="2025-01", holding_rate=0),
    )
    plan = made(data, order={lane("K", 1): 40}, issue={use(1): 10, use(2): 10})
    rows = [(r.stock, r.least, r.most, r.under, r.over) for r in plan.tables.cover]
    assert rows == [(30, 10, 20, 0, 10), (20, 10, 20, 0, 0)]
    assert charges(plan) == {"cover": 20, "overflow": 40}
    assert plan.facts.costs["overflow"] == 40
    assert verify(plan) == ()
