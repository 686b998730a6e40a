"""The same batch with one worker and with two, alternately; and a batch that is killed again and
again beside one that is left alone."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from optimizer.batch import Batch, Options, run_batch
from optimizer.contract.batch_results import WITH_PLAN
from tests.batch.killed import batch, differences, kill_after


@dataclass(frozen=True)
class Timed:
    """One run: workers, jobs, and the seconds from the call to the last row of the manifest."""

    workers: int
    jobs: int
    seconds: float

    @property
    def throughput(self) -> float:
        """Jobs a minute."""
        return 60.0 * self.jobs / self.seconds


def one_and_two_workers(
    inputs: Sequence[Path], folder: Path, *, rounds: int = 1, options: Options | None = None
) -> list[Timed]:
    """The inputs planned with one worker and with two, `rounds` times each, alternately.

    Every job has to have a plan; the rows of all runs must not differ but for times.
    """
    found = []
    for number in range(rounds):
        # Who begins changes, so that a machine that gets warm or busy favours neither.
        for workers in ((1, 2), (2, 1))[number % 2]:
            out = folder / f"{number}-{workers}"
            asked = Batch(inputs, out, options=options or Options(), workers=workers)
            began = time.monotonic()
            rows = run_batch(asked)
            found.append(Timed(workers, len(rows), time.monotonic() - began))
            assert all(row.status in WITH_PLAN for row in rows)
    assert not [one for out in sorted(folder.iterdir()) for one in differences(out, folder / "0-1")]
    return found


def ratio(runs: Sequence[Timed]) -> float:
    """Throughput of two workers to that of one."""
    one, two = (
        sum(run.jobs for run in runs if run.workers == workers)
        / sum(run.seconds for run in runs if run.workers == workers)
        for workers in (1, 2)
    )
    return two / one


def table(runs: Sequence[Timed]) -> str:
    """One line for each run, and the ratio."""
    lines = [f"{'workers':>8}{'jobs':>6}{'seconds':>9}{'jobs a minute':>15}"]
    lines += [f"{r.workers:>8}{r.jobs:>6}{r.seconds:>9.1f}{r.throughput:>15.1f}" for r in runs]
    return "\n".join([*lines, f"throughput of 2 workers to that of 1: {ratio(runs):.2f}"])


@dataclass(frozen=True)
class Kills:
    """How often a batch was killed at work, and what differs from an undisturbed one after all."""

    kills: int
    differences: tuple[str, ...]


def killed_again_and_again(
    inputs: Sequence[Path], folder: Path, *, kills: int, seed: int, workers: int = 2
) -> Kills:
    """Kill a batch at random moments, each time going on with it; then let it end.

    One that ends before it is killed is compared as well, and a new one begun.
    """
    options = ("--workers", str(workers))
    began = time.monotonic()
    assert batch(inputs, folder / "undisturbed", *options).wait() in (0, 5)
    whole = time.monotonic() - began
    moments, done, number, found = random.Random(seed), 0, 0, list[str]()
    while done < kills:
        out = folder / f"killed-{number}"
        if kill_after(inputs, out, moments.uniform(0.05, 0.35) * whole, *options):
            done += 1
        else:
            found += differences(out, folder / "undisturbed")
            number += 1
    out = folder / f"killed-{number}"
    assert batch(inputs, out, "--resume", *options).wait() in (0, 5)
    return Kills(done, (*found, *differences(out, folder / "undisturbed")))
