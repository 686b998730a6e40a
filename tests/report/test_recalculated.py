"""A spreadsheet program works the formulas out again and finds the values that were stored."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from optimizer.report.workbook import write_workbook
from tests.report.handmade import made_plan
from tests.report.reading import opened

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_recalculated_values_equal_the_stored_ones(tmp_path: Path) -> None:
    path, out = tmp_path / "plan.xlsx", tmp_path / "again"
    write_workbook(made_plan(), path)
    stored = opened(path)
    assert OFFICE is not None
    # Through the program's own format and back, so that nothing stored can be carried over.
    for source, kind in ((path, "ods"), (out / "plan.ods", "xlsx")):
        subprocess.run(
            [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
             "--convert-to", kind, "--outdir", str(out), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    again = opened(out / "plan.xlsx")
    assert again.values.sheetnames == stored.values.sheetnames
    compared = 0
    for sheet, cell, value in stored.live():
        found = again.values[sheet][cell].value
        assert found == pytest.approx(value, rel=1e-9, abs=1e-6), f"{sheet}!{cell}"
        compared += 1
    assert compared > 40
    errors = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in again.values.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert errors == []
