"""One rule and two sources, where the answer is a formula: so much goes to the cheap one.

K sells for less than L; 100 are wanted.  Every metric comes down to the largest share y of K.
"""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.contract.goods import Item
from optimizer.contract.policy import Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Origin, Supplier
from tests.laws.planning import CONE, cost_of
from tests.laws.profile import examples
from tests.small import need, offer, small

WANTED = 100.0
DEAR = 1e4
tenths = st.integers(1, 9).map(lambda n: n / 10)
cheap = st.integers(2, 10).map(float)
dear = st.integers(11, 30).map(float)


def _cost(cheap: float, dear: float, rule: dict[str, Any], **tables: Any) -> float:
    rule = {"rule": "R", "dimension": "supplier", "sense": "max", **rule}
    return cost_of(
        small(
            settings=Settings(start="2025", period="year", holding_rate=0.0),
            items=[Item(item="P", shortage_cost=DEAR)],
            demand=need(WANTED),
            countries=[
                Country(country="X", risk_score=8.0),
                Country(country="Y", risk_score=2.0),
            ],
            suppliers=[Supplier(supplier="K", country="X"), Supplier(supplier="L", country="Y")],
            offers=[offer("K", price=cheap), offer("L", price=dear)],
            rules=[Rule(**rule)],
            **tables,
        )
    )


def _mixed(cheap: float, dear: float, y: float) -> float:
    return WANTED * (y * cheap + (1 - y) * dear)


@examples(10)
@given(cheap, dear, tenths)
def test_largest_share(a: float, b: float, limit: float) -> None:
    rule = {"metric": "share", "limit": limit, "member": ("K",)}
    assert _cost(a, b, rule) == pytest.approx(_mixed(a, b, limit))


@examples(10)
@given(cheap, dear, tenths)
def test_least_share(a: float, b: float, limit: float) -> None:
    rule = {"metric": "share", "sense": "min", "limit": limit, "member": ("L",)}
    assert _cost(a, b, rule) == pytest.approx(_mixed(a, b, 1 - limit))


@examples(10)
@given(cheap, dear, tenths)
def test_largest_quantity(a: float, b: float, part: float) -> None:
    rule = {"metric": "quantity", "limit": part * WANTED, "member": ("K",)}
    assert _cost(a, b, rule) == pytest.approx(_mixed(a, b, part))


@examples(10)
@given(cheap, dear, tenths)
def test_largest_spend(a: float, b: float, part: float) -> None:
    rule = {"metric": "spend", "limit": part * WANTED * a, "member": ("K",)}
    assert _cost(a, b, rule) == pytest.approx(_mixed(a, b, part))


@examples(10)
@given(cheap, dear, tenths)
def test_largest_share_of_spend(a: float, b: float, limit: float) -> None:
    """y a = limit (y a + (1 - y) b)"""
    rule = {"metric": "spend_share", "limit": limit, "member": ("K",)}
    y = limit * b / (a - limit * a + limit * b)
    assert _cost(a, b, rule) == pytest.approx(_mixed(a, b, y))


@examples(10)
@given(cheap, dear, st.integers(2, 8))
def test_mean_risk(a: float, b: float, limit: int) -> None:
    """8 y + 2 (1 - y) = limit"""
    rule = {"metric": "risk", "limit": float(limit), "dimension": "country"}
    assert _cost(a, b, rule) == pytest.approx(_mixed(a, b, (limit - 2) / 6))


def test_a_risk_that_nobody_keeps_leaves_the_demand_unmet() -> None:
    rule = {"metric": "risk", "limit": 1.0, "dimension": "country"}
    assert _cost(5.0, 20.0, rule) == pytest.approx(WANTED * DEAR)


@examples(10)
@given(cheap, dear, st.integers(5200, 10000))
def test_concentration(a: float, b: float, points: int) -> None:
    """y^2 + (1 - y)^2 = H"""
    y = (1 + math.sqrt(2 * points / 10_000 - 1)) / 2
    cost = _cost(a, b, {"metric": "hhi", "limit": float(points)})
    assert cost == pytest.approx(_mixed(a, b, y), rel=CONE)


@examples(10)
@given(cheap, dear, st.integers(1, 5).map(lambda n: n / 10))
def test_two_sources_that_count(a: float, b: float, least: float) -> None:
    rule = {"metric": "count", "sense": "min", "limit": 2.0, "counts_from": least}
    assert _cost(a, b, rule) == pytest.approx(_mixed(a, b, 1 - least))


@examples(10)
@given(cheap, dear, tenths, st.integers(0, 5), st.integers(1, 5))
def test_unknown_origin_counts_against_a_maximum(
    a: float, b: float, limit: float, known: int, unknown: int
) -> None:
    """K draws from X and from where nobody knows, L from Y alone: y (known + unknown) = limit."""
    rows = [
        Origin(supplier="K", stage="refining", country="X", share=known / 10),
        Origin(supplier="K", stage="refining", country="Y", share=1 - (known + unknown) / 10),
        Origin(supplier="L", stage="refining", country="Y", share=1.0),
    ]
    rule = {"metric": "share", "limit": limit, "member": ("X",), "dimension": "refining"}
    y = min(1.0, limit * 10 / (known + unknown))
    assert _cost(a, b, rule, upstream=rows) == pytest.approx(_mixed(a, b, y))


@examples(10)
@given(cheap, dear, tenths, st.integers(1, 2000).map(float))
def test_a_soft_limit_is_broken_where_that_is_cheaper(
    a: float, b: float, limit: float, penalty: float
) -> None:
    """One of share above the limit costs the penalty, and saves so much on all that is wanted."""
    rule = {"metric": "share", "limit": limit, "member": ("K",), "penalty": penalty}
    broken = WANTED * a + penalty * (1 - limit)
    assert _cost(a, b, rule) == pytest.approx(min(_mixed(a, b, limit), broken))
