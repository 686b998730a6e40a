"""Reading inputs and writing results."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from optimizer import tables
from optimizer.api.plan import SolvedPlan, StudyResult
from optimizer.contract.data import Data
from optimizer.contract.findings import Finding, Severity
from optimizer.contract.policy import RiskEffect
from optimizer.contract.sentences import risk_sentence, rule_sentence
from optimizer.example import EXAMPLE, example_folder
from optimizer.report.atomic import OutputError, replacing, write_text
from optimizer.report.study_book import write_study_book
from optimizer.report.study_json import study_json
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


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and how the input was understood.

    ``rules`` and ``risks`` are sentences, one for each rule and for each result of a risk; there
    are none where errors leave open what the input says.
    """

    findings: tuple[Finding, ...]
    rules: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something has to be mended before the input can be solved."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check(path: str | Path) -> Checked:
    """Every finding about an input, errors and warnings, and its rules and risks in words.

    The findings are about the workbook as it stands, and about it as each active scenario has it.
    """
    data, findings = _everything(Path(path))
    if data is None:
        return Checked(findings)
    return Checked(findings, tuple(_rules(data)), tuple(_risks(data)))


def _everything(path: Path) -> tuple[Data | None, tuple[Finding, ...]]:
    """The data, and what is found about the input itself and about each of its scenarios."""
    data, findings = tables.check(path)
    return data, findings if data is None else (*findings, *tables.scenario_findings(data))


def _rules(data: Data) -> Iterator[str]:
    for rule in data.rules:
        inactive = "" if rule.active else " (not active)"
        yield f"{rule.rule}{inactive}: {rule_sentence(rule, data)}"


def _risks(data: Data) -> Iterator[str]:
    results: dict[tuple[str, str], list[RiskEffect]] = {}
    for effect in data.risks:
        results.setdefault((effect.risk, effect.result), []).append(effect)
    for effects in results.values():
        yield risk_sentence(effects, data)


def annotate(source: str | Path, target: str | Path) -> tuple[Finding, ...]:
    """Check an input and write a copy that marks the cells of its findings; never the input.

    Raises:
        OutputError: the copy cannot be written there.
    """
    from optimizer.tables.annotate import write_annotated

    path = Path(target)
    _refuse_kind(path, WORKBOOK)
    _, findings = _everything(Path(source))
    with replacing(path, [Path(source)]) as part:
        write_annotated(Path(source), part, findings)
    return findings


def template(path: str | Path, *, with_tables: Iterable[str] = (), example: str = "") -> None:
    """Write an input workbook: empty, with further tables on request, or filled with an example.

    A workbook that stands there already is not replaced by another one: someone may have filled
    it in.

    Raises:
        KeyError: there is no such table or example.
        OutputError: the workbook cannot be written there.
    """
    from optimizer.tables.template import write_template

    target = Path(path)
    _refuse_kind(target, WORKBOOK)
    if example and example not in EXAMPLES:
        raise KeyError(f"no example {example!r}; there is {', '.join(EXAMPLES)}")
    folder = example_folder() if example else None
    with replacing(target) as part:
        write_template(part, with_tables=tuple(with_tables), data_folder=folder)
        if target.exists() and target.read_bytes() != part.read_bytes():
            raise OutputError(
                f"{target} exists and is another workbook than this template. Choose another "
                "name, or delete it first."
            )


def write(
    result: SolvedPlan | StudyResult, path: str | Path, *, inputs: Iterable[str | Path] = ()
) -> None:
    """Write a plan or a study, as a result workbook (.xlsx) or as facts for machines (.json).

    ``inputs`` are files that must not be written to.

    Raises:
        OutputError: nothing can be written there; what stood there is unchanged.
    """
    target, kept = Path(path), [Path(one) for one in inputs]
    as_json = target.suffix.lower() == JSON
    if not as_json:
        _refuse_kind(target, WORKBOOK)
    if isinstance(result, StudyResult):
        if as_json:
            write_text(target, study_json(result.contract), kept)
        else:
            write_study_book(result.contract, target, inputs=kept)
    elif as_json:
        write_text(target, to_json(result.contract), kept)
    else:
        write_workbook(result.contract, target, inputs=kept)


def refuse_outputs(targets: Iterable[Path], inputs: Iterable[Path] = ()) -> None:
    """Find out before a long solve that an output could not be written after it.

    Raises:
        OutputError: one of the targets cannot be written, is an input, is named twice, or is
            neither a workbook nor facts for machines by its name.
    """
    kept = list(inputs)
    for target in targets:
        if target.suffix.lower() != JSON:
            _refuse_kind(target, WORKBOOK)
        with contextlib.suppress(_NothingToWriteError), replacing(target, kept):
            raise _NothingToWriteError
        kept.append(target)


class _NothingToWriteError(Exception):
    """Leaves a target as it was."""


def _refuse_kind(target: Path, suffix: str) -> None:
    if target.suffix.lower() != suffix:
        raise OutputError(f"{target} should end in {suffix}.")
