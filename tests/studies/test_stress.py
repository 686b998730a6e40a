"""What stops tomorrow: hand-sized cases, by eye."""

from __future__ import annotations

import threading

import pytest

from optimizer.contract.data import Data
from optimizer.contract.goods import (
    Content,
    Item,
    Site,
    Substitution,
)
from optimizer.contract.policy import Licence, RiskEffect, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Origin, Project, Supplier
from optimizer.studies.stress.study import stress_rows
from optimizer.studies.stress.survival import NoServiceError, StoppedError
from optimizer.studies.stress.targets import Kind, Target, targets_of
from tests.small import change, need, offer, small
from tests.studies.stops import OPTIONS, decided, open_order, stock, stress

MONTH = 30.4375
SHORT = 100.0
"""What a unit short costs where everything sells for 10."""


def test_what_is_ordered_tomorrow_arrives_in_period_3_and_stock_has_to_last_till_then() -> None:
    data = small(
        demand=need(10, 10, 10, 10),
        stock=[stock(25)],
        offers=[offer("K", lead_days=2 * MONTH), offer("L", lead_days=2 * MONTH, capacity=6)],
    )
    row = stress(data)["supplier K"]
    # 25 last for two periods and a half; nothing else is under way.
    assert row.survives_today == pytest.approx(2.5)
    assert (row.shortage_today, row.loss_today) == pytest.approx((15, 15 * SHORT))
    # Period 3: 5 + 6; 1 is left for period 4, of which 1 + 6 f = 10 f.
    assert row.survives == pytest.approx(3.25)
    assert (row.shortage, row.loss) == pytest.approx((3, 3 * SHORT))
    assert (row.item, row.site) == (row.item_today, row.site_today) == ("P", "A")


def test_everything_is_met_to_the_end() -> None:
    data = small(demand=need(10, 10), offers=[offer("K", capacity=10), offer("L", capacity=10)])
    row = stress(data)["supplier K"]
    assert row.survives is None
    assert (row.item, row.site, row.shortage, row.loss) == ("", "", 0, 0)
    assert row.survives_today == 0


def test_a_stage_stops_in_proportion_to_what_is_drawn_from_it() -> None:
    drawn = [
        Origin(supplier="K", stage="refining", country="CN", share=0.8),
        Origin(supplier="K", stage="refining", country="JP", share=0.2),
    ]
    data = small(
        demand=need(10, 10, 10),
        stock=[stock(4)],
        offers=[offer("K", capacity=10)],
        composition=[Content(item="P", element="Nd", mass_share=0.3)],
        upstream=drawn,
    )
    rows = stress(data)
    china, japan = rows["stage refining:CN"], rows["stage refining:JP"]
    assert china.name == "refining in CN"
    # 2 of 10 come: 4 + 2 f = 10 f; of 30 are missing what is neither in stock nor comes.
    assert (china.survives, china.loss) == pytest.approx((0.5, 20 * SHORT))
    # 8 of 10 come, so that stock falls by 2 a period.
    assert (japan.survives, japan.loss) == pytest.approx((2.0, 2 * SHORT))


@pytest.mark.parametrize(("unknown", "part"), [("worst", 0.15), ("ignore", 0.5)])
def test_unknown_origin_stops_too_unless_it_is_left_out(unknown: str, part: float) -> None:
    data = small(
        settings=Settings(start="2025-01", unknown_origin=unknown),
        demand=need(10),
        stock=[stock(1.5)],
        offers=[offer("K", capacity=10)],
        upstream=[Origin(supplier="K", stage="refining", country="CN", share=0.3)],
    )
    # 1.5 + 0 f = 10 f, or 1.5 + 7 f = 10 f
    assert stress(data)["stage refining:CN"].survives == pytest.approx(part)


def test_an_open_order_of_what_stops_is_lost_and_that_of_another_comes() -> None:
    data = small(
        demand=need(5, 5),
        open_orders=[open_order("K", 1, 5), open_order("L", 2, 5, secured=False)],
        offers=[offer("M", lead_days=10 * MONTH)],
    )
    rows = stress(data)
    assert (rows["supplier K"].survives, rows["supplier K"].loss) == pytest.approx((0, 5 * SHORT))
    assert (rows["supplier L"].survives, rows["supplier L"].loss) == pytest.approx((1, 5 * SHORT))
    assert rows["supplier M"].survives is None


