"""What can be seen without a solve, and the cells that it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.contract.data import Data
from optimizer.contract.goods import OpenOrder, Site, StockRow
from optimizer.contract.policy import Licence, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Supplier
from optimizer.studies.conflict.sentences import reasons
from tests.small import need, offer, small
from tests.studies.conflict_cases import CASES, Case, read

FORBID = Settings(start="2025-01", unmet_demand="forbid")


def said(data: Data) -> dict[str, str]:
    """Sentence -> cells."""
    return {row.reason: row.cells for row in reasons(data)}


def rule(name: str, metric: str, sense: str, limit: float, *members: str) -> Rule:
    return Rule(rule=name, dimension="supplier", member=members, metric=metric, sense=sense,
                limit=limit)  # fmt: skip


def test_nothing_is_said_of_the_good_case(tmp_path: Path) -> None:
    assert said(read(tmp_path / "good", Case("good", ()))) == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_names_a_planted_cell(tmp_path: Path, case: Case) -> None:
    """Without the edits nothing is said, so what is said rests on one of them."""
    data = read(tmp_path / "case", case)
    planted = {edit.cell.partition("!")[0] for edit in case.edits}
    assert all(any(sheet in cells for sheet in planted) for cells in said(data).values())


def test_capacity_below_demand_with_the_first_period_that_shows_it() -> None:
    # 60 a month and 10 in stock: 130 by February, when 140 are needed.
    data = small(
        settings=FORBID,
        suppliers=[Supplier(supplier="K", country="X", capacity=60.0)],
        demand=need(50.0, 90.0, 10.0),
        stock=[StockRow(item="P", site="A", quantity=10.0)],
    )
    (text,) = said(data)
    assert text == (
        "140 kg of P are needed by 2025-02, and at most 130 kg can be there: what K can "
        "deliver, with stock and open orders."
    )
    cells = said(data)[text]
    assert "Suppliers!capacity of row 2" in cells
    assert "quantity of row 4" not in cells
    assert reasons(data, of_demand=False) == ()


def test_an_end_use_that_no_source_may_serve() -> None:
    data = small(
        settings=FORBID,
        offers=[offer(licences=("EXP",))],
        licences=[Licence(licence="EXP", country="X", banned_end_uses=("defence",))],
        demand=[*need(5.0), *need(7.0, end_use="defence")],
    )
    (text,) = said(data)
    assert text.startswith(
        "7 kg of P for defence are needed by 2025-01, and no source may serve it"
    )
    assert "Licences!banned_end_uses of row 2" in said(data)[text]


def test_a_quota_and_a_largest_award() -> None:
    quota = Licence(licence="EXP", country="X", quota=600.0)  # 50 for a month
    data = small(settings=FORBID, offers=[offer(licences=("EXP",))], licences=[quota])
    (text,) = said(data)
    assert "at most 50 kg can be there" in text
    award = small(settings=FORBID, offers=[offer(max_award=480.0)])
    (text,) = said(award)
    assert "at most 40 kg can be there" in text


def test_stock_that_does_not_fit() -> None:
    data = small(
        sites=[Site(site="A", storage_capacity=30.0)],
        stock=[StockRow(item="P", site="A", quantity=60.0)],
        open_orders=[OpenOrder(supplier="K", item="P", site="A", period=1, quantity=80.0)],
    )
    (text,) = said(data)
    assert text.startswith("At least 40 kg are in stock at A at the end of 2025-01")
    assert said(data)[text] == (
        "OpenOrders!quantity of row 2, Sites!storage_capacity of row 2, Stock!quantity of row 2"
    )


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("few", "count", "min", 3.0)], "at least 3 are asked for, and only 2"),
        ([rule("cap", "share", "max", 0.4)], "40 % for each of 2 comes to 80 %"),
        ([rule("much", "quantity", "min", 500.0, "L")], "who can deliver 90 over the horizon"),
        (
            [rule("low", "share", "min", 0.5, "L"), rule("high", "share", "max", 0.3, "L")],
            "Rule low asks for at least 50 % of L, and rule high allows at most 30 %",
        ),
    ],
)
def test_rules_that_nothing_bought_can_keep(rules: list[Rule], expected: str) -> None:
    data = small(offers=[offer(), offer("L", capacity=90.0)], rules=rules)
    (text,) = said(data)
    assert expected in text
    assert said(data)[text].count("Rules!") == len(rules)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"lead_days": 90.0}, "nothing that is ordered of it can arrive within the horizon"),
        ({"min_award": 240.0, "capacity": 15.0}, "its minimum award is 20 over the horizon"),
        ({"min_order": 20.0, "capacity": 15.0}, "its minimum order is 20"),
    ],
)
def test_an_offer_that_can_never_be_awarded(wanted: dict[str, float], expected: str) -> None:
    (text,) = said(small(offers=[offer(), offer("L", **wanted)]))
    assert text.startswith("L can never be awarded P:")
    assert expected in text
