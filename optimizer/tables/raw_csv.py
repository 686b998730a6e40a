"""Raw tables from CSV files: a folder with one TABLE.csv per table, or one file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from optimizer.tables.collect import Findings
from optimizer.tables.grid import Grid
from optimizer.tables.headers import OWN
from optimizer.tables.limits import LARGEST_FILE

_SEPARATORS = ",;\t"


def csv_files(folder: Path) -> list[Path]:
    """The CSV files of a folder that are meant as tables, by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() == ".csv" and path.name[0] not in (OWN, "~", ".")
    )


def read_folder(folder: Path, findings: Findings) -> list[Grid]:
    """Every CSV file of a folder as a grid; what cannot be read is a finding."""
    grids = []
    for path in csv_files(folder):
        grid = read_file(path, findings)
        if grid is not None:
            grids.append(grid)
    return grids


def folder_hash(folder: Path) -> str:
    """SHA-256 over names and contents of the CSV files, in the order of their names."""
    digest = hashlib.sha256()
    for path in csv_files(folder):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def read_file(path: Path, findings: Findings) -> Grid | None:
    """One CSV file as a grid; None, and a finding, if it cannot be read or holds nothing."""
    sheet = path.stem
    try:
        if path.stat().st_size > LARGEST_FILE:
            findings.error(
                "too-large", sheet, "", f"{path.name} is larger than {LARGEST_FILE >> 20} MB",
                "Split the data or remove what is unused.",
            )  # fmt: skip
            return None
        content = path.read_bytes()
    except OSError as error:
        findings.error(
            "unreadable-file", sheet, "", f"{path.name} cannot be opened: {error.strerror}",
            "Close it elsewhere and check who may read it.",
        )  # fmt: skip
        return None
    text = _decoded(content)
    if text is None or "\0" in text:
        findings.error("not-utf-8", sheet, "", f"{path.name} is not text in UTF-8",
                       "Save it from Excel as 'CSV UTF-8 (comma delimited)'.")  # fmt: skip
        return None
    return _grid(sheet, text, findings)


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _grid(sheet: str, text: str, findings: Findings) -> Grid | None:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
    except csv.Error as error:
        findings.error("broken-csv", sheet, f"A{len(rows) + 1}",
                       f"the record is broken: {error}",
                       "Check its quotation marks; each \" that opens must close.")  # fmt: skip
        return None
    width = max(map(len, rows), default=0)
    if not any(map(any, rows)):
        return None
    return Grid(sheet, 1, 0, list(_padded(rows, width)), separator == ";", all_text=True)


def _padded(rows: Iterable[list[str]], width: int) -> Iterable[list[str]]:
    for row in rows:
        yield row if len(row) == width else row + [""] * (width - len(row))


def _separator(text: str) -> str:
    """The separator that parts the first record that is not empty."""
    for line in text.splitlines():
        counts = {mark: line.count(mark) for mark in _SEPARATORS}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
        if line.strip():
            break
    return ","
