"""The generated pages of docs/ say what the code says."""

from __future__ import annotations

import re

import pytest

from models.build import CONSTRAINTS
from models.costs import COMPONENTS
from models.variables import VARIABLES
from tests.models.pages import DOCS, generate


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_page_is_up_to_date(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == generate.PAGES[name](), f"docs/{name} is out of date: make docs"


def test_the_mathematics_is_complete_and_in_order() -> None:
    page = generate.mathematics()
    headings = re.findall(r"^### (\w+)$", page, flags=re.MULTILINE)
    costs = [component.__name__ for component in COMPONENTS]
    laws = [law.name for law in CONSTRAINTS]
    further = [
        one.__name__
        for _, module in generate.FURTHER
        for one in generate.functions_with_formula(module)
    ]
    assert {"weight_made_in", "served_balance", "with_shortfalls", "whole"} <= set(further)
    assert headings == ["expected_cost", *costs, *laws, "tangent", "covers", *further]
    assert re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE) == [v.name for v in VARIABLES]
    assert len(re.findall(r"^```math\n.", page, flags=re.MULTILINE)) == len(headings)


def test_links_of_the_mathematics_lead_somewhere() -> None:
    targets = set(re.findall(r"\]\(([^)]+)\)", generate.mathematics()))
    assert targets
    for target in targets:
        if target.startswith("#"):
            assert f"### {target[1:]}\n" in generate.mathematics()
        else:
            assert (DOCS / target).exists(), target
