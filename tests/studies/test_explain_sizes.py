"""How much is asked for: a share of the need, within what an offer takes and can deliver."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Item, StockRow
from optimizer.contract.supply import Offer, Project, Supplier
from optimizer.studies.explain.sizes import Sizes
from tests.small import need, offer, small

L = ("L", "P")


def size(row: Offer, share: float = 0.1, **tables: Any) -> float:
    data = small(offers=[offer("K"), row], **{"demand": need(400, 434), **tables})
    return sizes(data, share).of_offer(L)


def sizes(data: Data, share: float = 0.1) -> Sizes:
    return Sizes(data, assemble(data), share)


def test_two_digits_of_a_share_of_the_need() -> None:
    assert size(offer("L")) == pytest.approx(83)
    assert size(offer("L"), 0.25) == pytest.approx(210)


def test_stock_need_not_be_bought() -> None:
    stock = [StockRow(item="P", site="A", quantity=334)]
    assert size(offer("L"), stock=stock) == pytest.approx(50)


def test_at_least_what_the_offer_takes() -> None:
    """The minimum award is per year: of two months a sixth."""
    assert size(offer("L", min_award=600)) == pytest.approx(100)
    assert size(offer("L", min_order=121)) == pytest.approx(121)


def test_at_most_what_it_can_deliver() -> None:
    assert size(offer("L", capacity=17.5)) == pytest.approx(35)
    assert size(offer("L", max_award=60)) == pytest.approx(10)


def test_a_supplier_s_awards_are_added_up_in_weight() -> None:
    """A tenth of 100 P of 1 kg and of 50 Q of 4 kg: 30; what a plant may make counts as well."""

    def of_supplier(capacity: float, *projects: Project) -> float:
        data = small(
            items=[Item(item="P"), Item(item="Q", weight=4.0)],
            demand=[*need(100), *need(50, item="Q")],
            suppliers=[Supplier(supplier="L", country="X", capacity=capacity)],
            offers=[offer("K"), offer("L"), offer("L", "Q")],
            projects=projects,
        )
        return sizes(data).of_supplier([L, ("L", "Q")])

    assert of_supplier(float("inf")) == pytest.approx(30)
    assert of_supplier(2.0) == pytest.approx(8)
    plant = Project(project="plant", supplier="L", capacity=3.0, capex=1.0, max_modules=1,
                    build_days=0, life_years=5)  # fmt: skip
    assert of_supplier(2.0, plant) == pytest.approx(20)
