"""Parts of a plan decided anew, on a case that a reader can check by eye.

100 of P and 100 of Q are needed.  L sells P for 12 and Q for 13.  K sells each for 10, costs 50 to
begin with, and can deliver 100 in all.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.build import build
from models.variables import VARIABLES, item_of
from optimizer.assemble import assemble
from optimizer.contract.supply import Supplier
from optimizer.solve import parts
from optimizer.solve.arrays import Bools, Floats
from optimizer.solve.compile import Compiled, compile_model
from optimizer.solve.edits import column_bounds
from optimizer.solve.options import SolveOptions
from optimizer.solve.parts import Parts, part
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session
from tests.benchmarks.instances import instance
from tests.models.case import YEAR
from tests.small import need, offer, small

ALL_FROM_L, ALL_FROM_K = 2500.0, 2100.0
Q_FROM_K = 1200.0 + 1050.0


@pytest.fixture(autouse=True)
def _one_part_for_each_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_ENTRIES", len(compiled(100).arrays.value) // 2)


def compiled(capacity: float) -> Compiled:
    data = small(
        settings=YEAR,
        demand=[*need(100, item="P"), *need(100, item="Q")],
        suppliers=[Supplier(supplier="K", country="X", capacity=capacity)],
        offers=[
            *(offer("K", item, price=10, switching_cost=50) for item in "PQ"),
            offer("L", "P", price=12),
            offer("L", "Q", price=13),
        ],
    )
    return compile_model(build(assemble(data)))


def all_from_l(model: Compiled) -> Floats:
    session = Session(model.arrays, SolveOptions(gap=1e-9, threads=1))
    at = model.column_of
    none = [column_bounds(at["awarded", ("K", item)], 0.0, 0.0) for item in "PQ"]
    with session.edited(none):
        found = session.branch(Watch(20))
    assert found.values is not None
    assert found.objective == pytest.approx(ALL_FROM_L)
    return found.values


def groups(model: Compiled) -> list[int]:
    number = {"P": 0, "Q": 1, None: -1}
    return [number[item_of(label)] for label in model.column_labels]


def both(model: Compiled, threads: int = 2) -> Parts:
    numbers = np.array(groups(model), dtype=np.int32)
    return Parts(model.arrays, numbers, SolveOptions(threads=threads), Watch(20))


def swept(model: Compiled, plan: Floats, threads: int = 2) -> Floats:
    return both(model, threads).swept(plan, lambda: True)


def of(model: Compiled, item: str) -> Bools:
    about = [item_of(label) for label in model.column_labels]
    return np.array([one in (item, None) for one in about], dtype=np.bool_)


def test_a_part_has_what_meets_its_columns_and_the_plan_is_one_of_it() -> None:
    model = compiled(100)
    plan = all_from_l(model)
    one = part(model.arrays, of(model, "P"), plan)
    assert 0 < one.arrays.rows < model.arrays.rows
    assert one.arrays.violation(plan[one.columns]) == 0.0
    found = Session(one.arrays, SolveOptions(gap=1e-9, threads=1)).branch(Watch(20))
    assert found.values is not None
    assert one.arrays.objective(plan[one.columns]) - found.objective == pytest.approx(150.0)
    whole = plan.copy()
    whole[one.columns] = found.values
    assert model.arrays.violation(whole) < 1e-6
    assert model.arrays.objective(whole) == pytest.approx(ALL_FROM_L - 150.0)


def test_what_others_take_is_not_there() -> None:
    model = compiled(100)
    session = Session(model.arrays, SolveOptions(gap=1e-9, threads=1))
    best = session.branch(Watch(20)).values
    assert best is not None
    one = part(model.arrays, of(model, "P"), best)  # K's capacity goes to Q
    found = Session(one.arrays, SolveOptions(gap=1e-9, threads=1)).branch(Watch(20))
    assert found.objective == pytest.approx(one.arrays.objective(best[one.columns]))


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    ("capacity", "cost"), [(100, Q_FROM_K), (200, ALL_FROM_K)], ids=["one of both", "both"]
)
def test_changes_are_taken_together_where_they_go_together(
    capacity: float, cost: float, threads: int
) -> None:
    model = compiled(capacity)
    plan = swept(model, all_from_l(model), threads)
    assert model.arrays.violation(plan) < 1e-6
    found = model.arrays.objective(plan)
    # One after the other, the first takes the capacity, whichever it is.
    firsts = [cost] if threads == 2 else [cost, ALL_FROM_L - 150.0]
    assert min(abs(found - one) for one in firsts) < 1e-4


def test_no_plan_gets_dearer_and_the_same_seed_gives_the_same() -> None:
    model = compiled(math.inf)
    best = swept(model, all_from_l(model))
    again = swept(model, best)
    assert model.arrays.objective(again) == pytest.approx(ALL_FROM_K)
    np.testing.assert_array_equal(best, swept(model, all_from_l(model)))


def test_where_it_is_not_to_go_on_the_plan_stays() -> None:
    model = compiled(100)
    plan = all_from_l(model)
    np.testing.assert_array_equal(both(model).swept(plan, lambda: False), plan)


def test_where_one_item_alone_is_too_large_there_are_no_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "_ENTRIES", 1)
    model = compiled(100)
    plan = all_from_l(model)
    np.testing.assert_array_equal(swept(model, plan), plan)


def test_what_a_variable_is_about() -> None:
    data = instance("small-milp")
    items = {row.item for row in data.items}
    model = compile_model(build(assemble(data)))
    about = {label: item_of(label) for label in model.column_labels}
    assert set(about.values()) - {None} == items
    for (name, index), item in about.items():
        assert item is None or item in index
        assert item is not None or name not in {"order", "stock", "awarded", "placed", "volume"}
    assert {unknown.over[0] for unknown in VARIABLES} >= {"i", "o", "l"}
