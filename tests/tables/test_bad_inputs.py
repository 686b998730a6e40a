"""Every bad input gives exactly its finding, in both forms of input."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.contract.findings import InputErrors, Severity
from optimizer.contract.inputs import INPUTS
from optimizer.tables import check, read
from tests.bad_inputs import BAD_INPUTS, FORMS, BadInput, example, made, write


def test_there_are_enough_and_no_two_are_the_same() -> None:
    assert len(BAD_INPUTS) >= 60
    assert len({bad.name for bad in BAD_INPUTS}) == len(BAD_INPUTS)


@pytest.mark.parametrize("form", FORMS)
def test_the_example_itself_has_no_error(form: str, tmp_path: Path) -> None:
    data, findings = check(write(example(), tmp_path, form))
    assert data is not None
    assert [one for one in findings if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bad", BAD_INPUTS, ids=lambda bad: bad.name)
def test_a_bad_input_gives_its_finding_and_no_other(
    bad: BadInput, form: str, tmp_path: Path
) -> None:
    sheets, cell = made(bad)
    path = write(sheets, tmp_path, form)
    before = contents(path)
    data, findings = check(path)
    errors = [one for one in findings if one.severity is Severity.ERROR]
    assert [(one.code, one.sheet, one.cell) for one in errors] == [(bad.code, bad.table, cell)]
    assert data is None
    (error,) = errors
    assert error.message
    assert error.remedy
    assert "None" not in error.message + error.remedy
    assert contents(path) == before


def test_reading_raises_all_findings(tmp_path: Path) -> None:
    path = write(made(BAD_INPUTS[0])[0], tmp_path, "csv")
    _, findings = check(path)
    with pytest.raises(InputErrors, match=r"1 error: Offers!C2") as raised:
        read(path)
    assert raised.value.findings == findings


def contents(path: Path) -> dict[Path, bytes]:
    files = [path] if path.is_file() else sorted(path.iterdir())
    return {file: file.read_bytes() for file in files}


def test_several_mistakes_are_all_found_at_once(tmp_path: Path) -> None:
    wanted = [bad for bad in BAD_INPUTS if bad.name in (
        "text_for_a_price", "site_of_demand", "limit_of_sixty", "target_of_a_risk",
        "lane_of_another_country", "half_a_module", "cover_targets_crossed")]  # fmt: skip
    sheets = example()
    expected = set()
    for bad in wanted:
        changed, cell = made(bad)
        sheets[bad.table] = changed[bad.table]
        expected.add((bad.code, bad.table, cell))
    _, findings = check(write(sheets, tmp_path, "csv"))
    errors = {(one.code, one.sheet, one.cell) for one in findings if one.severity is Severity.ERROR}
    assert errors == expected
    assert len(expected) == 7
    order = [table.name for table in INPUTS]
    assert [one.sheet for one in findings] == sorted(
        (one.sheet for one in findings), key=order.index
    )
