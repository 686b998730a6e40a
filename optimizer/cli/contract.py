"""``diversify contract``"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import click

from optimizer.cli.screen import show_table
from optimizer.contract.batch_results import MANIFEST
from optimizer.contract.fields import Column, Table, table_of
from optimizer.contract.inputs import INPUTS
from optimizer.contract.results import RESULTS
from optimizer.contract.settings import SETTINGS, SettingRow
from optimizer.contract.study import STUDY_RESULTS

_RESULTS = (*RESULTS, *STUDY_RESULTS, MANIFEST)

HEADINGS = ("column", "type", "unit", "blank means", "meaning")


@click.command()
@click.argument("name", metavar="[TABLE]", required=False)
def contract(name: str | None) -> None:
    """Print the data contract: the tables, columns and settings of inputs and results."""
    tables = [_named(name)] if name else [*INPUTS, *_RESULTS]
    for number, table in enumerate(tables):
        if number:
            click.echo()
        _show(table)


def _named(name: str) -> Table:
    known = {_plain(table.name): table for table in (*INPUTS, *_RESULTS)}
    if _plain(name) in known:
        return known[_plain(name)]
    near = get_close_matches(_plain(name), known, n=1)
    hint = f" Did you mean {known[near[0]].name}?" if near else ""
    raise click.UsageError(f"The contract has no table {name!r}.{hint}")


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _show(table: Table) -> None:
    kind = "result" if table in _RESULTS else "needed" if table.needed else "optional"
    when = f" Add it when {table.add_when}." if table.add_when else ""
    click.echo(f"{table.name} ({kind}): {table.meaning}{when}")
    is_settings = table is table_of(SettingRow)
    show_table(HEADINGS, [_row(column) for column in (SETTINGS if is_settings else table.columns)])


def _row(column: Column) -> tuple[str, str, str, str, str]:
    name = f"{column.name} (key)" if column.key else column.name
    blank = "required" if column.required else column.says
    return name, column.type_text, column.unit, blank, _meaning(column)


def _meaning(column: Column) -> str:
    parts: Iterable[str] = (
        column.meaning,
        f"One of: {', '.join(column.allowed)}." if column.allowed else "",
        f"Refers to {column.refers_to}." if column.refers_to else "",
    )
    return " ".join(part for part in parts if part)
