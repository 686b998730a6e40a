"""The extra [cluster] is locked as everything else is."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires, version
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)


def locked(file: str) -> dict[str, str]:
    """Version by name, of what this version of Python needs."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): number
        for name, number, marker in LOCKED.findall(text)
        if not marker or Requirement(f"{name} ; {marker}").marker.evaluate()
    }


def test_the_lock_satisfies_the_extra_and_names_no_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = map(Requirement, project["optional-dependencies"]["cluster"])
    assert locked("requirements-cluster.lock")[wanted.name] in wanted.specifier
    assert "://" not in (ROOT / "requirements-cluster.lock").read_text(encoding="utf-8")


@pytest.mark.skipif(find_spec("distributed") is None, reason="make cluster installs distributed")
def test_the_two_locks_together_have_all_that_it_needs() -> None:
    extra, always = locked("requirements-cluster.lock"), locked("requirements.lock")
    assert {name: version(name) for name in extra} == extra
    assert not extra.keys() & always.keys()
    for name in extra:
        for needed in map(Requirement, requires(name) or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                found = (extra | always)[canonicalize_name(needed.name)]
                assert found in needed.specifier
