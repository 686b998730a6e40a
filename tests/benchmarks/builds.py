"""From a problem to a loaded HiGHS, as the tool does it and through linopy, in one run."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import re
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import highspy

from models.build import build
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.solve import compile_model, engine
from tests.benchmarks.instances import instance
from tests.benchmarks.linopy_model import linopy_model
from tests.benchmarks.problem_tables import tables


@dataclass(frozen=True)
class Beside:
    """Seconds, the least of several turns; megabytes at the highest, above what was there before.

    tables: the problem's dictionaries as numbered tables, with which linopy begins; linopy: from
    those to HiGHS.
    """

    build: float
    compile: float
    load: float
    tables: float
    linopy: float
    memory: float
    memory_linopy: float

    @property
    def ours(self) -> float:
        return self.build + self.compile + self.load

    @property
    def ratio(self) -> float:
        """Both from the same problem."""
        return self.ours / (self.tables + self.linopy)

    @property
    def ratio_from_tables(self) -> float:
        """linopy with its tables at hand."""
        return self.ours / self.linopy


def by_us(problem: Problem) -> tuple[highspy.Highs, tuple[float, ...]]:
    """The loaded model, and seconds to build, compile and load."""
    times = [time.perf_counter()]
    model = build(problem)
    times.append(time.perf_counter())
    arrays = compile_model(model).arrays
    times.append(time.perf_counter())
    loaded = engine.load(arrays, relaxed=False)
    times.append(time.perf_counter())
    return loaded, _between(times)


def by_linopy(problem: Problem) -> tuple[highspy.Highs, tuple[float, ...]]:
    """The loaded model, and seconds to make tables, and a model that is passed on."""
    times = [time.perf_counter()]
    found = tables(problem)
    times.append(time.perf_counter())
    loaded = linopy_model(found).to_highspy()
    times.append(time.perf_counter())
    return loaded, _between(times)


def _between(times: list[float]) -> tuple[float, ...]:
    return tuple(after - before for before, after in itertools.pairwise(times))


def side_by_side(name: str, turns: int) -> Beside:
    """An instance of the registry, alternately; memory each in a process of its own."""
    problem = assemble(instance(name))
    ways = {by_us: [], by_linopy: []}
    for _ in range(turns):
        for way, found in ways.items():
            gc.collect()
            loaded, seconds = way(problem)
            del loaded
            found.append(seconds)
    best = {
        way: [min(column) for column in zip(*found, strict=True)] for way, found in ways.items()
    }
    return Beside(*best[by_us], *best[by_linopy], *(_apart(name, way) for way in ("us", "linopy")))


def _apart(name: str, way: str) -> float:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(highest, name, way).result()


def highest(name: str, way: str) -> float:
    """Megabytes at the highest, above those with the problem in hand (Linux; the whole process)."""
    problem = assemble(instance(name))
    before = _peak()
    loaded, _ = by_us(problem) if way == "us" else by_linopy(problem)
    assert loaded.getNumRow() > 0
    return _peak() - before


def _peak() -> float:
    # Not getrusage: there a new process begins with what its parent had.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def size(loaded: highspy.Highs) -> tuple[int, int, int]:
    """Rows, columns, non-zeros."""
    return loaded.getNumRow(), loaded.getNumCol(), loaded.getNumNz()


def table(beside: Beside) -> str:
    """Each way in a line, and the ratios."""
    lines = [f"{'':<8}{'build':>8}{'compile':>9}{'load':>8}{'seconds':>9}{'MB':>8}"]
    lines.append(
        f"{'ours':<8}{beside.build:>8.2f}{beside.compile:>9.2f}{beside.load:>8.2f}"
        f"{beside.ours:>9.2f}{beside.memory:>8.0f}"
    )
    lines.append(
        f"{'linopy':<8}{beside.tables:>8.2f}{'':>9}{beside.linopy:>8.2f}"
        f"{beside.tables + beside.linopy:>9.2f}{beside.memory_linopy:>8.0f}"
    )
    at_hand = f"to linopy with its tables at hand {beside.ratio_from_tables:.1f}"
    return "\n".join([*lines, f"ratio {beside.ratio:.1f}; {at_hand}"])
