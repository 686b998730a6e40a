"""Whatever stands in the model says what it is, in words and as a formula, and in which unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from models.build import CONSTRAINTS, Law, build
from models.concentration import tangent
from models.costs import COMPONENTS
from models.solution import WHOLE
from models.variables import VARIABLES, Unknown
from optimizer.assemble import assemble
from tests.models.case import rows_of
from tests.models.cases import CASES
from tests.models.pages import generate
from tests.small import small

WRITTEN = [law.rule for law in CONSTRAINTS] + [*COMPONENTS, tangent]


@pytest.mark.parametrize("function", WRITTEN, ids=lambda function: function.__name__)
def test_a_sentence_and_a_formula(function: Callable[..., Any]) -> None:
    text = generate.text_of(function)
    assert text.sentence[:1].isupper()
    assert text.sentence.endswith(".")
    assert text.formula
    # GitHub shows a formula that does not close its braces as an error.
    bare = re.sub(r"\\[{}]", "", text.formula)
    assert bare.count("{") == bare.count("}")
    assert "$" not in bare


@pytest.mark.parametrize("law", CONSTRAINTS, ids=lambda law: law.name)
def test_a_unit_unless_it_links_yes_and_no(law: Law) -> None:
    if generate.text_of(law.rule).unit:
        return
    rows = "".join(rows_of(case) for case in CASES if case.constraint == law.name)
    names = set(re.findall(r"^[+-]\S* (\w+?)\(", rows, flags=re.MULTILINE))
    assert names
    assert names <= WHOLE, f"{law.name} needs a 'Unit:'"


@pytest.mark.parametrize("law", CONSTRAINTS, ids=lambda law: law.name)
def test_where_a_constraint_exists_is_said(law: Law) -> None:
    assert law.index.__doc__


@pytest.mark.parametrize("unknown", VARIABLES, ids=lambda unknown: unknown.name)
def test_a_variable_says_what_and_in_which_unit(unknown: Unknown) -> None:
    variable = build(assemble(small())).component(unknown.name)
    assert unknown.says
    assert bool(unknown.unit) or unknown.name in WHOLE
    assert len(unknown.over.split(", ")) <= 6
    assert variable is not None


def test_the_parts_of_a_docstring() -> None:
    def said() -> None:
        r"""One sentence
        over two lines.

        .. math:: total\_cost_i = \sum_i x_i
                  \le \text{some limit}

        Unit: kg per period.  A remark.

        Another, with ``code``.
        """

    assert generate.text_of(said) == generate.Text(
        sentence="One sentence over two lines.",
        formula="\\mathit{total\\_cost}_i = \\sum_i x_i\n\\le \\text{some limit}",
        unit="kg per period",
        remarks="A remark. Another, with `code`.",
    )
