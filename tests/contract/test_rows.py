"""Many rows made at once are the rows that their class makes one by one."""

from __future__ import annotations

import pytest

from optimizer.contract.fields import rows_of
from optimizer.contract.goods import Demand

COLUMNS = {
    "row": [2, 3],
    "item": ["A", "B"],
    "site": ["PUN", "PUN"],
    "end_use": ["general", "civil"],
    "period": [1, 2],
    "quantity": [5.0, 6.0],
}


def test_rows_made_at_once_equal_rows_made_one_by_one() -> None:
    made = rows_of(Demand, COLUMNS)
    assert made == (
        Demand(row=2, item="A", site="PUN", end_use="general", period=1, quantity=5.0),
        Demand(row=3, item="B", site="PUN", end_use="civil", period=2, quantity=6.0),
    )
    assert hash(made[0]) == hash(Demand(row=2, item="A", site="PUN", period=1, quantity=5.0))


@pytest.mark.parametrize(
    "columns",
    [
        {name: values for name, values in COLUMNS.items() if name != "end_use"},
        {**COLUMNS, "colour": ["red", "blue"]},
        {**COLUMNS, "quantity": [5.0]},
    ],
)
def test_columns_that_do_not_fit_are_refused(columns: dict[str, list[object]]) -> None:
    with pytest.raises(ValueError, match="equally long columns"):
        rows_of(Demand, columns)


def test_no_columns_make_no_rows() -> None:
    assert rows_of(Demand, {name: [] for name in COLUMNS}) == ()
