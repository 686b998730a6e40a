"""A shortage of which it was not found out how much of it can be avoided is said to be so."""

from __future__ import annotations

import dataclasses
import math
import threading
from typing import Any

import pytest

import optimizer
from optimizer.api import Progress, unavoidable
from optimizer.contract.data import Data
from optimizer.solve import Answer, Status
from tests.small import need, offer, small

SHORT = 3 * (10 - 4)


def scarce() -> Data:
    """Wanted are 10 in each of three periods, and 4 can be made: every plan is short of 18."""
    return small(offers=[offer(capacity=4.0)], demand=need(10, 10, 10))


def test_found_out_it_is_not_remarked_on() -> None:
    facts = optimizer.solve(scarce()).facts
    assert facts.unavoidable_shortage == pytest.approx(SHORT)
    assert unavoidable.NOT_KNOWN not in facts.notes


def test_a_search_that_is_stopped_once_it_has_a_plan_does_not_ask() -> None:
    stop, told = threading.Event(), list[Progress]()

    def stop_at_the_first_plan(progress: Progress) -> None:
        told.append(progress)
        if math.isfinite(progress.objective):
            stop.set()

    facts = optimizer.solve(scarce(), progress=stop_at_the_first_plan, stop=stop).facts
    assert "unavoidable shortage" not in {one.phase for one in told}
    assert facts.shortage >= SHORT * (1 - 1e-9)
    assert facts.unavoidable_shortage == 0.0
    assert unavoidable.NOT_KNOWN in facts.notes


@pytest.mark.parametrize(
    ("status", "with_plan"),
    [(Status.ERROR, False), (Status.TIME_LIMIT_NO_PLAN, False), (Status.INTERRUPTED, True)],
)
def test_a_solver_that_gives_up_and_a_plan_that_is_not_the_least_short_tell_nothing(
    status: Status, with_plan: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = unavoidable.run

    def cut_short(*arguments: Any, **options: Any) -> Answer:
        answer = run(*arguments, **options)
        cut = dataclasses.replace(answer.result, status=status, bound=-math.inf)
        return Answer(answer.compiled, cut if with_plan else dataclasses.replace(cut, values=None))

    monkeypatch.setattr(unavoidable, "run", cut_short)
    facts = optimizer.solve(scarce()).facts
    assert facts.shortage == pytest.approx(SHORT)
    assert facts.unavoidable_shortage == 0.0
    assert unavoidable.NOT_KNOWN in facts.notes
