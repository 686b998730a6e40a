"""Progress of a batch: a bar on a terminal, a line for each job elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from optimizer.cli.screen import printable
from optimizer.contract.batch_results import WITH_PLAN, ManifestRow

if TYPE_CHECKING:
    from optimizer.batch import Counts, Told


@contextmanager
def following() -> Iterator[Told]:
    """What a batch is to tell how far it is, as suits where standard error goes."""
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.text import Text

    console = Console(stderr=True)
    columns = (TextColumn("jobs"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("jobs", total=None)

        def tell(counts: Counts, row: ManifestRow | None) -> None:
            bar.update(task, completed=counts.done, total=counts.jobs)
            # A job with a plan is one step of the bar; of the others one wants to know at once.
            if row is not None and row.status not in WITH_PLAN:
                bar.console.print(Text(_said(row)))

        yield tell


def _line(counts: Counts, row: ManifestRow | None) -> None:
    if row is not None:
        click.echo(f"{counts.done} of {counts.jobs}: {_said(row)}", err=True)
    elif counts.kept:
        click.echo(f"{counts.kept} of {counts.jobs} jobs are done already", err=True)


def _said(row: ManifestRow) -> str:
    name = row.workbook if row.scenario == "base" else f"{row.workbook} ({row.scenario})"
    why = f": {row.error}" if row.error else ""
    return printable(f"{name}: {row.status}{why}")
