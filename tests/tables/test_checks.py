"""What is readable but may be meant otherwise (warnings), and the checks that need arithmetic."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables.books import SMALL, Cells, folder, found, small

RULES = ["rule", "dimension", "member", "metric", "sense", "limit", "item", "penalty", "per_item"]
BREAKS = ["supplier", "item", "from_quantity", "price"]
RISKS = ["risk", "result", "probability", "scope", "target", "price_factor", "from_period"]


def rules(*rows: list[object]) -> Cells:
    return [RULES, *([f"r{place}", *row] for place, row in enumerate(rows))]


def says(tmp_path: Path, **sheets: Cells) -> set[tuple[str, str, str]]:
    return found(folder(tmp_path / "in", small(**sheets)))


@pytest.mark.parametrize(
    ("sheets", "finding"),
    [
        ({"Calendar": [["supplier", "period", "capacity_factor"], ["S2", "2025-10", 0.5]]},
         ("warning", "factor-on-unlimited", "Calendar!C2")),
        ({"Calendar": [["supplier", "period", "capacity_factor"], ["S2", "2025-10", 0]]}, None),
        ({"Calendar": [["supplier", "period", "capacity_factor"], ["S1", "2025-10", 0.5]]}, None),
        ({"Calendar": [["supplier", "period", "price_factor"], ["S1", "2026-10", 0.5]]},
         ("warning", "outside-horizon", "Calendar!B2")),
        ({"Projects": [["project", "supplier", "capacity", "capex"], ["P", "S2", 1, 1]]},
         ("warning", "project-on-unlimited", "Projects!B2")),
        ({"Projects": [["project", "supplier", "capacity", "capex"], ["P", "S1", 1, 1]]}, None),
        ({"Suppliers": [["supplier", "country", "available_from"], ["S1", "CN", "2026-03"],
                        ["S2", "VN", "2024-01"]]},
         ("warning", "after-horizon", "Suppliers!C2")),
        ({"Stock": [["item", "site", "quantity"], ["A", "PUN", 501]]},
         ("warning", "stock-above-storage", "Sites!B2")),
        ({"Stock": [["item", "site", "quantity"], ["A", "PUN", 512]]},
         ("error", "storage-too-small", "Sites!B2")),
        ({"PriceBreaks": [BREAKS, ["S1", "A", 10, 9], ["S1", "A", 20, 9.5]]},
         ("warning", "price-rises", "PriceBreaks!D3")),
        ({"PriceBreaks": [BREAKS, ["S1", "A", 0, 10], ["S1", "A", 20, 9.5]]}, None),
        ({"PriceBreaks": [BREAKS, ["S1", "A", 10, 5]],
          "Risks": [RISKS, ["slump", "deep", 0.1, "item", "A", 0.4, ""]]},
         ("error", "price-below-zero", "PriceBreaks!D2")),
        ({"PriceBreaks": [BREAKS, ["S1", "A", 10, 5]],
          "Risks": [RISKS, ["slump", "deep", 0.1, "item", "B", 0.4, ""]]}, None),
        ({"PriceBreaks": [BREAKS, ["S1", "A", 10, 5]],
          "Calendar": [["supplier", "period", "price_factor"], ["S1", "2025-10", 0.4]]},
         ("error", "price-below-zero", "PriceBreaks!D2")),
        # The price is at its lowest in different months: never at 0.7 x 0.7.
        ({"PriceBreaks": [BREAKS, ["S1", "A", 10, 5]],
          "Calendar": [["supplier", "period", "price_factor"], ["S1", "2025-10", 0.7]],
          "Risks": [RISKS, ["slump", "deep", 0.1, "item", "A", 0.7, "2025-11"]]}, None),
        # Of a stage only what is drawn from there is cheaper.
        ({"PriceBreaks": [BREAKS, ["S1", "A", 10, 5]],
          "Upstream": [["supplier", "stage", "country", "share"], ["S1", "refining", "CN", 0.5],
                       ["S1", "refining", "VN", 0.5]],
          "Risks": [RISKS, ["slump", "deep", 0.1, "stage", "refining:CN", 0.1, ""]]}, None),
        ({"PriceBreaks": [BREAKS, ["S1", "A", 10, 5]],
          "Upstream": [["supplier", "stage", "country", "share"], ["S1", "refining", "CN", 0.5],
                       ["S1", "refining", "VN", 0.5]],
          "Risks": [RISKS, ["slump", "deep", 0.1, "stage", "refining:CN", 0, ""],
                    ["slide", "long", 0.1, "item", "A", 0.9, ""]]},
         ("error", "price-below-zero", "PriceBreaks!D2")),
        ({"Risks": [[*RISKS, "price_add"],
                    ["aid", "paid", 0.1, "supplier", "S1", 1, "", -11]]},
         ("error", "price-below-zero", "Risks!H2")),
        ({"Risks": [[*RISKS, "price_add"],
                    ["aid", "paid", 0.1, "supplier", "S1", 1, "", -9]]}, None),
        ({"Risks": [RISKS, ["slump", "deep", 0.1, "item", "A", 0.4, "2026-10"]]},
         ("warning", "after-horizon", "Risks!G2")),
        ({"Risks": [RISKS, ["slump", "deep", 0.1, "item", "A", 0.4, "2025-01"]]}, None),
        ({"Licences": [["licence", "country"], ["L", "CN"]]},
         ("warning", "reaches-nothing", "Licences!A2")),
        ({"Licences": [["licence", "country", "elements"], ["L", "CN", "Y"]],
          "Composition": [["item", "element", "mass_share"], ["A", "Dy", 0.1]]},
         ("warning", "unused-name", "Licences!C2")),
        ({"Upstream": [["supplier", "stage", "country", "share"], ["S1", "group", "CN", 1]]},
         ("error", "reserved-name", "Upstream!B2")),
        ({"Offers": [*SMALL["Offers"], ["S1", "B", 3]],
          "Lanes": [["supplier", "site", "freight"], ["S1", "PUN", 1], ["S2", "PUN", 1]]}, None),
        ({"Offers": [*SMALL["Offers"], ["S1", "B", 3]], "Lanes": [["country", "site"],
                                                                  ["VN", "*"]]},
         ("warning", "no-lane", "Offers!A2")),
        ({"Demand": [*SMALL["Demand"], ["A", "PUN", "2027-01", 3]],
          "Settings": [*SMALL["Settings"], ["periods", 3]]},
         ("warning", "outside-horizon", "Demand!C5")),
    ],
)  # fmt: skip
def test_a_finding(
    tmp_path: Path, sheets: dict[str, Cells], finding: tuple[str, str, str] | None
) -> None:
    all_found = says(tmp_path, **sheets)
    if finding is None:
        assert all_found == set()
    else:
        assert finding in all_found
        assert {one[0] for one in all_found} == {finding[0]}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["supplier", "", "share", "max", 0.5]], None),
        ([["supplier", "", "share", "max", 0.49]], ("error", "limit-cannot-hold", "Rules!F2")),
        ([["supplier", "", "share", "max", 0.49, "", 100]], None),
        ([["supplier", "S1", "share", "max", 0.3], ["supplier", "S2", "share", "max", 0.6]],
         ("error", "limit-cannot-hold", "Rules!F3")),
        ([["supplier", "S1", "share", "max", 0.3], ["supplier", "S2", "share", "max", 0.7]], None),
        ([["supplier", "S1;S2", "share", "max", 0.9]],
         ("error", "limit-cannot-hold", "Rules!F2")),
        ([["supplier", "", "share", "max", 0.6, "", "", "yes"]],
         ("error", "limit-cannot-hold", "Rules!F2")),  # only one supplier offers B
        ([["country", "CN", "share", "min", 0.6], ["country", "VN", "share", "min", 0.5]],
         ("error", "limit-cannot-hold", "Rules!F3")),
        ([["supplier", "", "share", "min", 0.6]], ("error", "limit-cannot-hold", "Rules!F2")),
        ([["supplier", "S1", "share", "min", 0.1, "B"]],
         ("error", "limit-cannot-hold", "Rules!C2")),
        ([["supplier", "S1", "share", "min", 0.1, "B", 50]],
         ("warning", "limit-cannot-hold", "Rules!C2")),
        ([["supplier", "", "count", "min", 3]], ("error", "limit-cannot-hold", "Rules!F2")),
        ([["supplier", "", "count", "min", 2]], None),
        ([["supplier", "", "count", "min", 2, "B", 10]],
         ("warning", "limit-cannot-hold", "Rules!F2")),
        ([["supplier", "", "hhi", "max", 4999]], ("error", "limit-cannot-hold", "Rules!F2")),
        ([["supplier", "", "hhi", "max", 5000]], None),
        ([["supplier", "", "hhi", "max", 10000]], ("warning", "limit-never-binds", "Rules!F2")),
        ([["country", "", "risk", "max", 9]], ("error", "limit-cannot-hold", "Rules!F2")),
        ([["region", "ASEAN", "share", "max", 0.5]], None),
        ([["region", "VN", "share", "max", 0.5]], ("error", "unknown-name", "Rules!C2")),
        ([["group", "S1", "share", "max", 0.5]], None),
        ([["supplier", "S1", "share", "max", 0.3, "B"]],
         ("warning", "limit-cannot-hold", "Rules!C2")),
    ],
)  # fmt: skip
def test_limits_that_nobody_can_meet(
    tmp_path: Path, rows: list[list[object]], expected: tuple[str, str, str] | None
) -> None:
    filled = [[*row, *[""] * (len(RULES) - 1 - len(row))] for row in rows]
    assert says(tmp_path, Rules=rules(*filled)) == ({expected} if expected else set())


def test_inactive_rules_are_not_held_against_anybody(tmp_path: Path) -> None:
    table = rules(["supplier", "", "share", "max", 0.1, "", "", ""])
    table = [[*table[0], "active"], [*table[1], "no"]]
    assert says(tmp_path, Rules=table) == set()


SLOW: Cells = [["supplier", "item", "price", "lead_days"],
               ["S1", "A", 10, 46], ["S2", "B", 7, 15]]  # fmt: skip


def test_demand_before_anything_can_arrive(tmp_path: Path) -> None:
    # 46 days are 1.51 months, so 2 periods; 15 days are 0.49, so none
    path = folder(tmp_path / "in", small(Offers=SLOW))
    assert found(path) == {("warning", "demand-before-arrival", "Demand!D2")}
    stock: Cells = [["item", "site", "quantity"], ["A", "PUN", 4]]
    assert found(folder(path, small(Offers=SLOW, Stock=stock))) == {
        ("warning", "demand-before-arrival", "Demand!D2")
    }
    stock[1][2] = 5
    assert found(folder(path, small(Offers=SLOW, Stock=stock))) == set()


def test_its_quantity_counts_stock_and_open_orders_in_time(tmp_path: Path) -> None:
    from optimizer.tables import check

    sheets = small(
        Offers=SLOW,
        Stock=[["item", "site", "quantity"], ["A", "PUN", 1]],
        OpenOrders=[["supplier", "item", "site", "period", "quantity"],
                    ["S1", "A", "PUN", "2025-11", 50]],
    )  # fmt: skip
    (finding,) = check(folder(tmp_path / "in", sheets))[1]
    assert finding.value == "4"
    assert "before 2025-12" in finding.message


def test_it_is_an_error_where_all_demand_must_be_met(tmp_path: Path) -> None:
    settings: Cells = [*SMALL["Settings"], ["unmet_demand", "forbid"]]
    assert says(tmp_path, Offers=SLOW, Settings=settings) == {
        ("error", "demand-before-arrival", "Demand!D2")
    }


def test_it_is_nothing_where_demand_may_be_met_late(tmp_path: Path) -> None:
    items: Cells = [["item", "backlog_cost"], ["A", 1], ["B", ""]]
    assert says(tmp_path, Offers=SLOW, Items=items) == set()


def test_stock_keeps_demand_without_an_offer_from_being_an_error(tmp_path: Path) -> None:
    offers: Cells = [SMALL["Offers"][0], ["S1", "A", 10]]
    assert says(tmp_path, Offers=offers) == {("error", "demand-out-of-reach", "Demand!A4")}
    stock: Cells = [["item", "site", "quantity"], ["B", "PUN", 3]]
    assert says(tmp_path, Offers=offers, Stock=stock) == {
        ("warning", "demand-before-arrival", "Demand!D4")
    }
    stead: Cells = [["item", "substitute"], ["B", "A"]]
    (tmp_path / "in" / "Stock.csv").unlink()
    assert says(tmp_path, Offers=offers, Substitutions=stead) == set()


def test_the_most_specific_lane_counts(tmp_path: Path) -> None:
    lanes: Cells = [["supplier", "country", "transit_days"], ["*", "*", 0], ["*", "VN", 20],
                    ["S1", "", 60]]  # fmt: skip
    places = says(tmp_path, Lanes=lanes)
    # A: from S2 after one month; B: from S2 after one month, in time
    assert places == {("warning", "demand-before-arrival", "Demand!D2")}
