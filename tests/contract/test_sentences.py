"""Rules and risks in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.contract.data import Data
from optimizer.contract.goods import Item, Site
from optimizer.contract.policy import RiskEffect, Rule
from optimizer.contract.sentences import risk_sentence, rule_sentence
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Supplier

DATA = Data(
    settings=Settings(),
    horizon=3,
    period_labels=("2025-10", "2025-11", "2025-12"),
    items=(Item(item="A", description="Magnet A"), Item(item="B")),
    sites=(Site(site="PUN", description="Pune"),),
    countries=(Country(country="CN", name="China"), Country(country="VN")),
    suppliers=(Supplier(supplier="S1", name="First Magnets", country="CN"),),
)
CAP = Rule(rule="r", dimension="country", member=("CN",), metric="share", sense="max", limit=0.6)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"family": "rare-earth magnets"},
         "At most 60 % of all rare-earth magnets, by weight, may be made in China."),
        ({"member": ("CN", "VN")},
         "At most 60 % of all goods, by weight, may be made in China and VN together."),
        ({"dimension": "refining", "limit": 0.65},
         ("At most 65 % of all goods, by the mass of their elements, may go through refining in "
         "China.")),
        ({"dimension": "refining", "element": "Dy"},
         "At most 60 % of all goods, by the mass of their Dy, may go through refining in China."),
        ({"dimension": "supplier", "member": ()},
         "At most 60 % of all goods, by weight, may come from any one supplier."),
        ({"dimension": "supplier", "member": ("S1",), "sense": "min", "limit": 0.05},
         "At least 5 % of all goods, by weight, must come from First Magnets."),
        ({"metric": "spend_share", "item": "A", "site": "PUN"},
         "At most 60 % of A (Magnet A) for PUN (Pune), by spend, may be made in China."),
        ({"metric": "spend", "limit": 1e6},
         "At most 1,000,000 USD of all goods, at list and tier prices, may be made in China."),
        ({"metric": "quantity", "limit": 500, "licensed": True},
         ("At most 500 weight units of all goods that need a licence, over the horizon, may be "
         "made in China.")),
        ({"metric": "count", "member": (), "dimension": "supplier", "sense": "min", "limit": 2,
          "per_item": True, "penalty": 1000},
         ("At least 2 suppliers must supply all goods, each with at least 5 % of it, for each item "
         "by itself; a goal: every supplier off it costs 1,000 USD.")),
        ({"metric": "hhi", "member": (), "limit": 1800},
         ("The concentration (HHI) of all goods, by weight, over countries must not exceed 1,800 "
         "points.")),
        ({"metric": "risk", "member": (), "limit": 4, "dimension": "refining"},
         ("The mean risk score of the countries of their refining, over all goods, by the mass of "
         "their elements, must not exceed 4 of 10.")),
        ({"penalty": 5e6},
         ("At most 60 % of all goods, by weight, may be made in China; a goal: every percentage "
         "point off it costs 50,000 USD.")),
        ({"dimension": "licence", "member": ("L",)},
         "At most 60 % of all goods, by weight, may need the licence L."),
    ],
)  # fmt: skip
def test_a_rule(changes: dict[str, Any], sentence: str) -> None:
    assert rule_sentence(replace(CAP, **changes), DATA) == sentence


def test_every_metric_sense_and_dimension_has_a_sentence() -> None:
    seen = set()
    for metric in ("share", "quantity", "spend_share", "spend", "count", "hhi", "risk"):
        for sense in ("max", "min"):
            for dimension in ("supplier", "group", "country", "region", "licence", "refining"):
                for member in ((), ("X",), ("X", "Y")):
                    rule = replace(CAP, metric=metric, sense=sense, dimension=dimension,
                                   member=member)  # fmt: skip
                    text = rule_sentence(rule, DATA)
                    assert text.endswith(".")
                    assert "None" not in text
                    seen.add((metric in ("hhi", "risk"), text))
    assert len(seen) > 100


EFFECT = RiskEffect(risk="strike", result="long", probability=0.125, scope="supplier",
                    target="S1", deliverable=0.0)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "strike, long (12.5 %): First Magnets delivers nothing."),
        ({"deliverable": 0.45, "delay_days": 60.875, "to_period": 2},
         ("strike, long (12.5 %): First Magnets delivers 45 % of what is ordered, 60.88 days later "
         "until 2025-11.")),
        ({"scope": "stage", "target": "refining:CN", "from_period": 2},
         ("strike, long (12.5 %): what draws on refining in China delivers nothing from 2025-11 "
         "on.")),
        ({"scope": "item", "target": "A", "deliverable": 1, "demand_factor": 1.2,
          "from_period": 2, "to_period": 3},
         "strike, long (12.5 %): A (Magnet A) with 120 % of the demand from 2025-11 to 2025-12."),
        ({"scope": "element", "target": "Dy", "deliverable": 1, "price_add": 460.0},
         "strike, long (12.5 %): Dy costs 460 USD more per kg of it."),
        ({"scope": "all", "target": "*", "deliverable": 1, "price_factor": 1.5},
         "strike, long (12.5 %): everything at 150 % of the price."),
        ({"deliverable": 1}, "strike, long (12.5 %): nothing changes."),
    ],
)  # fmt: skip
def test_a_risk(changes: dict[str, Any], sentence: str) -> None:
    assert risk_sentence([replace(EFFECT, **changes)], DATA) == sentence


def test_several_effects_of_one_result() -> None:
    later = replace(EFFECT, probability=None, scope="country", target="CN", from_period=3)
    assert risk_sentence([EFFECT, later], DATA) == (
        "strike, long (12.5 %): First Magnets delivers nothing; what is made in China delivers "
        "nothing from 2025-12 on."
    )
    assert risk_sentence([], DATA) == ""
