"""The shipped example agrees with the figures it was derived from, and with itself.

The expected figures are written out here, so that an edit of the data has to be meant.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "data" / "rare_earth_magnets"
Row = dict[str, str]

TABLES = [
    *("Settings", "Items", "Composition", "Sites", "Demand", "Countries", "Currencies"),
    *("Suppliers", "Offers", "PriceBreaks", "Lanes", "Upstream", "Licences", "Risks", "Stock"),
    *("OpenOrders", "StockPolicy", "Substitutions", "Projects", "Rules", "Scenarios"),
]

REFERENCES = [
    ("Composition", "item", "Items"),
    ("Sites", "country", "Countries"),
    ("Demand", "item", "Items"),
    ("Demand", "site", "Sites"),
    ("Suppliers", "country", "Countries"),
    ("Offers", "supplier", "Suppliers"),
    ("Offers", "item", "Items"),
    ("Offers", "currency", "Currencies"),
    ("PriceBreaks", "supplier", "Suppliers"),
    ("PriceBreaks", "item", "Items"),
    ("Lanes", "country", "Countries"),
    ("Lanes", "site", "Sites"),
    ("Upstream", "supplier", "Suppliers"),
    ("Upstream", "country", "Countries"),
    ("Licences", "country", "Countries"),
    ("Stock", "item", "Items"),
    ("Stock", "site", "Sites"),
    ("Stock", "licences", "Licences"),
    ("OpenOrders", "supplier", "Suppliers"),
    ("OpenOrders", "item", "Items"),
    ("OpenOrders", "site", "Sites"),
    ("Substitutions", "item", "Items"),
    ("Substitutions", "substitute", "Items"),
    ("Substitutions", "site", "Sites"),
    ("Projects", "supplier", "Suppliers"),
    ("Rules", "item", "Items"),
]

# item: offers, sum of list prices in USD per kg (net of the incentive), sum of capacities in t
# per year, sum of price x capacity
OFFERS_BY_ITEM = {
    "N45UH": (8, 722.48, 260.0, 21799.20),
    "N42SH": (13, 930.61, 547.0, 36131.70),
    "N38EH": (2, 200.11, 46.0, 4433.76),
    "N40SH": (9, 590.56, 377.0, 23042.58),
    "N42H": (6, 301.89, 280.0, 13759.30),
    "N42H-LF": (5, 292.83, 235.0, 12931.30),
    "BND10": (4, 169.82, 115.0, 4684.80),
    "SMCO28": (3, 335.06, 29.0, 2979.32),
    "FER12": (3, 14.82, 610.0, 3027.90),
}


def rows(table: str) -> list[Row]:
    with (EXAMPLE / f"{table}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def kilograms(table: str) -> int:
    return sum(int(row["quantity"]) for row in rows(table))


def usd(row: Row) -> float:
    """The price in USD; that of the home plant is stated before the incentive."""
    rates = {"": 1.0} | {r["currency"]: float(r["rate"]) for r in rows("Currencies")}
    incentive = {p["supplier"]: float(p["incentive"]) for p in rows("Projects")}
    quoted = float(row["price"]) * rates[row.get("currency", "")]
    return quoted - incentive.get(row["supplier"], 0.0)


def test_folder_holds_these_tables_and_no_program() -> None:
    assert sorted(path.stem for path in EXAMPLE.glob("*.csv")) == sorted(TABLES)
    assert not list(EXAMPLE.glob("*.py"))


def test_demand_is_540_t_in_the_first_year_and_810_t_in_all() -> None:
    demand = rows("Demand")
    first_year = sum(int(r["quantity"]) for r in demand if r["period"] < "2026-10")
    assert first_year == 539_996
    assert kilograms("Demand") == 809_993
    periods = {r["period"] for r in demand}
    assert (min(periods), max(periods), len(periods)) == ("2025-10", "2027-03", 18)


def controlled_items() -> set[str]:
    licence = next(r for r in rows("Licences") if r["licence"] == "cn_dual_use")
    elements, threshold = licence["elements"].split(";"), float(licence["threshold"])
    return {
        r["item"]
        for r in rows("Composition")
        if r["element"] in elements and float(r["mass_share"]) > threshold
    }


def test_demand_barred_from_chinese_licensed_goods_is_52_6_t() -> None:
    licence = next(r for r in rows("Licences") if r["licence"] == "cn_dual_use")
    banned, controlled = licence["banned_end_uses"].split(";"), controlled_items()
    assert controlled == {"N45UH", "N42SH", "N38EH", "N40SH", "N42H", "SMCO28"}
    assert {r["end_use"] for r in rows("Demand")} == {"domestic_auto", *banned}
    barred = [r for r in rows("Demand") if r["end_use"] in banned and r["item"] in controlled]
    assert sum(int(r["quantity"]) for r in barred) == 52_569


def test_stock_and_open_orders() -> None:
    assert kilograms("Stock") == 58_246
    orders = rows("OpenOrders")
    assert (len(orders), kilograms("OpenOrders")) == (98, 156_503)
    country = {r["supplier"]: r["country"] for r in rows("Suppliers")}
    controlled = controlled_items()
    licensed = [r for r in orders if country[r["supplier"]] == "CN" and r["item"] in controlled]
    assert (len(licensed), sum(int(r["quantity"]) for r in licensed)) == (80, 138_003)


def test_stock_kept_free_covers_the_barred_demand_of_two_months() -> None:
    barred: Counter[tuple[str, str]] = Counter()
    for row in rows("Demand"):
        if row["end_use"] != "domestic_auto" and row["period"] <= "2025-11":
            barred[row["item"], row["site"]] += int(row["quantity"])
    controlled = controlled_items()
    free = {
        (r["item"], r["site"]): int(r["quantity"])
        for r in rows("Stock")
        if not r["licences"] and r["item"] in controlled
    }
    assert free == dict(barred)


def test_list_prices_and_capacities_are_those_of_the_facts() -> None:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows("Offers"):
        found[row["item"]].append(row)
    assert set(found) == set(OFFERS_BY_ITEM)
    for item, (count, prices, tonnes, value) in OFFERS_BY_ITEM.items():
        assert len(found[item]) == count
        assert sum(map(usd, found[item])) == pytest.approx(prices, abs=1e-3)
        yearly = sum(float(r["capacity"]) for r in found[item]) * 12 / 1000
        assert yearly == pytest.approx(tonnes, abs=1e-3)
        worth = sum(usd(r) * float(r["capacity"]) for r in found[item]) * 12 / 1000
        assert worth == pytest.approx(value, rel=1e-5)


def test_price_breaks_step_down_by_2_and_4_per_cent_on_each_offer() -> None:
    offers = {(r["supplier"], r["item"]): r for r in rows("Offers")}
    tiers: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in rows("PriceBreaks"):
        key = row["supplier"], row["item"]
        price = usd(row | {"currency": offers[key]["currency"]})
        tiers[key].append((float(row["from_quantity"]), price / usd(offers[key])))
    assert set(tiers) == set(offers)
    for (first, step), (second, lower) in tiers.values():
        assert 0 < first < second
        assert step == pytest.approx(0.98, abs=0.002)
        assert lower == pytest.approx(0.96, abs=0.002)


@pytest.mark.parametrize(("table", "column", "target"), REFERENCES)
def test_every_name_is_declared(table: str, column: str, target: str) -> None:
    declared = {next(iter(row.values())) for row in rows(target)} | {"", "*"}
    assert {row[column] for row in rows(table)} <= declared


def test_licences_and_risks_name_what_exists() -> None:
    elements = {r["element"] for r in rows("Composition")}
    licences = rows("Licences")
    for row in licences:
        assert set(row["elements"].split(";")) <= elements
    targets = {"licence": {r["licence"] for r in licences}}
    targets["country"] = {r["country"] for r in rows("Suppliers")}
    for row in rows("Risks"):
        assert row["target"] in targets[row["scope"]]


def test_shares_sum_to_at_most_one() -> None:
    mass: dict[str, float] = defaultdict(float)
    for row in rows("Composition"):
        mass[row["item"]] += float(row["mass_share"])
    assert mass
    assert max(mass.values()) <= 1
    drawn: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in rows("Upstream"):
        drawn[row["supplier"], row["stage"], row["element"]] += float(row["share"])
    assert drawn
    assert all(share == pytest.approx(1) for share in drawn.values())


def test_every_element_of_an_offer_has_a_known_refiner() -> None:
    known = {(r["supplier"], r["element"]) for r in rows("Upstream")}
    held = {(r["item"], r["element"]) for r in rows("Composition")}
    needed = {
        (offer["supplier"], element)
        for offer in rows("Offers")
        for item, element in held
        if item == offer["item"]
    }
    assert needed <= known


def test_risks_make_24_outcomes() -> None:
    results: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows("Risks"):
        results[row["risk"]][row["result"]] += float(row["probability"] or 0)
    outcomes = 1
    for chances in results.values():
        total = sum(chances.values())
        assert min(chances.values()) > 0
        assert total <= 1 + 1e-9
        outcomes *= len(chances) + (total < 1 - 1e-9)
    assert outcomes == 24


def test_today_buys_over_four_fifths_from_china_and_covers_the_demand() -> None:
    country = {r["supplier"]: r["country"] for r in rows("Suppliers")}
    today = [r for r in rows("Offers") if r["baseline"]]
    total = sum(int(r["baseline"]) for r in today)
    china = sum(int(r["baseline"]) for r in today if country[r["supplier"]] == "CN")
    assert total == 539_996
    assert china / total == pytest.approx(0.935, abs=0.001)
    for row in today:
        assert row["qualified"] != "no"
        assert int(row["baseline"]) <= float(row["capacity"]) * 12


def test_lanes_are_those_of_the_facts() -> None:
    lanes = rows("Lanes")
    assert len(lanes) == 60
    assert sum(float(r["freight"]) for r in lanes) == pytest.approx(184.65)
    assert sum(float(r["transit_days"]) for r in lanes) == 1222
    dutied = [r for r in lanes if r["duty_rate"]]
    assert {(r["country"], r["duty_rate"]) for r in dutied} == {
        ("CN", "0.0825"),
        ("EE", "0.0825"),
        ("US", "0.0825"),
    }
    assert len(dutied) == 24


def test_terms_of_the_offers_are_those_of_the_facts() -> None:
    offers = rows("Offers")
    unqualified = [r for r in offers if r["qualified"] == "no"]
    months = sum(float(r["qualification_days"]) for r in unqualified) / 30.4375
    assert months == pytest.approx(136)
    assert sum(int(r["qualification_cost"]) for r in unqualified) == 2_645_000
    assert sum(float(r["lead_days"]) for r in offers) == 2422
    assert sum(float(r["min_order"]) for r in offers) == pytest.approx(22_400)


def test_every_offer_has_a_lane_to_every_site() -> None:
    country = {r["supplier"]: r["country"] for r in rows("Suppliers")}
    lanes = {(r["country"], r["site"]) for r in rows("Lanes")}
    wanted = {(country[r["supplier"]], s["site"]) for r in rows("Offers") for s in rows("Sites")}
    assert wanted <= lanes


def test_substitution_cost_is_stated_once_per_change_of_design() -> None:
    changes = rows("Substitutions")
    assert len({(r["item"], r["substitute"]) for r in changes}) == len(changes) == 6
    assert sum(int(r["fixed_cost"]) for r in changes) == 1_700_000


def test_project_figures_follow_from_the_public_ones() -> None:
    (plant,) = rows("Projects")
    rupees = 1_000e7 / 1_200 * 50
    assert float(plant["capex"]) == pytest.approx(rupees / 86.5, abs=1)
    assert float(plant["capacity"]) * 12 == pytest.approx(50_000, abs=0.1)
    assert float(plant["incentive"]) == pytest.approx(0.6 * 2_150 / 86.5, abs=1e-3)
    assert float(plant["capital_subsidy"]) == pytest.approx((750 / 6_000) / (1_000 / 1_200))
    supplier = next(r for r in rows("Suppliers") if r["supplier"] == plant["supplier"])
    assert supplier["capacity"] == "0"


def matching(table: str, where: str) -> list[Row]:
    """The rows that a scenario's condition names; country reaches offers by the supplier."""
    country = {r["supplier"]: r["country"] for r in rows("Suppliers")}
    conditions = [part.split("=", 1) for part in where.split(";") if part]
    return [
        row
        for row in rows(table)
        if all(
            (row[column] if column in row else country[row["supplier"]]) == value
            for column, value in conditions
        )
    ]


