"""``diversify sensitivity``"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from optimizer.cli.planning import Asked, Number, planning, write_plan

if TYPE_CHECKING:
    from optimizer.api import SolvedPlan
    from optimizer.contract.risk_results import SweepRow

_SHOWN = 10


@click.command()
@planning(
    "sensitivity",
    "; for each plan. All further plans together may take ten times as long",
)
@click.option(
    "--distance",
    "distances",
    metavar="SHARE",
    multiple=True,
    type=Number(0, 1),
    help="How far each probability may be off, e.g. 0.1 for 10 points; may be given several "
    "times.  [default: 0.05, 0.1, 0.2]",
)
@click.option(
    "--points",
    metavar="N",
    type=click.IntRange(2, 50),
    default=5,
    show_default=True,
    help="How many values each number is given, its own included.",
)
def sensitivity(asked: Asked, distances: tuple[float, ...], points: int) -> None:
    """Plan for IN, then see how far the plan hangs on what can only be guessed.

    Every probability of Risks, the call-off band and overbooking are changed, one at a time, and
    everything is planned anew: what does it cost, and when do suppliers or awards change? And what
    does the plan cost on average if the probabilities of all outcomes are off at once?
    """
    from optimizer import api

    make = partial(api.sensitivity, distances=distances or api.DISTANCES, points=points)
    write_plan(asked, make, _show_sweeps, _show_worst)


def _show_sweeps(plan: SolvedPlan) -> None:
    """For each number, the range of the cost and the nearest values at which the plan changes."""
    from optimizer.cli.screen import show_table

    sweeps: dict[tuple[str, str], list[SweepRow]] = {}
    for row in plan.contract.tables.sensitivity:
        sweeps.setdefault((row.kind, row.subject), []).append(row)
    if not sweeps:
        click.echo("Nothing to change: the table Risks is empty, so there is nothing to guess.")
        return
    ranked = sorted(sweeps.items(), key=lambda item: -_range(item[1]))
    currency = plan.data.settings.currency
    show_table(
        ("changed", "from .. to", "cost differs by", "plan changes at"),
        [
            (
                subject or kind,
                f"{rows[0].value:g} .. {rows[-1].value:g}",
                _differences(rows, currency),
                _changes(rows),
            )
            for (kind, subject), rows in ranked[:_SHOWN]
        ],
        title="If one number is another one",
    )
    if len(ranked) > _SHOWN:
        click.echo(f"and {len(ranked) - _SHOWN} more, on the sheet Sensitivity")


def _differences(rows: list[SweepRow], currency: str) -> str:
    found = [row.difference for row in rows]
    return f"{min(found):+,.0f} .. {max(found):+,.0f} {currency}"


def _changes(rows: list[SweepRow]) -> str:
    """The nearest values on both sides of the given one at which the plan is another."""
    given = next(row.value for row in rows if row.given)
    below = [row.value for row in rows if row.changed and row.value < given]
    above = [row.value for row in rows if row.changed and row.value > given]
    near = [f"{side(values):.3g}" for side, values in ((max, below), (min, above)) if values]
    return " and ".join(near) or "-"


def _range(rows: list[SweepRow]) -> float:
    return max(row.cost for row in rows) - min(row.cost for row in rows)


def _show_worst(plan: SolvedPlan) -> None:
    """The plan under the worst probabilities nearby."""
    from optimizer.cli.screen import show_table

    rows = plan.contract.tables.worst_probabilities
    if not rows:
        return
    show_table(
        ("each off by", "expected cost", "more"),
        [
            (
                f"{100 * row.distance:g} points",
                f"{row.cost:,.0f} {plan.data.settings.currency}",
                f"{row.increase:,.0f}",
            )
            for row in rows
        ],
        title="If the probabilities of the outcomes are off",
    )
