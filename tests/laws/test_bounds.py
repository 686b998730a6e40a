"""The bounds that keep yes-or-no links tight cut off no optimum.

Where the bound of a lane is a matter of what a plan could have reason to buy, a much larger one
must give the same cost.
"""

from __future__ import annotations

import pytest
from hypothesis import given

from models import bounds
from optimizer.contract.data import Data
from tests.laws.case import Feature
from tests.laws.planning import about, cost_of
from tests.laws.profile import examples
from tests.laws.strategies import workbooks

GENEROUS = 30.0
INTEGRAL = frozenset((Feature.AWARDS, Feature.ORDERS, Feature.RULES))


@examples(20)
@given(workbooks(always=INTEGRAL))
def test_larger_bounds_give_the_same_cost(data: Data) -> None:
    tight = cost_of(data)
    receives = bounds.Bounds.receives
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds.Bounds, "receives", lambda self, lane: GENEROUS * receives(self, lane))
        generous = cost_of(data)
    assert generous == about(tight, data)
