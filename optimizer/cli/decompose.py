"""``diversify decompose``"""

from __future__ import annotations

from functools import partial

import click

from optimizer.cli.errors import USAGE
from optimizer.cli.planning import Asked, planning, write_plan


@click.command()
@planning("plan", "")
@click.option(
    "--iterations",
    metavar="N",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="Iterations of progressive hedging at most.",
)
def decompose(asked: Asked, iterations: int) -> None:
    """Find a plan for IN under risk on several processes, and write it to OUT.xlsx.

    For workbooks with several outcomes that `diversify solve` is too slow for:

    mpiexec -n 2 diversify decompose IN -o OUT.xlsx

    Each process has some of the outcomes, which agree on what is decided before anything is known
    by progressive hedging. The result is that of `diversify solve`, with a proven bound and gap,
    but without what it compares a plan with. Needs the extra [decompose]; docs/decompose.md says
    what it takes and what it does not.
    """
    from optimizer.decompose import missing

    if reason := missing():
        click.echo(f"Error: {reason}", err=True)
        raise click.exceptions.Exit(USAGE)
    from optimizer import api
    from optimizer.decompose.quiet import quiet

    with quiet():
        from optimizer.decompose.ranks import Together
        from optimizer.decompose.run import decompose as make
        from optimizer.decompose.run import on_first

    with Together() as together:
        if together.is_first:
            write_plan(asked, partial(on_first, iterations=iterations))
            return
        data = api.read(asked.source)
        if asked.scenario is not None:
            data = api.scenario(data, asked.scenario)
        make(
            data,
            gap=asked.gap,
            time_limit=asked.time_limit,
            threads=asked.threads,
            iterations=iterations,
        )
