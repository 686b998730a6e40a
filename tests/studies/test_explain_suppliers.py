"""One factor on all prices of a supplier: below the interval it wins, above it does not."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

import optimizer
from models.problem import EditScope, Problem
from optimizer.api.course import options_of
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.explain_results import SupplierPrice
from optimizer.contract.goods import Item
from optimizer.contract.settings import Settings
from optimizer.solve.edits import AddedRows, Row
from optimizer.studies.loaded import Loaded
from tests.small import need, offer, small
from tests.studies.quoted import best, quoted


def rows(data: Data, **asked: Any) -> tuple[SupplierPrice, ...]:
    found = optimizer.explain(data, only=("suppliers",), **asked)
    return found.contract.tables.suppliers_to_win


def with_prices(data: Data, supplier: str, factor: float) -> Problem:
    """The problem with all prices of a supplier times a factor, price breaks included."""

    def times(row: Any) -> Any:
        if row.supplier != supplier:
            return row
        return dataclasses.replace(row, price=row.price * factor)

    return assemble(
        dataclasses.replace(
            data,
            offers=tuple(map(times, data.offers)),
            price_breaks=tuple(map(times, data.price_breaks)),
        )
    )


def cost_with_awards(data: Data, row: SupplierPrice, factor: float) -> float:
    """Of the best plan in which the supplier's awards weigh what is asked for."""
    problem = with_prices(data, row.supplier, factor)
    weight = {item.item: item.weight for item in data.items}
    offers = [o for o in problem.supply.offers if o[0] == row.supplier]
    scope = EditScope(awards={o: row.size / weight[o[1]] for o in offers})
    loaded = Loaded(dataclasses.replace(problem, scope=scope), options_of(data))
    columns = [loaded.compiled.column_of["award", o] for o in offers]
    held = Row(
        np.array(columns, dtype=np.int32),
        np.array([weight[o[1]] for o in offers]),
        row.size,
        row.size,
    )
    return loaded.solve([AddedRows((held,))]).objective


@pytest.mark.parametrize("seed", [2, 3, 12, 15, 16, 21])
def test_just_below_it_wins_and_just_above_it_does_not(seed: int) -> None:
    data = quoted(seed)
    without = best(data).objective
    for row in rows(data):
        assert row.least is not None
        assert row.wins_at is not None
        assert row.most is not None
        assert row.least <= row.wins_at <= row.most
        assert row.most - row.least < 1e-5
        if row.least > 0:
            assert cost_with_awards(data, row, row.least - 1e-4) < without
            assert cost_with_awards(data, row, row.most + 1e-4) > without


def test_by_hand() -> None:
    """100 P and 50 Q are needed, of 1 and 2 kg; K sells both for 10, L for 16 and 30.

    Of 200 kg a tenth is 20: 20 P or 10 Q.  20 P of K cost 200, of L 320: a factor of 0.625;
    10 Q cost 100 and 300: 0.333.  So P is what L wins first.
    """
    data = small(
        items=[Item(item="P", weight=1.0), Item(item="Q", weight=2.0)],
        demand=[*need(100), *need(50, item="Q")],
        offers=[offer("K"), offer("K", item="Q"), offer("L", price=16), offer("L", "Q", 30)],
        settings=Settings(start="2025-01", threads=1, gap=1e-9),
    )
    (row,) = rows(data)
    assert (row.supplier, row.size) == ("L", 20.0)
    assert [row.least, row.wins_at, row.most] == pytest.approx([0.625] * 3)
