"""Whether an input with other cells has a plan: assembled, built and asked anew each time."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from models.bare import bare
from models.build import ImpossibleError, build
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.solve import (
    Compiled,
    ContradictionError,
    Session,
    SolveOptions,
    Watch,
    compile_model,
)
from optimizer.solve.edits import ColumnBounds
from optimizer.solve.elastic import with_slacks
from optimizer.solve.possible import Asked, Verdict, possible
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.conflict.cells import Cell, with_cells
from optimizer.studies.conflict.members import FORBID, NEED_NOT, PENALISE, Member

M = TypeVar("M")
_SHARE_OF_TIME = 0.25
_TIMES_IN_ALL = 6.0


class Budget:
    """How long one search for conflicts may take, and each of its solves."""

    def __init__(self, options: SolveOptions, stop: threading.Event | None = None) -> None:
        self._began = time.monotonic()
        self._limit = options.time_limit
        self.stop = stop or threading.Event()

    def watch(self) -> Watch:
        """The clock of one more solve: a share of the time limit, as long as there is any left."""
        left = _TIMES_IN_ALL * self._limit - (time.monotonic() - self._began)
        return Watch(max(0.0, min(_SHARE_OF_TIME * self._limit, left)), stop=self.stop)

    def is_over(self) -> bool:
        """Whether time is up or somebody asked to stop."""
        return self.stop.is_set() or self.watch().left <= 0


class Trials:
    """An input, and whether it has a plan with other content in some cells.

    Every trial takes the whole way from the cells on, so that it shows what it shows.
    """

    def __init__(self, data: Data, options: SolveOptions, budget: Budget) -> None:
        self.data = data
        self._options = options
        self._budget = budget
        self.left_open = 0
        """How many verdicts time ran out for."""
        self._known: dict[tuple[Asked, frozenset[tuple[Cell, Any]]], Verdict] = {}

    def verdict(self, edits: Mapping[Cell, Any], ask: Asked = possible) -> Verdict:
        """With these cells changed."""
        key = (ask, frozenset(edits.items()))
        if key not in self._known:
            self._known[key] = self._asked(edits, ask)
            self.left_open += self._known[key] is Verdict.OPEN
        return self._known[key]

    def works(self, edits: Mapping[Cell, Any]) -> bool:
        """Whether a plan was found with these cells changed."""
        return self.verdict(edits) is Verdict.POSSIBLE

    def _asked(self, edits: Mapping[Cell, Any], ask: Asked) -> Verdict:
        watch = self._budget.watch()
        if watch.is_over():
            return Verdict.OPEN
        free = {cell for cell, value in edits.items() if value == NEED_NOT}
        data = with_cells(self.data, {c: v for c, v in edits.items() if c not in free})
        forbidden = data.settings.unmet_demand == FORBID
        if free:
            data = with_cells(data, {Cell("Settings", 0, "unmet_demand"): PENALISE})
        problem = bare(assemble(data))
        try:
            compiled = compile_model(build(problem))
        except (ImpossibleError, ContradictionError):
            return Verdict.IMPOSSIBLE
        arrays = with_slacks(compiled.arrays, ())
        if not arrays.columns:
            return Verdict.POSSIBLE
        session = Session(arrays, self._options)
        if free and forbidden:
            session.apply([_met_but(free, data, compiled)])
        generators = [make(compiled) for make in hhi_generators(problem)]
        return ask(session, watch, generators, gap=math.inf).verdict


def _met_but(free: Collection[Cell], data: Data, compiled: Compiled) -> ColumnBounds:
    """All demand is met but that of some cells."""
    rows = [data.demand[cell.place] for cell in free]
    may = {(row.item, row.site, row.end_use, row.period) for row in rows}
    shut = [
        column
        for (name, index), column in compiled.column_of.items()
        if isinstance(index, tuple)
        and (
            (name == "shortage" and index[:4] not in may)
            or (name == "late" and index[-2] == data.horizon)
        )
    ]
    none = np.zeros(len(shut))
    return ColumnBounds(np.array(shut, dtype=np.int32), none, none)


def dropped(members: Iterable[Member]) -> dict[Cell, Any]:
    """The edits with which members need not hold."""
    edits: dict[Cell, Any] = {}
    for member in members:
        edits |= dict(member.without)
    return edits


def smallest(
    candidates: Sequence[M], impossible: Callable[[Collection[M]], Verdict]
) -> tuple[tuple[M, ...], bool]:
    """An irreducible part of ``candidates`` that cannot all hold, and whether that is proven.

    ``impossible``: the verdict with these holding and the other candidates not.  All of them
    together are taken to be impossible.  Where a verdict is open, what was tried stays.  The
    candidates are halved (as QuickXplain does), so that few of many are found with few verdicts.
    """
    proven = True

    def fails(chosen: Sequence[M]) -> bool:
        nonlocal proven
        verdict = impossible(chosen)
        if verdict is Verdict.OPEN:
            proven = False
        return verdict is Verdict.IMPOSSIBLE

    def explained(kept: tuple[M, ...], tried: bool, rest: tuple[M, ...]) -> tuple[M, ...]:
        if tried and fails(kept):
            return ()
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        of_second = explained((*kept, *first), True, second)
        of_first = explained((*kept, *of_second), bool(of_second), first)
        return (*of_first, *of_second)

    if not candidates or fails(()):
        return (), proven
    return explained((), False, tuple(candidates)), proven
