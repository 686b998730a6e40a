"""The folder of the results: one batch at a time, and every file in it whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from optimizer.batch.errors import BatchError

_LOCK = ".batch.lock"
_PART = ".part"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder and keep other batches out of it; a batch that was killed holds nothing.

    Raises:
        BatchError: the folder cannot be made or written, or another batch is at work in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise BatchError(f"{folder} cannot be written: {error.strerror}.") from error
    try:
        try:
            _lock(descriptor)
        except OSError as error:
            raise BatchError(f"Another batch is at work in {folder}.") from error
        yield
    finally:
        os.close(descriptor)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file in one step; a loss of power leaves the old one or the new one.

    Raises:
        OSError: it cannot be written; what stood there is unchanged.
    """
    handle, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.stem}.", suffix=f"{_PART}{target.suffix}"
    )
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def clear_parts(folder: Path) -> None:
    """Remove what a killed batch had begun to write."""
    for part in folder.glob(f".*{_PART}.*"):
        part.unlink(missing_ok=True)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
