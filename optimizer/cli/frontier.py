"""``diversify frontier``"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from optimizer.cli.limits import Limits
from optimizer.cli.planning import Asked, Number, planning, write_study

if TYPE_CHECKING:
    from optimizer.api import StudyResult

_SHOWN = 40


@click.command()
@planning(
    "frontier",
    "; for each solve: at most one for each combination of limits, and a few to find the end",
)
@click.option(
    "--rule",
    "rules",
    metavar="RULE",
    multiple=True,
    required=True,
    help="A rule of the sheet Rules whose limit is swept; the first along the curve, further ones "
    "make one curve for each combination of their limits.",
)
@click.option(
    "--limits",
    "limits",
    metavar="LIMITS",
    multiple=True,
    required=True,
    type=Limits(),
    help="The limits of each --rule, in the same order: FROM:TO:STEP, or a list with commas, "
    "with none for the rule left out; e.g. 90%:30%:5% or none,0.8,0.65.",
)
@click.option(
    "--within",
    metavar="POINTS",
    type=Number(min=0),
    help="How exactly to find where a rule becomes impossible, in percentage points of a share or "
    "in units of its metric; 0: to the step only.  [default: 0.1 for shares]",
)
def frontier(
    asked: Asked,
    rules: tuple[str, ...],
    limits: tuple[tuple[float | None, ...], ...],
    within: float | None,
) -> None:
    """Sweep the limit of a rule of IN, and see what each step costs.

    Limits are in the unit of the sheet Rules: 0..1 or a percentage for shares, points for hhi. A
    rule that is not active is active for the sweep; a rule with a penalty keeps it.

    Ctrl-C ends the sweep with what is known by then; a second one stops.
    """
    from optimizer import api

    if len(rules) != len(limits):
        raise click.UsageError(f"{len(rules)} --rule and {len(limits)} --limits: give one each.")
    if len(set(rules)) != len(rules):
        raise click.UsageError("Each --rule can be swept once.")
    swept = dict(zip(rules, limits, strict=True))
    write_study(asked, partial(api.frontier, rules=swept, within=within), _show_steps)


def _show_steps(study: StudyResult) -> None:
    """The steps of each curve."""
    from optimizer.cli.screen import show_table

    rows = study.contract.tables.frontier
    currency = study.data.settings.currency
    several = any(row.curve for row in rows)
    show_table(
        (*(("curve",) if several else ()), "limit", "cost", "more", "a point", "note"),
        [
            (
                *((row.curve,) if several else ()),
                _limit(row.limit, row.metric),
                _money(row.cost, currency),
                _money(row.over_loosest, currency, "+"),
                _money(row.per_point, currency),
                row.note or ("" if row.status == "optimal" else row.status),
            )
            for row in rows[:_SHOWN]
        ],
        title=f"If the limit of {rows[0].rule} is another one",
    )
    if len(rows) > _SHOWN:
        click.echo(f"and {len(rows) - _SHOWN} more, on the sheet Frontier")


def _limit(limit: float | None, metric: str) -> str:
    if limit is None:
        return "none"
    return f"{100 * limit:.6g} %" if metric in ("share", "spend_share") else f"{limit:,.6g}"


def _money(amount: float | None, currency: str, sign: str = "") -> str:
    return "-" if amount is None else f"{amount:{sign},.0f} {currency}"
