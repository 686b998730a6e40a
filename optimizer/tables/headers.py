"""Which column of a sheet is which column of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.fields import Table
from optimizer.tables.cells import shown
from optimizer.tables.collect import Findings
from optimizer.tables.grid import Grid, Raw, is_blank, letters
from optimizer.tables.nearest import did_you_mean, fold, nearest
from optimizer.tables.periods import Calendar, UnclearError

OWN = "#"  # what begins with it is the user's own and is not read
_HEADER_WITHIN = 20  # rows in which the header is looked for


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table stand in its grid.

    ``header`` and the values of the mappings are positions in the grid, not on the sheet.
    ``periods``: absolute number of a period -> column (Demand with one column per period).
    """

    header: int
    columns: Mapping[str, int]
    periods: Mapping[int, int]
    missing: frozenset[str]

    @property
    def width(self) -> int:
        """Columns of the grid up to the last that is read."""
        return max([*self.columns.values(), *self.periods.values()], default=-1) + 1


def layout(grid: Grid, table: Table, calendar: Calendar, findings: Findings) -> Layout | None:
    """Match the header row of a sheet with the columns of its table; None if there is none."""
    names = {fold(column.name): column.name for column in table.columns}
    header = _header_row(grid, names)
    if header is None:
        findings.error(
            "no-header", grid.name, grid.cell(0, 0),
            f"the sheet has no row with the column names of {table.name}",
            f"The first row holds: {', '.join(column.name for column in table.columns)}.",
        )  # fmt: skip
        return None
    if header > 0:
        findings.warning(
            "above-header", grid.name, grid.cell(0, 0),
            "what stands above the row of column names is not read",
            "Move notes to another sheet.",
        )  # fmt: skip
    columns: dict[str, int] = {}
    periods: dict[int, int] = {}
    unknown: list[int] = []
    for place, raw in enumerate(grid.rows[header]):
        _place_column(grid, table, calendar, findings, (header, place, raw),
                      names, columns, periods, unknown)  # fmt: skip
    missing = _missing(grid, table, findings, columns, periods, header, unknown)
    return Layout(header, columns, periods, missing)


def _header_row(grid: Grid, names: Mapping[str, str]) -> int | None:
    for place, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        if any(isinstance(raw, str) and fold(raw) in names for raw in row):
            return place
    return None


def _place_column(
    grid: Grid,
    table: Table,
    calendar: Calendar,
    findings: Findings,
    at: tuple[int, int, Raw],
    names: Mapping[str, str],
    columns: dict[str, int],
    periods: dict[int, int],
    unknown: list[int],
) -> None:
    header, place, raw = at
    cell = grid.cell(header, place)
    if is_blank(raw):
        if any(not is_blank(row[place]) for row in grid.rows[header + 1 :]):
            findings.warning(
                "no-column-name", grid.name, cell,
                f"column {letters(grid.first_column + place)} has cells but no name; "
                "it is not read",
                f"Name the column, or begin its name with {OWN} if it is your own.",
            )  # fmt: skip
        return
    text = shown(raw)
    if text.lstrip().startswith(OWN) and fold(text) not in names:
        return
    name = names.get(fold(text))
    if (
        name is None
        and table.name == "Demand"
        and _place_period(grid, calendar, findings, cell, raw, place, periods)
    ):
        return
    if name is None:
        unknown.append(place)
        findings.error(
            "unknown-column", grid.name, cell, f"{table.name} has no column {text!r}",
            f"{did_you_mean(text, names.values())}Rename it, remove it, or begin its name with "
            f"{OWN} if it is your own.", text,
        )  # fmt: skip
    elif name in columns:
        findings.error(
            "duplicate-column", grid.name, cell,
            f"column {name} stands here and in {grid.cell(header, columns[name])}",
            "Remove one of the two.", text,
        )  # fmt: skip
    else:
        columns[name] = place


def _place_period(
    grid: Grid,
    calendar: Calendar,
    findings: Findings,
    cell: str,
    raw: Raw,
    place: int,
    periods: dict[int, int],
) -> bool:
    """Whether a header of Demand names a period, or tries to."""
    try:
        ordinal = calendar.read(raw)
    except UnclearError as reason:
        if not any(letter.isdigit() for letter in shown(raw)):
            return False
        findings.error(
            "not-a-period", grid.name, cell, f"{shown(raw)!r} is no period: {reason}",
            f"Write it like {calendar.label(calendar.example)}.", shown(raw),
        )  # fmt: skip
        return True
    if ordinal in periods:
        findings.error(
            "duplicate-column", grid.name, cell,
            f"there are two columns for {calendar.label(ordinal)}", "Remove one of the two.",
            shown(raw),
        )  # fmt: skip
    periods.setdefault(ordinal, place)
    return True


def _missing(
    grid: Grid,
    table: Table,
    findings: Findings,
    columns: Mapping[str, int],
    periods: Mapping[int, int],
    header: int,
    unknown: list[int],
) -> frozenset[str]:
    wide = {"period", "quantity"} if periods else set()
    if wide & set(columns):
        findings.error(
            "two-layouts", grid.name, grid.cell(header, min(periods.values())),
            "Demand has columns period and quantity, and also one column per period",
            "Keep one of the two.",
        )  # fmt: skip
    needed = [c.name for c in table.columns if c.required and c.name not in columns]
    missing = frozenset(needed) - wide
    # A misspelt column is reported once, as what it is, and not as a missing one too.
    spelt = {nearest(shown(grid.rows[header][place]), missing) for place in unknown}
    for name in needed:
        if name in missing and name not in spelt:
            findings.error(
                "missing-column", grid.name, grid.cell(header, 0),
                f"column {name} is missing",
                f"Add a column {name}: {table.column(name).meaning}",
            )  # fmt: skip
    return missing
