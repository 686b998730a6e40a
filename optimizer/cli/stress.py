"""``diversify stress``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optimizer.cli.errors import explained
from optimizer.cli.solve import Number

if TYPE_CHECKING:
    from optimizer.api import SolvedPlan

_SHOWN = 10


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--out",
    "target",
    metavar="OUT.xlsx",
    type=click.Path(path_type=Path),
    help="The result workbook.  [default: IN-stress.xlsx beside IN]",
)
@click.option(
    "--duration",
    metavar="PERIODS",
    type=click.IntRange(min=1),
    help="How long a stop lasts where its loss is counted.  [default: to the end]",
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
    help="In place of Settings.time_limit; for the plan, and once more for the stops.",
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
def stress(
    source: Path,
    target: Path | None,
    duration: int | None,
    facts: Path | None,
    time_limit: float | None,
    gap: float | None,
    threads: int | None,
) -> None:
    """Plan for IN, then see what happens if one of its sources stops tomorrow.

    Each country, supplier and licence, and each country in which a stage is done, delivers
    nothing from the first period on. How long can demand be met, what stops first, and what is
    lost: with what is in stock and on order today, and with new orders from everybody else.
    """
    if target is None:
        target = source.parent / f"{source.resolve().stem}-stress.xlsx"
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
            plan = api.stress(
                data,
                duration,
                gap=gap,
                time_limit=time_limit,
                threads=threads,
                progress=report.progress,
            )
            report.phase("write")
            for path in outputs:
                api.write(plan, path, inputs=[source])
        show_plan(plan)
        _show_stops(plan)
    for path in outputs:
        click.echo(f"Written: {path}")


def _show_stops(plan: SolvedPlan) -> None:
    """The stops that cost most, if orders are made anew."""
    from optimizer.cli.screen import show_table

    rows = plan.contract.tables.stress
    if not rows:
        return
    show_table(
        ("stops", "survives", "loss", "runs out first"),
        [
            (
                f"{row.kind} {row.name}",
                "to the end" if row.survives is None else f"{row.survives:.1f} periods",
                f"{row.loss:,.0f} {plan.data.settings.currency}",
                f"{row.item} at {row.site}" if row.item else "-",
            )
            for row in rows[:_SHOWN]
        ],
        title="If it stops tomorrow and orders are made anew",
    )
    if len(rows) > _SHOWN:
        click.echo(f"and {len(rows) - _SHOWN} more, on the sheet Stress")
