"""A start plan by diving: round a part of the whole numbers, solve the relaxation again, go on.

Which number is rounded where is read off the rows. An order of 40 where orders are 0 or at least
50 is nearer to an order than to none; a permission that many orders use is best given. Both are
one question: how far would this rounding break the rows at the present relaxation? So no row
needs a name.

Numbers that choose one of several (a price tier) describe what the others have decided, and come
last: round by round the choice that the plan supports least is struck out, until one is left.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import Arrays, Bools, Floats, Ints
from optimizer.solve.edits import ColumnBounds
from optimizer.solve.engine import Found
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_WHOLE = 1e-6
_MOST_ROUNDS = 400
_MOST_RETREATS = 100


@dataclass(frozen=True, slots=True)
class DiveStyle:
    """How boldly to round.

    share: of the open numbers, what one round decides. jump: relative rise of the cost in one
    round above which it is taken back and tried with fewer numbers. near: a choice that breaks
    its rows by less than this share of their size counts as supported.
    """

    share: float = 0.1
    jump: float = 0.01
    near: float = 0.05


STYLES = (
    DiveStyle(share=0.2, jump=0.01),
    DiveStyle(share=0.1, jump=0.01),
    DiveStyle(share=0.2, jump=0.003),
)
"""Which of these finds the best plan, and whether the first finds any, depends on the model."""


def plans_by_diving(
    session: Session, root: Floats, watch: Watch, seconds: float
) -> Iterator[Floats]:
    """The plans of one dive in each style, as they are found, within `seconds`."""
    end = watch.seconds + seconds
    for style in STYLES:
        plan = dive(session, root, watch, style, end - watch.seconds)
        if plan is not None:
            yield plan
        if watch.is_over() or watch.seconds >= end:
            return


def dive(
    session: Session, root: Floats, watch: Watch, style: DiveStyle, seconds: float = math.inf
) -> Floats | None:
    """Values that are whole where they should be and hold in all rows.

    root: values of a relaxation of the session as it stands. The session is left as it was.
    None if the dive got stuck or `seconds` have passed.
    """
    columns = session.whole_columns
    arrays = session.arrays
    before = ColumnBounds(columns, arrays.lower[columns], arrays.upper[columns])
    descent = _Descent(session, root, watch, style, watch.seconds + seconds)
    try:
        choices = choice_columns(arrays)[columns]
        # Choosing may move what was whole by itself before, so that all are looked at again.
        for mine in (~choices, choices, np.ones_like(choices)):
            if not descent.run(mine):
                return None
        return descent.values
    finally:
        session.apply([before])


def choice_columns(arrays: Arrays) -> Bools:
    """Marks the columns of which a row says that at most one of them is chosen.

    Such a row has whole-number columns only: the choices with coefficient 1, at most one other
    with -1 (whether there is anything to choose for).
    """
    owner = arrays.entry_columns()
    whole = arrays.integer[owner]
    unit = np.abs(arrays.value) == 1.0
    fits = np.bincount(arrays.index, weights=~(whole & unit), minlength=arrays.rows) == 0
    ups = np.bincount(arrays.index, weights=arrays.value > 0, minlength=arrays.rows)
    downs = np.bincount(arrays.index, weights=arrays.value < 0, minlength=arrays.rows)
    chosen: Bools = np.zeros(arrays.columns, dtype=np.bool_)
    for many, few, most, sign in (
        (ups, downs, arrays.row_upper, 1.0),
        (downs, ups, -arrays.row_lower, -1.0),
    ):
        rows = fits & (many > 1) & (few <= 1) & (most + few <= 1)
        chosen[owner[rows[arrays.index] & (arrays.value == sign)]] = True
    return chosen


class _Descent:
    """The state of one dive: what is decided and the present relaxation."""

    def __init__(
        self, session: Session, root: Floats, watch: Watch, style: DiveStyle, end: float
    ) -> None:
        self.values = root
        self._end = end
        self._objective = session.arrays.objective(root)
        self._session = session
        self._watch = watch
        self._style = style
        self._columns = session.whole_columns
        self._entries = _Entries(session.arrays, self._columns)
        self._choices = choice_columns(session.arrays)[self._columns]
        self._decided: Bools = np.zeros(len(self._columns), dtype=np.bool_)
        self._retreats = 0

    def run(self, mine: Bools) -> bool:
        """Decide until the numbers marked in `mine` are whole; False if that cannot be done."""
        for _ in range(_MOST_ROUNDS):
            if self._is_late():
                return False
            at = self.values[self._columns]
            fractional = np.abs(at - np.round(at)) > _WHOLE
            open_ = np.flatnonzero(fractional & mine & ~self._decided)
            if len(open_) == 0:
                return True
            target, score = self._roundings()
            order = open_[np.argsort(score[open_], kind="stable")].astype(np.int32)
            if not self._decide(order, target, max(1, round(self._style.share * len(order)))):
                return False
        return False

    def _roundings(self) -> tuple[Floats, Floats]:
        arrays = self._session.arrays
        at = self.values[self._columns]
        down, up = self._entries.broken(arrays, self.values)
        upwards = up <= np.where(self._choices, self._style.near, down)
        # Of the choices the least supported goes first, of the rest what breaks least.
        score = np.where(self._choices, -up, np.minimum(up, down))
        return np.where(upwards, np.ceil(at), np.floor(at)), score

    def _decide(self, order: Ints, target: Floats, size: int) -> bool:
        """Fix the first numbers of `order`, fewer if that costs too much or cannot be."""
        ceiling = self._objective + self._style.jump * max(1.0, abs(self._objective))
        while not self._is_late():
            batch = order[:size]
            found = self._with(batch, target[batch])
            if found.values is not None and found.objective <= ceiling:
                return self._keep(batch, target[batch], found)
            self._retreats += 1
            if self._retreats > _MOST_RETREATS:
                return False
            if size == 1:
                return self._decide_one(batch, target[batch], found)
            size = max(1, size // 4)
        return False

    def _decide_one(self, one: Ints, target: Floats, found: Found) -> bool:
        """Fix a single number where that is cheaper: at `target`, or the other way."""
        at = self.values[self._columns[one]]
        opposite = np.floor(at) + np.ceil(at) - target
        other = self._with(one, opposite)
        if other.values is not None and not found.objective <= other.objective:
            return self._keep(one, opposite, other)
        return found.values is not None and self._keep(one, target, found)

    def _is_late(self) -> bool:
        return self._watch.is_over() or self._watch.seconds >= self._end

    def _with(self, batch: Ints, target: Floats) -> Found:
        """The relaxation with these numbers fixed, which they are not afterwards."""
        with self._session.edited([ColumnBounds(self._columns[batch], target, target)]):
            return self._session.relaxation(
                self._watch,
                seconds=max(0.0, self._end - self._watch.seconds),
                feasibility=self._session.options.search_feasibility,
            )

    def _keep(self, batch: Ints, target: Floats, found: Found) -> bool:
        assert found.values is not None
        self._session.apply([ColumnBounds(self._columns[batch], target, target)])
        self._decided[batch] = True
        self.values, self._objective = found.values, found.objective
        return True


class _Entries:
    """The matrix entries of the whole-number columns, laid out for scoring."""

    def __init__(self, arrays: Arrays, columns: Ints) -> None:
        place = np.full(arrays.columns, -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        self._every = arrays.entry_columns()
        owner = place[self._every]
        self._columns = columns
        self._owner = owner[owner >= 0]
        self._row = arrays.index[owner >= 0]
        self._value = arrays.value[owner >= 0]

    def broken(self, arrays: Arrays, values: Floats) -> tuple[Floats, Floats]:
        """How far rounding each column down, and up, breaks its rows, relative to their size."""
        terms = arrays.value * values[self._every]
        activity = np.bincount(arrays.index, weights=terms, minlength=arrays.rows)
        size = np.bincount(arrays.index, weights=np.abs(terms), minlength=arrays.rows) + _WHOLE
        at = values[self._columns]

        def by(shift: Floats) -> Floats:
            moved = activity[self._row] + self._value * shift[self._owner]
            low, high = arrays.row_lower[self._row], arrays.row_upper[self._row]
            excess = np.maximum(np.maximum(low - moved, moved - high), 0.0) / size[self._row]
            summed = np.bincount(self._owner, weights=excess, minlength=len(self._columns))
            return summed.astype(np.float64)

        return by(np.floor(at) - at), by(np.ceil(at) - at)
