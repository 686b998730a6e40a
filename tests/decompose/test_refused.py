"""What is refused, and with which words; none of it needs the extra."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from models.index import Index
from models.problem import Aim, Measure
from optimizer.api import QuestionError
from optimizer.assemble import assemble
from optimizer.cli import main
from optimizer.decompose import extra
from optimizer.decompose.supported import refuse_unsupported
from optimizer.decompose.tree import last, node_names, path, tree
from tests.crosscheck.cases import workbook
from tests.small import small

PROBLEM = assemble(workbook(7, with_rules=True))


def test_a_problem_that_fits_is_taken() -> None:
    refuse_unsupported(PROBLEM, 2)
    refuse_unsupported(dataclasses.replace(PROBLEM, aim=Aim(Measure.CVAR)), 2)


def test_without_risk_there_is_nothing_to_decompose() -> None:
    with pytest.raises(QuestionError, match="one outcome"):
        refuse_unsupported(assemble(small()), 1)


def test_more_processes_than_outcomes_are_refused() -> None:
    with pytest.raises(QuestionError, match=f"the {len(PROBLEM.outcomes)} outcomes"):
        refuse_unsupported(PROBLEM, len(PROBLEM.outcomes) + 1)


@pytest.mark.parametrize(
    ("aim", "cell"),
    [(Aim(Measure.WORST_CASE), "risk_measure"), (Aim(Measure.CVAR, level=1.0), "cvar_level")],
)
def test_the_worst_case_is_refused(aim: Aim, cell: str) -> None:
    with pytest.raises(QuestionError, match=rf"Settings\.{cell}"):
        refuse_unsupported(dataclasses.replace(PROBLEM, aim=aim), 2)


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    done = CliRunner().invoke(main, ["decompose", str(tmp_path)])
    assert done.exit_code == 2
    assert "extra [decompose]" in done.stderr
    assert "mpisppy and mpi4py" in done.stderr


def test_the_tree_is_who_shares_orders_with_whom() -> None:
    ix = Index(PROBLEM)
    root = tree(ix)
    assert sorted(last(root)) == sorted(ix.outcomes)
    shared = {t: node for w in ix.outcomes for node in path(root, w) for t in node.periods}
    for w in ix.outcomes:
        for node in path(root, w):
            for t in node.periods:
                assert {ix.decided_in(t, one) for one in node.outcomes} == {node.leader}
    for t in set(PROBLEM.horizon.numbers) - set(shared):
        assert len({ix.decided_in(t, w) for w in ix.outcomes}) == len(ix.outcomes)
    names = node_names(root)
    assert names is None or len(names) == len(set(names))
