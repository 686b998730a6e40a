"""Rows that say how many yeses cover a need (models.covers), where a relaxed plan needs them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from models.covers import Cover, Source, covers
from models.problem import Problem
from optimizer.solve.arrays import Floats, Ints
from optimizer.solve.compile import Compiled
from optimizer.solve.cuts import CutGenerator
from optimizer.solve.edits import Row
from optimizer.solve.mixture import corners, face_before

_MOST_SOURCES = 7
_DEEP = 0.04
_FREE = -1
_TRACE = 1e-6
_SMALLEST = 1e-8


@dataclass(frozen=True, eq=False)
class _Placed:
    """A cover on the columns of a model; quantities as shares of the need.

    yes: column of the yes of each source, _FREE where it needs none; brings: column of its volume;
    spares, weights: columns of what lessens the need.
    """

    need: float
    yes: Ints
    brings: Ints
    least: Floats
    most: Floats
    spares: Ints
    weights: Floats

    def corners(self, chosen: Ints) -> Floats:
        """The corners of some of the sources; of all of them, they are made once."""
        return self._of_all if len(chosen) == len(self.yes) else self._corners(chosen)

    @cached_property
    def _of_all(self) -> Floats:
        return self._corners(np.arange(len(self.yes), dtype=np.int32))

    def _corners(self, chosen: Ints) -> Floats:
        return corners(self.least[chosen], self.most[chosen], self.yes[chosen] == _FREE)


def cover_generators(problem: Problem, compiled: Compiled) -> list[CutGenerator]:
    """One generator for each cover; the rows that it makes hold for every whole plan."""
    placed = (_placed(cover, compiled) for cover in covers(problem))
    return [partial(_rows, one) for one in placed if one is not None]


def _placed(cover: Cover, compiled: Compiled) -> _Placed | None:
    """None where nothing is left to decide, or next to nothing is needed beside what may come.

    What has no column brings a number; what has a yes without one may bring nothing.
    """
    place, need = compiled.column_of, cover.need
    sources: list[Source] = []
    for source in cover.sources:
        if source.brings in place:
            sources.append(source)
        else:
            need -= compiled.vanished.get(source.brings, 0.0)
    for label, weight in cover.spares.items():
        need -= weight * compiled.vanished.get(label, 0.0)
    yes = [_FREE if one.yes is None else place.get(one.yes, _FREE) for one in sources]
    trace = _TRACE * max([cover.need, *(one.most for one in sources)])
    if need <= trace or max(yes, default=_FREE) == _FREE:
        return None
    least = [0.0 if at == _FREE else one.least for one, at in zip(sources, yes, strict=True)]
    spares = {place[label]: w for label, w in cover.spares.items() if label in place}
    return _Placed(
        need,
        np.array(yes, dtype=np.int32),
        np.array([place[one.brings] for one in sources], dtype=np.int32),
        np.array(least) / need,
        np.array([one.most / need for one in sources]),
        np.array(list(spares), dtype=np.int32),
        np.array(list(spares.values())) / need,
    )


def _rows(placed: _Placed, values: Floats) -> Sequence[Row]:
    """The row that cuts off a relaxed plan, where it is far enough outside; else none."""
    yes = np.where(placed.yes == _FREE, 1.0, values[placed.yes])
    brings = values[placed.brings] / placed.need
    chosen, others = _chosen(yes)
    spare = float(placed.weights @ values[placed.spares]) + brings[others].sum()
    always = placed.yes[chosen] == _FREE
    face = face_before(
        placed.corners(chosen),
        np.concatenate([yes[chosen], brings[chosen], [spare]]),
    )
    if face is None or face.depth < _DEEP:
        return ()
    of_yes, of_brought = face.coefficients[: len(chosen)], face.coefficients[len(chosen) : -1]
    of_spare, of_need = face.coefficients[-1], 1.0 / placed.need
    columns = [placed.yes[chosen][~always], placed.brings[chosen]]
    entries = [of_yes[~always], of_brought * of_need]
    columns += [placed.brings[others], placed.spares]
    entries += [np.full(len(others), of_spare * of_need), of_spare * placed.weights]
    row = Row(
        np.concatenate(columns).astype(np.int32),
        np.concatenate(entries),
        face.least - float(of_yes[always].sum()),
        math.inf,
    )
    if not _is_told_apart(row):
        return ()
    return (row,)


def _is_told_apart(row: Row) -> bool:
    """Whether every entry is seen: HiGHS takes those below 1e-9 (of the largest) for nothing.

    A yes that stands for a hundred million units would stand alone, and ask for what units bring.
    """
    entries = np.abs(row.values[row.values != 0.0])
    return bool(entries.min() >= _SMALLEST * max(1.0, float(entries.max())))


def _chosen(yes: Floats) -> tuple[Ints, Ints]:
    """The sources whose yes is least sure, then those with one, and those that count as spares: for
    many sources there are too many corners, and who brings nothing is missed least.
    """
    unsure = np.lexsort((-yes, -np.minimum(yes, 1.0 - yes))).astype(np.int32)
    return np.sort(unsure[:_MOST_SOURCES]), unsure[_MOST_SOURCES:]
