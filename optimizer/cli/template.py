"""``diversify template``"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import click

from optimizer.cli.errors import explained
from optimizer.contract.inputs import INPUTS
from optimizer.example import EXAMPLE

EXAMPLES = (EXAMPLE.replace("_", "-"),)


@click.command()
@click.argument("target", metavar="OUT.xlsx", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--with",
    "wanted",
    metavar="TABLE,...",
    multiple=True,
    help="Further tables, e.g. rules,licences,stock; `diversify contract` lists them.",
)
@click.option(
    "--example", type=click.Choice(EXAMPLES), help="Fill it with the shipped example instead."
)
def template(target: Path, wanted: tuple[str, ...], example: str | None) -> None:
    """Write an input workbook to fill in: columns, units, help and drop-down lists."""
    names = [name.strip() for one in wanted for name in one.split(",") if name.strip()]
    tables = [_table(name) for name in names]
    if example and tables:
        raise click.UsageError("--example fills every table it has; leave --with out.")
    from optimizer import api

    with explained():
        api.template(target, with_tables=tables, example=example or "")
    click.echo(f"Template: {target}")


def _table(name: str) -> str:
    """The table of that name, however it is spelled."""
    known = {_plain(table.name): table.name for table in INPUTS}
    if _plain(name) in known:
        return known[_plain(name)]
    near = get_close_matches(_plain(name), known, n=1)
    hint = f" Did you mean {known[near[0]]}?" if near else ""
    raise click.UsageError(f"There is no table {name!r}.{hint}")


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
