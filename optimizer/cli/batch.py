"""``diversify batch``"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli.errors import SOME_FAILED, USAGE
from optimizer.cli.planning import Number
from optimizer.contract.batch_results import WITH_PLAN, ManifestRow

if TYPE_CHECKING:
    from optimizer.batch import Batch

_SHOWN = 40
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)


class Size(click.ParamType["int"]):
    """An amount of memory: ``4G``, ``512M``."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the text of an option, to bytes."""
        if isinstance(value, int):
            return value
        found = _SIZE.fullmatch(str(value).strip())
        size = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
        if size < 1:
            self.fail(f"{value!r} is not an amount of memory such as 4G or 512M.", param, ctx)
        return size


@click.command()
@click.argument(
    "inputs", metavar="IN...", nargs=-1, required=True,
    type=click.Path(exists=True, path_type=Path),
)  # fmt: skip
@click.option("-o", "--out", "folder", metavar="DIR", required=True,
              type=click.Path(file_okay=False, path_type=Path),
              help="The folder of the results and of manifest.csv; made if need be.")  # fmt: skip
@click.option("--scenarios", metavar="all|A,B,...", default="base", show_default=True,
              help="all: base and the active scenarios of each IN.")  # fmt: skip
@click.option("--workers", metavar="N", type=click.IntRange(min=1),
              help="Jobs side by side.  [default: one a core, as far as --memory of each has "
              "room]")  # fmt: skip
@click.option("--threads", metavar="N", type=click.IntRange(min=1), default=1, show_default=True,
              help="Of the solver in one job.")  # fmt: skip
@click.option("--gap", metavar="SHARE", type=Number(0, 1),
              help="In place of Settings.gap, e.g. 0.01 for 1 %.")  # fmt: skip
@click.option("--time-limit", metavar="SECONDS", type=Number(min=0, min_open=True),
              help="In place of Settings.time_limit; when it is over, the best plan is "
              "taken.")  # fmt: skip
@click.option("--job-time", metavar="SECONDS", type=Number(min=0, min_open=True),
              help="Ends a job, without a plan.  [default: 10 x --time-limit + 600; without "
              "--time-limit 4 hours]")  # fmt: skip
@click.option("--memory", metavar="SIZE", type=Size(),
              help="Ends a job that takes more, e.g. 4G.  [default: no limit]")  # fmt: skip
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the manifest in DIR: do what is missing, changed or failed.",
)
@click.option("--cluster", metavar="ADDRESS",
              help="Send the jobs to this Dask scheduler, e.g. tcp://host:8786.")  # fmt: skip
@click.pass_context
def batch(
    context: click.Context,
    inputs: tuple[Path, ...],
    folder: Path,
    scenarios: str,
    workers: int | None,
    threads: int,
    gap: float | None,
    time_limit: float | None,
    job_time: float | None,
    memory: int | None,
    resume: bool,
    cluster: str | None,
) -> None:
    """Plan for many IN, each in a process of its own, and say in a manifest what came of each.

    IN is a workbook, a folder with one TABLE.csv per table, or a folder in which there are such:
    it stands for all of them. Whatever becomes of one job, the others are done.

    DIR gets a result workbook for each plan, a marked copy of each IN with errors, and
    manifest.csv, which is written anew after each job.

    Exit status: 0 if every job has a plan, 5 if some have none. Ctrl-C stops the jobs that run;
    what is done stays, and --resume does the rest.
    """
    if cluster is not None and workers is not None:
        raise click.UsageError("--workers is for jobs here; a cluster has as many as it has.")
    names = tuple(name.strip() for name in scenarios.split(",") if name.strip())
    if not names:
        raise click.BadParameter("it names no scenario.", param_hint="--scenarios")
    from optimizer.batch import Batch, Options

    asked = Batch(
        inputs,
        folder,
        names,
        Options(gap, time_limit, threads, job_time, memory),
        workers,
        resume,
        cluster,
    )
    rows = _run(asked)
    _show(rows)
    click.echo(f"Written: {folder / 'manifest.csv'}")
    if any(row.status not in WITH_PLAN for row in rows):
        context.exit(SOME_FAILED)


def _run(asked: Batch) -> tuple[ManifestRow, ...]:
    from optimizer.batch import BatchError, run_batch
    from optimizer.cli.batch_progress import following

    try:
        with following() as tell:
            return run_batch(asked, tell)
    except BatchError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(USAGE) from error
    except KeyboardInterrupt:
        click.echo(f"What is done stands in {asked.folder}; --resume does the rest.", err=True)
        raise


def _show(rows: Sequence[ManifestRow]) -> None:
    """What came of each job; of many, those without a plan first."""
    from optimizer.cli.screen import show_table

    ordered = sorted(rows, key=lambda row: row.status in WITH_PLAN) if len(rows) > _SHOWN else rows
    show_table(
        ("workbook", "scenario", "status", "cost", "gap", "seconds", "why"),
        [
            (
                row.workbook,
                row.scenario,
                row.status,
                "-" if row.objective is None else f"{row.objective:,.0f} {row.currency}",
                "-" if row.gap is None else f"{100 * row.gap:.2f} %",
                f"{row.seconds:.0f}",
                row.error,
            )
            for row in ordered[:_SHOWN]
        ],
    )
    if len(rows) > _SHOWN:
        click.echo(f"and {len(rows) - _SHOWN} more, in the manifest")
    planned = sum(row.status in WITH_PLAN for row in rows)
    click.echo(f"{planned} of {len(rows)} jobs have a plan.")