def test_of_an_open_order_the_same_part_comes_as_of_the_period() -> None:
    data = small(
        demand=need(10),
        stock=[stock(2)],
        open_orders=[open_order("L", 1, 6)],
        offers=[offer("K")],
    )
    # 2 + 6 f = 10 f
    assert stress(data)["supplier K"].survives_today == pytest.approx(0.5)


def test_a_licence() -> None:
    data = small(
        demand=need(10, 10),
        licences=[Licence(licence="permit", country="X")],
        stock=[stock(3, "P", "permit")],
        offers=[offer("K", capacity=6, licences=("permit",)), offer("L", capacity=6, licences=())],
    )
    row = stress(data)["licence permit"]
    # What came under it before is still there: 3 + 6 f = 10 f.
    assert row.survives == pytest.approx(0.75)
    assert row.shortage == pytest.approx(5)


def test_a_supplier_that_the_plan_does_not_use_is_not_called_to_help() -> None:
    data = small(
        demand=need(10),
        suppliers=[Supplier(supplier="L", country="Y", onboarding_cost=1000)],
        offers=[offer("K"), offer("L")],
    )
    assert stress(data)["supplier K"].survives == 0
    assert stress(data, decided(use={"L": 1.0}))["supplier K"].survives is None


def test_nor_is_an_offer_that_was_not_awarded() -> None:
    data = small(demand=need(10), offers=[offer("K"), offer("L", min_award=500)])
    assert stress(data)["supplier K"].survives == 0
    # In need, the minimum of the award does not count.
    assert stress(data, decided(awarded={("L", "P"): 1.0}))["supplier K"].survives is None


def test_capacity_is_that_of_the_projects_that_the_plan_builds() -> None:
    data = small(
        demand=need(10, 10),
        suppliers=[Supplier(supplier="L", country="Y", capacity=2)],
        offers=[offer("K"), offer("L")],
        projects=[Project(project="plant", supplier="L", capacity=4, capex=1, max_modules=2)],
    )
    assert stress(data)["supplier K"].shortage == pytest.approx(16)
    built = stress(data, decided(modules={"plant": 2.0}))["supplier K"]
    assert (built.survives, built.shortage) == (None, 0)


def test_rules_do_not_bind_in_need() -> None:
    half = Rule(rule="half", dimension="supplier", metric="share", sense="max", limit=0.5)
    data = small(demand=need(10), offers=[offer("K"), offer("L")], rules=[half])
    assert stress(data)["supplier K"].survives is None


def test_what_is_late_is_not_met_and_costs_its_lateness() -> None:
    data = small(
        items=[Item(item="P", backlog_cost=1)],
        demand=need(10, 10, 10),
        stock=[stock(2)],
        offers=[offer("K", capacity=10), offer("L", capacity=5)],
    )
    row = stress(data, duration=1)["supplier K"]
    # 3 of period 1 are a period late: then K is back.
    assert (row.shortage, row.loss) == pytest.approx((0, 3))
    # 2 + 5 f = 10 f
    assert row.survives == pytest.approx(0.4)
    # For good, 13 are lost: nothing is gained by owing them first.
    for_good = stress(data)["supplier K"]
    assert (for_good.shortage, for_good.loss) == pytest.approx((13, 13 * SHORT))


def test_a_stop_is_not_blamed_for_what_is_short_or_late_without_it() -> None:
    data = small(
        items=[Item(item="Q", backlog_cost=1)],
        demand=[*need(12, 10), *need(15, 5, item="Q")],
        stock=[stock(2)],
        offers=[
            offer("K", capacity=4),
            offer("L", capacity=4),
            offer("M", "Q", capacity=10),
            offer("N", "R", capacity=10),
        ],
    )
    rows = stress(data)
    # Of P 10 and 8 can be served: 2 + 4 f = 10 f.
    assert (rows["supplier K"].survives, rows["supplier K"].shortage) == pytest.approx((1 / 3, 8))
    # Of Q 10 and 10: 5 are late whatever stops.
    assert (rows["supplier M"].survives, rows["supplier M"].loss) == pytest.approx((0, 20 * SHORT))
    assert (rows["supplier N"].survives, rows["supplier N"].loss) == (None, 0)
    assert rows["supplier N"].shortage_today == pytest.approx(36)
    assert rows["supplier N"].survives_today == 0


def substitutable(**option: float) -> Data:
    """P is bought, Q is in stock, and may stand in for P."""
    return small(
        demand=need(10, 10),
        stock=[stock(20, "Q")],
        offers=[offer("K", capacity=6)],
        items=[Item(item="P"), Item(item="Q")],
        substitutions=[Substitution(item="P", substitute="Q", max_share=0.4, **option)],
    )


