"""``diversify explain``"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from optimizer.cli.planning import Asked, Number, planning, write_study

if TYPE_CHECKING:
    from optimizer.api import StudyResult
    from optimizer.contract.explain_results import OfferPrice, RuleCost

PARTS = ("shortage", "rules", "projects", "offers", "suppliers", "next")
_SHOWN = 10


class Parts(click.ParamType["tuple[str, ...]"]):
    """Names out of PARTS, separated by commas."""

    name = "parts"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Read the text of the option."""
        if isinstance(value, tuple):
            return value
        names = tuple(part.strip() for part in str(value).split(",") if part.strip())
        unknown = [name for name in names if name not in PARTS]
        if unknown or not names:
            self.fail(f"{value!r}: choose from {', '.join(PARTS)}.", param, ctx)
        return names


@click.command()
@planning(
    "explained",
    "; for the plan, and for each further solve: one for each rule, two or three for each offer "
    "and supplier without an award, a few for each project",
)
@click.option(
    "--only",
    metavar="PARTS",
    type=Parts(),
    default=PARTS,
    help="What to ask: some of shortage, rules, projects, offers, suppliers and next, with commas "
    "between.  [default: all]",
)
@click.option(
    "--size",
    metavar="SHARE",
    type=Number(0, 1, min_open=True),
    default=0.1,
    show_default=True,
    help="The award that an offer asks for, as a share of what has to be bought of its item; at "
    "least its minimum award and order, at most what it can deliver.",
)
@click.option(
    "--total",
    metavar="SECONDS",
    type=Number(min=0),
    help="For all solves after the plan; what is not reached says so.  [default: ten times the "
    "time limit]",
)
def explain(asked: Asked, only: tuple[str, ...], size: float, total: float | None) -> None:
    """Say why the plan for IN is what it is, and what it would take to change it.

    Why is something short? What does each rule cost? At which price would each offer that lost
    have won? From which incentive, and up to which capital cost, does a project pay? What does one
    more unit cost, by item, site and month? Every price is found by planning anew, and comes with
    what is proven of it: the least and the most that it can be.

    If no plan keeps every rule, it says why instead: which cells cannot all hold, and the smallest
    change of each that mends it. That is an answer too: exit status 0.
    """
    from optimizer import api

    make = partial(api.explain, only=only, size=size, total=total)
    write_study(asked, make, _show_conflicts, _show_rules, _show_offers)


def _show_conflicts(study: StudyResult) -> None:
    """What cannot all hold, cell by cell."""
    from optimizer.cli.screen import show_table

    rows = study.contract.tables.conflicts
    if rows:
        show_table(
            ("conflict", "cell", "is", "mended by", "what it says"),
            [
                (f"{row.conflict:g}", row.cell, row.value, row.change_to, row.subject)
                for row in rows
            ],
            title="Cells that cannot all hold; one change for each conflict mends them",
        )


def _show_rules(study: StudyResult) -> None:
    """The dearest rules."""
    from optimizer.cli.screen import show_table

    rows = study.contract.tables.rule_costs
    if not rows:
        return
    currency = study.data.settings.currency
    show_table(
        ("rule", f"costs {currency}", "least", "most", "proven"),
        [
            (row.rule, _whole(row.cost), _whole(row.least), _whole(row.most), row.status)
            for row in rows[:_SHOWN]
        ],
        title="What each rule costs",
    )
    _more(rows, "Rule costs")


def _show_offers(study: StudyResult) -> None:
    """The offers that are closest to an award."""
    from optimizer.cli.screen import show_table

    rows = study.contract.tables.prices_to_win
    if not rows:
        return
    unit = study.data.settings.unit
    show_table(
        ("offer", f"award, {unit}", "price", "wins at", "least", "most", "remark"),
        [
            (
                f"{row.item} from {row.supplier}",
                f"{row.size:,.6g}",
                f"{row.price:,.2f} {row.currency}",
                _price(row.wins_at),
                _price(row.least),
                _price(row.most),
                row.note or row.status,
            )
            for row in rows[:_SHOWN]
        ],
        title="At which price each offer without an award would win one",
    )
    _more(rows, "Prices to win")


def _more(rows: tuple[RuleCost, ...] | tuple[OfferPrice, ...], sheet: str) -> None:
    if len(rows) > _SHOWN:
        click.echo(f"and {len(rows) - _SHOWN} more, on the sheet {sheet}")


def _whole(number: float | None) -> str:
    return "-" if number is None else f"{number:,.0f}"


def _price(number: float | None) -> str:
    return "-" if number is None else f"{number:,.2f}"
