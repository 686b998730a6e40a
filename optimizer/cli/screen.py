"""What people see: tables on a terminal, plain lines anywhere else."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence

import click

_PLAIN_WIDTH = 100
_GAP = "  "

Cells = Sequence[str]


def printable(text: str) -> str:
    """The text without control characters, which a cell of an input may hold."""
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)


def show_table(
    headings: Cells, rows: Sequence[Cells], *, title: str = "", err: bool = False
) -> None:
    """A table; the last column takes what room there is and is wrapped."""
    stream = sys.stderr if err else sys.stdout
    cells = [[printable(cell) for cell in row] for row in rows]
    if stream.isatty():
        _on_terminal(headings, cells, title, err)
    else:
        for line in _plain(headings, cells, title):
            click.echo(line, err=err)


def _on_terminal(headings: Cells, rows: Sequence[Cells], title: str, err: bool) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        *headings,
        title=Text(title) if title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(stderr=err).print(table)


def _plain(headings: Cells, rows: Sequence[Cells], title: str) -> list[str]:
    """Columns side by side, each as wide as its longest cell, the last one wrapped."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    indent = sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
    width = max(shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns, indent + 40)
    lines = [title] if title else []
    for row in (headings, *rows):
        start = _GAP.join(cell.ljust(size) for cell, size in zip(row, widths[:-1], strict=False))
        last = textwrap.wrap(row[-1], width - indent, break_long_words=False) or [""]
        lines.append(f"{start}{_GAP if start else ''}{last[0]}".rstrip())
        lines += [" " * indent + further for further in last[1:]]
    return lines
