"""Planted conflicts: the planted cells are named, nothing is blamed in vain, and changes help.

What the search says is held against models that it has not built: the whole problem, with its
costs, solved as any other.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from pathlib import Path

import pytest

import optimizer
from models.build import ImpossibleError, build
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.solve import SolveOptions, Status
from optimizer.solve.possible import Verdict
from optimizer.solve.run import solve
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.conflict.cells import Cell, with_cells
from optimizer.studies.conflict.members import FORBID, NEED_NOT, PENALISE, Member, blamed, facts
from optimizer.studies.conflict.study import Conflicts, conflicts_of, why_infeasible
from optimizer.studies.conflict.trials import dropped
from tests.studies.conflict_cases import CASES, Case, read

OPTIONS = SolveOptions(threads=1, time_limit=120.0, gap=1e3)
UNMET = Cell("Settings", 0, "unmet_demand")


def found(data: Data) -> Conflicts:
    return conflicts_of(data, OPTIONS, lambda phase: None)


def has_plan(data: Data, without: Collection[Member]) -> bool:
    """Whether the whole model has a plan where some members need not hold."""
    edits = dropped(without)
    free = {cell for cell, value in edits.items() if value == NEED_NOT}
    data = with_cells(data, {c: v for c, v in edits.items() if c not in free} | {UNMET: PENALISE})
    rows = [data.demand[cell.place] for cell in free]
    may = {(row.item, row.site, row.end_use, row.period) for row in rows}
    problem = assemble(data)
    model = build(problem)
    for (*need, _), short in model.shortage.items():
        if tuple(need) not in may:
            short.fix(0.0)
    answer = solve(model, OPTIONS, generators=hhi_generators(problem))
    assert answer.result.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return answer.result.has_plan


def test_the_good_case_has_a_plan(tmp_path: Path) -> None:
    data = read(tmp_path / "good", Case("good", ()))
    assert data.settings.unmet_demand == FORBID
    assert found(data) == Conflicts((), {}, Verdict.POSSIBLE)
    assert optimizer.solve(data, gap=0.05).facts.status == "optimal"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_planted_conflict(tmp_path: Path, case: Case) -> None:
    data = read(tmp_path / "case", case)
    conflicts = found(data)
    members = [member for one in conflicts.found for member in one.conflict.members]
    named = {cell.address(data) for member in members for cell in member.cells}
    assert {edit.cell for edit in case.edits} <= named
    assert all(one.conflict.proven for one in conflicts.found)
    for one in conflicts.found:
        if not one.after:
            _is_irreducible(data, one.conflict.members)
    # One suggested change from each conflict, together, make a plan of it.
    assert conflicts.verdict is Verdict.POSSIBLE
    assert optimizer.solve(with_cells(data, conflicts.edits), gap=0.5).facts.objective > 0


def test_a_stop_leaves_it_open(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    why = why_infeasible(read(tmp_path / "case", CASES[0]), OPTIONS, stop=stop)
    assert why.conflicts == ()
    assert why.sentences == ("No conflict could be shown in the time that there was.",)
    assert "can be there" in why.reasons[0].reason


def _is_irreducible(data: Data, members: Collection[Member]) -> None:
    """They cannot all hold, even where nothing else need; without any one of them they can."""
    here = {cell for member in members for cell, _ in member.without}
    others = []
    for one in (*blamed(data), *facts(data)):
        cells = [pair for pair in one.without if pair[0] not in here]
        if cells:
            others.append(Member(one.kind, one.cells, tuple(cells), one.subject, one.about))
    assert not _holds(data, others)
    for member in members:
        assert _holds(data, [*others, member]), member.subject


def _holds(data: Data, without: Collection[Member]) -> bool:
    try:
        return has_plan(data, without)
    except ImpossibleError:
        return False
