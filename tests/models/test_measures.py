"""The measures that a model can be extended by: what they say, and that they cost nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from models import measures
from models.build import build
from models.measures import MADE_IN, SUPPLIERS, add_measures, measured_index, with_every_use
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.solve.compile import Label
from optimizer.solve.run import Answer, solve
from optimizer.studies.alternatives.study import traits_of
from tests.models.case import EXACT
from tests.models.pages import generate
from tests.models.random_cases import workbook
from tests.small import need, offer, small

ROWS = (
    measures.supplier_count,
    measures.weight_made_in,
    measures.beyond_today,
    measures.weight_moved,
    measures.worst_shortage,
    measures.expected_shortage,
)


@pytest.mark.parametrize("function", ROWS, ids=lambda function: function.__name__)
def test_a_sentence_a_formula_and_a_unit(function: Callable[..., Any]) -> None:
    text = generate.text_of(function)
    assert text.sentence.endswith(".")
    assert text.unit
    bare = re.sub(r"\\[{}]", "", text.formula)
    assert bare
    assert bare.count("{") == bare.count("}")


def solved(problem: Problem, data: Any, minimised: tuple[str, str] | None = None) -> Answer:
    traits = traits_of(data)
    model = build(with_every_use(problem))
    add_measures(model, traits)
    if minimised is not None:
        model.cost.set_value(model.measured[minimised])
    return solve(model, EXACT)


@pytest.mark.parametrize("seed", [2, 5, 9])
def test_a_plan_costs_what_it_did(seed: int) -> None:
    data = workbook(seed)
    problem = assemble(data)
    alone = solve(build(problem), EXACT).result
    extended = solved(problem, data).result
    assert alone.has_plan == extended.has_plan
    if alone.has_plan:
        assert extended.objective == pytest.approx(alone.objective, rel=1e-7)
    else:
        assert math.isinf(extended.objective)


def test_by_hand() -> None:
    """P weighs 2; K can make 60 of 100, L 50: both are needed, and K's country makes 50 or more."""
    data = small(
        offers=[offer("K", price=10, capacity=60), offer("L", price=20, capacity=50)],
        demand=need(100),
    )
    problem = assemble(data)
    values: dict[Label, float] = solved(problem, data).values()
    assert values["use", "K"] == values["use", "L"] == 1
    fewest = solved(problem, data, (SUPPLIERS, ""))
    assert fewest.result.objective == 0  # to buy nothing takes nobody, if it may cost anything
    forbidden = small(
        offers=data.offers,
        demand=need(100),
        settings=data.settings.__class__(start="2025-01", unmet_demand="forbid"),
    )
    both = solved(assemble(forbidden), forbidden, (SUPPLIERS, ""))
    assert both.result.objective == pytest.approx(2)
    made = solved(assemble(forbidden), forbidden, (MADE_IN, "X"))
    assert made.result.objective == pytest.approx(100)


def test_moves_are_measured_only_where_something_is_bought_today() -> None:
    new = small()
    today = small(offers=[offer(baseline=5)])
    kinds = [{kind for kind, _ in measured_index(traits_of(data))} for data in (new, today)]
    assert kinds[1] - kinds[0] == {measures.MOVED}
