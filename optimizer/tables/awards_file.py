"""Awards from a file: the sheet Awards of a result, perhaps edited by hand, or a CSV.

Above the header of a result's sheet stand a title and totals, its headings carry units, and it has
more columns; only supplier, item and award are read.  The file is never written to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from optimizer.contract.data import Data
from optimizer.contract.fields import table_of
from optimizer.contract.findings import Finding, InputErrors
from optimizer.contract.given import GivenAward, GivenAwards
from optimizer.contract.supply import Offer
from optimizer.tables.archive import WorkbookError, open_archive
from optimizer.tables.cells import shown
from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed, typed_rows
from optimizer.tables.grid import Grid, is_blank
from optimizer.tables.headers import Layout
from optimizer.tables.keys import refuse_duplicates
from optimizer.tables.nearest import did_you_mean, fold, listed
from optimizer.tables.periods import Calendar
from optimizer.tables.raw_csv import read_file
from optimizer.tables.raw_xlsx import read_workbook

TABLE = table_of(GivenAward)
_HEADER_WITHIN = 20
_HEADING = re.compile(r"(.*?)\s*(?:\(([^()]*)\))?\s*")
_OWN_LOOKS = frozenset(("hidden-columns",))
"""What a result's sheet is by nature, and nobody has to be told of."""


def read_awards(path: str | Path, data: Data) -> GivenAwards:
    """The awards that a file gives, of offers of the data; a row with a blank award gives none.

    An .xlsx workbook with a sheet Awards, or a .csv file with the columns supplier, item, award.

    Raises:
        InputErrors: the file has errors; the exception carries every finding, with sheet and cell.
    """
    path = Path(path)
    findings = Findings()
    grid = _grid(path, findings)
    place = _layout(grid, data, findings) if grid is not None else None
    awards: dict[tuple[str, str], float] = {}
    if grid is not None and place is not None:
        typed = typed_rows(grid, TABLE, place, Calendar(data.settings.period), findings)
        _spell(typed, data, findings)
        refuse_duplicates({TABLE.name: typed}, findings)
        awards = _awards(typed, data, findings)
        if not awards and not findings.has_errors:
            findings.error("empty-table", grid.name, "", "no row gives an award",
                           "Write a quantity in the column Award.")  # fmt: skip
    every = _worth_saying(findings)
    if findings.has_errors:
        raise InputErrors(every)
    return GivenAwards(awards, path.name, every)


def _grid(path: Path, findings: Findings) -> Grid | None:
    try:
        if path.suffix.lower() == ".csv":
            grid = read_file(path, findings)
            if grid is None and not findings.has_errors:
                findings.error("empty-table", path.stem, "", f"{path.name} is empty",
                               "It holds the columns supplier, item, award.")  # fmt: skip
            return grid
        archive = open_archive(path)
        named = [name for name in archive.sheets if fold(name) == fold(TABLE.name)]
        if not named:
            findings.error(
                "missing-sheet", path.name, "", f"there is no sheet {TABLE.name}",
                "Give a result of `diversify solve`, or a CSV with supplier, item, award.",
            )  # fmt: skip
            return None
        grids = read_workbook(archive, set(named), findings)
    except WorkbookError as reason:
        findings.error(reason.code, path.name, "", reason.message, reason.remedy)
        return None
    if not grids and not findings.has_errors:
        findings.error("empty-table", named[0], "", f"the sheet {named[0]} is empty",
                       "It holds the columns supplier, item, award.")  # fmt: skip
    return grids[0] if grids else None


