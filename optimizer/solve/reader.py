"""Plans read off relaxed plans, and plans near a plan: whole numbers fixed, the rest solved again.

A suggestion for the whole numbers that matter is tried by solving the rest as a linear program; its
volumes suggest again, until nothing gets cheaper.  From there one thing after another is decided
otherwise, as many at a time as there are sessions.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from models.start import Variation
from optimizer.solve.arrays import Arrays, Bools, Floats, Ints
from optimizer.solve.compile import Compiled, Label
from optimizer.solve.cuts import CutGenerator, with_cuts
from optimizer.solve.duality import reduced_costs
from optimizer.solve.edits import ColumnBounds
from optimizer.solve.engine import Found
from optimizer.solve.exact import exact_plan
from optimizer.solve.guide import Guide, Suggestion, Values
from optimizer.solve.options import SolveOptions
from optimizer.solve.parts import Parts
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

_ROUNDS = 6
_WORTH = 2e-5
_CUT_ROUNDS = 10
_SESSIONS = 2
_DEAR = 0.02
_NO_COST = 1e-4
_GRACE_SECONDS = 10.0
_DETAIL_SHARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A plan with the details still relaxed: its cost, a number for each column, what is fixed."""

    cost: float
    values: Floats
    fixed: ColumnBounds