def test_every_scenario_row_changes_something() -> None:
    for edit in rows("Scenarios"):
        reached = matching(edit["table"], edit["where"])
        assert reached, edit
        if edit["operation"] != "set":
            assert all(row[edit["column"]] for row in reached[:1]), edit


def test_price_spike_adds_30_for_ndpr_and_spares_china_the_heavy_elements() -> None:
    held: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("Composition"):
        held[row["item"]][row["element"]] = float(row["mass_share"])
    country = {r["supplier"]: r["country"] for r in rows("Suppliers")}
    currency = {(r["supplier"], r["item"]): r["currency"] for r in rows("Offers")}
    edits = [r for r in rows("Scenarios") if r["scenario"] == "price_spike"]
    for table in ("Offers", "PriceBreaks"):
        added: dict[tuple[str, ...], float] = defaultdict(float)
        for edit in (e for e in edits if e["table"] == table):
            for row in matching(table, edit["where"]):
                added[tuple(row.values())] += float(edit["value"])
        for row in rows(table):
            mass = held[row["item"]]
            step = 30 * mass.get("NdPr", 0)
            if country[row["supplier"]] != "CN":
                step += 460 * mass.get("Dy", 0) + 2_000 * mass.get("Tb", 0)
            if currency[row["supplier"], row["item"]] == "INR":
                step *= 86.5
            assert added[tuple(row.values())] == pytest.approx(step, abs=1e-6)


def test_every_number_column_is_labelled() -> None:
    labels = {}
    for line in (EXAMPLE / "SOURCES.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and "." in cells[1]:
            labels[cells[1]] = cells[2]
    assert set(labels.values()) == {"public", "derived", "illustrative"}
    for table in TABLES:
        for column in rows(table)[0]:
            cells = [row[column] for row in rows(table) if row[column]]
            if column != "order" and any(cell.replace(".", "", 1).isdigit() for cell in cells):
                assert f"{table}.{column}" in labels, (table, column)


def test_company_names_are_marked_as_fictional() -> None:
    assert all(row["name"].endswith("(fictional)") for row in rows("Suppliers"))
