"""What cannot be is said in the words of the input, and by nobody else on the screen."""

from __future__ import annotations

import pytest

import optimizer
from optimizer.api import InfeasibleError
from optimizer.contract.policy import Licence, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Supplier
from tests.small import need, offer, small

FORBID = Settings(start="2025-01", unmet_demand="forbid", threads=1)


def test_demand_that_nothing_can_reach(capfd: pytest.CaptureFixture[str]) -> None:
    data = small(settings=FORBID, suppliers=[Supplier(supplier="K", country="X", capacity=0.0)],
                 demand=need(0.0, 5.0))  # fmt: skip
    with pytest.raises(InfeasibleError, match=r"demand for P at A \(general\) in 2025-02 cannot"):
        optimizer.solve(data)
    assert capfd.readouterr() == ("", "")


def test_demand_that_every_source_is_banned_from() -> None:
    data = small(
        settings=FORBID,
        offers=[offer(licences=("L",))],
        licences=[Licence(licence="L", country="X", banned_end_uses=("general",))],
    )
    with pytest.raises(InfeasibleError, match="nothing that may serve it can be there"):
        optimizer.solve(data)


def test_a_rule_that_nothing_can_keep(capfd: pytest.CaptureFixture[str]) -> None:
    rule = Rule(rule="some", dimension="supplier", member=("L",), metric="quantity", sense="min",
                limit=5.0)  # fmt: skip
    data = small(rules=[rule], suppliers=[Supplier(supplier="L", country="X")])
    with pytest.raises(InfeasibleError, match="some") as raised:
        optimizer.solve(data)
    assert "[" not in str(raised.value)
    assert "ERROR" not in "".join(capfd.readouterr())