class Reader:
    """Reads plans with sessions of one model; the first reads, all together look further."""

    def __init__(
        self,
        sessions: Sequence[Session],
        compiled: Compiled,
        guide: Guide,
        watch: Watch,
        generators: Sequence[CutGenerator],
    ) -> None:
        self._sessions = sessions
        self._compiled = compiled
        self._guide = guide
        self._watch = watch
        self._generators = generators
        integer = sessions[0].arrays.integer
        details = integer & named(compiled, guide.details)
        self._columns: Ints = np.flatnonzero(integer & ~details).astype(np.int32)
        self._details: Ints = np.flatnonzero(details).astype(np.int32)
        asked = (integer & ~details) | named(compiled, guide.read_from)
        self._asked = [(compiled.column_labels[j], int(j)) for j in np.flatnonzero(asked)]
        self._constant = {
            label: value for label, value in compiled.vanished.items()
            if label[0] in guide.read_from
        }  # fmt: skip
        self._tried: set[bytes] = set()

    def asked(self, values: Floats) -> dict[Label, float]:
        """What the guide reads of a plan."""
        found = {label: float(values[column]) for label, column in self._asked}
        found.update(self._constant)
        return found

    def read(self, values: Values, *, below: float = math.inf) -> Read | None:
        """The plan that a relaxed plan suggests; None where it costs no less than `below`."""
        for fixed in self._new([values]):
            return self._read(self._sessions[0], fixed, below, self._watch)
        return None

    def taken(self, values: Floats) -> Read | None:
        """A plan with the whole numbers of these values, and what it suggests in turn."""
        arrays, columns = self._sessions[0].arrays, self._columns
        whole = np.clip(np.round(values[columns]), arrays.lower[columns], arrays.upper[columns])
        fixed = ColumnBounds(columns, whole, whole)
        return self._read(self._sessions[0], fixed, math.inf, self._watch)

    def parts(self) -> Parts:
        """The parts of the model as it stands, its details relaxed."""
        arrays, labels = self._sessions[0].arrays, self._compiled.column_labels
        integer = np.zeros_like(arrays.integer)
        integer[self._columns] = True
        about = [self._guide.about(label) for label in labels]
        number = {one: n for n, one in enumerate(dict.fromkeys(filter(None, about)))}
        groups = np.array([number.get(one, -1) for one in about], dtype=np.int32)
        relaxed = dataclasses.replace(arrays, integer=integer)
        options = dataclasses.replace(self._sessions[0].options, threads=len(self._sessions))
        return Parts(relaxed, groups, options, self._watch)

    def first(self, relaxed: Values, stages: Sequence[Suggestion]) -> Read | None:
        """The first plan: what the relaxed plan is sure of is fixed, and the rest asked again.

        stages: suggestions for ever more of the whole numbers.
        """
        known, session, before = relaxed, self._sessions[0], b""
        for suggestion in stages:
            decided = self._decided(suggestion, known)
            same = decided.columns.tobytes() + decided.lower.tobytes()
            if same == before:
                continue
            before = same
            with session.edited([decided]):
                found = self._solved(session, self._watch)
            if found.values is not None:
                known = self.asked(found.values)
            elif self._watch.is_over():
                break
        for values in (*self._guide.readings(known), *self._guide.readings(relaxed)):
            plan = self.read(values)
            if plan is not None or self._watch.is_over():
                return plan
        return None

    def climb(self, relaxed: Values, start: Read, goes_on: Callable[[], bool]) -> Iterator[Read]:
        """Plans each cheaper than the last, until none nearby is, or it is not to go on.

        What was tried longest ago comes first: what did not help a plan seldom helps the next.
        """
        tried: dict[Hashable, None] = {}
        plan: Read | None = start
        while plan is not None:
            planned = self.asked(plan.values)
            last = {name: n for n, name in enumerate(tried)}
            varied = sorted(
                self._guide.variations(relaxed, planned), key=lambda one: last.get(one.name, -1)
            )
            plan = self._first_better(planned, varied, plan.cost, tried, goes_on)
            if plan is not None:
                yield plan

    def offer(self, plan: Read) -> None:
        """Decide what is left of a plan, and hand it to the watch; also when its time is over."""
        session = self._sessions[0]
        details = self._suggested(
            self._guide.suggest_details, self._compiled.values(plan.values), self._details
        )
        with self._watch.during("exact plan"):
            finish = Watch(time_limit=max(self._watch.left, _GRACE_SECONDS))
            with session.edited([plan.fixed, details]):
                values = session.relaxation(finish).values
            if values is None:
                # What was suggested for the details does not go together: HiGHS finds what does.
                with session.edited([plan.fixed]):
                    values = session.branch(finish, seconds=_DETAIL_SHARE * finish.left).values
            exact = None
            if values is not None:
                exact = exact_plan(session, values, finish, self._generators)
            if exact is not None:
                self._watch.offer_plan(exact.objective, exact.values)

    def _first_better(
        self,
        planned: Values,
        varied: Iterable[Variation],
        below: float,
        tried: dict[Hashable, None],
        goes_on: Callable[[], bool],
    ) -> Read | None:
        """The first in order that costs less; those tried beside it are let go."""

        def tries() -> Iterator[Values]:
            for one in varied:
                tried.pop(one.name, None)
                tried[one.name] = None
                yield {**planned, **one.change}

        news = self._new(tries())
        with ThreadPoolExecutor(len(self._sessions)) as threads:
            while batch := list(islice(news, len(self._sessions))):
                if not goes_on():
                    return None
                jobs = [
                    threads.submit(self._read, session, fixed, below, self._quiet())
                    for session, fixed in zip(self._sessions, batch, strict=False)
                ]
                better = [plan for plan in (job.result() for job in jobs) if plan is not None]
                self._watch.tell()
                if better:
                    return better[0]
        return None

    def _new(self, tries: Iterable[Values]) -> Iterator[ColumnBounds]:
        """What each suggests, if it was not tried before."""
        for values in tries:
            fixed = self._suggested(self._guide.suggest, values, self._columns)
            key = fixed.lower.tobytes()
            if key not in self._tried:
                self._tried.add(key)
                yield fixed

    def _read(
        self, session: Session, fixed: ColumnBounds, below: float, watch: Watch
    ) -> Read | None:
        """Solve the rest, suggest again, as long as it gets cheaper."""
        best: Read | None = None
        for _ in range(_ROUNDS):
            ceiling = below if best is None else best.cost
            with session.edited([fixed]):
                found = self._solved(session, watch, ceiling)
            if found.values is None or not found.objective < ceiling * (1.0 - _WORTH):
                break
            best = Read(found.objective, found.values, fixed)
            again = self._suggested(self._guide.suggest, self.asked(found.values), self._columns)
            if watch.is_over() or np.array_equal(again.lower, fixed.lower):
                break
            fixed = again
        return best

    def _quiet(self) -> Watch:
        """For a thread beside: the watch itself tells of things in the one that asked."""
        return Watch(self._watch.left, None, self._watch.stop)

    def _solved(self, session: Session, watch: Watch, below: float = math.inf) -> Found:
        loose = session.options.search_feasibility
        solve = partial(session.relaxation, watch, feasibility=loose, below=below)
        return with_cuts(session, self._generators, solve, watch, _CUT_ROUNDS)[0]

    def _decided(self, suggestion: Suggestion, values: Values) -> ColumnBounds:
        """The edit that fixes what is suggested, and nothing else."""
        place, arrays = self._compiled.column_of, self._sessions[0].arrays
        given = {place[label]: v for label, v in suggestion(values).items() if label in place}
        columns = np.array(list(given), dtype=np.int32)
        whole = np.array(list(given.values()), dtype=np.float64)
        fixed = np.clip(whole, arrays.lower[columns], arrays.upper[columns])
        return ColumnBounds(columns, fixed, fixed)

    def _suggested(self, suggestion: Suggestion, values: Values, columns: Ints) -> ColumnBounds:
        """The edit that fixes columns as suggested, where nothing is suggested as rounded."""
        arrays = self._sessions[0].arrays
        whole = np.zeros(arrays.columns)
        labels = self._compiled.column_labels
        for column in columns:
            whole[column] = round(values.get(labels[column], 0.0))
        for label, value in suggestion(values).items():
            found = self._compiled.column_of.get(label)
            if found is not None:
                whole[found] = value
        fixed = np.clip(whole[columns], arrays.lower[columns], arrays.upper[columns])
        return ColumnBounds(columns, fixed, fixed)


def thinned(session: Session, compiled: Compiled, guide: Guide, duals: Floats) -> Arrays:
    """The session's model without the columns that are many and too dear by the duals.

    duals: of its rows; 0 for rows that have come since.
    """
    arrays, sparse = session.arrays, named(compiled, guide.sparse)
    duals = np.concatenate([duals, np.zeros(arrays.rows - len(duals))])
    costs = np.abs(arrays.cost)
    typical = float(np.median(costs[sparse])) if sparse.any() else 0.0
    dear = reduced_costs(arrays, duals) > np.maximum(_DEAR * costs, _NO_COST * typical)
    upper = np.where(sparse & dear & (arrays.lower <= 0), 0.0, arrays.upper)
    return dataclasses.replace(arrays, upper=upper)


def side_by_side(arrays: Arrays, options: SolveOptions) -> list[Session]:
    """As many sessions of a model as there is use for, with a thread each."""
    one = dataclasses.replace(options, threads=1)
    return [Session(arrays, one) for _ in range(min(_SESSIONS, options.thread_count))]


def named(compiled: Compiled, names: frozenset[str]) -> Bools:
    """The columns of variables with these names."""
    return np.array([name in names for name, _ in compiled.column_labels], dtype=np.bool_)
