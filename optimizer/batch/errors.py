"""What stops a batch as a whole, before or beside its jobs."""

from __future__ import annotations


class BatchError(Exception):
    """The batch cannot be done as asked; the message says what to do."""
