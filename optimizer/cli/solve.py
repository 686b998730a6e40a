"""``diversify solve``"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from optimizer.cli.planning import Asked, planning, write_plan


@click.command()
@planning("plan", "")
@click.option(
    "--lock",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keep these awards: a result of solve, perhaps edited, or a CSV (see above).",
)
def solve(asked: Asked, lock: Path | None) -> None:
    """Find the cheapest plan for IN that keeps its rules, and write it to OUT.xlsx.

    With --lock the awards of a file are kept and everything else is planned around them, rules
    on. FILE is a result workbook of which only the sheet Awards is read (supplier, item, award),
    or a CSV with the columns supplier, item, award. Change quantities, add rows and delete rows as
    you like: a listed award is kept, 0 forbids the offer, and an offer with a blank award, or
    not listed, is free.

    Ctrl-C ends the search and writes the best plan so far; a second one stops.
    """
    from optimizer import api

    inputs = () if lock is None else (lock,)
    write_plan(asked, partial(api.solve, lock=lock), inputs=inputs)
