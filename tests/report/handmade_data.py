"""The input of the plan made by hand."""

from __future__ import annotations

from optimizer.contract.data import Data, DefaultUsed, Source
from optimizer.contract.findings import Finding, Severity
from optimizer.contract.goods import Demand, Item, Site, StockRow, StockTarget
from optimizer.contract.policy import Licence, RiskEffect, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Offer, Origin, Supplier

MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02")
NEED = {"M": 20_000.0, "F": 4_000.0}
OPENING = {"M": 30_000.0, "F": 6_000.0}
TARGET = {"M": 20_000.0, "F": 4_000.0}
LICENCE = "cn_dual_use"
MADE_IN = {"CN01": "CN", "VN01": "VN", "JP01": "JP"}
REFINED = {
    "CN01": {"CN": 1.0},
    "VN01": {"CN": 0.9, "MY": 0.1},
    "JP01": {"CN": 0.3, "AU": 0.5, "unknown": 0.2},
}
# offer: quantity a month, price, freight, duty rate
OFFERS = {
    ("CN01", "M"): (7_000.0, 58.0, 0.3, 0.0825),
    ("VN01", "M"): (8_000.0, 64.0, 0.45, 0.0),
    ("JP01", "M"): (3_000.0, 79.5, 0.6, 0.0),
    ("CN01", "F"): (4_500.0, 4.5, 0.3, 0.0825),
}


def _rules() -> tuple[Rule, ...]:
    return (
        Rule(rule="supplier_share", dimension="supplier", metric="share", sense="max", limit=0.55),
        Rule(rule="made_in_china", dimension="country", member=("CN",), metric="share",
             sense="max", limit=0.6),
        Rule(rule="refined_in_china", dimension="refining", member=("CN",), metric="share",
             sense="max", limit=0.85),
        Rule(rule="spread", dimension="supplier", metric="hhi", sense="max", limit=5000.0),
        Rule(rule="two_sources_F", dimension="supplier", metric="count", sense="min", limit=2.0,
             item="F", penalty=50_000.0),
    )  # fmt: skip


def made_data() -> Data:
    """The input of the plan."""
    countries = {"CN": "China", "VN": "Vietnam", "JP": "Japan", "MY": "Malaysia",
                 "AU": "Australia", "IN": "India"}  # fmt: skip
    suppliers = {"CN01": "Gannan Magnetics", "VN01": "Hai Phong Magnetic Materials",
                 "JP01": "Takefu Rare Earth Magnet"}  # fmt: skip
    return Data(
        settings=Settings(name="Magnets for the plant in Pune", start="2025-11", shortage_cost=900),
        horizon=4,
        period_labels=MONTHS,
        items=(Item(item="M", description="Sintered magnet N42SH"),
               Item(item="F", description="Ferrite ring")),
        sites=(Site(site="PUN", description="Pune", country="IN"),),
        demand=tuple(
            Demand(item=item, site="PUN", end_use="civil", period=period, quantity=need)
            for item, need in NEED.items() for period in (1, 2, 3, 4)
        ),
        countries=tuple(Country(country=code, name=name) for code, name in countries.items()),
        suppliers=tuple(Supplier(supplier=code, name=name, country=MADE_IN[code])
                        for code, name in suppliers.items()),
        offers=tuple(
            Offer(supplier=supplier, item=item, price=price, baseline=240_000.0
                  if (supplier, item) == ("CN01", "M") else 0.0)
            for (supplier, item), (_, price, _, _) in OFFERS.items()
        ),
        upstream=tuple(
            Origin(supplier=supplier, stage="refining", country=country, share=share)
            for supplier, parts in REFINED.items() for country, share in parts.items()
            if country != "unknown"
        ),
        stock=tuple(StockRow(item=item, site="PUN", quantity=on_hand)
                    for item, on_hand in OPENING.items()),
        stock_policy=(StockTarget(min_cover_days=30.4375),),
        rules=_rules(),
        licences=(Licence(licence=LICENCE, country="CN"),),
        risks=(
            RiskEffect(risk=LICENCE, result="freeze", probability=0.25, scope="licence",
                       target=LICENCE, from_period=2, deliverable=0.0),
        ),
        defaults=(DefaultUsed("Offers", "lead_days", "0", (2, 3, 4, 5)),),
        findings=(
            Finding("blank-capacity", Severity.WARNING, "Offers", "E3",
                    "VN01 has no capacity for M and is taken to be unlimited",
                    "enter what it can make in a month"),
        ),
        source=Source("magnets.xlsx", "0" * 64),
    )  # fmt: skip
