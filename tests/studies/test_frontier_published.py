"""The published bid case: a share cap on every supplier, from none to the published 50 %."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest

import optimizer
from optimizer.contract.policy import Rule
from tests.test_oracles import EXPECTED, ORACLES

NONE, HALF = "gams_bid_none", "gams_bid_0.50"
CAP = Rule(rule="cap", dimension="supplier", metric="share", sense="max", limit=0.5)


def test_the_sweep_meets_both_published_optima_and_rises_in_between() -> None:
    data = dataclasses.replace(optimizer.read(Path(ORACLES / NONE)), rules=(CAP,))
    limits = [None, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5]
    rows = optimizer.frontier(data, {"cap": limits}, gap=1e-9).contract.tables.frontier
    found = [row.cost for row in rows]
    assert all(row.status == "optimal" for row in rows)
    assert found[0] == pytest.approx(EXPECTED[NONE][0], rel=1e-6)
    assert found[0] == pytest.approx(15210109.512, rel=1e-6)
    assert found[-1] == pytest.approx(EXPECTED[HALF][0], rel=1e-6)
    assert found[-1] == pytest.approx(15488012.66, rel=1e-6)
    assert found == sorted(cost for cost in found if cost is not None)
    # The cheapest plan buys 69.1 % from one: from there on every step costs something.
    assert [row.over_loosest for row in rows[:7]] == pytest.approx([0.0] * 7, abs=0.1)
    for before, row in itertools.pairwise(rows[6:]):
        assert row.cost is not None
        assert before.cost is not None
        assert row.cost > before.cost
        assert row.reached == pytest.approx(row.limit)
