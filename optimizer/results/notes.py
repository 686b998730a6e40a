"""What a reader of the plan has to know before trusting it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from optimizer.results.basis import Basis
from optimizer.results.facts import Solved

_MEASURES = {
    "cvar": "Settings.risk_measure asks for the conditional value at risk",
    "worst_case": "Settings.risk_measure asks for the worst case",
}


def with_notes(basis: Basis, solved: Solved) -> Solved:
    """The same with notes on what the tables hold and this plan leaves out."""
    return dataclasses.replace(solved, notes=(*solved.notes, *_left_out(basis)))


def _left_out(basis: Basis) -> Iterator[str]:
    """The futures that the input describes and a plan for one certain outcome does not know."""
    data = basis.data
    if len(basis.problem.outcomes) > 1:
        return
    risks = len({row.risk for row in data.risks})
    if risks:
        yield (
            "The plan is made as if nothing happens: the "
            f"{_counted(risks, 'risk', 'Risks')} not part of it."
        )
        if measure := _MEASURES.get(data.settings.risk_measure):
            yield f"{measure}; with one certain outcome that is the same as the expected cost."
    scenarios = len({row.scenario for row in data.scenarios if row.active})
    if scenarios:
        yield (
            "The plan is made for the workbook as it stands: the "
            f"{_counted(scenarios, 'scenario', 'Scenarios')} not part of it."
        )


def _counted(number: int, noun: str, sheet: str) -> str:
    if number == 1:
        return f"1 {noun} on the sheet {sheet} is"
    return f"{number} {noun}s on the sheet {sheet} are"
