"""The extra [bench] is locked as everything else is."""

from __future__ import annotations

import tomllib
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.batch.test_lock import ROOT, locked

LOCK = "requirements-bench.lock"


def test_the_lock_satisfies_the_extra_and_names_no_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = map(Requirement, project["optional-dependencies"]["bench"])
    assert locked(LOCK)[wanted.name] in wanted.specifier
    assert "://" not in (ROOT / LOCK).read_text(encoding="utf-8")


def test_what_two_extras_need_is_locked_alike() -> None:
    ours, theirs = locked(LOCK), locked("requirements-cluster.lock")
    both = ours.keys() & theirs.keys()
    assert both
    assert {name: ours[name] for name in both} == {name: theirs[name] for name in both}


def test_the_two_locks_together_have_all_that_it_needs() -> None:
    pytest.importorskip("linopy", reason="make bench installs linopy")
    extra, always = locked(LOCK), locked("requirements.lock")
    assert {name: version(name) for name in extra} == extra
    assert not extra.keys() & always.keys()
    for name in extra:
        for needed in map(Requirement, requires(name) or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert (extra | always)[canonicalize_name(needed.name)] in needed.specifier
