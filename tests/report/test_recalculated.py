"""A spreadsheet program works the formulas out by itself and finds the values that we stored."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import optimizer
from optimizer.contract.plan import Plan
from optimizer.contract.policy import RiskEffect
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Supplier
from optimizer.example import example_folder
from optimizer.report.workbook import write_workbook
from tests.report.handmade import made_plan
from tests.report.reading import opened
from tests.small import need, offer, small

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
STORED = re.compile(rb"(</f>)<v>[^<]*</v>")
WRONG = rb"\1<v>-987654321</v>"


def with_wrong_values(source: Path, target: Path) -> None:
    """A copy in which every formula has a wrong value stored, so that none can be carried over."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, STORED.sub(WRONG, old.read(name)))


def solved_example() -> Plan:
    data = dataclasses.replace(optimizer.read(example_folder()), risks=())
    return optimizer.solve(data, gap=0.03, time_limit=60).contract


def solved_under_risk() -> Plan:
    """Four outcomes, one of them called "freeze + fire"."""

    def effect(result: str, target: str, period: int) -> RiskEffect:
        return RiskEffect(risk=f"risk of {target}", result=result, probability=0.2,
                          scope="supplier", target=target, from_period=period,
                          deliverable=0.25)  # fmt: skip

    data = small(
        suppliers=[Supplier(supplier=name, country="X", onboarding_cost=5) for name in "KLM"],
        offers=[offer("K", price=9), offer("L", price=11), offer("M", price=30)],
        demand=need(*[10] * 8),
        risks=[effect("freeze", "K", 2), effect("fire", "L", 4)],
        settings=Settings(start="2025-01", reveal_days=30.4375, threads=1),
    )
    return optimizer.solve(data).contract


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("made", [made_plan, solved_under_risk, solved_example])
def test_recalculated_values_equal_the_stored_ones(
    made: Callable[[], Plan], tmp_path: Path
) -> None:
    assert OFFICE is not None
    profile, wrong = tmp_path / "profile", tmp_path / "wrong.xlsx"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    write_workbook(made(), tmp_path / "plan.xlsx")
    with_wrong_values(tmp_path / "plan.xlsx", wrong)
    assert {value for _, _, value in opened(wrong).live()} == {-987654321}
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(tmp_path / "again"), str(wrong)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    stored, again = opened(tmp_path / "plan.xlsx"), opened(tmp_path / "again" / "wrong.xlsx")
    assert again.values.sheetnames == stored.values.sheetnames
    live = list(stored.live())
    assert len(live) > 40
    for sheet, cell, value in live:
        found = again.values[sheet][cell].value
        assert found == pytest.approx(value, rel=1e-9, abs=1e-6), f"{sheet}!{cell}"
    errors = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in again.values.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert errors == []
