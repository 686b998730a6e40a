"""The Python API: the same verbs as the commands, DataFrames, typed errors."""

from __future__ import annotations

import dataclasses
import math
import threading
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import optimizer
from optimizer.api import Progress, solving
from optimizer.contract.plan import Plan
from optimizer.contract.results import RESULTS
from optimizer.results import tabulate
from optimizer.verify.violation import Check, Violation
from tests.cli.workbooks import GOOD, OPTIMUM, folder, without_rules

ORACLES = Path(__file__).parents[1] / "oracles"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("api") / "in")


@pytest.fixture(scope="module")
def plan(source: Path) -> optimizer.SolvedPlan:
    return optimizer.solve(optimizer.read(source))


def test_from_a_file_to_data_frames(plan: optimizer.SolvedPlan) -> None:
    awards = plan.awards
    assert isinstance(awards, pd.DataFrame)
    assert dict(zip(awards["supplier"], awards["award"], strict=True)) == pytest.approx(
        {"K": 22.5, "L": 7.5}
    )
    assert plan.facts.objective == pytest.approx(OPTIMUM)
    assert plan.data.horizon == 3


def test_every_result_table_is_a_frame_and_none_can_change_the_plan(
    plan: optimizer.SolvedPlan,
) -> None:
    for table in RESULTS:
        frame = getattr(plan, table.attribute)
        assert list(frame.columns) == [column.name for column in table.columns]
        assert len(frame) == len(plan.contract.tables.rows(table.attribute))
        assert table.attribute in dir(plan)
    awards = plan.awards
    awards.loc[0, "award"] = -1
    assert plan.awards["award"].min() > 0
    with pytest.raises(AttributeError, match="no table 'prizes'; it has awards, moves"):
        _ = plan.prizes


def test_a_plan_is_written_by_the_kind_of_the_file(
    plan: optimizer.SolvedPlan, source: Path, tmp_path: Path
) -> None:
    for name in ("plan.xlsx", "plan.json"):
        optimizer.write(plan, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 0
    with pytest.raises(optimizer.OutputError, match=r"should end in \.xlsx"):
        optimizer.write(plan, tmp_path / "plan.txt")
    with pytest.raises(optimizer.OutputError, match="an input is never written to"):
        optimizer.write(plan, tmp_path / "plan.xlsx", inputs=[tmp_path / "plan.xlsx"])


def test_the_same_plan_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        optimizer.write(optimizer.solve(optimizer.read(source), threads=1), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_errors_carry_their_findings(tmp_path: Path) -> None:
    wrong = folder(tmp_path / "in", GOOD | {"Offers": "supplier,item,price\nK,P,x"})
    with pytest.raises(optimizer.InputErrors) as caught:
        optimizer.read(wrong)
    assert "Offers!C2" in [one.place for one in caught.value.findings]
    found = optimizer.check(wrong)
    assert found.has_errors
    assert found.findings == caught.value.findings


def test_the_verb_is_not_hidden_by_the_room_of_that_name(source: Path) -> None:
    import optimizer.solve.run

    assert callable(optimizer.solve)
    assert "solve" in dir(optimizer)
    unknown = "explanation"
    with pytest.raises(AttributeError, match="no attribute 'explanation'"):
        getattr(optimizer, unknown)


@pytest.mark.parametrize("wrong", [{"gap": -1}, {"time_limit": 0}, {"threads": -1}])
def test_options_out_of_range(source: Path, wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=name):
        optimizer.solve(optimizer.read(source), **wrong)


def test_progress_names_every_phase(source: Path) -> None:
    told: list[Progress] = []
    optimizer.solve(optimizer.read(source), progress=told.append)
    phases = list(dict.fromkeys(one.phase for one in told))
    assert phases[:2] == ["problem", "build"]
    assert phases[-2:] == ["tables", "check"]
    assert any(math.isfinite(one.objective) for one in told)
    assert [one.seconds for one in told] == sorted(one.seconds for one in told)


def test_unavoidable_shortage_is_asked_for_only_where_something_is_short(source: Path) -> None:
    told: list[Progress] = []
    data = optimizer.read(source)
    short = dataclasses.replace(
        data, offers=tuple(dataclasses.replace(offer, capacity=4.0) for offer in data.offers)
    )
    plan = optimizer.solve(short, progress=told.append)
    assert "unavoidable shortage" in {one.phase for one in told}
    assert plan.facts.unavoidable_shortage == pytest.approx(30 - 2 * 4 * 3)
    told.clear()
    assert optimizer.solve(data, progress=told.append).facts.unavoidable_shortage == 0.0
    assert "unavoidable shortage" not in {one.phase for one in told}


def test_stopping_keeps_the_best_plan() -> None:
    stop = threading.Event()

    def stop_at_the_first_plan(progress: Progress) -> None:
        if math.isfinite(progress.objective) and progress.gap > 0.02:
            stop.set()

    data = optimizer.read(ORACLES / "ran10x10a")
    plan = optimizer.solve(data, gap=0, progress=stop_at_the_first_plan, stop=stop)
    assert stop.is_set()
    assert plan.facts.status == "interrupted"
    assert plan.facts.bound < 1499 <= plan.facts.objective * (1 + 1e-9)
    assert len(plan.orders) > 0


def test_stopping_before_any_plan(source: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(optimizer.LimitError, match="Stopped before any plan"):
        optimizer.solve(optimizer.read(source), stop=stop)


def test_what_the_checker_finds_is_an_error(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    violation = Violation(Check.STORAGE, "A in 2025-01", 5.0, 7.0, 2.0)
    monkeypatch.setattr(solving, "verify", lambda plan: (violation,))
    with pytest.raises(optimizer.VerificationError, match=r"A in 2025-01: 7\.0 instead of 5\.0"):
        optimizer.solve(optimizer.read(source))


@pytest.mark.parametrize("wrong_by", [1.0, -100.0])
def test_tables_that_cost_something_else_than_the_plan_are_an_error(
    source: Path, monkeypatch: pytest.MonkeyPatch, wrong_by: float
) -> None:
    def tabulated(*arguments: Any) -> Plan:
        plan = tabulate(*arguments)
        facts = dataclasses.replace(plan.facts, objective=plan.facts.objective + wrong_by)
        return dataclasses.replace(plan, facts=facts)

    monkeypatch.setattr(solving, "tabulate", tabulated)
    with pytest.raises(optimizer.VerificationError, match="cost of the solver's plan"):
        optimizer.solve(optimizer.read(source), gap=0)


def test_unavoidable_shortage_is_told_apart(tmp_path: Path) -> None:
    tables = without_rules(GOOD) | {
        "Offers": "supplier,item,price,capacity\nK,P,10,8\nL,P,15,1",
    }
    plan = optimizer.solve(optimizer.read(folder(tmp_path / "in", tables)), gap=0)
    assert plan.facts.shortage == pytest.approx(3)
    assert plan.facts.unavoidable_shortage == pytest.approx(3)
    assert plan.facts.costs["shortage"] == pytest.approx(3 * 150)
    assert plan.facts.gap_without_unavoidable_shortage == pytest.approx(0)
