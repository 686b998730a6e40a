"""From a path to grids by table: which sheets or files there are, and which tables they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from optimizer.contract.fields import Table
from optimizer.contract.inputs import INPUTS
from optimizer.tables.archive import WorkbookError, open_archive
from optimizer.tables.collect import Findings
from optimizer.tables.grid import Grid
from optimizer.tables.headers import OWN
from optimizer.tables.nearest import did_you_mean, fold, nearest
from optimizer.tables.raw_csv import csv_files, folder_hash, read_folder
from optimizer.tables.raw_xlsx import read_workbook
from optimizer.tables.sheet_xml import is_empty

START_SHEET = "Start"  # the template's first page; not read
FINDINGS_SHEET = "Findings"  # only an annotated copy has it


@dataclass(frozen=True, slots=True)
class Loaded:
    """Grids by the name of their table, and the hash of the input.

    ``lost``: tables that are there, but misspelt or unreadable, which is said of their sheets.
    """

    grids: Mapping[str, Grid] = field(default_factory=dict)
    sha256: str = ""
    lost: frozenset[str] = frozenset()


def load(path: Path, findings: Findings) -> Loaded | None:
    """Read a workbook or a folder; None if it cannot be read at all."""
    try:
        if path.is_dir():
            return _folder(path, findings)
        if path.suffix.lower() == ".csv":
            raise WorkbookError(
                "not-a-workbook", f"{path.name} is one table, not the whole input",
                "Give the folder that holds the CSV files.",
            )  # fmt: skip
        return _workbook(path, findings)
    except WorkbookError as reason:
        findings.error(reason.code, path.name, "", reason.message, reason.remedy)
        return None


def _folder(path: Path, findings: Findings) -> Loaded:
    try:
        stems = [file.stem for file in csv_files(path)]
        if not stems:
            raise WorkbookError("no-tables", f"the folder {path.name} holds no CSV file",
                               "It holds one TABLE.csv per table, e.g. Items.csv.")  # fmt: skip
        tables, misspelt = _match(stems, "file", findings)
        grids = [grid for grid in read_folder(path, findings) if grid.name in tables]
        digest = folder_hash(path)
    except OSError as error:
        raise WorkbookError("unreadable-file", f"{path.name} cannot be read: {error.strerror}",
                           "Check who may read the folder.") from None  # fmt: skip
    return _loaded(grids, tables, digest, misspelt, findings)


def _workbook(path: Path, findings: Findings) -> Loaded:
    archive = open_archive(path)
    filled = [name for name, xml in archive.sheets.items() if not is_empty(xml)]
    tables, misspelt = _match(filled, "sheet", findings)
    grids = read_workbook(archive, set(tables), findings)
    return _loaded(grids, tables, archive.sha256, misspelt, findings)


def _loaded(
    grids: Iterable[Grid],
    tables: Mapping[str, Table],
    digest: str,
    misspelt: frozenset[str],
    findings: Findings,
) -> Loaded:
    read = {tables[grid.name].name: grid for grid in grids}
    refused = {tables[sheet].name for sheet in findings.error_sheets & set(tables)}
    return Loaded(read, digest, misspelt | (refused - set(read)))


def _match(
    sheets: Iterable[str], what: str, findings: Findings
) -> tuple[dict[str, Table], frozenset[str]]:
    """Sheet name -> its table; and the tables that misspelt sheets probably are."""
    known = {fold(table.name): table for table in INPUTS}
    found: dict[str, Table] = {}
    unknown: list[str] = []
    for sheet in sheets:
        table = known.get(fold(sheet))
        if fold(sheet) == fold(START_SHEET) or sheet.startswith(OWN):
            continue
        if table is not None and table in found.values():
            findings.error("duplicate-sheet", sheet, "", f"there are two {what}s {table.name}",
                           "Remove or rename one of the two.", sheet)  # fmt: skip
        elif table is not None:
            found[sheet] = table
        elif fold(sheet) == fold(FINDINGS_SHEET):
            findings.error(
                "annotated-copy", sheet, "",
                "this is a marked copy of an input, not the input itself",
                "Correct the original workbook and give that one.", sheet,
            )  # fmt: skip
        else:
            unknown.append(sheet)
    left = [table.name for table in INPUTS if table not in found.values()]
    for sheet in unknown:
        findings.error(
            "unknown-sheet", sheet, "", f"no table is called {sheet!r}",
            f"{did_you_mean(sheet, left)}Rename or remove the {what}, or begin its name with "
            f"{OWN} if it is your own.", sheet,
        )  # fmt: skip
    misspelt = frozenset(nearest(sheet, left) for sheet in unknown) - {""}
    return found, misspelt
