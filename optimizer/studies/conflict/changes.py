"""The smallest change of each member of a conflict that makes it go away, found and shown anew."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.contract.data import Data
from optimizer.solve.possible import Verdict
from optimizer.studies.conflict.cells import Cell
from optimizer.studies.conflict.hunt import Conflict
from optimizer.studies.conflict.ladders import (
    fewest_steps,
    is_exact,
    ladder_of,
    step_for,
    without_noise,
)
from optimizer.studies.conflict.members import Kind, Member, unmet
from optimizer.studies.conflict.search import Search
from optimizer.studies.conflict.trials import dropped

_EXACT = 1e-6
_LEAST = 1e-9
_ROOM = 1e-9
_LAST = {Kind.DEMAND: 2, Kind.UNMET: 20, Kind.BAN: 1, Kind.LEAD: 1, Kind.TRANSIT: 1}
"""What one would rather not change, however little it is."""
_HIDING = 10


@dataclass(frozen=True, slots=True)
class Mend:
    """What the cells of a member are changed to.  ``edits`` None: no change of it was shown to.

    ``share``: of its own value, to compare members by.  ``by_itself``: the conflict goes away, but
    another one that it has hidden does not.  ``smallest``: no trial of less was left open.
    """

    member: Member
    edits: Mapping[Cell, Any] | None
    share: float = math.inf
    by_itself: bool = False
    smallest: bool = True

    @property
    def reluctance(self) -> tuple[int, float]:
        """Smaller is sooner suggested."""
        return _LAST.get(self.member.kind, 0) + _HIDING * self.by_itself, self.share


@dataclass(frozen=True, slots=True)
class Mended:
    """A conflict and its mends; ``suggested``: one of them that works with those of the others."""

    conflict: Conflict
    mends: tuple[Mend, ...]
    suggested: Mend | None
    after: tuple[Member, ...] = ()
    """What was changed as suggested before this conflict came to light."""


class _Mending:
    """Smallest changes of the members of a conflict, where ``gone`` need not hold."""

    def __init__(self, search: Search, conflict: Conflict, gone: Sequence[Member]) -> None:
        self._search = search
        self._data: Data = search.data
        self._conflict = conflict
        kept = dropped(conflict.members).keys()
        self._gone = [member for member in gone if member not in conflict.members]
        self._others = {c: v for c, v in dropped(self._gone).items() if c not in kept}

    def mend(self, member: Member) -> Mend | None:
        """The smallest change of one member; None: it takes the others as well."""
        shown, amounts = self._eased(member)
        if shown is Verdict.IMPOSSIBLE:
            return None
        before = self._search.trials.left_open
        match member.kind:
            case Kind.DEMAND:
                mend = self._less_demand(member, amounts)
            case Kind.BAN:
                mend = self._fewer_bans(member)
            case _:
                mend = self._on_ladder(member, amounts) or self._without(member)
        if mend is None or self._search.trials.left_open == before:
            return mend
        return dataclasses.replace(mend, smallest=False)

    def unmet(self) -> Mend | None:
        """Of the setting that demand must be met, where the conflict has any."""
        if all(member.kind is not Kind.DEMAND for member in self._conflict.members):
            return None
        setting = unmet(self._data)
        edits = dropped((setting,))
        return Mend(setting, edits, 1.0) if self._works(edits) else None

    def _works(self, edits: Mapping[Cell, Any]) -> bool:
        return self._search.trials.works({**self._others, **edits})

    def _without(self, member: Member) -> Mend | None:
        edits = dropped((member,))
        return Mend(member, edits, 1.0) if self._works(edits) else None

    def _on_ladder(self, member: Member, amounts: Mapping[Cell, float]) -> Mend | None:
        amount = amounts.get(member.cell)
        if member.kind is Kind.RULE and self._data.rules[member.cell.place].metric == "hhi":
            amount = None  # its slack is in units of the goods
        ladder = ladder_of(member, self._data, amount)
        now = member.cell.value(self._data)

        def edit(n: int) -> dict[Cell, Any]:
            return {member.cell: _typed(ladder.at(n), now)}

        guess = None if amount is None else ladder.near(amount)
        steps = fewest_steps(
            ladder.steps,
            guess,
            lambda n: self._works(edit(n)),
            enough=is_exact(member, self._data),
        )
        if steps is None:
            return None
        value = ladder.at(steps)
        if math.isinf(value):
            return Mend(member, edit(steps), 1.0)
        size = max(abs(ladder.now), abs(value), _LEAST)
        return Mend(member, edit(steps), abs(value - ladder.now) / size)

    def _eased(self, member: Member) -> tuple[Verdict, Mapping[Cell, float]]:
        """Whether it is enough that a member gives way, and about how much each of its cells has
        to, from the elastic model; OPEN where that model does not know the member.
        """
        elastic, search = self._search.elastic(self._gone), self._search
        whole = next((one for one in elastic.members if _is_of(member, one)), None)
        if whole is None:
            return Verdict.OPEN, {}
        here = {cell for one in self._conflict.members for cell in one.cells}
        demands = [one for one in self._gone if one.kind is Kind.DEMAND]
        free = {cell for one in demands for cell in one.cells} - here
        kept = set(whole.cells) - set(member.cells) - free if member.kind is Kind.DEMAND else ()
        hard = [one for one in elastic.members if one != whole and self._holds(one, free)]
        watch = search.budget.watch()
        shown = elastic.solve(
            hard, watch, soft=(whole,), free=free, kept=kept, ask=elastic.quickest, gap=_EXACT
        )
        if shown.values is None:
            return shown.verdict, {}
        return shown.verdict, elastic.amounts(whole, shown.values)

    def _holds(self, member: Member, free: Collection[Cell]) -> bool:
        if member.kind is Kind.DEMAND:
            return any(cell not in free for cell in member.cells)
        return member not in self._gone

    def _less_demand(self, member: Member, amounts: Mapping[Cell, float]) -> Mend | None:
        now = {cell: float(cell.value(self._data)) for cell in member.cells}
        step = step_for(max(now.values()))
        edits: dict[Cell, Any] = {}
        for cell, quantity in now.items():
            steps = math.ceil(amounts.get(cell, 0.0) / step - _EXACT)
            if steps > 0:
                edits[cell] = max(0.0, without_noise(quantity - steps * step, step))
        if not edits or not self._works(edits):
            edits = dict(self._by_share(member, now))
        cut = sum(now[cell] - value for cell, value in edits.items())
        return Mend(member, edits, cut / sum(now.values())) if edits else None

    def _by_share(self, member: Member, now: Mapping[Cell, float]) -> Mapping[Cell, Any]:
        """The same share less in every period, in steps of 0.1 %; empty where not even all is."""

        def less(n: int) -> dict[Cell, float]:
            return {cell: quantity * (1000 - n) / 1000 for cell, quantity in now.items()}

        steps = fewest_steps(1000, None, lambda n: self._works(less(n)))
        return {} if steps is None else less(steps)

    def _fewer_bans(self, member: Member) -> Mend | None:
        banned = tuple(member.cell.value(self._data))
        for use in banned:
            edits = {member.cell: tuple(one for one in banned if one != use)}
            if self._works(edits):
                return Mend(member, edits, 1.0)
        return self._without(member)


def _is_of(member: Member, whole: Member) -> bool:
    """Whether the member is this one, or some periods of this demand."""
    if member.kind is not Kind.DEMAND:
        return member == whole
    return whole.kind is Kind.DEMAND and member.about == whole.about


def _typed(value: float, now: Any) -> Any:
    """As the column has it: whole numbers where it holds whole numbers."""
    return int(value) if isinstance(now, int) and math.isfinite(value) else value


def mended(search: Search, found: Sequence[Conflict]) -> tuple[Mended, ...]:
    """The mends of each conflict, and for each the one that is suggested."""
    result = []
    for number, conflict in enumerate(found):
        search.tell(f"changes {number + 1}")
        elsewhere = [m for place, one in enumerate(found) if place != number for m in one.members]
        result.append(_mended(search, conflict, elsewhere))
    return tuple(result)


def _mended(search: Search, conflict: Conflict, elsewhere: Sequence[Member]) -> Mended:
    """With the other conflicts gone; where that is not enough, with all that is not in this one."""
    mending = _Mending(search, conflict, elsewhere)
    alone = _Mending(search, conflict, (*search.members, *search.facts))
    mends = []
    for member in conflict.members:
        mend = mending.mend(member)
        if mend is None and (mend := alone.mend(member)) is not None:
            mend = dataclasses.replace(mend, by_itself=True)
        mends.append(mend or Mend(member, None))
    setting = mending.unmet()
    if setting is not None:
        mends.append(setting)
    able = [mend for mend in mends if mend.edits is not None]
    if len(able) < len(mends):  # without it the others may still not hold
        conflict = dataclasses.replace(conflict, proven=False)
    return Mended(conflict, tuple(mends), min(able, key=lambda one: one.reluctance, default=None))


def together(found: Collection[Mended]) -> dict[Cell, Any]:
    """The suggested changes of all conflicts, as edits of the input."""
    edits: dict[Cell, Any] = {}
    for one in found:
        if one.suggested is not None and one.suggested.edits is not None:
            edits |= one.suggested.edits
    return edits
