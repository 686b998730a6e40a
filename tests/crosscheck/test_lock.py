"""The extra is locked as everything else is."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def locked(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return {canonicalize_name(name): number for name, number in LOCKED.findall(text)}


def test_the_lock_satisfies_the_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = map(Requirement, project["optional-dependencies"]["crosscheck"])
    assert locked("requirements-crosscheck.lock")[wanted.name] in wanted.specifier


def test_the_two_locks_together_have_all_that_it_needs() -> None:
    pytest.importorskip("mpisppy")
    extra, always = locked("requirements-crosscheck.lock"), locked("requirements.lock")
    assert {name: version(name) for name in extra} == extra
    assert not extra.keys() & always.keys()
    for name in extra:
        for needed in map(Requirement, requires(name) or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                found = (extra | always)[canonicalize_name(needed.name)]
                assert found in needed.specifier
