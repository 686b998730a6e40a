"""The direction of imports between the rooms, as one table.

    contract <- tables <- assemble -> models        solve -> models
    studies -> assemble, solve        report -> contract        verify -> contract
    batch, cli -> the Python API (`optimizer.api`, which `optimizer` offers)

A new room needs a line here, so that its place is decided and not found out.
"""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.imports import Import, imports

ROOT = Path(__file__).parents[2]
PACKAGES = ("models", "optimizer")
API = {"optimizer", "optimizer.api"}

# room: the rooms it may import (and itself, always)
ROOMS: dict[str, set[str]] = {
    "models": set(),
    "optimizer.contract": set(),
    "optimizer.example": set(),
    "optimizer.collector": set(),
    "optimizer.jobs": set(),
    "optimizer.tables": {"optimizer.collector", "optimizer.contract"},
    "optimizer.assemble": {"models", "optimizer.collector", "optimizer.contract"},
    "optimizer.solve": {"models"},
    "optimizer.results": {
        "models",
        "optimizer.assemble",
        "optimizer.collector",
        "optimizer.contract",
        "optimizer.solve",
    },
    "optimizer.verify": {"optimizer.collector", "optimizer.contract"},
    "optimizer.report": {"optimizer.contract"},
    "optimizer.studies": {
        "models",
        "optimizer.assemble",
        "optimizer.contract",
        "optimizer.results",
        "optimizer.solve",
        "optimizer.verify",
    },
    "optimizer.api": {
        "models",
        "optimizer.assemble",
        "optimizer.contract",
        "optimizer.example",
        "optimizer.jobs",
        "optimizer.report",
        "optimizer.results",
        "optimizer.solve",
        "optimizer.studies",
        "optimizer.tables",
        "optimizer.verify",
    },
    "optimizer": {"optimizer.api", "optimizer.contract", "optimizer.example"},
    "optimizer.batch": {*API, "optimizer.contract", "optimizer.jobs"},
    "optimizer.decompose": {
        "models",
        "optimizer.api",
        "optimizer.assemble",
        "optimizer.contract",
        "optimizer.solve",
        "optimizer.studies",
        "optimizer.verify",
    },
    "optimizer.cli": {
        *API,
        "optimizer.batch",
        "optimizer.contract",
        "optimizer.decompose",
        "optimizer.example",
    },
    "optimizer.__main__": {"optimizer.cli"},
}

# library: the only rooms that may import it; libraries not named here are free to all but `models`
LIBRARIES: dict[str, set[str]] = {
    "highspy": {"optimizer.solve"},
    "pyomo": {"models", "optimizer.decompose", "optimizer.solve"},
    "openpyxl": {"optimizer.tables", "optimizer.report"},
    "python_calamine": {"optimizer.tables", "optimizer.report"},
    "xlsxwriter": {"optimizer.tables", "optimizer.report"},
    "click": {"optimizer.cli"},
    "rich": {"optimizer.cli"},
    "distributed": {"optimizer.batch"},
    "mpi4py": {"optimizer.decompose"},
    "mpisppy": {"optimizer.decompose"},
}
# room: the extra of pyproject.toml from which it may import; it says so where that is not installed
EXTRAS = {"optimizer.batch": "cluster", "optimizer.decompose": "decompose"}
# a library that is not installed -> the name under which it would be
NAMES = {"mpisppy": "mpi-sppy"}
FREE_IN_MODELS = {"numpy", "pyomo"}


def room(module: str) -> str:
    """The room a module belongs to: `optimizer.solve` of `optimizer.solve.compile`."""
    first, *rest = module.split(".")
    return f"{first}.{rest[0]}" if first == "optimizer" and rest else first


