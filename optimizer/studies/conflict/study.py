"""Why there is no plan: what can be seen, what cannot all hold, and what to change."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.explain_results import ConflictRow, Reason
from optimizer.solve import Progress, SolveOptions
from optimizer.solve.possible import Verdict
from optimizer.solve.progress import ProgressFunction
from optimizer.studies.conflict.cells import Cell, with_cells
from optimizer.studies.conflict.changes import Mended, mended, together
from optimizer.studies.conflict.search import Search
from optimizer.studies.conflict.sentences import reasons
from optimizer.studies.conflict.trials import Budget, Trials
from optimizer.studies.conflict.words import conflict_rows, conflict_sentence

NO_PLAN = "no plan"
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Conflicts of an input with their mends.  ``edits``: what is suggested, together.

    ``verdict``: of the input with them.
    """

    found: tuple[Mended, ...]
    edits: Mapping[Cell, Any]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Infeasibility:
    """Why there is no plan.  ``sentences``: one for each conflict, and what they come to."""

    reasons: tuple[Reason, ...]
    conflicts: tuple[ConflictRow, ...]
    sentences: tuple[str, ...]


def why_infeasible(
    data: Data,
    options: SolveOptions,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> Infeasibility:
    """Why an input has no plan; without conflicts where one can be found after all.

    A solve takes at most a quarter of the time limit, all of them six times the limit.
    """
    began = time.monotonic()

    def tell(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, time.monotonic() - began, float("inf"), -float("inf")))

    tell("reasons")
    seen = tuple(reasons(data))
    found = conflicts_of(data, options, tell, stop)
    works = found.verdict is Verdict.POSSIBLE
    rows = tuple(conflict_rows(NO_PLAN, found.found, data, works))
    return Infeasibility(seen, rows, (*_sentences(found, data),))


def conflicts_of(
    data: Data,
    options: SolveOptions,
    tell: Callable[[str], None],
    stop: threading.Event | None = None,
) -> Conflicts:
    """Every independent conflict, then those that the suggested changes bring to light."""
    budget = Budget(options, stop)
    trials = Trials(data, options, budget)
    edits: dict[Cell, Any] = {}
    found: list[Mended] = []
    for _ in range(_ROUNDS):
        search = Search(with_cells(data, edits), options, budget, tell)
        conflicts = search.conflicts()
        if not conflicts:
            break
        changed = tuple(one.suggested.member for one in found if one.suggested is not None)
        found += [dataclasses.replace(one, after=changed) for one in mended(search, conflicts)]
        edits = together(found)
        if trials.works(edits):
            break
    tell("together")
    return Conflicts(tuple(found), edits, trials.verdict(edits))


def _sentences(found: Conflicts, data: Data) -> list[str]:
    said = [conflict_sentence(n, one, data) for n, one in enumerate(found.found, start=1)]
    if not found.found:
        if found.verdict is Verdict.POSSIBLE:
            said.append("There is a plan: nothing in the workbook stands against it.")
        else:
            said.append("No conflict could be shown in the time that there was.")
    elif found.verdict is Verdict.POSSIBLE:
        few = "With this change" if len(found.found) == 1 else "With these changes together"
        said.append(f"{few} the workbook has a plan: a solve has shown it.")
    else:
        said.append("That these changes together give a plan was not shown in time.")
    return said
