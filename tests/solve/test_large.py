"""The course for large models, on small ones whose optimum is known from the usual course."""

from __future__ import annotations

import math

import pytest

from models.build import build
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.contract.policy import RiskEffect
from optimizer.contract.settings import Settings
from optimizer.contract.supply import PriceBreak, Supplier
from optimizer.solve import arrays, run
from optimizer.solve.compile import compile_model
from optimizer.solve.edits import column_bounds
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.large import LargeCourse
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.loaded import Loaded
from tests.benchmarks.instances import instance
from tests.small import need, offer, small


def problem(seed: int) -> Problem:
    """Four suppliers that cost something to use, with price breaks; one may deliver half."""
    price = [10.0 + (seed * k) % 5 for k in range(1, 5)]
    names = ["K", "L", "M", "N"]
    return assemble(
        small(
            demand=need(100, 120, 90, 110),
            suppliers=[
                Supplier(supplier=k, country="X", onboarding_cost=150.0 * (n + seed % 3))
                for n, k in enumerate(names)
            ],
            offers=[
                offer(k, price=p, capacity=60 + 10 * n, qualification_cost=100.0)
                for n, (k, p) in enumerate(zip(names, price, strict=True))
            ],
            price_breaks=[
                PriceBreak(supplier=k, item="P", from_quantity=150, price=p * 0.8)
                for k, p in zip(names[:2], price, strict=False)
            ],
            risks=[
                RiskEffect(
                    risk="strike",
                    result="half",
                    probability=0.3,
                    scope="supplier",
                    target="K",
                    deliverable=0.5,
                )
            ],
            settings=Settings(start="2025-01", reveal_days=40),
        )
    )


@pytest.mark.parametrize("seed", range(1, 7))
def test_it_comes_to_the_optimum_of_the_usual_course(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = problem(seed)
    options = SolveOptions(gap=1e-6, threads=1)
    usual = run.solve(build(asked), options, guide=sourcing_guide(asked)).result
    monkeypatch.setattr(arrays, "LARGE", 1)
    other = run.solve(build(asked), options, guide=sourcing_guide(asked)).result
    assert other.objective == pytest.approx(usual.objective, rel=1e-5)
    assert other.bound <= usual.objective * (1 + 1e-6)
    assert other.notes[0].phase == "relaxation"


def test_its_plans_and_bound_need_no_branch_and_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = problem(2)
    monkeypatch.setattr(arrays, "LARGE", 1)
    usual = run.solve(build(asked), SolveOptions(gap=1e-6), guide=sourcing_guide(asked)).result
    quick = run.solve(build(asked), SolveOptions(gap=0.2), guide=sourcing_guide(asked)).result
    assert "branch and bound" not in {note.phase for note in quick.notes}
    assert quick.objective <= usual.objective * 1.2
    assert 0.8 * usual.objective <= quick.bound <= usual.objective


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_second_solve_begins_with_what_the_first_has_found(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = problem(seed)
    options = SolveOptions(gap=1e-6, threads=1)
    monkeypatch.setattr(arrays, "LARGE", 1)
    loaded = Loaded(asked, options)
    first = loaded.solve()
    order = next(j for (name, _), j in loaded.compiled.column_of.items() if name == "award")
    edit = column_bounds(order, 0.0, 0.5 * asked.supply.offer_capacity[("K", "P"), 1])
    assert first.answer.result.values is not None
    second = loaded.solve([edit], starts=[first.answer.result.values])
    monkeypatch.undo()
    alone = Loaded(asked, options).solve([edit])
    assert second.objective == pytest.approx(alone.objective, rel=2e-6)
    assert second.bound <= alone.objective * (1 + 1e-6)
    assert first.objective == pytest.approx(Loaded(asked, options).solve().objective, rel=2e-6)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_bound_is_that_of_the_tightened_relaxation(threads: int) -> None:
    """With two threads it is tightened beside the first plan, with one after it."""
    asked = assemble(instance("small-milp"))
    compiled, guide = compile_model(build(asked)), sourcing_guide(asked)
    loose = Session(compiled.arrays).relaxation(Watch(20)).objective
    watch = Watch(5.0)
    session = Session(compiled.arrays, SolveOptions(threads=threads))
    made = [make(compiled) for make in hhi_generators(asked)]
    assert LargeCourse(session, compiled, guide, watch, made).run(gap=0.0)
    assert watch.bound > loose * 1.002
    assert watch.bound <= watch.objective < math.inf