def objection(one: Import) -> str | None:
    """Why an import is against the table; None if it is not."""
    here, there = room(one.importer), room(one.imported)
    if here not in ROOMS:
        return f"{one}: the room {here} has no line in {Path(__file__).name}"
    if there.split(".")[0] in PACKAGES:
        if there not in ROOMS:
            return f"{one}: the room {there} has no line in {Path(__file__).name}"
        return None if there == here or there in ROOMS[here] else f"{one}: wrong direction"
    library = one.imported.split(".")[0]
    if library in sys.stdlib_module_names:
        return None
    if here == "models" and library not in FREE_IN_MODELS:
        return f"{one}: models knows only the standard library, numpy and pyomo"
    if here not in LIBRARIES.get(library, {here}):
        return f"{one}: only {', '.join(sorted(LIBRARIES[library]))} may"
    return None


def objections(root: Path) -> list[str]:
    """Every import below `root` that the table does not allow."""
    return [found for one in imports(root, PACKAGES) if (found := objection(one))]


def test_imports_follow_the_table() -> None:
    assert objections(ROOT) == []


def test_the_table_has_no_cycle() -> None:
    left = {name: set(allowed) for name, allowed in ROOMS.items()}
    while free := [name for name, allowed in left.items() if not allowed]:
        left = {name: allowed - set(free) for name, allowed in left.items() if name not in free}
    assert left == {}


def test_what_is_imported_is_a_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    providers = packages_distributions()
    undeclared = []
    for one in imports(ROOT, PACKAGES):
        library = one.imported.split(".")[0]
        if library in sys.stdlib_module_names or library in PACKAGES:
            continue
        extra = EXTRAS.get(room(one.importer))
        lines = (*project["dependencies"], *(extras[extra] if extra else ()))
        direct = {canonicalize_name(Requirement(text).name) for text in lines}
        names = providers.get(library, (NAMES.get(library, library),))
        if not direct & {canonicalize_name(name) for name in names}:
            undeclared.append(str(one))
    assert undeclared == []


@pytest.mark.parametrize(
    ("module", "statement", "said"),
    [
        ("models/rules.py", "import pandas as pd", "models knows only"),
        ("models/rules.py", "from optimizer.contract import fields", "wrong direction"),
        ("optimizer/contract/fields.py", "from optimizer.tables import cells", "wrong direction"),
        ("optimizer/contract/fields.py", "from ..tables import cells", "wrong direction"),
        ("optimizer/contract/fields.py", "from .. import tables", "wrong direction"),
        ("optimizer/contract/__init__.py", "from ..tables import cells", "wrong direction"),
        ("optimizer/verify.py", "def f():\n    import models.problem", "wrong direction"),
        ("optimizer/verify.py", "from optimizer.solve import Outcome", "wrong direction"),
        ("optimizer/solve/run.py", "import optimizer", "wrong direction"),
        ("optimizer/report/book.py", "import_module('highspy')", "only optimizer.solve may"),
        ("optimizer/cli/solve.py", "from openpyxl import Workbook", "optimizer.tables may"),
        ("optimizer/cli/solve.py", "from optimizer import tables", "wrong direction"),
        ("optimizer/lounge.py", "import math", "the room optimizer.lounge has no line"),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, module: str, statement: str, said: str) -> None:
    (tmp_path / "optimizer/tables").mkdir(parents=True)
    path = tmp_path / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(statement, encoding="utf-8")
    (found,) = objections(tmp_path)
    assert said in found


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("models/rules.py", "import numpy as np\nimport pyomo.environ as pyo"),
        ("models/rules.py", "from . import problem\nfrom models.problem import Problem"),
        ("optimizer/assemble.py", "from models.problem import Problem"),
        ("optimizer/solve/run.py", "import highspy\nfrom optimizer.solve.arrays import Arrays"),
        ("optimizer/tables/read.py", "import python_calamine\nimport openpyxl, zipfile"),
        ("optimizer/cli/solve.py", "import click\nimport optimizer\nfrom optimizer import solve"),
    ],
)
def test_a_right_import_is_left_alone(tmp_path: Path, module: str, statement: str) -> None:
    (tmp_path / "optimizer/solve").mkdir(parents=True)
    (tmp_path / "optimizer/__init__.py").write_text("def solve(): ...", encoding="utf-8")
    path = tmp_path / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(statement, encoding="utf-8")
    assert objections(tmp_path) == []
