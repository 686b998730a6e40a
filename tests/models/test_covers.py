"""What each item needs of whole yeses: cases small enough to check by eye."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from models.covers import Cover, Source, covers
from models.problem import EditScope, Problem
from optimizer.assemble import assemble
from optimizer.contract.goods import Item, OpenOrder, Site, StockRow, Substitution
from optimizer.contract.policy import RiskEffect
from optimizer.contract.supply import Lane, Project, Supplier
from tests.models.case import YEAR
from tests.small import need, offer, small


def problem(**tables: Any) -> Problem:
    """Years as periods, amounts per year as they stand."""
    tables.setdefault("offers", [offer("K", switching_cost=5.0)])
    return assemble(small(settings=YEAR, **tables))


def cover(**tables: Any) -> Cover:
    """The cover of item P."""
    (found,) = (one for one in covers(problem(**tables)) if one.item == "P")
    return found


def source(**tables: Any) -> Source:
    """The source K of item P."""
    (found,) = (one for one in cover(**tables).sources if one.brings == ("volume", ("K", "P")))
    return found


# --- need ---------------------------------------------------------------------------------------


def test_demand_less_stock_and_open_orders() -> None:
    found = cover(
        demand=need(60, 40),
        stock=[StockRow(item="P", site="A", quantity=30)],
        open_orders=[OpenOrder(supplier="K", item="P", site="A", period=2, quantity=20)],
    )
    assert found.need == pytest.approx(100 - 30 - 20)


def test_what_one_site_has_too_much_helps_no_other() -> None:
    found = cover(
        demand=[*need(10, site="A"), *need(50, site="B"), *need(8, site="C")],
        stock=[StockRow(item="P", site="A", quantity=100)],
        open_orders=[OpenOrder(supplier="K", item="P", site="C", period=1, quantity=20)],
    )
    assert found.need == pytest.approx(50)


def test_demand_of_outcomes_counts_by_their_chance() -> None:
    less = RiskEffect(risk="slump", result="half", probability=0.25, scope="item", target="P",
                      demand_factor=0.5)  # fmt: skip
    stock = [StockRow(item="P", site="A", quantity=20)]
    assert cover(risks=[less], stock=stock).need == pytest.approx(0.75 * 100 + 0.25 * 50 - 20)


@pytest.mark.parametrize("stock", [100.0, 130.0])
def test_who_has_enough_needs_nothing(stock: float) -> None:
    assert not list(covers(problem(stock=[StockRow(item="P", site="A", quantity=stock)])))


def test_what_subtraction_leaves_is_no_need() -> None:
    stock = [StockRow(item="P", site="A", quantity=0.6)]
    demand = need(0.1, 0.2, 0.3)
    assert sum(row.quantity for row in demand) > 0.6  # by 1e-16
    assert not list(covers(problem(demand=demand, stock=stock)))


def test_no_cover_without_a_yes() -> None:
    assert not list(covers(problem(offers=[offer("K", capacity=60), offer("L")])))


def test_no_cover_where_limits_will_be_taken_away() -> None:
    given = problem()
    assert len(list(covers(given))) == 1
    assert not list(covers(dataclasses.replace(given, scope=EditScope(eased=given))))


# --- sources ------------------------------------------------------------------------------------


def test_which_yes_a_source_needs_and_what_it_brings() -> None:
    found = cover(
        demand=need(60, 40),
        offers=[
            offer("K", switching_cost=5, min_award=20, capacity=30),
            offer("L", capacity=35),
            offer("M", capacity=40),
            offer("N", switching_cost=5, max_award=25),
        ],
        suppliers=[
            Supplier(supplier="K", country="X", onboarding_cost=7),
            Supplier(supplier="L", country="X", onboarding_cost=7),
        ],
    )
    assert found.sources == (
        Source(("awarded", ("K", "P")), ("volume", ("K", "P")), 2 * 20, 2 * 30),
        Source(("use", "L"), ("volume", ("L", "P")), 0, 2 * 35),
        Source(None, ("volume", ("M", "P")), 0, 2 * 40),
        Source(("awarded", ("N", "P")), ("volume", ("N", "P")), 0, 2 * 25),
    )


def test_a_minimum_above_what_can_come_is_what_can_come() -> None:
    found = source(offers=[offer("K", min_award=70, capacity=60), offer("L")])
    assert (found.least, found.most) == (60, 60)


def test_suppliers_capacity_with_what_can_be_built() -> None:
    # 30 a year, and 2 x 20 more from the second year on
    found = source(
        demand=need(100, 100, 100),
        suppliers=[Supplier(supplier="K", country="X", capacity=30, onboarding_cost=7)],
        offers=[offer("K")],
        projects=[
            Project(
                project="plant", supplier="K", capacity=20, capex=9, max_modules=2, build_days=365
            )
        ],
    )
    assert found.yes == ("use", "K")
    assert found.most == pytest.approx(3 * 30 + 2 * 2 * 20)


def test_what_an_uncertain_source_is_expected_to_bring() -> None:
    fire = RiskEffect(risk="fire", result="half", probability=0.2, scope="supplier", target="K",
                      deliverable=0.5)  # fmt: skip
    found = source(offers=[offer("K", switching_cost=5, capacity=50), offer("L")], risks=[fire])
    assert found.most == pytest.approx(0.8 * 50 + 0.2 * 25)


def test_each_lane_may_bring_what_its_site_can_use() -> None:
    # Nothing but links says how much comes, and they do so lane by lane: a plan that is not made
    # for the least cost may use both to the full.
    both = [Lane(mode="sea"), Lane(mode="air")]
    assert source().most == 100
    assert source(lanes=both).most == 200


def test_a_limited_storage_is_a_limit_of_all_lanes_together() -> None:
    both = [Lane(mode="sea"), Lane(mode="air")]
    sites = [Site(site="A", storage_capacity=15)]
    assert source(lanes=both, sites=sites).most == 100 + 15


# --- spares -------------------------------------------------------------------------------------


def shortages(*quantities: float) -> dict[Any, float]:
    return {("shortage", ("P", "A", "general", t, "plan")): w for t, w in enumerate(quantities, 1)}


def spares(**tables: Any) -> dict[Any, float]:
    """Weights by (variable, index), with the outcome's name replaced where there is one only."""
    given = problem(**tables)
    (found,) = (one for one in covers(given) if one.item == "P")
    names = list(given.outcomes)
    if len(names) > 1:
        return dict(found.spares)
    return {
        (name, tuple("plan" if part == names[0] else part for part in index)): weight
        for (name, index), weight in found.spares.items()
    }


