"""How much of asked awards can be contracted: capacities, minimum orders, dates, not costs."""

from __future__ import annotations

from typing import Any

import pytest

from models.asked import build_asked
from optimizer.assemble import assemble
from optimizer.contract.policy import Rule
from optimizer.contract.supply import Supplier
from optimizer.solve.run import solve
from tests.models.case import EXACT, YEAR
from tests.small import need, offer, small

K, L, KQ = ("K", "P"), ("L", "P"), ("K", "Q")


def kept(asked: dict[Any, float], weight: dict[str, float] | None = None, **tables: Any) -> Any:
    """What can be contracted of each, and what the objective misses."""
    problem = assemble(small(**{"settings": YEAR} | tables))
    answer = solve(build_asked(problem, asked, weight or {}), EXACT)
    found = {o: answer.value("award", o) for o in asked}
    return found, answer.result.objective


def test_everything_that_is_asked_for_though_nobody_needs_it() -> None:
    found, missed = kept({K: 250.0}, offers=[offer("K", price=1000), offer("L", price=1)])
    assert found == {K: pytest.approx(250)}
    assert missed == pytest.approx(0)


def test_what_a_capacity_lets_through() -> None:
    found, missed = kept({K: 50.0, L: 60.0}, offers=[offer("K", capacity=30), offer("L")])
    assert found == {K: pytest.approx(30), L: pytest.approx(60)}
    assert missed == pytest.approx(20)


def test_where_items_share_a_capacity_the_heavier_is_kept() -> None:
    tables: dict[str, Any] = {
        "offers": [offer("K"), offer("K", item="Q")],
        "suppliers": [Supplier(supplier="K", country="X", capacity=100)],
        "demand": [*need(80), *need(80, item="Q")],
    }
    found, missed = kept({K: 80.0, KQ: 80.0}, {"P": 1.0, "Q": 2.0}, **tables)
    assert found == {K: pytest.approx(20), KQ: pytest.approx(80)}
    assert missed == pytest.approx(60)


def test_below_a_minimum_order_there_is_none() -> None:
    found, missed = kept({K: 20.0}, offers=[offer("K", min_order=30)])
    assert (found, missed) == ({K: pytest.approx(0)}, pytest.approx(20))


def test_rules_minimum_awards_and_costs_do_not_count() -> None:
    never = Rule(rule="never", dimension="supplier", member=("K",), metric="share", sense="max",
                 limit=0.0)  # fmt: skip
    offers = [offer("K", min_award=80, switching_cost=1e6), offer("L")]
    found, _ = kept({K: 50.0}, offers=offers, rules=[never])
    assert found == {K: pytest.approx(50)}
