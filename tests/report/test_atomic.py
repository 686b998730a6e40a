from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.report.atomic import OutputError, replacing, write_text
from optimizer.report.workbook import write_workbook
from tests.report.handmade import made_plan


def refused(target: Path, *inputs: Path) -> str:
    before = target.read_bytes() if target.is_file() else None
    with pytest.raises(OutputError) as caught, replacing(target, inputs) as part:
        part.write_text("new")
    assert (target.read_bytes() if target.is_file() else None) == before
    assert str(target) in str(caught.value)
    return str(caught.value)


def test_an_output_appears_whole_and_replaces_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    write_text(target, "old\n")
    with replacing(target) as part:
        part.write_text("new")
        assert target.read_text() == "old\n"
        assert part.parent == target.parent
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_old_output_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    write_text(target, "old")

    def fail() -> None:
        with replacing(target) as part:
            part.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    write_text(target, "old")
    target.chmod(0o640)
    write_text(target, "new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"no folder {tmp_path / 'missing'}" in refused(tmp_path / "missing" / "plan.xlsx")


def test_a_read_only_output_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o444)
    assert "read-only" in refused(target)


@pytest.mark.parametrize("mark", [".~lock.plan.xlsx#", "~$plan.xlsx"])
def test_an_output_that_is_open_is_refused(tmp_path: Path, mark: str) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    (tmp_path / mark).write_bytes(b"")
    said = refused(target)
    assert "open in a spreadsheet program" in said
    assert mark in said


def test_an_input_is_never_written_to(tmp_path: Path) -> None:
    source = tmp_path / "quotes.xlsx"
    source.write_bytes(b"input")
    (tmp_path / "link.xlsx").symlink_to(source)
    assert "is the input" in refused(source, source)
    assert "is the input" in refused(tmp_path / "link.xlsx", source)
    with pytest.raises(OutputError, match="is the input"):
        write_workbook(made_plan(), source, inputs=[source])
    assert source.read_bytes() == b"input"