def test_a_substitute_helps_if_the_plan_has_prepared_it() -> None:
    free, dear = substitutable(), substitutable(fixed_cost=500)
    assert stress(free)["supplier K"].survives == pytest.approx(0.4)
    name = "Q for P at all sites"
    prepared = stress(dear, decided(substitution_used={name: 1.0}))["supplier K"]
    assert prepared.survives == pytest.approx(0.4)
    assert prepared.shortage == pytest.approx(12)
    # Without it only 6 a period can be served anyway, all of them by K.
    assert stress(dear)["supplier K"].survives == 0


def test_what_runs_out_first_is_what_is_missing_in_the_largest_part() -> None:
    data = small(
        items=[Item(item="P", shortage_cost=1), Item(item="Q", shortage_cost=1000)],
        demand=[*need(10, 10), *need(10, 10, item="Q")],
        stock=[stock(10), stock(14, "Q")],
        offers=[offer("K"), offer("K", "Q"), offer("L", capacity=1)],
    )
    row = stress(data)["supplier K"]
    # In period 2, of P: 1 + 1 f = 10 f, 8 of 10 missing; of Q 4 = 10 f, 6 of 10 missing.
    assert row.survives == pytest.approx(1 + 1 / 9)
    assert (row.item, row.item_today) == ("P", "P")
    # L brings enough of P, though a missing Q costs a thousand times as much.
    more = change(data, offers=[*data.offers[:2], offer("L", capacity=9)])
    assert stress(more)["supplier K"].item == "Q"
    assert stress(more)["supplier K"].survives == pytest.approx(1.4)


def test_ranked_by_loss_then_by_survival() -> None:
    data = small(
        demand=[*need(10, 10), *need(10, 10, item="Q")],
        stock=[stock(10)],
        offers=[offer("K"), offer("L", "Q"), offer("M", "Q", capacity=5)],
    )
    rows = [r for r in stress_rows(data, decided(), OPTIONS) if r.kind == "supplier"]
    assert [row.target for row in rows] == ["L", "K", "M"]
    assert [row.loss for row in rows] == pytest.approx([10 * SHORT, 10 * SHORT, 0])
    assert [row.survives for row in rows] == [0, pytest.approx(1.0), None]


def test_the_risks_of_the_workbook_do_not_change_what_a_stop_does() -> None:
    calm = small(demand=need(10, 10), offers=[offer("K", capacity=8), offer("L", capacity=4)])
    risky = change(
        calm,
        risks=[
            RiskEffect(risk="boom", result="yes", probability=0.5, scope="all", demand_factor=3.0),
            RiskEffect(risk="fire", result="yes", probability=1.0, scope="supplier", target="L",
                       deliverable=0.0),
        ],
    )  # fmt: skip
    assert stress(risky) == stress(calm)


def test_targets() -> None:
    data = small(
        countries=[Country(country="X", name="Xland")],
        suppliers=[
            Supplier(supplier="K", country="X", name="Kay"),
            Supplier(supplier="idle", country="Z"),
            Supplier(supplier="L", country="Y"),
        ],
        offers=[offer("K", licences=("permit",)), offer("idle", active=False)],
        open_orders=[open_order("L", 1, 5)],
        licences=[Licence(licence="permit", country="X"), Licence(licence="other", country="Y")],
        upstream=[
            Origin(supplier="K", stage="refining", country="X", share=1.0),
            Origin(supplier="idle", stage="refining", country="Z", share=1.0),
        ],
    )
    assert targets_of(data) == (
        Target(Kind.COUNTRY, "X", "Xland"),
        Target(Kind.COUNTRY, "Y", "Y"),
        Target(Kind.SUPPLIER, "K", "Kay"),
        Target(Kind.SUPPLIER, "L", "L"),
        Target(Kind.LICENCE, "permit", "permit"),
        Target(Kind.STAGE, "refining:X", "refining in Xland"),
    )
    only = (Target(Kind.SUPPLIER, "L", "L"),)
    (row,) = stress_rows(data, decided(), OPTIONS, targets=only)
    assert (row.kind, row.target) == ("supplier", "L")


def test_nothing_half_is_handed_out() -> None:
    asked = threading.Event()
    asked.set()
    with pytest.raises(StoppedError):
        stress_rows(small(), decided(), OPTIONS, stop=asked)
    full = small(
        demand=need(0, 10),
        stock=[stock(10)],
        sites=[Site(site="A", storage_capacity=3)],
    )
    with pytest.raises(NoServiceError, match="storages"):
        stress_rows(full, decided(), OPTIONS)
