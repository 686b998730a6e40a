"""Several processes side by side, none of which can stop the others."""

from optimizer.jobs.job import Done, End, Job
from optimizer.jobs.memory import can_be_watched
from optimizer.jobs.schedule import run_jobs, workers_for

__all__ = ["Done", "End", "Job", "can_be_watched", "run_jobs", "workers_for"]
