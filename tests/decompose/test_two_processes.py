"""Plans from two MPI processes, beside the optimum of the whole model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.build import build
from optimizer.assemble import assemble
from optimizer.solve import SolveOptions
from optimizer.solve.run import solve
from tests.cli.workbooks import GOOD, folder
from tests.crosscheck.cases import workbook
from tests.decompose.extra import need_extra, on_two

GAP = 0.005  # as in tests.decompose.ranks
pytestmark = pytest.mark.slow
CASES = ("3:expected", "3:cvar", "3:expected")
WORST_BOUND = 0.1
"""How far the bounds of these cases lie below the optimum at most; a wrong one is far off."""

RISKY = {
    **GOOD,
    "Risks": (
        "risk,result,probability,scope,target,deliverable\n"
        "strike,yes,0.2,supplier,K,0.2\n"
        "flood,yes,0.1,supplier,L,0.5"
    ),
}


def optimum(case: str) -> float:
    seed, measure = case.split(":")
    problem = assemble(workbook(int(seed), with_rules=True, measure=measure))
    return solve(build(problem), SolveOptions(gap=1e-9, threads=1)).result.objective


def test_plans_and_bounds_lie_on_either_side_of_the_optimum() -> None:
    need_extra()
    done = on_two("-m", "tests.decompose.ranks", *CASES)
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert [one["case"] for one in said] == list(CASES)
    for one in said:
        best = optimum(one["case"])
        tolerance = 1e-6 * abs(best)
        assert one["bound"] <= best + tolerance
        assert one["objective"] >= best - tolerance
        assert one["objective"] - best <= one["gap"] * one["objective"] + tolerance
        assert one["bound"] >= best * (1 - WORST_BOUND)
        reached = one["gap"] <= GAP
        assert one["status"] == ("optimal" if reached else "stopped")
    assert said[0] == said[-1], "the same workbook has the same plan each time"


def test_the_command_writes_a_result_with_a_bound(tmp_path: Path) -> None:
    need_extra()
    source, facts = folder(tmp_path / "in", RISKY), tmp_path / "out.json"
    target = tmp_path / "out.xlsx"
    done = on_two(
        "-m", "optimizer", "decompose", source, "-o", target, "--json", facts, "--iterations", "1"
    )
    assert done.returncode == 0, done.stderr
    assert target.is_file()
    assert done.stdout.count("Written:") == 2, "one process alone writes"
    assert "mpi-sppy" not in done.stdout
    found = json.loads(facts.read_text(encoding="utf-8"))
    assert found["bound"] <= found["objective"]
    assert found["gap"] < 2 * WORST_BOUND


def test_what_is_refused_ends_every_process_with_a_word(tmp_path: Path) -> None:
    need_extra()
    tables = {**RISKY, "Settings": RISKY["Settings"] + "\nrisk_measure,worst_case"}
    target = tmp_path / "out.xlsx"
    done = on_two("-m", "optimizer", "decompose", folder(tmp_path / "in", tables), "-o", target)
    assert done.returncode == 2
    assert "Settings.risk_measure is worst_case" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()
