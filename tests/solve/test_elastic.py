"""Rows that give way, and whether there is a plan at all."""

from __future__ import annotations

import math

import numpy as np
import pytest

from optimizer.solve import Session, SolveOptions, Watch
from optimizer.solve.arrays import Arrays
from optimizer.solve.edits import ColumnBounds, Costs
from optimizer.solve.elastic import Slack, with_slacks
from optimizer.solve.possible import Verdict, possible

OPTIONS = SolveOptions(threads=1)


def arrays(*, integer: bool = False, lower: float = 3.0, upper: float = 2.0) -> Arrays:
    """x >= lower and x <= upper as two rows; x costs 7."""
    return Arrays(
        start=np.array([0, 2], dtype=np.int32),
        index=np.array([0, 1], dtype=np.int32),
        value=np.array([1.0, 1.0]),
        row_lower=np.array([lower, -math.inf]),
        row_upper=np.array([math.inf, upper]),
        lower=np.zeros(1),
        upper=np.array([math.inf]),
        cost=np.array([7.0]),
        offset=1.0,
        integer=np.array([integer]),
    )


def ints(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(numbers, dtype=np.int32)


def slack(*rows: int, amount: float = 1.0) -> Slack:
    return Slack(ints(*rows), np.full(len(rows), amount))


def open_at(column: int, cost: float = 1.0) -> tuple[ColumnBounds, Costs]:
    return (
        ColumnBounds(ints(column), np.zeros(1), np.array([math.inf])),
        Costs(ints(column), np.array([cost])),
    )


def test_shut_slacks_change_nothing_but_the_cost() -> None:
    elastic = with_slacks(arrays(), [slack(0), slack(1)])
    assert (elastic.columns, elastic.offset) == (3, 0.0)
    assert elastic.cost.tolist() == [0.0, 0.0, 0.0]
    assert possible(Session(elastic, OPTIONS), Watch()).verdict is Verdict.IMPOSSIBLE
    plain = with_slacks(arrays(upper=4.0), ())
    assert possible(Session(plain, OPTIONS), Watch()).verdict is Verdict.POSSIBLE


@pytest.mark.parametrize(
    ("rows", "amount", "least"),
    [((0,), 1.0, 1.0), ((1,), 1.0, 1.0), ((0, 1), 1.0, 0.5), ((1,), 4.0, 0.25)],
)
def test_a_slack_gives_way_by_its_amount_in_the_direction_of_each_row(
    rows: tuple[int, ...], amount: float, least: float
) -> None:
    session = Session(with_slacks(arrays(), [slack(*rows, amount=amount)]), OPTIONS)
    with session.edited(open_at(1)):
        shown = possible(session, Watch(), gap=1e-6)
    assert shown.verdict is Verdict.POSSIBLE
    assert shown.values is not None
    assert shown.values[1] == pytest.approx(least)
    assert possible(session, Watch()).verdict is Verdict.IMPOSSIBLE


def test_a_row_with_two_sides_cannot_give_way() -> None:
    one = arrays()
    one.row_upper[0] = 5.0
    with pytest.raises(ValueError, match="two sides"):
        with_slacks(one, [slack(0)])


def test_whole_numbers_are_asked_for_where_the_relaxation_has_a_plan() -> None:
    between = with_slacks(arrays(integer=True, lower=2.2, upper=2.8), ())
    assert possible(Session(between, OPTIONS), Watch()).verdict is Verdict.IMPOSSIBLE
    whole = with_slacks(arrays(integer=True, lower=2.2, upper=3.1), ())
    shown = possible(Session(whole, OPTIONS), Watch())
    assert shown.values is not None
    assert shown.values[0] == pytest.approx(3.0)
