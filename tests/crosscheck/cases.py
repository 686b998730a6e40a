"""Small random workbooks with risks, of which something becomes known step by step."""

from __future__ import annotations

import random
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.goods import (
    Item,
    OpenOrder,
    Site,
    StockRow,
    StockTarget,
    Substitution,
)
from optimizer.contract.policy import Licence, RiskEffect, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Lane, Offer, PriceBreak, Project, Supplier
from tests.small import need, small

SUPPLIERS = ("K", "L", "M")
ITEMS = ("P", "Q")
SITES = ("A", "B")
COUNTRIES = {"X": 9.0, "Y": 4.0}
MONTH = 30.4375
MONTHS = 4

KINDS: tuple[dict[str, Any], ...] = (
    {"dimension": "supplier", "metric": "share", "sense": "max", "limit": 0.6},
    {"dimension": "supplier", "metric": "share", "sense": "min", "member": ("L",), "limit": 0.3},
    {"dimension": "country", "metric": "spend_share", "sense": "max", "limit": 0.6},
    {"dimension": "country", "metric": "risk", "sense": "max", "limit": 6.0},
    {"dimension": "supplier", "metric": "count", "sense": "min", "limit": 2, "counts_from": 0.2},
    {"dimension": "supplier", "metric": "count", "sense": "max", "limit": 2},
    {"dimension": "supplier", "metric": "quantity", "sense": "min", "limit": 40, "member": ("K",)},
)
EFFECTS: tuple[dict[str, Any], ...] = (
    {"scope": "supplier", "target": "K", "deliverable": 0.0},
    {"scope": "supplier", "target": "L", "deliverable": 0.5},
    {"scope": "country", "target": "X", "deliverable": 0.7, "delay_days": MONTH},
    {"scope": "country", "target": "Y", "delay_days": 2 * MONTH},
    {"scope": "item", "target": "P", "demand_factor": 1.5},
    {"scope": "all", "demand_factor": 0.6},
    {"scope": "supplier", "target": "M", "price_factor": 1.8},
    {"scope": "item", "target": "Q", "price_add": 4.0},
    {"scope": "licence", "target": "permit", "deliverable": 0.2, "delay_days": MONTH},
)


def workbook(seed: int, *, with_rules: bool, measure: str = "expected") -> Data:
    """2 items, 3 suppliers, 1 or 2 sites, 4 months, 2 to 8 outcomes.

    ``with_rules``: and with rules and price breaks.
    """
    rng = random.Random(seed)
    sites = SITES[: rng.choice((1, 2))]
    offers = [_offer(rng, k, i) for k in SUPPLIERS for i in ITEMS if rng.random() < 0.75]
    offers = offers or [_offer(rng, "K", "P")]
    return small(
        settings=_settings(rng, measure),
        demand=[
            row
            for i in ITEMS
            for s in sites
            for row in need(*(rng.choice((5, 10, 20, 30)) for _ in range(MONTHS)), item=i, site=s)
        ],
        items=[_item(rng, i) for i in ITEMS],
        sites=[_site(rng, s) for s in sites],
        countries=[Country(country=c, risk_score=score) for c, score in COUNTRIES.items()],
        suppliers=[_supplier(rng, k) for k in SUPPLIERS],
        licences=[_licence(rng)],
        offers=offers,
        lanes=[
            Lane(),
            *(
                Lane(supplier=k, freight=1, fixed_cost=40, capacity=rng.choice((25, 60)))
                for k in SUPPLIERS
                if rng.random() < 0.3
            ),
        ],
        stock=[StockRow(item=rng.choice(ITEMS), site="A", quantity=rng.choice((5, 15)))],
        open_orders=[
            OpenOrder(
                supplier=offers[0].supplier,
                item=offers[0].item,
                site="A",
                period=rng.choice((1, 2)),
                quantity=10.0,
                secured=rng.choice((True, False)),
            )
        ],
        stock_policy=_policy(rng),
        substitutions=_substitutions(rng),
        projects=_projects(rng),
        risks=_risks(rng),
        price_breaks=_breaks(rng, offers) if with_rules else [],
        rules=_rules(rng) if with_rules else [],
    )


def _settings(rng: random.Random, measure: str) -> Settings:
    return Settings(
        start="2025-01",
        holding_rate=rng.choice((0.0, 0.5)),
        discount_rate=rng.choice((0.0, 0.2)),
        reveal_days=rng.choice((0.0, MONTH, MONTH, 2 * MONTH)),
        call_off_min=rng.choice((0.0, 0.5, 0.9)),
        call_off_max=rng.choice((1.0, 1.2, 1.5)),
        overbooking=rng.choice((1.0, 1.2)),
        risk_measure=measure,
        cvar_level=rng.choice((0.7, 0.9)),
        risk_weight=rng.choice((0.3, 0.8)),
    )


