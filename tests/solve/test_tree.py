"""The search tree and the plans that a guide suggests, without HiGHS' own branch and bound."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from models.build import build
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.contract.supply import PriceBreak, Supplier
from optimizer.solve import run
from optimizer.solve.compile import compile_model
from optimizer.solve.guide import sourcing_guide
from optimizer.solve.guided import Guided
from optimizer.solve.options import SolveOptions
from optimizer.solve.patience import AsLongAsRival, AtItsPace, Patience
from optimizer.solve.progress import Watch
from optimizer.solve.reduced import Reduced
from optimizer.solve.session import Session
from optimizer.solve.tree import Tree
from tests.benchmarks.instances import instance
from tests.small import need, offer, small
from tests.solve.lot_sizing import Size, sourcing_model

EXACT = SolveOptions(gap=1e-9, time_limit=30, threads=2)
SMALL = Size(items=2, suppliers=5, offers=8, sites=2, periods=4, seed=7)


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(compile_model(sourcing_model(SMALL)).arrays, EXACT)


def grown(session: Session, part: float, best: float = np.inf) -> tuple[float, float]:
    """The tree's bound at its root and at its end; `part` of the whole numbers are branched on."""
    whole = session.arrays.integer.copy()
    columns = session.whole_columns
    whole[columns[round(part * len(columns)) :]] = False
    watch = Watch(60)
    watch.objective = best
    reduced = Reduced(session.arrays, whole, EXACT)
    try:
        tree = Tree(reduced, watch)
        root = tree.bound
        for _ in tree.nodes(1e-9):
            pass
        return root, tree.bound
    finally:
        reduced.close()


def test_a_tree_over_every_whole_number_proves_the_optimum(session: Session) -> None:
    optimum = session.branch(Watch(60)).objective
    root, bound = grown(session, 1.0)
    assert root < 0.7 * optimum, "the relaxation alone must not be enough"
    assert bound == pytest.approx(optimum, rel=1e-6)
    assert grown(session, 1.0, best=optimum)[1] == pytest.approx(optimum, rel=1e-6)


def test_a_tree_over_a_part_never_claims_too_much(session: Session) -> None:
    optimum = session.branch(Watch(60)).objective
    root, bound = grown(session, 0.3)
    assert root <= bound + 1e-6 * optimum
    assert bound <= optimum * (1 + 1e-9)


def test_values_of_a_node_come_back_to_every_column(session: Session) -> None:
    reduced = Reduced(session.arrays, session.arrays.integer, EXACT)
    node = reduced.root(60)
    full = reduced.full(node)
    reduced.close()
    assert session.arrays.violation(full) <= 1e-6
    assert session.arrays.objective(full) == pytest.approx(node.objective, rel=1e-9)


def two_sources() -> Problem:
    """K: 10, from 120 on 8; L: 9, to begin with 150. 50 are wanted in each of 3 periods."""
    return assemble(
        small(
            suppliers=[
                Supplier(supplier="K", country="X"),
                Supplier(supplier="L", country="X", onboarding_cost=150),
            ],
            offers=[offer("K", price=10, capacity=60, min_order=20), offer("L", price=9)],
            price_breaks=[
                PriceBreak(supplier="K", item="P", from_quantity=0, price=10),
                PriceBreak(supplier="K", item="P", from_quantity=480, price=8),
            ],
            demand=need(50, 50, 50),
        )
    )


def test_a_guide_finds_and_proves_the_plan_without_branch_and_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = two_sources()
    compiled = compile_model(build(problem))
    session, watch = Session(compiled.arrays, EXACT), Watch(60)
    optimum = Session(compiled.arrays, EXACT).branch(Watch(60)).objective
    monkeypatch.setattr(Session, "branch", None)
    guided = Guided(session, compiled, sourcing_guide(problem), watch)

    guided.start(session.relaxation(watch))
    assert watch.plan is not None
    guided.prove(1e-9, lambda bound: True)
    assert watch.objective == pytest.approx(optimum, rel=1e-9)
    assert watch.bound == pytest.approx(optimum, rel=1e-6)


def test_a_tree_is_given_up_where_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = assemble(instance("small-milp"))
    compiled = compile_model(build(problem))
    branched: list[float] = []
    branch = Tree._branch

    def counted(tree: Tree, *arguments: Any) -> None:
        branched.append(tree.bound)
        branch(tree, *arguments)

    monkeypatch.setattr(Tree, "_branch", counted)

    def nodes(patience: Patience) -> int:
        branched.clear()
        session, watch = Session(compiled.arrays, EXACT), Watch(60)
        Guided(session, compiled, sourcing_guide(problem), watch).prove(0.0, patience)
        return len(branched)

    assert nodes(lambda bound: False) == 0
    assert nodes(lambda bound: len(branched) < 3) == 3


def test_a_rival_has_to_be_overtaken_in_time() -> None:
    watch = Watch(60)
    assert AsLongAsRival(watch, 5.0, until=60.0)(1.0)
    assert not AsLongAsRival(watch, 5.0, until=0.0)(4.9)
    assert AsLongAsRival(watch, 5.0, until=0.0)(5.0)


@pytest.mark.parametrize(("rise", "stays"), [(1e-3, False), (0.1, True)])
def test_a_tree_that_is_too_slow_is_given_up_after_a_number_of_nodes(
    rise: float, stays: bool
) -> None:
    """100 is missing: at 0.1 a node that takes 1,000 nodes, at 0.001 a hundred times as many."""
    watch = Watch(60)
    watch.objective = 200.0
    patience = AtItsPace(watch, gap=0.0)
    answers = [patience(100.0 + rise * node) for node in range(200)]
    assert all(answers) == stays
    assert all(answers[:50])


def test_nor_does_the_sign_of_the_cost_matter() -> None:
    """At a gap of 10 % a plan that earns 200 is proven by a bound of -220."""
    watch = Watch(60)
    watch.objective = -200.0
    patience = AtItsPace(watch, gap=0.1)
    assert all(patience(-220.001 if node < 50 else -220.0) for node in range(60))


def test_on_small_models_no_seconds_decide_what_the_tree_begins_with() -> None:
    asked = assemble(instance("small-milp", 12))
    options = SolveOptions(threads=1)
    found = run.solve(build(asked), options, guide=sourcing_guide(asked)).result
    phases = [note.phase for note in found.notes]
    assert "tree" in phases
    assert "branch and bound" not in phases[: phases.index("tree")]


def test_two_threads_grow_the_same_tree_as_one(session: Session) -> None:
    def first_bounds(threads: int) -> list[float]:
        options = dataclasses.replace(EXACT, threads=threads)
        reduced = Reduced(session.arrays, session.arrays.integer, options)
        tree = Tree(reduced, Watch(60))
        bounds = [tree.bound for _, _ in zip(range(6), tree.nodes(1e-9), strict=False)]
        reduced.close()
        return bounds

    assert first_bounds(2) == pytest.approx(first_bounds(1), rel=1e-9)


def test_a_bound_holds_also_where_the_tree_is_left_at_a_node() -> None:
    """The node at hand is not branched on yet: it counts, and so does its cost."""
    problem = assemble(instance("small-milp"))
    compiled = compile_model(build(problem))
    session, watch = Session(compiled.arrays, EXACT), Watch(60)
    reduced = Reduced(session.arrays, session.arrays.integer, EXACT)
    tree = Tree(reduced, watch)
    for node, _ in zip(tree.nodes(0.0), range(4), strict=False):
        assert tree.bound <= node.objective
    reduced.close()
