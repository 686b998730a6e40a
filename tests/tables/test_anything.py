"""Whatever stands in the cells, reading gives data or findings and never fails."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optimizer.contract.findings import Severity
from optimizer.tables import check
from tests.tables.books import FULL, Cells, book, folder

THOROUGH = os.environ.get("LAWS") == "thorough"
QUICK = settings(
    max_examples=2000 if THOROUGH else 60,
    deadline=None,
    derandomize=not THOROUGH,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WORDS = ["", " ", "*", ";", "none", "each", "unknown", "0", "-1", "1e400", "nan", "#N/A", "=1+1",
         "60%", "1,5", "1,234", "2025-10", "2025-13", "01/02/2025", "CN", "cn", "N45UH", "start",
         "refining:CN", "a=b", "=", "\u200b", "\x1f", "İ", "ß", "x" * 300]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12),
)
VALUES = st.one_of(
    TEXTS.filter(lambda text: not text.startswith("=")),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(9000, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(9000, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=9000)),
)


@st.composite
def garbled(draw: st.DrawFn, values: st.SearchStrategy[object]) -> dict[str, Cells]:
    sheets = {name: [list(row) for row in rows] for name, rows in FULL.items()}
    for _ in range(draw(st.integers(1, 6))):
        rows = sheets[draw(st.sampled_from(sorted(sheets)))]
        row = draw(st.integers(0, len(rows)))
        column = draw(st.integers(0, len(rows[0])))
        if row == len(rows):
            rows.append([""] * len(rows[0]))
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = draw(values)
    return sheets


def holds(path: Path) -> None:
    data, findings = check(path)
    errors = [one for one in findings if one.severity is Severity.ERROR]
    assert (data is None) == bool(errors)
    for one in findings:
        assert one.code
        assert one.message
        assert one.remedy
        assert one.sheet


@QUICK
@given(sheets=garbled(TEXTS))
def test_garbage_in_a_folder(tmp_path: Path, sheets: dict[str, Cells]) -> None:
    holds(folder(tmp_path / "in", sheets))


@QUICK
@given(sheets=garbled(VALUES))
def test_garbage_in_a_workbook(tmp_path: Path, sheets: dict[str, Cells]) -> None:
    plain = {name: [[writable(value) for value in row] for row in rows]
             for name, rows in sheets.items()}  # fmt: skip
    holds(book(tmp_path / "in.xlsx", plain))


def writable(value: object) -> object:
    return value.isoformat() if isinstance(value, time) else value


def test_a_risk_without_its_scope_column_is_a_finding(tmp_path: Path) -> None:
    rows = [list(row) for row in FULL["Risks"]]
    rows[0] = ["" if name == "scope" else name for name in rows[0]]
    _, findings = check(book(tmp_path / "in.xlsx", {**FULL, "Risks": rows}))
    assert [(one.sheet, one.severity) for one in findings if "scope" in one.message] == [
        ("Risks", Severity.ERROR)
    ]


@QUICK
@given(content=st.binary(max_size=400))
def test_garbage_as_a_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    holds(path)
    target = folder(tmp_path / "in", FULL)
    (target / "Offers.csv").write_bytes(content)
    holds(target)
