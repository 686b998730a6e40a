"""Moving a limit on a loaded model gives the model that is built with that limit."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from models.build import build
from models.problem import EditScope, Problem
from optimizer.assemble import assemble
from optimizer.contract.goods import Item
from optimizer.contract.policy import Rule
from optimizer.solve.arrays import Arrays
from optimizer.solve.compile import compile_model
from optimizer.solve.edits import edited
from optimizer.solve.options import SolveOptions
from optimizer.studies.limits import can_be_moved, moved, with_limit
from optimizer.studies.loaded import Loaded
from tests.small import need, offer, small

OFFERS = [offer("K", price=10), offer("L", price=12), offer("M", price=15)]


def problem(**rule: Any) -> Problem:
    given: dict[str, Any] = {
        "rule": "r",
        "dimension": "supplier",
        "member": ("K",),
        "metric": "share",
        "sense": "max",
        "limit": 0.6,
        **rule,
    }
    return assemble(
        small(
            items=[Item(item="P", weight=2.0)],
            offers=OFFERS,
            demand=need(50, 50),
            rules=[Rule(**given)],
        )
    )


CASES = {
    "share": ({}, 0.3),
    "share to nothing": ({}, 0.0),
    "share from nothing": ({"limit": 0.0}, 0.4),
    "least share": ({"sense": "min", "limit": 0.2, "member": ("M",)}, 0.5),
    "soft": ({"penalty": 100.0}, 0.25),
    "each": ({"member": ()}, 0.4),
    "spend share": ({"metric": "spend_share"}, 0.5),
    "quantity": ({"metric": "quantity", "limit": 120.0}, 40.0),
    "least quantity": ({"metric": "quantity", "sense": "min", "member": ("M",), "limit": 10.0}, 80),
    "spend": ({"metric": "spend", "limit": 700.0}, 300.0),
    "count": ({"metric": "count", "member": (), "limit": 2.0}, 1.0),
    "least count": ({"metric": "count", "sense": "min", "member": (), "limit": 2.0}, 3.0),
    "hhi": ({"metric": "hhi", "member": (), "limit": 6000.0}, 0.4),
}


def dense(arrays: Arrays) -> np.ndarray:
    found = np.zeros((arrays.rows, arrays.columns))
    found[arrays.index, arrays.entry_columns()] = arrays.value
    return found


@pytest.mark.parametrize(("rule", "limit"), CASES.values(), ids=CASES)
def test_edits_give_the_model_as_it_is_built(rule: dict[str, object], limit: float) -> None:
    given = problem(**rule)
    target = with_limit(given, "r", limit)
    given = dataclasses.replace(given, scope=EditScope(rules=(target.rules,)))
    target = dataclasses.replace(target, scope=EditScope(rules=(given.rules,)))
    assert can_be_moved(given, "r", limit)
    compiled, wanted = compile_model(build(given)), compile_model(build(target))
    arrays = compiled.arrays
    before = arrays
    for edit in moved(compiled, given, "r", limit):
        arrays, _ = edited(arrays, edit)
    assert compiled.column_labels == wanted.column_labels
    assert compiled.row_labels == wanted.row_labels
    assert dense(arrays) == pytest.approx(dense(wanted.arrays))
    assert arrays.row_lower == pytest.approx(wanted.arrays.row_lower)
    assert arrays.row_upper == pytest.approx(wanted.arrays.row_upper)
    changed = (
        not np.allclose(dense(before), dense(arrays))
        or not np.array_equal(before.row_upper, arrays.row_upper)
        or not np.array_equal(before.row_lower, arrays.row_lower)
    )
    assert changed


@pytest.mark.parametrize(("rule", "limit"), CASES.values(), ids=CASES)
def test_costs_are_those_of_a_model_of_its_own(rule: dict[str, object], limit: float) -> None:
    given = problem(**rule)
    options = SolveOptions(gap=0.0, threads=1)
    variants = [with_limit(given, "r", one) for one in (limit, None)]
    built = dataclasses.replace(given, scope=EditScope(rules=tuple(v.rules for v in variants)))
    loaded = Loaded(built, options)
    for variant, value in zip(variants, (limit, None), strict=True):
        alone = Loaded(variant, options).solve()
        found = loaded.solve(moved(loaded.compiled, built, "r", value), problem=variant)
        assert found.objective == pytest.approx(alone.objective)
        assert found.bound == pytest.approx(alone.objective)
    back = loaded.solve()
    assert back.objective == pytest.approx(Loaded(given, options).solve().objective)


def test_a_least_count_beyond_what_there_is_needs_a_model_of_its_own() -> None:
    given = problem(metric="count", sense="min", member=(), limit=2.0)
    assert not can_be_moved(given, "r", 4.0)


def test_earlier_plans_and_bounds_save_solves() -> None:
    given = problem()
    loaded = Loaded(given, SolveOptions(gap=1e-6, threads=1))
    first = loaded.solve()
    values = first.answer.result.values
    assert values is not None
    again = loaded.solve(starts=[values], floor=first.bound)
    assert again.objective == pytest.approx(first.objective)
    assert not again.answer.result.notes  # no phase was run
    # A plan that breaks the tighter limit is not taken for one that keeps it.
    edits = moved(loaded.compiled, given, "r", 0.3)
    tight = loaded.solve(edits, problem=with_limit(given, "r", 0.3), starts=[values])
    assert tight.objective > first.objective + 1


def test_a_gap_of_one_solve_is_not_that_of_the_next() -> None:
    loaded = Loaded(problem(), SolveOptions(gap=1e-9, threads=1))
    asked: list[float] = []
    loaded.solve(gap=0.5, progress=lambda _: asked.append(loaded.session.options.gap))
    assert set(asked) == {0.5}
    assert loaded.session.options == loaded.options
