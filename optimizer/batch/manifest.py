"""The manifest: what came of every job so far, as a CSV file that is whole at any time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from optimizer.batch.errors import BatchError
from optimizer.batch.folder import write_whole
from optimizer.contract.batch_results import MANIFEST, ManifestRow
from optimizer.contract.fields import Column, Kind, rows_of

NAME = "manifest.csv"
_COLUMNS = tuple(column.name for column in MANIFEST.columns)


def write_manifest(folder: Path, rows: Iterable[ManifestRow]) -> None:
    """Replace the manifest in one step.

    Raises:
        OSError: it cannot be written; what stood there is unchanged.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    table.writerows([_cell(getattr(row, name)) for name in _COLUMNS] for row in rows)
    # With the mark by which spreadsheet programs know UTF-8.
    write_whole(folder / NAME, text.getvalue().encode("utf-8-sig"))


def read_manifest(folder: Path) -> tuple[ManifestRow, ...]:
    """The rows of the manifest; none where there is no manifest.

    Raises:
        BatchError: what stands there is not a manifest.
    """
    path = folder / NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"{path} cannot be read: {error}.") from error
    try:
        heads, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        if tuple(heads) != _COLUMNS:
            raise ValueError("other columns")
        return _rows(lines)
    except (ValueError, csv.Error) as error:
        raise BatchError(
            f"{path} is not as a batch of this version writes it ({error}). Choose another folder, "
            "or move it away: everything is done anew then."
        ) from error


def _cell(value: object) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def _rows(lines: Sequence[Sequence[str]]) -> tuple[ManifestRow, ...]:
    """The lines as rows; ValueError where one does not fit the columns."""
    if not lines:
        return ()
    values = zip(*lines, strict=True)
    columns = {
        column.name: [_typed(column, cell) for cell in cells]
        for column, cells in zip(MANIFEST.columns, values, strict=True)
    }
    return rows_of(ManifestRow, {"row": [0] * len(lines), **columns})


def _typed(column: Column, cell: str) -> str | float | None:
    if column.kind is not Kind.NUMBER:
        return cell
    return float(cell) if cell or column.required else None
