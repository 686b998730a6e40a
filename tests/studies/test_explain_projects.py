"""A little below and above its break-even values a project is decided the other way."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import optimizer
from optimizer.contract.data import Data
from optimizer.contract.explain_results import ProjectPrice
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Project, Supplier
from tests.small import need, offer, small
from tests.studies.quoted import best, quoted, with_project

_BESIDE = 1e-3


def priced(data: Data) -> ProjectPrice:
    (row,) = optimizer.explain(data, only=("projects",)).contract.tables.projects_to_pay
    return row


def builds(data: Data, **changes: Any) -> bool:
    projects = tuple(dataclasses.replace(one, **changes) for one in data.projects)
    found = best(dataclasses.replace(data, projects=projects)).solution
    assert found is not None
    return found.modules.get("plant", 0.0) > 0


@pytest.mark.parametrize("capex", [150.0, 900.0])
@pytest.mark.parametrize(
    "seed", [0, 3, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 4))]
)
def test_the_decision_turns(seed: int, capex: float) -> None:
    data = with_project(quoted(seed), capex=capex)
    row = priced(data)
    assert row.built == builds(data)
    assert row.capex_least is not None
    assert row.capex_at is not None
    assert row.capex_most is not None
    assert row.capex_least <= row.capex_at <= row.capex_most < row.capex_least + 1e-3
    if row.capex_least > _BESIDE:
        assert builds(data, capex=row.capex_least - _BESIDE)
    assert not builds(data, capex=max(0.0, row.capex_most) + _BESIDE)
    assert row.incentive_at is not None
    if row.incentive_at > 0:
        assert row.incentive_least is not None
        assert row.incentive_most is not None
        assert row.incentive_least <= row.incentive_at <= row.incentive_most
        assert row.incentive_most < row.incentive_least + 1e-4
        assert builds(data, incentive=row.incentive_most + _BESIDE)
        if row.incentive_least > _BESIDE:
            assert not builds(data, incentive=row.incentive_least - _BESIDE)


def plant(**changes: Any) -> Data:
    """K makes 20 a month for 10, L sells for 25; a plant at K makes 30 a month more, for a capex.

    100 P are needed in the second of two months, nothing can be bought ahead: stock costs too much.
    """
    project = Project(project="plant", supplier="K", capacity=30, capex=24_000, build_days=30,
                      life_years=5, max_modules=1, **changes)  # fmt: skip
    return small(
        demand=need(0, 100),
        suppliers=[Supplier(supplier="K", country="X", capacity=20)],
        offers=[offer("K", price=10), offer("L", price=25)],
        projects=[project],
        settings=Settings(start="2025-01", threads=1, gap=1e-9, holding_rate=50.0),
    )


def test_by_hand() -> None:
    """The plant saves 30 x (25 - 10) = 450; two months of five years cost 24,000 / 30 = 800.

    It would pay at a capex of 450 x 30 = 13,500, or at an incentive of (800 - 450) / 30 = 11.667.
    """
    row = priced(plant())
    assert not row.built
    assert row.cost == pytest.approx(800)
    assert row.worth == pytest.approx(450)
    assert [row.capex_least, row.capex_at, row.capex_most] == pytest.approx([13_500] * 3)
    wanted = [350 / 30] * 3
    found = [row.incentive_least, row.incentive_at, row.incentive_most]
    assert found == pytest.approx(wanted, rel=1e-5)


def test_a_cap_on_what_is_paid() -> None:
    """With at most 300 there is no incentive at which it pays; with 360 it is still 11.667."""
    assert priced(plant(incentive_cap=300.0)).incentive_at is None
    assert "cap" in priced(plant(incentive_cap=300.0)).note
    row = priced(plant(incentive_cap=360.0))
    assert row.incentive_at == pytest.approx(350 / 30, rel=1e-4)


def test_what_is_built_already_for_its_incentive() -> None:
    row = priced(plant(incentive=12.0))
    assert row.built
    assert row.incentive_at == pytest.approx(350 / 30, rel=1e-5)
    # With 12 paid for each of 30 it is worth 450 + 360.
    assert row.worth == pytest.approx(810)
    assert row.capex_at == pytest.approx(810 * 30)


def test_what_comes_too_late() -> None:
    row = priced(_late())
    assert row.worth is None
    assert "not ready" in row.note


def _late() -> Data:
    data = plant()
    return dataclasses.replace(
        data, projects=tuple(dataclasses.replace(one, build_days=300) for one in data.projects)
    )
