"""The data contract as a page of the documentation, and as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from optimizer.contract.batch_results import MANIFEST
from optimizer.contract.fields import Column, Kind, Table
from optimizer.contract.inputs import INPUTS
from optimizer.contract.results import RESULTS
from optimizer.contract.settings import SETTINGS
from optimizer.contract.study import STUDY_RESULTS

_EVERY_RESULT = (*RESULTS, *STUDY_RESULTS, MANIFEST)
_HEADS = ("column", "type", "unit", "blank means", "meaning")
_INTRODUCTION = """\
<!-- Generated from optimizer/contract; write it anew with `make docs`. -->
# The data contract

The input is a workbook (`.xlsx`) with one sheet per table, or a folder with one `TABLE.csv` per
table. A result workbook has the tables of the second part. Everything here is generated from the
declarations in `optimizer/contract/`, which reading, checking and the template use as well.

How cells are read:

- Names are matched without regard to case and stray spaces.
- A sheet or column whose name begins with `#` is yours and is not read; any other unknown name is
  an error.
- A blank cell means what the column *blank means* says; every default that was used is listed in
  the result. The words themselves (`unlimited`, `start`) may be written as well.
- Periods are written `2025-10` (month), `2025-10-06` (any day of a week), `2025-Q4` or `2025`, or
  as a date inside the period.
- No number may be beyond 1e12 (a million millions), whatever its column; what is without a limit is
  left blank.
- Shares are numbers from 0 to 1; a cell formatted as a percentage, or `60%` as text, is fine.
- Several names in one cell are parted by semicolons.
- **Key** columns together name a row; no two rows may have the same.

A file of **awards**, for `evaluate --awards` and `solve --lock`, is a result workbook of which only
the sheet Awards is read, or a CSV. Three of its columns count: `supplier` and `item`, which name an
offer of the input, and `award`, what is contracted in all periods together, in the unit of the
settings. Quantities may be changed and rows added or deleted; 0 is nothing. What is blank or not
listed is free under `--lock` and gets nothing under `--awards`.
"""


def contract_markdown() -> str:
    """The whole contract as Markdown: settings, input tables, result tables."""
    parts = [_INTRODUCTION, "## Input tables\n"]
    parts += [_markdown_table(table) for table in INPUTS]
    parts.append("## Result tables\n")
    parts.append(
        "Money is in the base currency and quantities in the unit of the settings, unless the "
        "unit says otherwise.\n"
    )
    parts += [_markdown_table(table, result=True) for table in _EVERY_RESULT]
    return "\n".join(parts)


def contract_text(name: str | None = None) -> str:
    """The tables of the contract with one line each, or one table with its columns.

    Raises:
        KeyError: there is no table of that name; the message names those that exist.
    """
    if name is None:
        return "\n".join(
            [
                "Input tables (* must be filled in)",
                *_aligned([_overview(table) for table in INPUTS]),
                "",
                "Result tables",
                *_aligned([_overview(table) for table in _EVERY_RESULT]),
            ]
        )
    table = _named(name)
    lines = [f"{table.name}: {table.meaning}", ""]
    for column in _columns(table):
        lines.append(f"{column.name}  ({', '.join(_facts(column))})")
        lines += textwrap.wrap(column.meaning, 88, initial_indent="    ",
                               subsequent_indent="    ")  # fmt: skip
    return "\n".join(lines)


def _named(name: str) -> Table:
    wanted = name.strip().casefold()
    every = (*INPUTS, *_EVERY_RESULT)
    for table in every:
        if wanted in (table.name.casefold(), table.attribute):
            return table
    raise KeyError(f"no table {name!r}; there are {', '.join(table.name for table in every)}")


def _overview(table: Table) -> tuple[str, str]:
    when = f" Add when {table.add_when}." if table.add_when else ""
    return f"{'*' if table.needed else ' '} {table.name}", f"{table.meaning}{when}"


def _aligned(rows: Sequence[tuple[str, str]]) -> list[str]:
    width = max(len(first) for first, _ in rows)
    return [f"{first:<{width}}  {second}" for first, second in rows]


def _columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table; of Settings the settings, since they are what one looks for."""
    return SETTINGS if table.name == "Settings" else table.columns


def _facts(column: Column) -> Iterable[str]:
    if column.key:
        yield "key"
    yield _type(column)
    if column.unit:
        yield column.unit
    if column.required:
        yield "must be filled in"
    elif column.says:
        yield f"blank: {column.says}"
    if column.refers_to:
        yield f"as in {column.refers_to}"


def _type(column: Column) -> str:
    if column.allowed and column.kind is not Kind.YES_NO:
        return " | ".join(column.allowed)
    return column.type_text


def _markdown_table(table: Table, *, result: bool = False) -> str:
    needed = " *(must be filled in)*" if table.needed else ""
    lines = [f"### {table.name}{needed}", "", table.meaning]
    if table.add_when:
        lines[-1] += f" Add it when {table.add_when}."
    if table.name == "Settings":
        lines[-1] += " Two columns, `setting` and `value`; one row for each setting:"
    heads = [head for head in _HEADS if not (result and head == "blank means")]
    if table.name == "Settings":
        heads[0] = "setting"
    lines += ["", _row(heads), _row("---" for _ in heads)]
    for column in _columns(table):
        cells = {
            "column": f"**{column.name}**" if column.key else column.name,
            "setting": column.name,
            "type": _type(column),
            "unit": column.unit,
            "blank means": "*not allowed to be blank*" if column.required else column.says,
            "meaning": _meaning(column),
        }
        lines.append(_row(cells[head] for head in heads))
    return "\n".join([*lines, ""])


def _meaning(column: Column) -> str:
    refers = f" As in {column.refers_to}." if column.refers_to else ""
    return f"{column.meaning}{refers}"


def _row(cells: Iterable[str]) -> str:
    """A row of a Markdown table; a bar or a lone asterisk in a cell is no markup."""
    escaped = (cell.replace("|", "\\|").replace("* =", "\\* =") for cell in cells)
    return "| " + " | ".join("\\*" if cell == "*" else cell for cell in escaped) + " |"
