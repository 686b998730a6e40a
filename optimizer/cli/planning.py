"""What the commands that plan have in common: their options, and the way from IN to OUT."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli.errors import explained

if TYPE_CHECKING:
    from optimizer.api import SolvedPlan, StudyResult
    from optimizer.contract.data import Data

MakePlan = Callable[..., "SolvedPlan"]
"""From data, and the keywords gap, time_limit, threads and progress, to a plan."""
MakeStudy = Callable[..., "StudyResult"]
"""The same to the answer to a question with many solves."""


class Number(click.FloatRange):
    """A number within bounds; ``nan`` is within none, though no comparison says so."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the text of an option."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


@dataclass(frozen=True, slots=True)
class Asked:
    """What every command that plans is asked; None: as Settings say, no such file, no scenario."""

    source: Path
    target: Path
    facts: Path | None
    time_limit: float | None
    gap: float | None
    threads: int | None
    scenario: str | None


def planning(name: str, time_limit: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add IN and the common options to a command, which gets them as one ``Asked``.

    name: what stands for the result, as in IN-plan.xlsx; time_limit: what that option is for.
    """
    options = (
        click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path)),
        click.option("-o", "--out", "target", metavar="OUT.xlsx", type=click.Path(path_type=Path),
                     help=f"The result workbook.  [default: IN-{name}.xlsx beside IN]"),
        click.option("--json", "facts", metavar="FILE.json", type=click.Path(path_type=Path),
                     help="Write the facts for machines as well."),
        click.option("--time-limit", metavar="SECONDS", type=Number(min=0, min_open=True),
                     help=f"In place of Settings.time_limit{time_limit}."),
        click.option("--gap", metavar="SHARE", type=Number(0, 1),
                     help="In place of Settings.gap, e.g. 0.01 for 1 %."),
        click.option("--threads", metavar="N", type=click.IntRange(min=0),
                     help="In place of Settings.threads; 0: the machine's."),
        click.option("--scenario", metavar="NAME",
                     help="Read IN as this scenario of its sheet Scenarios has it."),
    )  # fmt: skip

    def add(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def asked(
            source: Path,
            target: Path | None,
            facts: Path | None,
            time_limit: float | None,
            gap: float | None,
            threads: int | None,
            scenario: str | None,
            **own: Any,
        ) -> None:
            if target is None:
                target = source.parent / f"{source.resolve().stem}-{name}.xlsx"
            if facts is not None and facts.suffix.lower() != ".json":
                raise click.UsageError("--json FILE should end in .json.")
            command(Asked(source, target, facts, time_limit, gap, threads, scenario), **own)

        decorated: Callable[..., None] = asked
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return add


def write_plan(
    asked: Asked,
    make: MakePlan,
    *show: Callable[[SolvedPlan], None],
    inputs: Sequence[Path] = (),
) -> None:
    """Read IN, make the plan, write the results, and show what is worth seeing at once.

    ``inputs``: further files that are read, and must not be written to.
    """
    from optimizer.cli.summary import show_plan

    _write(asked, make, (show_plan, *show), inputs)


def write_study(
    asked: Asked,
    make: MakeStudy,
    *show: Callable[[StudyResult], None],
    inputs: Sequence[Path] = (),
) -> None:
    """Read IN, answer the question, write the results, and show what is worth seeing at once.

    ``inputs``: further files that are read, and must not be written to.
    """
    from optimizer.cli.summary import show_study

    _write(asked, make, (show_study, *show), inputs)


def _write(
    asked: Asked,
    make: Callable[..., Any],
    show: Sequence[Callable[[Any], None]],
    inputs: Sequence[Path],
) -> None:
    from optimizer import api
    from optimizer.cli.progress import reporting
    from optimizer.cli.summary import show_warnings

    outputs = [asked.target] if asked.facts is None else [asked.target, asked.facts]
    sources = [asked.source, *inputs]
    with explained():
        with reporting() as report:
            api.refuse_outputs(outputs, sources)
            report.phase("read")
            data: Data = api.read(asked.source)
            if asked.scenario is not None:
                data = api.scenario(data, asked.scenario)
            show_warnings(data.findings)
            made = make(
                data,
                gap=asked.gap,
                time_limit=asked.time_limit,
                threads=asked.threads,
                progress=report.progress,
            )
            report.phase("write")
            for path in outputs:
                api.write(made, path, inputs=sources)
        for one in show:
            one(made)
    for path in outputs:
        click.echo(f"Written: {path}")
