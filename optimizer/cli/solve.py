"""``diversify solve``"""

from __future__ import annotations

import click

from optimizer.cli.planning import Asked, planning, write_plan


@click.command()
@planning("plan", "")
def solve(asked: Asked) -> None:
    """Find the cheapest plan for IN that keeps its rules, and write it to OUT.xlsx.

    Ctrl-C ends the search and writes the best plan so far; a second one stops.
    """
    from optimizer import api

    write_plan(asked, api.solve)
