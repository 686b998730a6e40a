"""``diversify alternatives``"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli.planning import Asked, planning, write_study

if TYPE_CHECKING:
    from optimizer.api import StudyResult


class Share(click.ParamType["float"]):
    """A share from 0 on: ``0.01``, ``1%`` or ``1 %``."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the text of an option."""
        if isinstance(value, float):
            return value
        text = str(value).strip()
        number = text.removesuffix("%").rstrip()
        try:
            share = float(number) / (100.0 if number != text else 1.0)
        except ValueError:
            self.fail(f"{value!r} is not a share such as 1% or 0.01.", param, ctx)
        if not 0 <= share < math.inf:
            self.fail(f"{value!r} is not a share from 0 on.", param, ctx)
        if share > 1 and number == text:
            self.fail(
                f"{value!r} would be {share:.0%}. Write {text}% or {share / 100:g} for {text} %.",
                param,
                ctx,
            )
        return share


@click.command()
@planning(
    "alternatives",
    "; for the best plan, and twice for each alternative: how little is possible, at what cost",
)
@click.option(
    "--within",
    metavar="SHARE",
    type=Share(),
    default=0.01,
    show_default="1%",
    help="How much dearer than the best plan the others may be, e.g. 1% or 0.01.",
)
@click.option(
    "--country",
    "countries",
    metavar="COUNTRY",
    multiple=True,
    help="A country to buy less from; may be given several times.  [default: that with the largest "
    "share in the best plan]",
)
def alternatives(asked: Asked, within: float, countries: tuple[str, ...]) -> None:
    """Find plans for IN that cost little more than the best, and differ from it.

    One has the fewest suppliers, one the least from a country, one the fewest moves from today,
    one the least shortage in the worst outcome. They stand side by side with the best plan.

    Ctrl-C ends the search with what is known by then; a second one stops.
    """
    from optimizer import api

    write_study(asked, partial(api.alternatives, within=within, countries=countries), _show_plans)


def _show_plans(study: StudyResult) -> None:
    """The plans side by side."""
    from optimizer.cli.screen import show_table

    rows = study.contract.tables.alternatives
    settings = study.data.settings
    country = next((row.country for row in rows if row.country), "")
    show_table(
        ("plan", "cost", "more", "suppliers", f"from {country or '-'}", "moved", "short", "status"),
        [
            (
                row.plan,
                "-" if row.cost is None else f"{row.cost:,.0f} {settings.currency}",
                _percent(row.over_best, ".2f"),
                _count(row.suppliers),
                _percent(row.country_share, ".1f"),
                _count(row.moved),
                _count(row.worst_shortage),
                row.status,
            )
            for row in rows
        ],
        title="The best plan and its alternatives",
    )


def _percent(share: float | None, digits: str) -> str:
    return "-" if share is None else f"{100 * share:{digits}} %"


def _count(number: float | None) -> str:
    return "-" if number is None else f"{number:,.0f}"
