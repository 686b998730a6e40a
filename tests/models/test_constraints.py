"""Every constraint matters: on a tiny case the optimum is known with it, and another without."""

from __future__ import annotations

import difflib

import pytest

from models.build import CONSTRAINTS
from tests.models.case import Case, golden_path, optimum, rows_of
from tests.models.cases import CASES

UPDATE = ".venv/bin/python -m tests.models.golden_update"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_optimum_with_and_without(case: Case) -> None:
    assert case.optimum != pytest.approx(case.without, rel=1e-3), "the case would show nothing"
    assert optimum(case) == pytest.approx(case.optimum, abs=1e-6)
    assert optimum(case, without={case.constraint}) == pytest.approx(case.without, abs=1e-6)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rows_are_the_golden_ones(case: Case) -> None:
    golden, written = golden_path(case).read_text(encoding="utf-8"), rows_of(case)
    if written != golden:
        change = difflib.unified_diff(
            golden.splitlines(), written.splitlines(), "golden", "written", n=99, lineterm=""
        )
        pytest.fail(
            "\n".join([f"{case.name} is written differently:", *change, "", f"if meant: {UPDATE}"]),
            pytrace=False,
        )


@pytest.mark.parametrize("law", CONSTRAINTS, ids=lambda law: law.name)
def test_every_constraint_has_a_case(law: object) -> None:
    name = getattr(law, "name")  # noqa: B009
    assert name in {case.constraint for case in CASES}
