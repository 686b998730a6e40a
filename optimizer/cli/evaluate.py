"""``diversify evaluate``"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optimizer.cli.planning import Asked, planning, write_study

if TYPE_CHECKING:
    from optimizer.api import StudyResult

TODAY = "today"


@click.command()
@planning("evaluate", "; for the best plan, and for each of the few solves of the given split")
@click.option(
    "--awards",
    metavar="today|FILE",
    default=TODAY,
    show_default=True,
    help="The split: that of Offers.baseline, a result of solve, perhaps edited, or a CSV.",
)
def evaluate(asked: Asked, awards: str) -> None:
    """Price a split of your own, check it against the rules, and set it beside the best plan.

    With `today` each item is split as in Offers.baseline; how much is bought in all is planned
    anew, and what a source of today cannot deliver the others of today take over. FILE is a
    result workbook of which only the sheet Awards is read (supplier, item, award), or a CSV
    with the columns supplier, item, award. Its quantities are kept as far as they can be
    contracted; what is not listed, or blank, gets nothing.

    Rules without a penalty and minimum awards do not hold for the given split: those that it
    breaks are named. Orders, lanes, stock and the rest are planned as well as they can be.
    """
    from optimizer import api

    inputs: tuple[Path, ...] = ()
    if awards.strip().casefold() != TODAY:
        path = Path(awards)
        if not path.is_file():
            raise click.BadParameter(
                f"{awards} is neither 'today' nor a file.", param_hint="--awards"
            )
        inputs = (path,)
    write_study(asked, partial(api.evaluate, awards=awards), _show_measures, inputs=inputs)


def _show_measures(study: StudyResult) -> None:
    """Both plans side by side."""
    from optimizer.cli.screen import show_table

    show_table(
        ("", "given", "best plan"),
        [
            (row.measure, _number(row.given, row.metric), _number(row.best, row.metric))
            for row in study.contract.tables.side_by_side
        ],
        title="Side by side",
    )


def _number(value: float | None, metric: str) -> str:
    if value is None:
        return "-"
    if metric == "share":
        return f"{100 * value:.1f} %"
    return f"{value:,.1f}" if metric == "periods" else f"{value:,.0f}"
