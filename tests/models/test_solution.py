"""The solution: what the solver's numbers are read as."""

from __future__ import annotations

from dataclasses import fields

import pyomo.environ as pyo

from models.build import build
from models.solution import NEGLIGIBLE, WHOLE, Solution, read_solution
from models.variables import VARIABLES
from optimizer.assemble import assemble
from optimizer.solve.run import solve
from tests.models.case import EXACT, YEAR
from tests.models.cases import CASES
from tests.small import offer, small


def test_it_has_the_variables_of_the_model() -> None:
    assert {f.name for f in fields(Solution)} == {unknown.name for unknown in VARIABLES}


def test_it_knows_which_are_whole() -> None:
    kinds = (pyo.Binary, pyo.NonNegativeIntegers)
    assert {unknown.name for unknown in VARIABLES if unknown.domain in kinds} == WHOLE


def test_whole_numbers_are_rounded_and_noise_is_left_out() -> None:
    lane = ("K", "P", "A", "standard", 1, "certain")
    values = {
        ("awarded", ("K", "P")): 0.9999999,
        ("awarded", ("L", "P")): 1e-7,
        ("modules", "plant"): 2.0000001,
        ("order", lane): 60.0000001,
        ("stock", ("P", "A", "free", 1, "certain")): NEGLIGIBLE / 2,
        ("shortage", ("P", "A", "general", 1, "certain")): -NEGLIGIBLE / 2,
        ("nothing of the model", None): 3.0,
    }
    solution = read_solution(values, assemble(small()))
    assert solution.awarded == {("K", "P"): 1.0}
    assert solution.modules == {"plant": 2.0}
    assert solution.order == {lane: 60.0000001}
    assert solution.stock == solution.shortage == {}


def test_a_plan_is_read_by_names_and_indices() -> None:
    data = small(settings=YEAR, offers=[offer("K", capacity=60), offer("L", price=20)])
    problem = assemble(data)
    solution = read_solution(solve(build(problem), EXACT).values(), problem)
    assert solution.order == {
        ("K", "P", "A", "standard", 1, "certain"): 60.0,
        ("L", "P", "A", "standard", 1, "certain"): 40.0,
    }
    assert solution.volume == {("K", "P"): 60.0, ("L", "P"): 40.0}
    assert solution.issue == {("P", "A", "free", "general", 1, "certain"): 100.0}
    assert solution.shortage == solution.use == solution.stock == {}


def test_the_cases_use_every_variable() -> None:
    declared: set[str] = set()
    for case in CASES:
        model = build(assemble(case.data))
        declared |= {unknown.name for unknown in VARIABLES if len(model.component(unknown.name))}
    assert declared == {unknown.name for unknown in VARIABLES}
