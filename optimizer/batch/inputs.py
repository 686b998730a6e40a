"""Which inputs a batch has, and what each is by its content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from optimizer.batch.errors import BatchError
from optimizer.contract.inputs import INPUTS

_WORKBOOK, _CSV = ".xlsx", ".csv"
_HIDDEN = (".", "~")
_TABLES = frozenset(table.name.casefold() for table in INPUTS)


@dataclass(frozen=True, slots=True)
class Input:
    """A workbook or a folder of CSV files.  ``label``: its path as it was named or found."""

    label: str
    path: Path


def find_inputs(paths: Sequence[Path], beside: Path) -> tuple[Input, ...]:
    """The inputs that these paths name, each once, in their order; none of them in ``beside``.

    A folder with at least one TABLE.csv is an input.  Any other stands for all that are below it:
    workbooks, and folders with a TABLE.csv, in the order of their names.  Links to folders below it
    are not followed, because they may lead back.

    Raises:
        BatchError: a path names nothing that could be an input, or a folder cannot be read.
    """
    found: dict[Path, Input] = {}
    for path in paths:
        try:
            below = list(_below(path, beside.resolve()))
        except OSError as error:
            raise BatchError(f"{error.filename} cannot be read: {error.strerror}.") from error
        for one in below:
            found.setdefault(one.resolve(), Input(Path(os.path.normpath(one)).as_posix(), one))
        if not below:
            raise BatchError(
                f"{path} has neither a workbook (.xlsx) nor a folder with a TABLE.csv in it."
                if path.is_dir()
                else f"{path} is neither a workbook (.xlsx) nor a folder."
            )
    return tuple(found.values())


def _below(path: Path, beside: Path) -> Iterator[Path]:
    if not path.is_dir():
        if path.suffix.lower() == _WORKBOOK:
            yield path
        return
    inside = sorted(path.iterdir(), key=lambda one: (one.name.casefold(), one.name))
    if any(one.stem.casefold() in _TABLES and one.suffix.lower() == _CSV for one in inside):
        yield path
        return
    for one in inside:
        is_linked = one.is_symlink() and one.is_dir()
        if not one.name.startswith(_HIDDEN) and not is_linked and one.resolve() != beside:
            yield from _below(one, beside)


def contents(path: Path) -> Mapping[str, bytes]:
    """The files of an input by name: the workbook, or every CSV file of the folder.

    Raises:
        OSError: one cannot be read.
    """
    return {one.name: one.read_bytes() for one in _files(path)}


def content_hash(path: Path) -> str:
    """SHA-256 of the names and contents of a folder's files, or of a workbook's content alone.

    A copy under another name, or a file that was saved without a change of its bytes, has the same.

    Raises:
        OSError: a file cannot be read.
    """
    if not path.is_dir():
        return hash_of(path.read_bytes())
    return _folder_hash((one.name, one.read_bytes()) for one in _files(path))


def hash_of(content: bytes) -> str:
    """SHA-256, as the manifest has it."""
    return hashlib.sha256(content).hexdigest()


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        one
        for one in path.iterdir()
        if one.is_file() and one.suffix.lower() == _CSV and not one.name.startswith(_HIDDEN)
    )


def _folder_hash(files: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
