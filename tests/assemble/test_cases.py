"""Every public case and the shipped example assemble, and what comes out hangs together."""

from pathlib import Path

import pytest

from models.problem import Problem, offer_of
from optimizer.assemble import assemble
from optimizer.assemble.landed import build_ups
from optimizer.contract.data import Data
from optimizer.example import example_folder
from optimizer.tables import read

ORACLES = Path(__file__).parents[1] / "oracles"
CASES = [*sorted(path for path in ORACLES.iterdir() if path.is_dir()), example_folder()]


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.name)
def data(request: pytest.FixtureRequest) -> Data:
    folder: Path = request.param
    return read(folder)


@pytest.fixture(scope="module")
def problem(data: Data) -> Problem:
    return assemble(data)


def test_there_is_something_to_decide(problem: Problem) -> None:
    assert problem.supply.order_periods
    assert problem.needs.demand


def test_every_order_has_an_arrival_in_time_and_a_cost(problem: Problem, data: Data) -> None:
    supply = problem.supply
    assert list(supply.arrival) == list(supply.landed)
    assert list(dict.fromkeys((lane, t) for lane, t, _ in supply.arrival)) == list(
        supply.order_periods
    )
    for (_, t, w), arrival in supply.arrival.items():
        assert w in problem.outcomes
        assert 1 <= t <= arrival <= problem.horizon.periods
    assert {key: built.landed for key, built in build_ups(data).items()} == supply.landed


def test_lanes_carry_offers_to_sites_that_want_them(problem: Problem) -> None:
    supply = problem.supply
    assert {offer_of(lane) for lane in supply.lanes} == set(supply.offers)
    assert {lane for lane, _ in supply.order_periods} == set(supply.lanes)
    wanted = {(item, site) for (item, site, _), _, _ in problem.needs.demand}
    wanted |= {(o.substitute, site) for o in problem.substitutions for site in o.sites}
    assert {(lane[1], lane[2]) for lane in supply.lanes} <= wanted


def test_every_class_that_occurs_is_declared(problem: Problem) -> None:
    occurring = set(problem.supply.stock_class.values())
    occurring |= {key[2] for key in problem.holdings.opening}
    occurring |= {key[2] for key in problem.holdings.open_orders}
    assert occurring == problem.classes.keys()
    assert problem.needs.bans.keys() <= problem.classes.keys()


def test_members_of_a_rule_share_its_total_among_them(problem: Problem) -> None:
    for scope in problem.rules:
        for lane, total in scope.total.items():
            parts = [lanes.get(lane, 0.0) for lanes in scope.members.values()]
            assert sum(parts) == pytest.approx(total), (scope.key, lane)


def test_what_is_short_costs_more_than_anything_that_can_be_bought(problem: Problem) -> None:
    supply = problem.supply
    for (lane, _, _), cost in supply.landed.items():
        if lane[1] in problem.needs.shortage_cost:
            assert problem.needs.shortage_cost[lane[1]] >= cost