def _item(rng: random.Random, name: str) -> Item:
    backlog = rng.choice((None, None, 2.0))
    cost = rng.choice((60, 200))
    return Item(item=name, unit_value=10.0, shortage_cost=cost, backlog_cost=backlog)


def _site(rng: random.Random, name: str) -> Site:
    room = rng.choice((float("inf"), float("inf"), 40))
    return Site(site=name, storage_capacity=room, overflow_cost=1.0)


def _supplier(rng: random.Random, name: str) -> Supplier:
    return Supplier(
        supplier=name,
        country=rng.choice(tuple(COUNTRIES)),
        onboarding_cost=rng.choice((0, 50, 200)),
        capacity=rng.choice((float("inf"), 40)),
    )


def _offer(rng: random.Random, supplier: str, item: str) -> Offer:
    return Offer(
        supplier=supplier,
        item=item,
        price=rng.choice((2, 5, 10, 12, 30)),
        min_award=3 * rng.choice((0, 0, 15, 40)),
        max_award=3 * rng.choice((float("inf"), float("inf"), 60)),
        min_order=rng.choice((0, 0, 10, 15)),
        order_cost=rng.choice((0, 0, 25)),
        capacity=rng.choice((float("inf"), float("inf"), 30)),
        switching_cost=rng.choice((0, 0, 30)),
        lead_days=rng.choice((0, 0, MONTH)),
        licences=rng.choice(((), (), ("permit",))),
        call_off_min=rng.choice((None, None, 1.0)),
    )


def _licence(rng: random.Random) -> Licence:
    quota = 3 * rng.choice((float("inf"), 60))
    return Licence(licence="permit", country="X", quota=quota, order_cost=rng.choice((0, 10)))


def _policy(rng: random.Random) -> list[StockTarget]:
    if rng.random() < 0.5:
        return []
    return [StockTarget(item=rng.choice(ITEMS), min_cover_days=20, penalty=rng.choice((2, 40)))]


def _substitutions(rng: random.Random) -> list[Substitution]:
    if rng.random() < 0.6:
        return []
    ratio, fixed = rng.choice((1.0, 2.0)), rng.choice((0, 60))
    return [Substitution(item="P", substitute="Q", ratio=ratio, max_share=0.5, fixed_cost=fixed)]


def _projects(rng: random.Random) -> list[Project]:
    if rng.random() < 0.5:
        return []
    return [
        Project(
            project="plant",
            supplier="L",
            capacity=20.0,
            capex=rng.choice((100, 2000)),
            life_years=1.0,
            max_modules=2,
            build_days=MONTH,
            incentive=rng.choice((0.0, 3.0)),
        )
    ]


def _risks(rng: random.Random) -> list[RiskEffect]:
    """Up to three risks of one or two results, which begin at different times."""
    rows = []
    for number in range(rng.choice((1, 2, 2, 3))):
        count = 2 if number == 0 else 1
        for result, effect in enumerate(rng.sample(EFFECTS, count)):
            rows.append(
                RiskEffect(
                    risk=f"risk {number}",
                    result=f"result {number}{result}",
                    probability=rng.choice((0.1, 0.25, 0.4)),
                    from_period=rng.choice((1, 1, 2, 3)),
                    **effect,
                )
            )
    return rows


def _breaks(rng: random.Random, offers: list[Offer]) -> list[PriceBreak]:
    return [
        PriceBreak(
            supplier=row.supplier,
            item=row.item,
            from_quantity=3 * quantity,
            price=row.price * factor,
            type=kind,
        )
        for row in offers
        for kind in [rng.choice((None, "all_units", "incremental"))]
        if kind is not None
        for quantity, factor in ((20, 0.8), (50, 0.6))
    ]


def _rules(rng: random.Random) -> list[Rule]:
    chosen = rng.sample(KINDS, rng.choice((1, 2)))
    return [
        Rule(rule=f"R{n}", penalty=_penalty(rng, kind), **kind) for n, kind in enumerate(chosen)
    ]


def _penalty(rng: random.Random, kind: dict[str, Any]) -> float | None:
    """A maximum may be hard: who buys nothing keeps it."""
    return None if kind["sense"] == "max" and rng.random() < 0.5 else 500.0
