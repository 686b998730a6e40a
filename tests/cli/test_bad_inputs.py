"""Every bad input at the command line: its cell is named, nothing is written, no stack trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from optimizer.cli import main
from tests.bad_inputs import BAD_INPUTS, FORMS, BadInput, made, write


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bad", BAD_INPUTS, ids=lambda bad: bad.name)
def test_a_bad_input_ends_with_its_cell(bad: BadInput, form: str, tmp_path: Path) -> None:
    sheets, cell = made(bad)
    (tmp_path / "in").mkdir()
    source = write(sheets, tmp_path / "in", form)
    out = tmp_path / "out"
    out.mkdir()
    result = CliRunner().invoke(
        main, ["solve", str(source), "-o", str(out / "p.xlsx"), "--json", str(out / "p.json")]
    )
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert (f"{bad.table}!{cell}" if cell else bad.table) in result.stderr
    assert "Traceback" not in result.output
    assert list(out.iterdir()) == []
