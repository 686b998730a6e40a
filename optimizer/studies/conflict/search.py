"""The conflicts of an input, one after the other, and what they are looked for with."""

from __future__ import annotations

from collections.abc import Callable, Collection

from optimizer.contract.data import Data
from optimizer.solve import SolveOptions
from optimizer.solve.possible import possible, possible_in_parts
from optimizer.studies.conflict.cells import with_cells
from optimizer.studies.conflict.elastic import Elastic
from optimizer.studies.conflict.hunt import Conflict, Hunt
from optimizer.studies.conflict.members import Member, blamed, facts
from optimizer.studies.conflict.trials import Budget, Trials, dropped

MOST_CONFLICTS = 20


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
        """A conflict of what is left: of the linear program where it has one, else of the whole."""
        for ask in (possible_in_parts, possible):
            found = Hunt(self, gone, ask).conflict()
            if found is not None:
                return found
        return None
