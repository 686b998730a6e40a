"""The rows of a batch on its way, in the order of the jobs, and on the disk after each job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from optimizer.batch.errors import BatchError
from optimizer.batch.manifest import NAME, write_manifest
from optimizer.contract.batch_results import ManifestRow

Key = tuple[str, str]


class Ledger:
    """The manifest as it grows.

    A manifest that cannot be written for a while, because somebody has it open or the disk is full,
    holds up no job: it is tried again after the next one.
    """

    def __init__(
        self,
        folder: Path,
        order: Sequence[Key],
        kept: Mapping[Key, ManifestRow],
        others: Sequence[ManifestRow],
    ) -> None:
        """kept: rows that still hold; others: rows of jobs that are not asked for this time."""
        self._folder = folder
        self._order = order
        self._rows = dict(kept)
        self._others = tuple(others)
        self._trouble: OSError | None = None

    @property
    def asked(self) -> tuple[ManifestRow, ...]:
        """The rows of the jobs that are asked for, in their order, as far as they are done."""
        return tuple(self._rows[key] for key in self._order if key in self._rows)

    def write(self) -> None:
        """Write the manifest as it begins.

        Raises:
            BatchError: it cannot be written.
        """
        self._try()
        self.finish()

    def add(self, row: ManifestRow) -> None:
        """One more row."""
        self._rows[row.workbook, row.scenario] = row
        self._try()

    def finish(self) -> None:
        """Raise BatchError where the manifest does not hold the last row."""
        if self._trouble is not None:
            self._try()
        if self._trouble is not None:
            raise BatchError(
                f"{self._folder / NAME} cannot be written: {self._trouble.strerror}. What it lacks "
                "is done again with --resume."
            ) from self._trouble

    def _try(self) -> None:
        try:
            write_manifest(self._folder, (*self.asked, *self._others))
        except OSError as error:
            self._trouble = error
        else:
            self._trouble = None
