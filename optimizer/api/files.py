"""Reading inputs and writing results."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from optimizer import tables
from optimizer.api.plan import SolvedPlan
from optimizer.contract.data import Data
from optimizer.contract.findings import Finding
from optimizer.example import EXAMPLE, example_folder
from optimizer.report.atomic import OutputError, replacing, write_text
from optimizer.report.to_json import to_json
from optimizer.report.workbook import write_workbook

JSON = ".json"
WORKBOOK = ".xlsx"
EXAMPLES = (EXAMPLE.replace("_", "-"),)


def read(path: str | Path) -> Data:
    """The checked content of a workbook (.xlsx) or of a folder with one TABLE.csv per table.

    Raises:
        InputErrors: the input has errors; it carries every finding, warnings included.
    """
    return tables.read(Path(path))


def check(path: str | Path) -> tuple[Finding, ...]:
    """Every finding about an input, errors and warnings, in one pass."""
    _, findings = tables.check(Path(path))
    return findings


def annotate(source: str | Path, target: str | Path) -> tuple[Finding, ...]:
    """Check an input and write a copy that marks the cells of its findings; never the input.

    Raises:
        OutputError: the copy cannot be written there.
    """
    from optimizer.tables.annotate import write_annotated

    _refuse_kind(Path(target), WORKBOOK)
    refuse_outputs([Path(target)], [Path(source)])
    findings = check(source)
    write_annotated(Path(source), Path(target), findings)
    return findings


def template(path: str | Path, *, with_tables: Iterable[str] = (), example: str = "") -> None:
    """Write an input workbook: empty, with further tables on request, or filled with an example.

    Raises:
        KeyError: there is no such table or example.
        OutputError: the workbook cannot be written there.
    """
    from optimizer.tables.template import write_template

    _refuse_kind(Path(path), WORKBOOK)
    refuse_outputs([Path(path)])
    if example and example not in EXAMPLES:
        raise KeyError(f"no example {example!r}; there is {', '.join(EXAMPLES)}")
    folder = example_folder() if example else None
    write_template(Path(path), with_tables=tuple(with_tables), data_folder=folder)


def write(plan: SolvedPlan, path: str | Path, *, inputs: Iterable[str | Path] = ()) -> None:
    """Write a plan, as a result workbook (.xlsx) or as facts for machines (.json).

    ``inputs`` are files that must not be written to.

    Raises:
        OutputError: nothing can be written there; what stood there is unchanged.
    """
    target, kept = Path(path), [Path(one) for one in inputs]
    if target.suffix.lower() == JSON:
        write_text(target, to_json(plan.contract), kept)
        return
    _refuse_kind(target, WORKBOOK)
    write_workbook(plan.contract, target, inputs=kept)


def refuse_outputs(targets: Iterable[Path], inputs: Iterable[Path] = ()) -> None:
    """Find out before a long solve that an output could not be written after it.

    Raises:
        OutputError: one of the targets cannot be written, is an input, or is named twice.
    """
    kept = list(inputs)
    for target in targets:
        with contextlib.suppress(_NothingToWriteError), replacing(target, kept):
            raise _NothingToWriteError
        kept.append(target)


class _NothingToWriteError(Exception):
    """Leaves a target as it was."""


def _refuse_kind(target: Path, suffix: str) -> None:
    if target.suffix.lower() != suffix:
        raise OutputError(f"{target} should end in {suffix}.")
