"""Why something is short: small cases with the answers worked out beside them."""

from __future__ import annotations

import dataclasses
import threading

import pytest

from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.explain_results import ShortageReason
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Supplier
from optimizer.solve import SolveOptions
from optimizer.studies.conflict.short import Shortfall, why_short
from optimizer.studies.optimum import optimum
from tests.small import change, need, offer, small

OPTIONS = SolveOptions(threads=1, gap=1e-9, time_limit=20.0)
# K in X can make 60, L in Y 30, and 100 are wanted.
TWO = small(
    suppliers=[Supplier(supplier="K", country="X", capacity=60.0),
               Supplier(supplier="L", country="Y", capacity=30.0)],
    offers=[offer(), offer("L", price=20.0)],
)  # fmt: skip
CAP = Rule(row=2, rule="cap", dimension="country", member=("X",), metric="share", sense="max",
           limit=0.6)  # fmt: skip


def asked(data: Data, stop: threading.Event | None = None) -> Shortfall:
    problem = assemble(data)
    best = optimum(problem, OPTIONS)
    assert best.solution is not None
    return why_short(data, problem, best.solution, OPTIONS, stop=stop)


def parts(reason: ShortageReason) -> tuple[float, float, float, float]:
    return reason.shortage, reason.unavoidable, reason.by_rules, reason.by_choice


def test_capacity_and_a_rule() -> None:
    # Of X at most 60 %: 45 of K beside 30 of L, 75 in all.  Without the rule 90 could be made.
    found = asked(change(TWO, rules=[CAP]))
    (reason,) = found.reasons
    assert parts(reason) == pytest.approx((25.0, 10.0, 15.0, 0.0), abs=1e-6)
    rows = {row.cell: row for row in found.conflicts}
    assert set(rows) == {
        "Rules!limit of row 2", "Suppliers!capacity of row 3", "Demand!quantity of row 2"
    }  # fmt: skip
    assert {row.question for row in found.conflicts} == {"shortage"}
    # 60 of K are 60 % of 100, so L needs 40; the rule alone does not make K's 60 and L's 30 enough.
    assert rows["Suppliers!capacity of row 3"].change == pytest.approx(10.0)
    assert rows["Suppliers!capacity of row 3"].suggested
    assert "another one" in rows["Rules!limit of row 2"].note
    assert rows["Demand!quantity of row 2"].change == pytest.approx(-25.0)
    (sentence,) = found.sentences
    assert "25 kg of P are short: no plan avoids 10 kg; rules and minimums force 15 kg" in sentence
    assert "at 40 kg per month" in sentence


def test_what_is_not_worth_it_is_a_choice() -> None:
    # At 15 for a unit short L's 20 is too dear: 40 are short, of which 30 by choice.
    found = asked(change(TWO, settings=Settings(start="2025-01", shortage_cost=15.0)))
    (reason,) = found.reasons
    assert parts(reason) == pytest.approx((40.0, 10.0, 0.0, 30.0), abs=1e-6)
    assert "15 USD" in found.sentences[0]


def test_a_choice_alone_has_no_conflict() -> None:
    data = change(TWO, settings=Settings(start="2025-01", shortage_cost=15.0), demand=need(80.0))
    found = asked(data)
    (reason,) = found.reasons
    assert parts(reason) == pytest.approx((20.0, 0.0, 0.0, 20.0), abs=1e-6)
    assert found.conflicts == ()


def test_items_that_compete_are_asked_with_the_others_served_as_planned() -> None:
    # K can make 100; 80 of P and 70 of Q are wanted.  However the 50 are spread, none is avoidable.
    data = small(
        suppliers=[Supplier(supplier="K", country="X", capacity=100.0)],
        offers=[offer(), offer(item="Q")],
        demand=[*need(80.0), *need(70.0, item="Q")],
    )
    found = asked(data)
    assert sum(reason.unavoidable for reason in found.reasons) == pytest.approx(50.0)
    assert all(reason.by_choice == 0.0 for reason in found.reasons)
    change_of = {row.cell: row.change for row in found.conflicts}
    assert change_of["Suppliers!capacity of row 2"] == pytest.approx(50.0, abs=1e-2)


def test_several_outcomes_are_expected() -> None:
    # With chance 1/2 K delivers nothing: 70 are short then, 10 else, and no plan avoids it.
    stop = RiskEffect(risk="fire", result="yes", probability=0.5, scope="supplier", target="K",
                      deliverable=0.0)  # fmt: skip
    settings = Settings(start="2025-01", call_off_min=0.0, call_off_max=5.0, overbooking=10.0)
    found = asked(change(TWO, settings=settings, risks=[dataclasses.replace(stop, row=2)]))
    (reason,) = found.reasons
    assert parts(reason) == pytest.approx((40.0, 40.0, 0.0, 0.0), abs=1e-5)
    # In every outcome all of it: L would have to make 100.
    change_of = {row.cell: row.change for row in found.conflicts}
    assert change_of["Suppliers!capacity of row 3"] == pytest.approx(70.0, abs=1e-1)


def test_nothing_short_and_nothing_asked() -> None:
    assert asked(change(TWO, demand=need(50.0))) == Shortfall((), (), ())


def test_a_stop_ends_it_with_what_there_is() -> None:
    stop = threading.Event()
    stop.set()
    found = asked(TWO, stop)
    assert found.reasons == ()
    assert "1 more items are short" in found.sentences[0]