def test_shortage_and_what_is_owed_at_the_end() -> None:
    late = {("late", ("P", "A", "general", 2, "plan")): 1.0}
    found = spares(demand=need(60, 40), items=[Item(item="P", backlog_cost=1.0)])
    assert found == shortages(1, 1) | late


def test_nothing_lessens_a_need_that_must_be_met() -> None:
    late = [Item(item="P", backlog_cost=1.0)]
    settings = dataclasses.replace(YEAR, unmet_demand="forbid")
    given = assemble(small(settings=settings, items=late, offers=[offer("K", switching_cost=5.0)]))
    (found,) = covers(given)
    assert found.spares == {}


def test_what_a_substitute_replaces_by_its_ratio() -> None:
    found = spares(
        items=[Item(item="P"), Item(item="Q")],
        offers=[offer("K", switching_cost=5), offer("K", "Q")],
        substitutions=[Substitution(item="P", substitute="Q", ratio=2.0, max_share=0.3)],
    )
    weights = [weight for (name, _), weight in found.items() if name == "replace"]
    assert weights == [0.5]


def test_an_offer_without_yes_and_limit() -> None:
    found = cover(offers=[offer("K", switching_cost=5), offer("L")])
    assert [one.brings for one in found.sources] == [("volume", ("K", "P"))]
    assert found.spares["volume", ("L", "P")] == 1.0


def test_spares_count_by_the_chance_of_their_outcome() -> None:
    fire = RiskEffect(risk="fire", result="down", probability=0.2, scope="supplier", target="L",
                      deliverable=0.0)  # fmt: skip
    given = problem(offers=[offer("K", switching_cost=5), offer("L")], risks=[fire])
    (found,) = covers(given)
    weights = {index[-1]: w for (name, index), w in found.spares.items() if name == "shortage"}
    assert weights == pytest.approx(dict(given.outcomes))
