"""Feasible models that the presolve of HiGHS 1.15.1 gets wrong unless one rule is left out.

Both came from small random workbooks.  With every rule on, one ends the process and the other is
called infeasible; without presolve both have the optimum that stands here.
"""

from __future__ import annotations

from pathlib import Path

import highspy
import numpy as np
import pytest

from optimizer.solve import engine
from optimizer.solve.arrays import Arrays
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import Watch
from optimizer.solve.session import Session

DATA = Path(__file__).parent / "data"


def arrays(path: Path) -> Arrays:
    """The model of an LP file."""
    highs = highspy.Highs()
    highs.setOptionValue("log_to_console", False)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    model = highs.getLp()
    matrix = model.a_matrix_
    return Arrays(
        start=np.array(matrix.start_, dtype=np.int32),
        index=np.array(matrix.index_, dtype=np.int32),
        value=np.array(matrix.value_),
        row_lower=np.array(model.row_lower_),
        row_upper=np.array(model.row_upper_),
        lower=np.array(model.col_lower_),
        upper=np.array(model.col_upper_),
        cost=np.array(model.col_cost_),
        offset=model.offset_,
        integer=np.array([kind == highspy.HighsVarType.kInteger for kind in model.integrality_]),
    )


@pytest.mark.parametrize(
    ("name", "optimum"),
    [
        ("presolve_crash.lp", 3386.6447638603695),
        ("presolve_false_infeasible.lp", 19829.31506849315),
    ],
)
def test_a_feasible_model_stays_feasible(name: str, optimum: float) -> None:
    found = engine.run(engine.load(arrays(DATA / name), relaxed=False), Watch(60))
    assert found.objective == pytest.approx(optimum, rel=1e-6)


def test_infeasible_is_believed_only_without_presolve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_NO_PARALLEL_ROWS", 0)
    model = arrays(DATA / "presolve_false_infeasible.lp")
    assert engine.run(engine.load(model, relaxed=False), Watch(60)).values is None
    found = Session(model, SolveOptions(gap=1e-9)).branch(Watch(60))
    assert found.objective == pytest.approx(19829.31506849315, rel=1e-6)
