"""At a price just below the interval an award of that size is optimal, just above it is not."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import optimizer
from optimizer.api.course import options_of
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.explain_results import OfferPrice
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Currency
from optimizer.studies.loaded import Loaded
from tests.models.random_cases import workbook
from tests.small import offer, small
from tests.studies.quoted import at_risk, best, quoted

_BESIDE = 1e-5


def with_price(data: Data, row: OfferPrice, price: float) -> Data:
    """That offer at a flat price, as an award of exactly that size or none."""
    years = data.horizon  # periods are years
    key = (row.supplier, row.item)
    offers = tuple(
        dataclasses.replace(
            one, price=price, min_award=row.size / years, max_award=row.size / years
        )
        if (one.supplier, one.item) == key
        else one
        for one in data.offers
    )
    breaks = tuple(one for one in data.price_breaks if (one.supplier, one.item) != key)
    return dataclasses.replace(data, offers=offers, price_breaks=breaks)


def wins(data: Data, row: OfferPrice, price: float) -> bool:
    found = best(with_price(data, row, price))
    assert found.solution is not None
    award = found.solution.award.get((row.supplier, row.item), 0.0)
    assert award == pytest.approx(0.0, abs=1e-6) or award == pytest.approx(row.size)
    return award > row.size / 2


def rows(data: Data, **asked: Any) -> tuple[OfferPrice, ...]:
    found = optimizer.explain(data, only=("offers",), **asked)
    return found.contract.tables.prices_to_win


@pytest.mark.parametrize("seed", [seed for seed in range(22) if seed not in (7, 17)])
def test_just_below_it_wins_and_just_above_it_does_not(seed: int) -> None:
    """Twenty cases; in the two that are left out every offer has an award."""
    data = quoted(seed)
    found = rows(data)
    assert found
    for row in found:
        assert row.least is not None
        assert row.wins_at is not None
        assert row.most is not None
        assert row.least <= row.wins_at <= row.most < row.price
        assert row.most - row.least < 1e-6
    row = found[0]
    assert row.least is not None
    assert row.most is not None
    if row.least > _BESIDE:
        assert wins(data, row, row.least - _BESIDE)
        assert not wins(data, row, row.most + _BESIDE)


@pytest.mark.parametrize("measure", ["expected", "cvar", "worst_case"])
@pytest.mark.parametrize(
    "seed", [12, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (0, 5))]
)
def test_under_risk(measure: str, seed: int) -> None:
    """An award of that size, held: below the interval it costs less than the best plan without."""
    data = at_risk(seed, risk_measure=measure)
    problem = assemble(data)
    found = [row for row in rows(data) if row.wins_at is not None]
    assert found
    without = best(data).objective
    for row in found[:2]:
        offer = (row.supplier, row.item)
        assert row.least is not None
        assert row.least <= row.wins_at
        for price, cheaper in ((row.least - 1e-3, True), (row.most and row.most + 1e-3, False)):
            if price is None or price <= 0:
                continue
            other = assemble(with_price(data, row, price))
            supply = dataclasses.replace(problem.supply, landed=other.supply.landed)
            pricing = dataclasses.replace(problem.pricing, tiers=other.pricing.tiers)
            held = dataclasses.replace(
                problem, supply=supply, pricing=pricing, held={offer: row.size}
            )
            cost = Loaded(held, options_of(data)).solve().objective
            assert (cost < without) == cheaper


def test_what_cannot_win_says_why() -> None:
    """L may not be bought from at all, and M comes too late."""
    data = small(
        offers=[offer("K", price=10), offer("L", price=5), offer("M", price=5, lead_days=400)],
        rules=[Rule(rule="no L", dimension="supplier", member=("L",), metric="share", sense="max",
                    limit=0.0)],
        settings=Settings(start="2025-01", threads=1),
    )  # fmt: skip
    banned, late = rows(data)
    assert (banned.supplier, late.supplier) == ("L", "M")
    assert banned.wins_at is None
    assert "At no price" in banned.note
    assert "cannot be ordered" in late.note


def test_what_loses_for_nothing_under_the_worst_case_is_said_to() -> None:
    """K would be a third supplier, of two that may have a share: then L's Q are all short.

    Shortage counts most in the outcome in which K delivers least, where its price counts nothing.
    """
    data = workbook(103)
    settings = dataclasses.replace(
        data.settings, risk_measure="worst_case", reveal_days=0.0, gap=1e-9, threads=1
    )
    fire = RiskEffect(risk="fire", result="down", probability=0.2, scope="supplier", target="K",
                      deliverable=0.3)  # fmt: skip
    tariff = RiskEffect(risk="tariff", result="up", probability=0.3, scope="country", target="Y",
                        price_factor=1.5)  # fmt: skip
    data = dataclasses.replace(data, settings=settings, risks=(fire, tariff))
    (row,) = rows(data)
    assert (row.supplier, row.item, row.status) == ("K", "P", "optimal")
    assert (row.wins_at, row.least, row.most) == (None, None, 0.0)
    assert row.note.startswith("Not even for nothing")
    held = dataclasses.replace(assemble(with_price(data, row, 0.0)), held={("K", "P"): row.size})
    assert Loaded(held, options_of(data)).solve().objective > 50 * best(data).objective


def test_by_hand() -> None:
    """100 P are needed; K sells them for 10, L for 14 after 20 for a qualification.

    An award of 10 P to L saves 10 x 10 there, so it may cost 80 after the 20: 8 for each.
    In EUR, of which each is 1.25: 6.40.
    """
    data = small(
        offers=[
            offer("K", price=10),
            offer("L", price=11.2, currency="EUR", qualified=False, qualification_cost=20),
        ],
        currencies=[Currency(currency="EUR", rate=1.25)],
        settings=Settings(start="2025-01", threads=1, gap=1e-9),
    )
    (row,) = rows(data)
    assert row.size == 10
    assert row.currency == "EUR"
    assert [row.least, row.wins_at, row.most] == pytest.approx([6.4] * 3)
    assert row.change == pytest.approx(6.4 / 11.2 - 1)
    # Twice the size: the qualification weighs half as much, (200 - 20) / 20 = 9, in EUR 7.20.
    (larger,) = rows(data, size=0.2)
    assert larger.wins_at == pytest.approx(7.2)


def test_of_what_is_proven() -> None:
    """With a gap the interval is as wide as the bounds of both solves leave it, and holds."""
    exact = {(row.supplier, row.item): row for row in rows(quoted(12))}
    for row in rows(quoted(12, gap=0.2)):
        known = exact[row.supplier, row.item].wins_at
        assert known is not None
        assert row.least is not None
        assert row.least <= known + 1e-6
        assert row.most is None or row.most >= known - 1e-6
