"""Outputs appear whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class OutputError(Exception):
    """An output cannot be written; the message says which, why and what to do."""


@contextmanager
def replacing(target: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Give a path beside ``target`` to write to, and move it into place when the block ends well.

    Raises:
        OutputError: the target is an input, a folder, read-only or open elsewhere, or its folder
            is missing or cannot be written.
    """
    _refuse(target, inputs)
    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.stem}.", suffix=f".part{target.suffix}"
        )
        os.close(handle)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written: nothing can be created in {_folder(target)} "
            f"({error.strerror}). Choose another folder."
        ) from error
    part = Path(name)
    try:
        yield part
        part.chmod(_mode(target))
        part.replace(target)
    except PermissionError as error:
        raise OutputError(
            f"{target} cannot be replaced: it is open in another program or protected "
            f"({error.strerror}). Close it, or choose another name."
        ) from error
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def write_text(target: Path, text: str, inputs: Iterable[Path] = ()) -> None:
    """Write a UTF-8 text file in one step; raises OutputError as ``replacing`` does."""
    with replacing(target, inputs) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def _refuse(target: Path, inputs: Iterable[Path]) -> None:
    for source in inputs:
        if _same(target, source):
            raise OutputError(
                f"{target} is the input; an input is never written to. Choose another name."
            )
    if target.is_dir():
        raise OutputError(f"{target} is a folder. Give the name of a file in it.")
    if not target.parent.is_dir():
        raise OutputError(
            f"{target} cannot be written: there is no folder {_folder(target)}. Create it first."
        )
    if not target.exists():
        return
    if not target.is_file():
        raise OutputError(f"{target} is not a file. Choose another name.")
    # The permission bits, because an administrator may write to what is marked read-only.
    if not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise OutputError(f"{target} is read-only. Choose another name, or make it writable.")
    for mark in (f".~lock.{target.name}#", f"~${target.name}"):
        if (target.parent / mark).exists():
            raise OutputError(
                f"{target} is open in a spreadsheet program ({mark} stands beside it). Close it; "
                f"if it is not open anywhere, delete that file."
            )


def _same(target: Path, source: Path) -> bool:
    if target.exists() and source.exists():
        return target.samefile(source)
    return target.resolve() == source.resolve()


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those a new file would get."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _folder(target: Path) -> Path:
    return target.parent.resolve()
