"""Write the pages of docs/ that are made from the code: `make docs`.

docs/mathematics.md comes from the docstrings of the formulation, docs/contract.md from the
declarations of the data contract.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from models import commitments, concentration, costs, covers, distribution, measures, survival
from models.build import CONSTRAINTS, Law
from models.variables import VARIABLES
from optimizer.contract.markdown import contract_markdown

DOCS = Path(__file__).parent

HEAD = """\
# The mathematics

Made by `make docs` from the docstrings in [models/](../models/); do not edit it here.

A plan is the cheapest answer to the variables below that keeps every constraint below. Each
constraint and each part of the cost is one function of the code, named like its heading. Where
nothing can be, there is no variable and no row: sums run over what the data makes possible.
"""

LETTERS = (
    ("i, s, t", "item, site, period 1..T"),
    ("k", "supplier"),
    ("o = (k, i)", "offer: what a supplier asks for an item"),
    (
        "l = (o, s, mode)",
        "lane: an offer on its way to a site; o(l), k(l): its offer, its supplier",
    ),
    ("r", "row of Lanes; of rules: rule"),
    ("m, G", "member of a rule; the members that share a limit"),
    ("e", "end use"),
    ("g", "stock class: the set of licences under which goods came"),
    ("x; X(o)", "licence; those that an offer needs"),
    ("n", "price tier; substitution, of item i(n) by item j(n)"),
    ("p", "project, at supplier k(p)"),
    ("w", "outcome: one joint future, of probability p(w)"),
)

NUMBERS = (
    ("a(l, t, w)", "period in which an order of t arrives"),
    ("φ", "share of an order that is delivered"),
    ("δ", "discount factor of a period"),
    ("c", "of cost: landed cost of a unit; of rules: what a unit on a lane counts"),
    ("k(o), h, b(i), π, f(s)", "cost of: an order, holding, being late, shortage, overflow"),
    ("ρ, P", "penalty of missing a cover target, of breaking a soft rule"),
    ("F, G(o), A", "cost of using a supplier, of awarding an offer, of approving a lane"),
    ("K; E, u", "cost of a module; of preparing a substitute, of using it"),
    ("C, S, Q", "capacity, storage, quota"),
    ("L, U; M", "least and most, limit of a rule; minimum order"),
    ("f(k, t)", "factor of the calendar on a capacity"),
    ("b(p)", "first period in which a project can deliver"),
    ("q(o), z(o)", "award that is given; share of an item's awards that is given"),
    ("H", "HHI limit as a share, 0..1"),
    ("q̄, v̄, V̄", "the most that any plan worth making has ([bounds.py](../models/bounds.py))"),
)


FURTHER = (
    ("What a plan can be best at besides its cost", measures),
    ("Promises made for another world", commitments),
    ("What is left when something stops", survival),
    ("The worst probabilities nearby", distribution),
)
"""Models of single questions: heading, module.  They extend the model above or take parts of it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A docstring in its parts."""

    sentence: str
    formula: str
    unit: str
    remarks: str


def text_of(function: Callable[..., Any]) -> Text:
    """The parts of a function's docstring; what it does not have is blank."""
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    formula = unit = ""
    remarks = []
    for paragraph in paragraphs[1:]:
        if paragraph.startswith(".. math::"):
            formula = paragraph.removeprefix(".. math::")
        elif paragraph.startswith("Unit: "):
            first, _, rest = _line(paragraph.removeprefix("Unit: ")).partition(". ")
            unit = first.removesuffix(".")
            remarks += [rest] if rest else []
        else:
            remarks.append(_line(paragraph))
    return Text(_line(paragraphs[0]), typeset(formula), unit, " ".join(remarks))


def typeset(formula: str) -> str:
    """The formula with names of several letters set as names, one source line after another."""
    lines = (line.strip() for line in formula.strip().splitlines())
    return "\n".join(_NAMES.sub(_as_name, line) for line in lines)


# A text, a command, or a name: letters, with escaped underscores between them.
_NAMES = re.compile(r"\\text\{[^}]*\}|\\[a-zA-Z]+|[a-zA-Z]+(?:\\_[a-zA-Z]+)*")


def _as_name(found: re.Match[str]) -> str:
    name = found.group()
    return name if name.startswith("\\") or len(name) == 1 else rf"\mathit{{{name}}}"


def _line(paragraph: str) -> str:
    """A paragraph on one line, with the quotes of code as Markdown has them."""
    return " ".join(paragraph.split()).replace("``", "`")


def mathematics() -> str:
    """The page on the formulation."""
    parts = [
        HEAD,
        "## Letters\n",
        _table(("index", "what"), LETTERS),
        _table(("number", "what"), NUMBERS),
        "## Variables\n",
        _table(("variable", "index", "what", "unit"), _variables()),
        "## Cost\n",
        *_section(costs.expected_cost),
        "The cost C of an outcome is the sum of what follows, in money of the base currency.\n",
        *(line for component in costs.COMPONENTS for line in _section(component)),
        "## Constraints\n",
        "\n".join(f"- [{law.name}](#{law.name})" for law in CONSTRAINTS) + "\n",
        *(line for law in CONSTRAINTS for line in _law(law)),
        "## Rows that are made when a plan needs them\n",
        (inspect.getdoc(concentration) or "").partition("\n\n")[2] + "\n",
        *_section(concentration.tangent),
        (inspect.getdoc(covers) or "").partition("\n\n")[2] + "\n",
        *_section(covers.covers),
        *(line for heading, module in FURTHER for line in _further(heading, module)),
    ]
    return "\n".join(parts)


def functions_with_formula(module: ModuleType) -> tuple[Callable[..., Any], ...]:
    """The functions that a module declares with a formula, in the order of its lines."""
    return tuple(
        one
        for one in vars(module).values()
        if inspect.isfunction(one)
        and one.__module__ == module.__name__
        and ".. math::" in (one.__doc__ or "")
    )


def _further(heading: str, module: ModuleType) -> Iterator[str]:
    yield f"## {heading}\n"
    said = (inspect.getdoc(module) or "").partition("\n\n")[2]
    yield from (f"{_line(paragraph)}\n" for paragraph in said.split("\n\n"))
    for function in functions_with_formula(module):
        yield from _section(function)


def _variables() -> Iterator[tuple[str, ...]]:
    for unknown in VARIABLES:
        yield f"`{unknown.name}`", unknown.over, unknown.says, unknown.unit or "yes or no"


def _law(law: Law) -> Iterator[str]:
    where = _line(inspect.getdoc(law.index) or "")
    yield from _section(law.rule, where)


def _section(function: Callable[..., Any], where: str = "") -> Iterator[str]:
    text = text_of(function)
    path = f"{function.__module__.replace('.', '/')}.py"
    yield f"### {function.__name__}\n"
    yield f"{text.sentence}\n"
    yield f"{_fence(text.formula)}\n"
    if where:
        yield f"For: {where[0].lower()}{where[1:].removesuffix('.')}.\n"
    if text.unit:
        yield f"Unit: {text.unit}.\n"
    if text.remarks:
        yield f"{text.remarks}\n"
    yield f"[{path}](../{path})\n"


def _fence(formula: str) -> str:
    """A block of mathematics.

    Between double dollars GitHub reads a backslash before a comma or an underscore as Markdown
    and drops it; in a fenced block it does not.
    """
    return f"```math\n{formula}\n```"


def _table(heads: tuple[str, ...], rows: Any) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "mathematics.md": mathematics,
    "contract.md": contract_markdown,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
