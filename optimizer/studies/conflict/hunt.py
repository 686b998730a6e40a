"""The hunt for one conflict: an irreducible set of members that cannot all hold.

An elastic solve says which members give way first; they are made hard, one after the other, until
nothing is left to give way.  What is hard then holds a conflict, and a deletion filter makes it
irreducible.  What the elastic model does not ease (times on the way) is filtered on the input.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optimizer.solve.possible import Asked, Verdict, possible
from optimizer.studies.conflict.cells import Cell
from optimizer.studies.conflict.members import Kind, Member, demand_of
from optimizer.studies.conflict.trials import dropped, smallest

if TYPE_CHECKING:
    from optimizer.studies.conflict.search import Search

_CLOSE = 0.05


@dataclass(frozen=True, slots=True)
class Conflict:
    """Members that cannot all hold.  ``proven``: that none of them can be left out."""

    members: tuple[Member, ...]
    proven: bool


class Hunt:
    """Looks for one conflict where ``gone`` need not hold.

    ``ask``: whether whole numbers are asked for from the start.  A conflict of the linear program
    is a conflict, and quickly found; that it is irreducible is then asked of whole numbers too.
    """

    def __init__(self, search: Search, gone: Collection[Member], ask: Asked) -> None:
        self._search = search
        self._gone = gone
        self._ask = ask
        self._elastic = search.elastic(gone)
        demand = (one for one in gone if one.kind is Kind.DEMAND)
        self._free = frozenset(cell for one in demand for cell in one.cells)

    def conflict(self) -> Conflict | None:
        """A conflict of what is left; None where none was found."""
        hard = self._cannot_all_hold()
        if hard is None:
            return None
        parts, proven = smallest(hard, lambda kept: self._verdict(kept, self._free))
        if self._ask is not possible:
            parts, whole_proven = self._of_whole_numbers(parts)
            proven = proven and whole_proven
        kept = sorted(parts, key=self._search.members.index)
        chosen = self._narrowed(kept)
        further, also_proven = self._facts_of(chosen)
        return Conflict((*chosen, *further), proven and also_proven)

    def _verdict(
        self, hard: Collection[Member], free: Collection[Cell], ask: Asked | None = None
    ) -> Verdict:
        watch = self._search.budget.watch()
        return self._elastic.solve(hard, watch, free=free, ask=ask or self._ask).verdict

    def _left(self) -> list[Member]:
        """The members that are not gone; of demand only the cells that are gone are left out."""
        return [
            one
            for one in self._search.members
            if (one.kind is Kind.DEMAND and not self._free.issuperset(one.cells))
            or (one.kind is not Kind.DEMAND and one not in self._gone)
        ]

    def _cannot_all_hold(self) -> tuple[Member, ...] | None:
        """Members that cannot all hold, usually few; None where all can, or time ran out."""
        soft = self._left()
        if self._verdict(soft, self._free) is not Verdict.IMPOSSIBLE:
            return None
        everything, hard = tuple(soft), list[Member]()
        while soft:
            watch = self._search.budget.watch()
            shown = self._elastic.solve(
                hard, watch, soft=soft, free=self._free, ask=self._ask, gap=_CLOSE
            )
            if shown.verdict is Verdict.IMPOSSIBLE:
                return tuple(hard)
            if shown.values is None:
                return None
            giving = [one for one in soft if self._elastic.gives(one, shown.values, self._free)]
            if not giving:
                break
            hard += giving
            soft = [one for one in soft if one not in giving]
        return everything

    def _of_whole_numbers(self, parts: Sequence[Member]) -> tuple[tuple[Member, ...], bool]:
        """Without those that whole numbers make needless."""
        kept, proven = list(parts), True
        for member in parts:
            others = [one for one in kept if one is not member]
            match self._verdict(others, self._free, possible):
                case Verdict.IMPOSSIBLE:
                    kept = others
                case Verdict.OPEN:
                    proven = False
        return tuple(kept), proven

    def _narrowed(self, whole: Sequence[Member]) -> tuple[Member, ...]:
        """Demand without the periods that have no part in the conflict, one after the other."""
        out = set(self._free)
        chosen = []
        for member in whole:
            if member.kind is Kind.DEMAND:
                cells = [cell for cell in member.cells if cell not in self._free]
                kept = self._window(cells, whole, out)
                out.update(cell for cell in cells if cell not in kept)
                member = demand_of(self._search.data, member, kept)
            chosen.append(member)
        return tuple(chosen)

    def _window(
        self, cells: Sequence[Cell], whole: Sequence[Member], out: Collection[Cell]
    ) -> Sequence[Cell]:
        """The shortest run of periods, ending as early as can be, with which all cannot hold."""

        def fails(first: int, last: int) -> bool:
            free = (*cells[:first], *cells[last:], *out)
            return self._verdict(whole, free) is Verdict.IMPOSSIBLE

        last = _least(1, len(cells), lambda n: fails(0, n))
        length = _least(1, last, lambda n: fails(last - n, last))
        return cells[last - length : last]

    def _facts_of(self, chosen: Collection[Member]) -> tuple[tuple[Member, ...], bool]:
        """The times and multiples without which the chosen ones could hold after all."""
        search = self._search
        left = [fact for fact in search.facts if fact not in self._gone]
        if not left:
            return (), True
        here = dropped(chosen)
        others: Mapping[Cell, Any] = {
            cell: value
            for cell, value in (dropped(search.members) | dropped(self._gone)).items()
            if cell not in here
        }

        def verdict(hard: Collection[Member]) -> Verdict:
            edits = dropped(fact for fact in left if fact not in hard)
            return search.trials.verdict({**others, **edits}, self._ask)

        match verdict(()):
            case Verdict.IMPOSSIBLE:
                return (), True
            case Verdict.OPEN:
                return (), False
        further, proven = smallest(left, verdict)
        return further, proven and verdict(further) is Verdict.IMPOSSIBLE


def _least(low: int, high: int, fails: Callable[[int], bool]) -> int:
    """The least n in low..high for which it fails; that it fails for high is known."""
    while low < high:
        middle = (low + high) // 2
        if fails(middle):
            high = middle
        else:
            low = middle + 1
    return low
