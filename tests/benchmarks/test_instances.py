"""The registry of instances: each is what its name says, and survives being written and read."""

from __future__ import annotations

from pathlib import Path

import pytest

import optimizer
from models.build import build
from optimizer.assemble import assemble
from optimizer.solve.compile import compile_model
from tests.benchmarks.instances import SPECS, instance
from tests.benchmarks.written import as_folder, as_workbook

SMALL = [name for name in SPECS if name.startswith("small")]
SMALL_AND_SLOW = [
    *SMALL,
    *(pytest.param(name, marks=pytest.mark.slow) for name in SPECS if name not in SMALL),
]
TABLES = ("items", "demand", "offers", "lanes", "price_breaks", "rules", "risks", "stock")
ENTRIES = {"small": 10_000, "medium": 100_000, "large": 1_000_000}


@pytest.mark.parametrize("name", SMALL_AND_SLOW)
def test_an_instance_is_what_its_name_says(name: str) -> None:
    problem = assemble(instance(name))
    arrays = compile_model(build(problem)).arrays
    assert len(arrays.value) == pytest.approx(ENTRIES[name.split("-")[0]], rel=0.25)
    assert arrays.integer.any() == SPECS[name].whole_numbers
    assert len(problem.outcomes) == SPECS[name].outcomes


@pytest.mark.parametrize("name", SMALL_AND_SLOW)
def test_written_and_read_it_is_the_same(name: str, tmp_path: Path) -> None:
    made = instance(name)
    for path in (as_folder(made, tmp_path / name), as_workbook(made, tmp_path / f"{name}.xlsx")):
        read = optimizer.read(path)
        for table in TABLES:
            assert getattr(read, table) == getattr(made, table), table
        assert read.horizon == made.horizon


def test_a_seed_is_one_instance() -> None:
    assert instance("small-milp") == instance("small-milp")
    assert instance("small-milp") != instance("small-milp", seed=2)
