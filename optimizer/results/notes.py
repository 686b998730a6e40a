"""What a reader of the plan has to know before trusting it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from models.index import Index
from optimizer.assemble.outcomes import COUNTED, Outcomes
from optimizer.contract.data import BASE, CellChange, Data
from optimizer.results.basis import Basis
from optimizer.results.facts import Solved

_MEASURES = {
    "cvar": "Settings.risk_measure asks for the conditional value at risk",
    "worst_case": "Settings.risk_measure asks for the worst case",
}


def with_notes(basis: Basis, solved: Solved, futures: Outcomes) -> Solved:
    """The same with notes on what the plan simplifies and leaves out."""
    notes = (*_sample(basis, futures), *_late_orders(basis), *_left_out(basis))
    return dataclasses.replace(solved, notes=(*solved.notes, *notes))


def _sample(basis: Basis, futures: Outcomes) -> Iterator[str]:
    """Which of the joint futures the plan knows, where it does not know all of them."""
    if not futures.sampled:
        return
    most = "very many" if futures.combinations >= COUNTED else f"{futures.combinations:,}"
    kept = len(basis.problem.outcomes)
    worst = "the worst" if futures.worst_proven else "the worst that was found"
    yield (
        f"The outcomes are a sample: the risks have {most} combinations of results, the plan is "
        f"made for {kept}. {_upper(worst)} is one of them with its own probability; the others "
        f"were drawn (seed {basis.data.settings.seed}). Settings.max_outcomes sets their number."
    )


def _late_orders(basis: Basis) -> Iterator[str]:
    """Orders that depend on what happens are not exact where Settings say so."""
    late = Index(basis.problem).late_periods if basis.problem.late_orders_pro_rata else ()
    if late:
        yield (
            f"Settings.late_orders is pro_rata: from {basis.data.period_labels[min(late) - 1]} "
            "on, when orders may depend on what has happened, an order may be below its minimum "
            "and pays the share of the order cost that it is of a full order."
        )


def _left_out(basis: Basis) -> Iterator[str]:
    """What the input asks for and a plan does not know."""
    data = basis.data
    measure = _MEASURES.get(data.settings.risk_measure)
    if measure and len(basis.problem.outcomes) == 1:
        yield f"{measure}; with one certain outcome that is the same as the expected cost."
    scenarios = len({row.scenario for row in data.scenarios if row.active})
    if data.scenario != BASE:
        yield _in_scenario(data)
    elif scenarios:
        yield (
            "The plan is made for the workbook as it stands: the "
            f"{_counted(scenarios, 'scenario', 'Scenarios')} not part of it."
        )


def _in_scenario(data: Data) -> str:
    """Which scenario the plan is made for, and what that changes."""
    sheet = data.source.sheet("Scenarios")
    tables = Counter(one.table for one in dict.fromkeys(map(_changed_cell, data.changes)))
    parts = [f"{number} cell{'s' * (number != 1)} of {name}" for name, number in tables.items()]
    changes = f"it changes {_listed(parts)}" if parts else "it changes nothing"
    return (
        f"The plan is made for the scenario {data.scenario} of the sheet {sheet}, not for the "
        f"workbook as it stands: {changes}."
    )


def _changed_cell(change: CellChange) -> CellChange:
    """The cell alone, whatever it is changed to, and however often."""
    return dataclasses.replace(change, value=None, by=0)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _counted(number: int, noun: str, sheet: str) -> str:
    if number == 1:
        return f"1 {noun} on the sheet {sheet} is"
    return f"{number} {noun}s on the sheet {sheet} are"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
