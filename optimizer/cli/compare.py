"""``diversify compare``"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from optimizer.cli.planning import Asked, planning, write_study

if TYPE_CHECKING:
    from optimizer.api import StudyResult

_SHOWN = 30


@click.command()
@planning(
    "compare",
    "; for each solve: one for each scenario, a few for today's split, and with n scenarios "
    "n x (n - 1) for the regret",
)
@click.option(
    "--scenarios",
    metavar="A,B,...",
    help="Which scenarios of the sheet Scenarios, beside base.  [default: all active ones]",
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes work side by side, each with one thread.  [default: one a core]",
)
@click.option("--no-regret", is_flag=True, help="Do not carry each plan into the other worlds.")
def compare(asked: Asked, scenarios: str | None, workers: int | None, no_regret: bool) -> None:
    """Plan for every scenario of IN, and see which plan one would be least sorry for.

    Each scenario is planned by itself; results stand beside those of base and of today's split.
    Then what each plan decides early (whom to use, awards, projects, lanes, the orders before the
    new world shows itself) is kept in the world of every other scenario and everything else is
    planned anew: what it costs there over the plan made for that world is its regret.

    A scenario without a plan is a row that says why, and the others are done. Exit status: 0 if
    any scenario has a plan; 3 if none has and some cannot have any; 4 if a limit came first.
    """
    from optimizer import api

    if asked.scenario is not None:
        raise click.UsageError("compare takes --scenarios, not --scenario.")
    names = None if scenarios is None else [one for one in scenarios.split(",") if one.strip()]
    make = partial(api.compare, scenarios=names, workers=workers, regret=not no_regret)
    write_study(asked, make, _show_scenarios, _show_regret)


def _show_scenarios(study: StudyResult) -> None:
    """What each scenario costs."""
    from optimizer.cli.screen import show_table

    settings = study.data.settings
    rows = study.contract.tables.scenarios_compared
    show_table(
        ("scenario", f"cost, {settings.currency}", "over base", f"short, {settings.unit}",
         "saving on today", "status"),
        [
            (
                row.scenario,
                _whole(row.cost),
                _whole(row.cost_over_base),
                _whole(row.shortage),
                _whole(row.saving_on_today),
                row.status,
            )
            for row in rows[:_SHOWN]
        ],
        title="Every scenario's own plan",
    )  # fmt: skip
    _more(len(rows), "Scenarios compared")


def _show_regret(study: StudyResult) -> None:
    """The largest regret of each plan."""
    from optimizer.cli.screen import show_table

    rows = study.contract.tables.regret_by_plan
    if not rows:
        return
    show_table(
        ("plan for", f"largest regret, {study.data.settings.currency}", "if", "on average",
         "worlds with broken rules"),
        [
            (
                row.plan,
                _whole(row.largest_regret),
                row.world,
                _whole(row.mean_regret),
                f"{row.worlds_with_broken_rules:.0f}",
            )
            for row in rows[:_SHOWN]
        ],
        title="What each plan costs over the best, in the world where that is most",
    )  # fmt: skip
    _more(len(rows), "Regret by plan")


def _more(rows: int, sheet: str) -> None:
    if rows > _SHOWN:
        click.echo(f"and {rows - _SHOWN} more, on the sheet {sheet}")


def _whole(number: float | None) -> str:
    return "-" if number is None else f"{number:,.0f}"
