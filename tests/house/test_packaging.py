"""What is installed: the example is found, in the checkout and in a wheel; the lock fits."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from optimizer.example import EXAMPLE, example_folder

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def locked() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {canonicalize_name(name): number for name, number in LOCKED.findall(text)}


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = project["dependencies"] + extras["test"] + extras["dev"]
    return [Requirement(line) for line in lines]


def test_the_example_is_found_in_the_checkout() -> None:
    assert example_folder() == ROOT / "data" / EXAMPLE


def test_a_wheel_carries_the_example(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    code = "from optimizer.example import example_folder; print(example_folder())"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=unpacked,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    folder = Path(said.strip())
    assert folder == (unpacked / "optimizer" / "_data" / EXAMPLE).resolve()
    shipped = {path.name for path in (ROOT / "data" / EXAMPLE).iterdir()}
    assert {path.name for path in folder.iterdir()} == shipped
    assert "Items.csv" in shipped


@pytest.mark.parametrize("requirement", requirements(), ids=lambda one: one.name)
def test_the_lock_satisfies_each_direct_dependency(requirement: Requirement) -> None:
    assert locked()[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_lock_is_what_is_installed_here() -> None:
    names = [canonicalize_name(one.name) for one in requirements()]
    assert {name: version(name) for name in names} == {name: locked()[name] for name in names}


def test_the_lock_names_no_place() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
