"""One job, in a process of its own: read, plan, write."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from optimizer import api
from optimizer.batch.inputs import content_hash, hash_of
from optimizer.batch.work import Options
from optimizer.contract.data import BASE, Data
from optimizer.contract.findings import Severity


class ChangedError(Exception):
    """The input was written to while it was read."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a job whose process lived to say it; as in the manifest.

    ``content``: hash of what was read, "" where it could not be read at all.
    """

    status: str
    content: str
    objective: float | None = None
    currency: str = ""
    bound: float | None = None
    gap: float | None = None
    result: str = ""
    result_hash: str = ""
    error: str = ""


def plan_one(source: Path, scenario: str, target: Path, options: Options) -> Came:
    """Plan for the input as the scenario has it and write the result workbook to the target.

    The result appears whole, and lies on the disk before this returns.  An input with errors gets
    a copy beside the target with its findings marked.

    Raises:
        ChangedError: the input was written to while it was read.
        OutputError, SolverError, VerificationError, MemoryError: as the verbs of the API.
    """
    content = _content(source)
    try:
        data = api.read(source)
        if _content(source) != content:
            raise ChangedError("the input was written to while it was read")
        if scenario != BASE:
            data = api.scenario(data, scenario)
    except api.InputErrors as error:
        return _refused(error, source, content, target)
    return _planned(data, content, target, options)


def scenarios_of(source: Path) -> tuple[str, ...]:
    """Base and every active scenario of an input; base alone where it has errors."""
    try:
        return api.scenario_names(api.read(source))
    except api.InputErrors:
        return (BASE,)


def marked_copy(target: Path) -> Path:
    """Where the copy with the findings stands."""
    return target.with_name(f"{target.stem}-findings.xlsx")


def _content(source: Path) -> str:
    try:
        return content_hash(source)
    except OSError:  # what cannot be read is a finding, with its place and what to do
        return ""


def _refused(error: api.InputErrors, source: Path, content: str, target: Path) -> Came:
    wrong = [one for one in error.findings if one.severity is Severity.ERROR]
    number = f"{len(wrong)} error{'s' * (len(wrong) != 1)}"
    copy = marked_copy(target)
    api.annotate(source, copy)
    first = f"{number}; the first: {wrong[0].place}: {wrong[0].message}"
    return Came("input_errors", content, result=copy.name, error=first)


def _planned(data: Data, content: str, target: Path, options: Options) -> Came:
    currency = data.settings.currency
    try:
        plan = api.solve(
            data, gap=options.gap, time_limit=options.time_limit, threads=options.threads
        )
    except api.InfeasibleError as error:
        return Came("infeasible", content, currency=currency, error=error.message)
    except api.LimitError as error:
        return Came("limit", content, currency=currency, error=str(error))
    api.write(plan, target)
    facts = plan.facts
    return Came(
        facts.status,
        content,
        objective=facts.objective,
        currency=currency,
        bound=facts.bound,
        gap=facts.gap,
        result=target.name,
        result_hash=_on_the_disk(target),
    )


def _on_the_disk(target: Path) -> str:
    """The hash of a file that a loss of power cannot take any more."""
    with target.open("rb+") as file:
        written = hash_of(file.read())
        os.fsync(file.fileno())
    return written
