"""``diversify stress``"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from optimizer.cli.planning import Asked, planning, write_plan

if TYPE_CHECKING:
    from optimizer.api import SolvedPlan

_SHOWN = 10


@click.command()
@planning("stress", "; for the plan, and once more for the stops")
@click.option(
    "--duration",
    metavar="PERIODS",
    type=click.IntRange(min=1),
    help="How long a stop lasts where its loss is counted.  [default: to the end]",
)
def stress(asked: Asked, duration: int | None) -> None:
    """Plan for IN, then see what happens if one of its sources stops tomorrow.

    Each country, supplier and licence, and each country in which a stage is done, delivers
    nothing from the first period on. How long can demand be met, what stops first, and what is
    lost: with what is in stock and on order today, and with new orders from everybody else.
    """
    from optimizer import api

    write_plan(asked, partial(api.stress, duration=duration), _show_stops)


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
