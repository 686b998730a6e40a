"""Many workbooks and scenarios, each planned in a process of its own, with a manifest of all.

A job is what a user would do with one workbook: read, solve, write.  Nothing that one job does can
stop another, and what is done stays done when the whole run is ended.
"""

from optimizer.batch.errors import BatchError
from optimizer.batch.run import Batch, Counts, Told, run_batch
from optimizer.batch.work import Options

__all__ = ["Batch", "BatchError", "Counts", "Options", "Told", "run_batch"]
