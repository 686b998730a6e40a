"""Conflicts as rows of cells, and as sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.explain_results import ConflictRow
from optimizer.contract.policy import Rule
from optimizer.studies.conflict.cells import Cell, addresses
from optimizer.studies.conflict.changes import Mend, Mended
from optimizer.studies.conflict.ladders import step_for
from optimizer.studies.conflict.members import Kind, Member

_SHOWN = 4
_UNITS = {"share": "share", "spend_share": "share", "count": "members", "hhi": "points",
          "risk": "score", "quantity": "weight"}  # fmt: skip
_PERIODS = (Kind.AVAILABLE_FROM, Kind.SUBSTITUTE_FROM)
_PARTS = (Kind.CALENDAR, Kind.SUBSTITUTE_SHARE)


def conflict_rows(
    question: str, found: Sequence[Mended], data: Data, shown: bool
) -> Iterator[ConflictRow]:
    """One row for each member of each conflict.  ``shown``: what is suggested works together."""
    for number, one in enumerate(found, start=1):
        for mend in one.mends:
            suggested = mend is one.suggested
            yield _row(question, number, one, mend, data, suggested and shown)


def _row(
    question: str, number: int, mended: Mended, mend: Mend, data: Data, suggested: bool
) -> ConflictRow:
    return ConflictRow(
        question=question,
        conflict=float(number),
        cell=addresses(mend.member.cells, data),
        subject=mend.member.subject,
        value=as_it_is(mend.member, data),
        change_to=change_to(mend, data),
        change=_difference(mend, data),
        unit=_unit(mend.member, data),
        suggested=suggested,
        verified=mend.edits is not None,
        note=" ".join(_notes(mended, mend, data)),
    )


def _notes(mended: Mended, mend: Mend, data: Data) -> Iterator[str]:
    if mend.edits is None:
        yield "No change of this cell alone was shown to mend the conflict."
    if mend.by_itself:
        yield "It mends this conflict; another one stands behind it."
    if mend.edits is not None and not mend.smallest:
        yield "Less may do: time ran out for some of its trials."
    if not mended.conflict.proven:
        yield "The conflict is not proven smallest: time ran out for some of its solves."
    if mended.after:
        yield f"Came to light after the changes suggested before: {addresses_of(mended, data)}."


def addresses_of(mended: Mended, data: Data) -> str:
    """The cells that were changed before a conflict came to light."""
    return addresses([cell for member in mended.after for cell in member.cells], data)


def as_it_is(member: Member, data: Data) -> str:
    """What the cells of a member say, with its unit."""
    if member.kind is not Kind.DEMAND:
        return said(member, member.cell.value(data), data)
    quantities = [float(cell.value(data)) for cell in member.cells]
    text = f"{_number(sum(quantities))} {data.settings.unit}"
    return text if len(quantities) == 1 else f"{text} in {len(quantities)} periods"


def said(member: Member, value: Any, data: Data) -> str:
    """One value of a member's cell in words."""
    if isinstance(value, tuple):
        return "; ".join(value) or "blank (no ban)"
    if isinstance(value, str):
        return value
    if member.kind in _PERIODS:
        return data.period_labels[value - 1] if 1 <= value <= data.horizon else str(value)
    if math.isinf(value):
        return "blank (no limit)"
    if member.kind is Kind.RULE:
        return _limit(data.rules[member.cell.place], value)
    if member.kind in _PARTS:
        return _percent(value)
    unit = member.unit(data)
    return f"{_number(value)} {unit}" if unit else _number(value)


def _limit(rule: Rule, value: float) -> str:
    if rule.metric in ("share", "spend_share"):
        return _percent(value)
    unit = {"hhi": " points", "count": "", "risk": ""}.get(rule.metric, "")
    return f"{_number(value)}{unit}"


def change_to(mend: Mend, data: Data) -> str:
    """What the cells are to say, in words."""
    member, edits = mend.member, mend.edits
    if edits is None:
        return "no change found"
    if member.kind is Kind.DEMAND:
        return _less(member, edits, data)
    (cell, value), *_ = edits.items()
    if cell != member.cell:
        return "active: no"
    return said(member, value, data)


def _less(member: Member, edits: Any, data: Data) -> str:
    """Which periods need how much less."""
    parts = []
    for cell, value in edits.items():
        label = data.period_labels[data.demand[cell.place].period - 1]
        parts.append(f"{_number(value)} in {label}")
    if len(parts) == 1 and len(member.cells) == 1:
        return f"{_number(next(iter(edits.values())))} {data.settings.unit}"
    more = f" and less in {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
    cut = _cut(edits, data)
    less = f"{_number(cut)} {data.settings.unit} less"
    return f"{less}: {', '.join(parts[:_SHOWN])}{more}"


def _cut(edits: Any, data: Data) -> float:
    return sum(float(cell.value(data)) - float(value) for cell, value in edits.items())


def _difference(mend: Mend, data: Data) -> float | None:
    member, edits = mend.member, mend.edits
    if edits is None or member.kind in (Kind.BAN, Kind.UNMET):
        return None
    if member.kind is Kind.DEMAND:
        return _plain(-_cut(edits, data))
    value = edits.get(member.cell)
    if value is None or math.isinf(value):
        return None
    now: Cell = member.cell
    return _plain(float(value) - float(now.value(data)))


def _plain(value: float) -> float:
    """Without what binary fractions leave behind."""
    return round(value, max(0, 3 - math.floor(math.log10(step_for(abs(value) or 1.0)))))


def _unit(member: Member, data: Data) -> str:
    if member.kind is Kind.RULE:
        rule = data.rules[member.cell.place]
        return data.settings.currency if rule.metric == "spend" else _UNITS[rule.metric]
    if member.kind in _PERIODS:
        return f"{data.settings.period}s"
    if member.kind is Kind.DEMAND:
        return data.settings.unit
    return member.unit(data)


def conflict_sentence(number: int, mended: Mended, data: Data) -> str:
    """One conflict as a sentence: what cannot all hold, and what to change."""
    members = mended.conflict.members
    parts = [f"{one.subject} ({addresses(one.cells, data)}: {as_it_is(one, data)})"
             if one.kind is not Kind.RULE
             else f"{one.subject.rstrip('.')} ({addresses(one.cells, data)})"
             for one in members]  # fmt: skip
    text = f"Conflict {number}: " + (
        f"{parts[0]} cannot hold" if len(parts) == 1 else f"{_listed(parts)} cannot all hold"
    )
    best = mended.suggested
    if best is None:
        return f"{text}."
    cells = addresses(best.member.cells, data)
    return f"{text}. The smallest change: {cells} to {change_to(best, data)}."


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _percent(value: float) -> str:
    return f"{_number(100.0 * value)} %"


def _number(value: float) -> str:
    return f"{round(value, 9):,.10g}"
