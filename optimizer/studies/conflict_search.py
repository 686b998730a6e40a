"""The conflicts of an input: for each an irreducible set of members that cannot all hold.

An elastic solve says which members give way first; they are made hard, one after the other, until
nothing is left to give way.  What is hard then holds a conflict, and a deletion filter makes it
irreducible.  What the elastic model does not ease (times on the way) is filtered on the input.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from optimizer.contract.data import Data
from optimizer.solve import SolveOptions
from optimizer.solve.possible import Verdict
from optimizer.studies.conflict_cells import Cell, with_cells
from optimizer.studies.conflict_elastic import Elastic
from optimizer.studies.conflict_members import Kind, Member, blamed, demand_of, facts
from optimizer.studies.conflict_trials import Budget, Trials, dropped, smallest

_CLOSE = 0.05
MOST_CONFLICTS = 20

_Asked: TypeAlias = Callable[[Collection[Member], Collection[Cell]], Verdict]
"""The verdict with some members holding, and some cells of demand not."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Members that cannot all hold.  ``proven``: that none of them can be left out."""

    members: tuple[Member, ...]
    proven: bool


class Search:
    """The members of one input, its elastic model and the trials on it."""

    def __init__(
        self, data: Data, options: SolveOptions, budget: Budget, tell: Callable[[str], None]
    ) -> None:
        self.data = data
        self.members = blamed(data)
        self.facts = facts(data)
        self.budget = budget
        self.trials = Trials(data, options, budget)
        self.tell = tell
        self._options = options
        self._elastic: dict[frozenset[Member], Elastic] = {}

    def elastic(self, gone: Collection[Member] = ()) -> Elastic:
        """The elastic model in which the facts among ``gone`` need not hold."""
        facts_gone = frozenset(gone).intersection(self.facts)
        if facts_gone not in self._elastic:
            eased = with_cells(self.data, dropped(facts_gone))
            self._elastic[facts_gone] = Elastic(eased, self.members, self._options)
        return self._elastic[facts_gone]

    def conflicts(self) -> tuple[Conflict, ...]:
        """One conflict for each independent reason: each without the members of those before."""
        found: list[Conflict] = []
        while len(found) < MOST_CONFLICTS and not self.budget.is_over():
            self.tell(f"conflict {len(found) + 1}")
            one = self._next([member for conflict in found for member in conflict.members])
            if one is None:
                break
            found.append(one)
        return tuple(found)

    def _next(self, gone: Collection[Member]) -> Conflict | None:
        """A conflict of what is left; of demand only the cells that are gone are left out."""
        free = frozenset(c for one in gone if one.kind is Kind.DEMAND for c in one.cells)
        left = [one for one in self.members if not self._is_gone(one, gone, free)]
        verdict = partial(self._verdict, self.elastic(gone))
        hard = self._cannot_all_hold(self.elastic(gone), left, free)
        if hard is None:
            return None
        parts, proven = smallest(hard, lambda kept: verdict(kept, free))
        whole = sorted(parts, key=self.members.index)
        chosen = self._narrowed(verdict, whole, free)
        further, also_proven = self._facts_of(chosen, gone)
        return Conflict((*chosen, *further), proven and also_proven)

    def _is_gone(self, member: Member, gone: Collection[Member], free: Collection[Cell]) -> bool:
        if member.kind is Kind.DEMAND:
            return all(cell in free for cell in member.cells)
        return member in gone

    def _verdict(
        self, elastic: Elastic, hard: Collection[Member], free: Collection[Cell]
    ) -> Verdict:
        return elastic.solve(hard, self.budget.watch(), free=free).verdict

    def _cannot_all_hold(
        self, elastic: Elastic, members: Sequence[Member], free: Collection[Cell]
    ) -> tuple[Member, ...] | None:
        """Members that cannot all hold, usually few; None where all of them can."""
        if self._verdict(elastic, members, free) is not Verdict.IMPOSSIBLE:
            return None
        hard: list[Member] = []
        soft = list(members)
        while soft:
            watch = self.budget.watch()
            shown = elastic.solve(hard, watch, soft=soft, free=free, gap=_CLOSE)
            if shown.verdict is Verdict.IMPOSSIBLE:
                return tuple(hard)
            if shown.values is None:
                break
            giving = [one for one in soft if elastic.gives(one, shown.values, free)]
            if not giving:
                break
            hard += giving
            soft = [one for one in soft if one not in giving]
        return tuple(members)

    def _narrowed(
        self, verdict: _Asked, whole: Sequence[Member], free: Collection[Cell]
    ) -> tuple[Member, ...]:
        """Demand without the periods that have no part in the conflict, one after the other."""
        out = set(free)
        chosen = []
        for member in whole:
            if member.kind is Kind.DEMAND:
                cells = [cell for cell in member.cells if cell not in free]
                kept = self._window(verdict, cells, whole, out)
                out.update(cell for cell in cells if cell not in kept)
                member = demand_of(self.data, member, kept)
            chosen.append(member)
        return tuple(chosen)

    def _window(
        self,
        verdict: _Asked,
        cells: Sequence[Cell],
        whole: Sequence[Member],
        out: Collection[Cell],
    ) -> Sequence[Cell]:
        """The shortest run of periods, ending as early as can be, with which all cannot hold."""

        def fails(first: int, last: int) -> bool:
            free = (*cells[:first], *cells[last:], *out)
            return verdict(whole, free) is Verdict.IMPOSSIBLE

        last = _least(1, len(cells), lambda n: fails(0, n))
        length = _least(1, last, lambda n: fails(last - n, last))
        return cells[last - length : last]

    def _facts_of(
        self, chosen: Collection[Member], gone: Collection[Member]
    ) -> tuple[tuple[Member, ...], bool]:
        """The times and multiples without which the chosen ones could hold after all."""
        if not self.facts:
            return (), True
        others = dropped(self.members) | dropped(gone)
        for cell in dropped(chosen):
            others.pop(cell, None)
        left = [fact for fact in self.facts if fact not in gone]

        def verdict(hard: Collection[Member]) -> Verdict:
            return self.trials.verdict(others | dropped(f for f in left if f not in hard))

        further, proven = smallest(left, verdict)
        return further, proven and (not further or verdict(further) is Verdict.IMPOSSIBLE)


def _least(low: int, high: int, fails: Callable[[int], bool]) -> int:
    """The least n in low..high for which it fails; that it fails for high is known."""
    while low < high:
        middle = (low + high) // 2
        if fails(middle):
            high = middle
        else:
            low = middle + 1
    return low
