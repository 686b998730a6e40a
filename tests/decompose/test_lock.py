"""The extra is locked as everything else is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-crosscheck.lock", "requirements-decompose.lock")


def test_the_locks_satisfy_the_extra() -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in LOCKS]
    found = [(canonicalize_name(n), number) for text in texts for n, number in LOCKED.findall(text)]
    locked = dict(found)
    assert len(locked) == len(found), "what is locked is locked once"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for wanted in map(Requirement, project["optional-dependencies"]["decompose"]):
        assert locked[canonicalize_name(wanted.name)] in wanted.specifier
