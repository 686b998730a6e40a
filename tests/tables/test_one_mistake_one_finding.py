"""What one mistake leads to elsewhere is not said again, and no advice contradicts another."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.contract.findings import Finding, Severity
from optimizer.tables import check
from tests.cli.workbooks import GOOD, folder, without_rules
from tests.tables.books import book, small

BASE = without_rules(GOOD)
RULE = "rule,dimension,member,metric,sense,limit,licensed,penalty\n"
UPSTREAM = "supplier,stage,element,country,share\n"


def _found(tmp_path: Path, **tables: str) -> tuple[Finding, ...]:
    _, findings = check(folder(tmp_path / "in", {**BASE, **tables}))
    return findings


def _brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(one.severity.value, one.code, f"{one.sheet}!{one.cell}") for one in findings]


@pytest.mark.parametrize("table", ["Items", "Sites", "Countries", "Suppliers"])
def test_what_refers_to_a_table_without_rows_is_not_to_blame(table: str, tmp_path: Path) -> None:
    header = BASE[table].split("\n")[0]
    found = _found(tmp_path, **{table: header})
    assert _brief(found) == [("error", "empty-table", f"{table}!")]


def test_without_sites_nothing_is_said_about_lanes(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", {name: text for name, text in BASE.items() if name != "Sites"})
    assert _brief(check(path)[1]) == [("error", "missing-sheet", "Sites!")]


def test_a_file_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", BASE)
    (path / "Items.csv").write_bytes("item,description\nP,Märkte\n".encode("latin-1"))
    assert _brief(check(path)[1]) == [("error", "not-utf-8", "Items!")]


@pytest.mark.parametrize(("limit", "code"), [("0", "limit-of-hhi"), ("0.3", "limit-of-hhi"),
                                             ("3000", "limit-cannot-hold")])  # fmt: skip
def test_no_penalty_is_advised_where_none_may_be(limit: str, code: str, tmp_path: Path) -> None:
    found = _found(tmp_path, Rules=f"{RULE}r,supplier,,hhi,max,{limit},,")
    assert _brief(found) == [("error", code, "Rules!F2")]
    assert "penalty" not in found[0].remedy
    assert "mean 0?" not in found[0].remedy


def test_a_maximum_that_unknown_origin_breaks_is_said_to_be_so(tmp_path: Path) -> None:
    rules = f"{RULE}r,refining,X,share,max,0.5,,"
    found = _found(tmp_path, Rules=rules, Upstream=f"{UPSTREAM}K,refining,*,X,0")
    (error,) = (one for one in found if one.severity is Severity.ERROR)
    assert (error.code, error.cell) == ("limit-cannot-hold", "B2")
    assert "unknown origin counts against a maximum" in error.message


def test_goods_outside_a_stage_are_outside_its_rules(tmp_path: Path) -> None:
    found = _found(
        tmp_path,
        Rules=f"{RULE}r,refining,X,share,max,0.5,,",
        Upstream=f"{UPSTREAM}K,refining,Dy,X,1",
        Composition="item,element,mass_share\nP,Fe,0.9",
    )
    rules = [one for one in found if one.sheet == "Rules"]
    assert _brief(tuple(rules)) == [("warning", "limit-cannot-hold", "Rules!A2")]
    assert "no active offer falls under the rule" in rules[0].message


def test_a_rule_on_licensed_goods_without_licences_limits_nobody(tmp_path: Path) -> None:
    found = _found(tmp_path, Rules=f"{RULE}r,supplier,K,share,max,0.1,yes,")
    assert _brief(found) == [("warning", "limit-cannot-hold", "Rules!A2")]


def test_an_opendocument_file_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "in.ods"
    path.write_bytes(b"PK\3\4" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spread")
    (error,) = check(path)[1]
    assert error.message == "in.ods is an OpenDocument file"


def test_demand_of_nothing_is_an_error(tmp_path: Path) -> None:
    needs = "item,site,period,quantity\nP,A,2025-01,0\nP,A,2025-02,0"
    assert _brief(_found(tmp_path, Demand=needs)) == [("error", "nothing-wanted", "Demand!D2")]


@pytest.mark.parametrize(
    ("tables", "warned"),
    [
        ({"Offers": "supplier,item,price\nK,P,0"}, True),
        ({"Offers": "supplier,item,price\nK,P,0\nL,P,1"}, False),
        ({"Items": "item,shortage_cost\nP,0"}, True),
        ({"Offers": "supplier,item,price\nK,P,0", "Items": "item,shortage_cost\nP,5"}, False),
    ],
)
def test_a_shortage_that_costs_nothing_is_said(
    tables: dict[str, str], warned: bool, tmp_path: Path
) -> None:
    codes = [one.code for one in _found(tmp_path, **tables)]
    assert codes == ["shortage-for-nothing"] * warned


def test_a_name_that_lost_its_leading_zeros_is_recognised(tmp_path: Path) -> None:
    path = book(
        tmp_path / "zeros.xlsx",
        small(
            Items=[["item"], ["007"], ["B"]],
            Offers=[["supplier", "item", "price"], ["S1", 7, 10], ["S2", "B", 7]],
            Demand=[
                ["item", "site", "period", "quantity"],
                ["007", "PUN", "2025-10", 5],
                ["B", "PUN", "2025-11", 7],
            ],
        ),
    )
    _, findings = check(path)
    (finding,) = [one for one in findings if one.code == "unknown-name"]
    assert (finding.place, finding.value) == ("Offers!B2", "7")
    assert "Leading zeros were lost" in finding.remedy
