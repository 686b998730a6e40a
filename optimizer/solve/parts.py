"""A part of a plan decided anew, all the rest of it staying.

Goods of different items meet in few rows (capacities, rules, fixed costs of suppliers and lanes).
So the model of some items, where the others take what they take now, is small, and HiGHS decides
its whole numbers together, which one change after another does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from optimizer.solve.arrays import Arrays, Bools, Floats, Ints
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_ENTRIES = 40_000
_SECONDS = 10.0
_GAP = 1e-3
_HOLDS = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A model of some columns of another, the others standing at a plan's values.

    columns: which of the whole model's they are.  Rows that the plan misses by a little are as wide
    as the plan needs them, so that it is a plan of the part as well.
    """

    columns: Ints
    arrays: Arrays


def part(arrays: Arrays, free: Bools, plan: Floats) -> Part:
    """The part of a model in which the `free` columns are decided; both have one entry a column."""
    columns = np.flatnonzero(free).astype(np.int32)
    entries = free[arrays.entry_columns()]
    each, value = np.diff(arrays.start)[columns], arrays.value[entries]
    rows, index = np.unique(arrays.index[entries], return_inverse=True)
    values = plan[columns]
    own = np.bincount(index, weights=value * np.repeat(values, each), minlength=len(rows))
    whole = arrays.activity(plan)[rows]
    return Part(
        columns,
        Arrays(
            start=np.concatenate([[0], np.cumsum(each)]).astype(np.int32),
            index=index.astype(np.int32),
            value=value,
            row_lower=np.minimum(arrays.row_lower[rows], whole) - (whole - own),
            row_upper=np.maximum(arrays.row_upper[rows], whole) - (whole - own),
            lower=np.minimum(arrays.lower[columns], values),
            upper=np.maximum(arrays.upper[columns], values),
            cost=arrays.cost[columns],
            offset=0.0,
            integer=arrays.integer[columns],
        ),
    )


class Parts:
    """The parts of one model, two of them decided at a time."""

    def __init__(self, arrays: Arrays, groups: Ints, options: SolveOptions, watch: Watch) -> None:
        """groups: of each column, the number of what it is about; -1 where that is everything.

        What is about everything belongs to every part.
        """
        self._arrays = arrays
        self._groups = groups
        self._watch = watch
        self._options = replace(options, threads=1, gap=_GAP)
        self._at_once = min(2, options.thread_count)
        self._random = np.random.default_rng(options.seed)

    def swept(self, plan: Floats, goes_on: Callable[[], bool]) -> Floats:
        """The plan after each part was decided anew once, or as many as it goes on for."""
        with ThreadPoolExecutor(self._at_once) as threads:
            for some in self._divided():
                if not goes_on():
                    break
                changes = list(threads.map(partial(self._change, plan), some))
                plan = self._with(plan, changes)
                self._watch.tell()
        return plan

    def _divided(self) -> Iterator[Sequence[Bools]]:
        """Every group in one part, at random; so many parts as are decided at once.

        None where a group alone is too large for that.
        """
        many = int(self._groups.max(initial=-1)) + 1
        number = -(-len(self._arrays.value) // _ENTRIES)
        if number > many:
            return
        parts = np.array_split(self._random.permutation(many), number)
        is_open = self._arrays.lower < self._arrays.upper
        free = [is_open & ((self._groups < 0) | np.isin(self._groups, one)) for one in parts]
        for first in range(0, len(free), self._at_once):
            yield free[first : first + self._at_once]

    def _change(self, plan: Floats, free: Bools) -> Floats:
        """What a part, decided anew, adds to each column; nothing where it gets no cheaper."""
        one, change = part(self._arrays, free, plan), np.zeros_like(plan)
        now = plan[one.columns]
        watch = Watch(self._watch.left, None, self._watch.stop)
        found = Session(one.arrays, self._options).branch(watch, seconds=_SECONDS, start=now)
        if found.values is not None and found.objective < one.arrays.objective(now):
            change[one.columns] = found.values - now
        return change

    def _with(self, plan: Floats, changes: Sequence[Floats]) -> Floats:
        """The plan with all changes where they go together; else with the one that saves most."""
        both = np.clip(plan + sum(changes), self._arrays.lower, self._arrays.upper)
        if self._arrays.violation(both) <= max(_HOLDS, self._arrays.violation(plan)):
            return both
        return plan + min(changes, key=lambda change: float(self._arrays.cost @ change))
