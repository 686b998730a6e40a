"""The lock files of the extras: what one locks, and whether that is all that the extra needs."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
_LINE = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)


def locked(name: str = "") -> dict[str, str]:
    """Version by package, of what this version of Python needs.

    name: the extra; none: what is needed always, of requirements.lock.  AssertionError where a
    package is locked twice.
    """
    found = [
        (canonicalize_name(package), number)
        for package, number, marker in _LINE.findall(_text(name))
        if not marker or _applies(Requirement(f"{package} ; {marker}"))
    ]
    assert len(dict(found)) == len(found), "what is locked is locked once"
    return dict(found)


def check_declared(extra: str, *others: str) -> None:
    """AssertionError unless what pyproject.toml names for the extra is locked as it says.

    others: extras that are installed before it, with what they lock.  A lock names no place to
    get things from, and nothing that is locked before it.
    """
    ours, before = locked(extra), _before(others)
    assert "://" not in _text(extra)
    assert not ours.keys() & before.keys()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(line) for line in project["optional-dependencies"][extra]]
    assert wanted
    _check(wanted, before | ours)


def check_complete(extra: str, *others: str) -> None:
    """AssertionError unless what is installed is what is locked, and needs nothing beyond it."""
    ours = locked(extra)
    assert ours
    assert {name: version(name) for name in ours} == ours
    for name in ours:
        _check([Requirement(line) for line in requires(name) or ()], _before(others) | ours)


def _check(wanted: list[Requirement], found: dict[str, str]) -> None:
    for one in filter(_applies, wanted):
        name = canonicalize_name(one.name)
        assert name in found, f"{one} is not locked"
        assert found[name] in one.specifier


def _applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _before(others: tuple[str, ...]) -> dict[str, str]:
    return locked() | {name: number for other in others for name, number in locked(other).items()}


def _text(name: str) -> str:
    file = f"requirements-{name}.lock" if name else "requirements.lock"
    return (ROOT / file).read_text(encoding="utf-8")