def _layout(grid: Grid, data: Data, findings: Findings) -> Layout | None:
    """Where supplier, item and award stand; None, and a finding, where they do not."""
    wanted = [column.name for column in TABLE.columns]
    best: dict[str, int] = {}
    header = 0
    for position, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        found: dict[str, int] = {}
        for place, raw in enumerate(row):
            if isinstance(raw, str) and not is_blank(raw):
                name = fold(_parts(raw)[0])
                if name in wanted and name in found:
                    findings.error(
                        "duplicate-column", grid.name, grid.cell(position, place),
                        f"column {name} stands here and in {grid.cell(position, found[name])}",
                        "Remove one of the two.", raw,
                    )  # fmt: skip
                elif name in wanted:
                    found[name] = place
        if len(found) > len(best):
            header, best = position, found
    missing = [name for name in wanted if name not in best]
    if missing:
        findings.error(
            "missing-column", grid.name, grid.cell(header, 0),
            f"no row of headings has the columns {', '.join(wanted)}"
            if len(missing) > 1 else f"column {missing[0]} is missing",
            f"One row holds the headings {', '.join(wanted)}; the awards stand below.",
        )  # fmt: skip
        return None
    unit = _parts(shown(grid.rows[header][best["award"]]))[1]
    if unit and fold(unit) != fold(data.settings.unit):
        findings.error(
            "other-unit", grid.name, grid.cell(header, best["award"]),
            f"the awards are in {unit}, and quantities of the input in {data.settings.unit}",
            f"Give awards in {data.settings.unit}, and say so in the heading.", unit,
        )  # fmt: skip
    return Layout(header, best, {}, frozenset())


def _parts(heading: str) -> tuple[str, str]:
    """The words of a heading, and the unit in its bracket: ``Award (kg)``."""
    found = _HEADING.fullmatch(heading.strip())
    return (found[1], found[2] or "") if found else (heading, "")


def _spell(typed: Typed, data: Data, findings: Findings) -> None:
    """Spell suppliers and items as the input does; who is not known is an error."""
    known = {
        "supplier": {fold(row.supplier): row.supplier for row in data.suppliers},
        "item": {fold(row.item): row.item for row in data.items},
    }
    for column, names in known.items():
        values = typed.values[column]
        for place, (row, value) in enumerate(zip(typed.rows, values, strict=True)):
            if (row, column) in typed.bad:
                continue
            if fold(value) in names:
                values[place] = names[fold(value)]
                continue
            typed.bad.add((row, column))
            findings.error(
                "unknown-name", typed.sheet, typed.cell(row, column),
                f"{value!r} is not {'a supplier' if column == 'supplier' else 'an item'} "
                "of the input",
                f"{did_you_mean(value, names.values())}Correct the name, or delete the row.",
                value,
            )  # fmt: skip


def _awards(typed: Typed, data: Data, findings: Findings) -> dict[tuple[str, str], float]:
    offers = {(offer.supplier, offer.item): offer for offer in data.offers}
    awards: dict[tuple[str, str], float] = {}
    columns = (typed.values[name] for name in ("supplier", "item", "award"))
    for row, supplier, item, award in zip(typed.rows, *columns, strict=True):
        if award is None or {(row, "supplier"), (row, "item")} & typed.bad:
            continue
        offer = offers.get((supplier, item))
        if offer is None:
            findings.error(
                "no-offer", typed.sheet, typed.cell(row, "supplier"),
                f"{supplier} makes no offer for {item}",
                f"{_others(offers, item)}Add the offer to the input, or delete the row.", supplier,
            )  # fmt: skip
        elif not offer.active and award > 0:
            cell = data.source.cell("Offers", offer.row, "active")
            where = f" ({data.source.sheet('Offers')}!{cell})" if cell else ""
            findings.error(
                "inactive-offer", typed.sheet, typed.cell(row, "award"),
                f"the offer of {supplier} for {item} is not active{where}",
                "Set it to active in the input, or write 0 here.", f"{award:g}",
            )  # fmt: skip
        elif (row, "award") not in typed.bad:
            awards[supplier, item] = award
    return awards


def _others(offers: Mapping[tuple[str, str], Offer], item: str) -> str:
    others = [supplier for supplier, offered in offers if offered == item]
    return f"{item} is offered by {listed(others)}. " if others else ""


def _worth_saying(findings: Findings) -> tuple[Finding, ...]:
    return tuple(one for one in findings.all() if one.code not in _OWN_LOOKS)
