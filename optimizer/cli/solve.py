"""``diversify solve``"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click

from optimizer.cli.errors import explained


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


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--out",
    "target",
    metavar="OUT.xlsx",
    type=click.Path(path_type=Path),
    help="The result workbook.  [default: IN-plan.xlsx beside IN]",
)
@click.option(
    "--json",
    "facts",
    metavar="FILE.json",
    type=click.Path(path_type=Path),
    help="Write the facts for machines as well.",
)
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=Number(min=0, min_open=True),
    help="In place of Settings.time_limit.",
)
@click.option(
    "--gap",
    metavar="SHARE",
    type=Number(0, 1),
    help="In place of Settings.gap, e.g. 0.01 for 1 %.",
)
@click.option(
    "--threads",
    metavar="N",
    type=click.IntRange(min=0),
    help="In place of Settings.threads; 0: the machine's.",
)
def solve(
    source: Path,
    target: Path | None,
    facts: Path | None,
    time_limit: float | None,
    gap: float | None,
    threads: int | None,
) -> None:
    """Find the cheapest plan for IN that keeps its rules, and write it to OUT.xlsx.

    Ctrl-C ends the search and writes the best plan so far; a second one stops.
    """
    if target is None:
        target = source.parent / f"{source.resolve().stem}-plan.xlsx"
    if facts is not None and facts.suffix.lower() != ".json":
        raise click.UsageError("--json FILE should end in .json.")
    from optimizer import api
    from optimizer.cli.progress import reporting
    from optimizer.cli.summary import show_plan, show_warnings

    outputs = [target] if facts is None else [target, facts]
    with explained():
        with reporting() as report:
            api.refuse_outputs(outputs, [source])
            report.phase("read")
            data = api.read(source)
            show_warnings(data.findings)
            plan = api.solve(
                data, gap=gap, time_limit=time_limit, threads=threads, progress=report.progress
            )
            report.phase("write")
            for path in outputs:
                api.write(plan, path, inputs=[source])
        show_plan(plan)
    for path in outputs:
        click.echo(f"Written: {path}")
