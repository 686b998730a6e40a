"""A small plan made by hand, whose tables and facts agree with each other.

Three suppliers, a magnet (M) and a ferrite (F), one plant, four months, two futures: the export
licence is granted, or exports from China stop after the first month.  What is made in China is
well below its cap; most of it is refined there all the same.
"""

from __future__ import annotations

from optimizer.contract.plan import Facts, Plan, Size, Tables
from optimizer.contract.results import (
    Assumption,
    Award,
    MixRow,
    Move,
    OrderRow,
    RuleResult,
)
from optimizer.results.spread import spread_of
from tests.report import handmade_flows as flows
from tests.report import handmade_risk as risk
from tests.report.handmade_data import LICENCE, MADE_IN, OFFERS, REFINED, made_data
from tests.report.handmade_flows import PROBABILITY


def _volumes(orders: tuple[OrderRow, ...]) -> dict[tuple[str, str], float]:
    volumes = dict.fromkeys(OFFERS, 0.0)
    for row in orders:
        volumes[row.supplier, row.item] += PROBABILITY[row.outcome] * row.delivered
    return volumes


def _parts(dimension: str, supplier: str) -> dict[str, float]:
    if dimension == "refining":
        return REFINED[supplier]
    return {{"supplier": supplier, "country": MADE_IN[supplier]}[dimension]: 1.0}


def _mix(volumes: dict[tuple[str, str], float]) -> list[MixRow]:
    rows: list[MixRow] = []
    for dimension in ("country", "refining", "supplier"):
        weights: dict[str, float] = {}
        spends: dict[str, float] = {}
        for (supplier, item), volume in volumes.items():
            if dimension == "refining" and item == "F":
                continue  # ferrite holds no rare earths
            mass = 0.3 if dimension == "refining" else 1.0
            for member, part in _parts(dimension, supplier).items():
                weights[member] = weights.get(member, 0.0) + volume * mass * part
                spends[member] = spends.get(member, 0.0) + volume * part * OFFERS[supplier, item][1]
        for member, weight in weights.items():
            share = weight / sum(weights.values())
            rows.append(
                MixRow(
                    dimension=dimension,
                    member=member,
                    weight=weight,
                    share=share,
                    weight_with_open=weight,
                    share_with_open=share,
                    spend=spends[member],
                    spend_share=spends[member] / sum(spends.values()),
                )
            )
    return rows


def _rule_check(mix: list[MixRow], hhi: float) -> tuple[RuleResult, ...]:
    share = {(row.dimension, row.member): row.share for row in mix}

    def limit(rule: str, sentence: str, member: str, metric: str, most: float,
              actual: float) -> RuleResult:  # fmt: skip
        return RuleResult(
            rule=rule, sentence=sentence, item="", member=member, metric=metric, sense="max",
            limit=most, actual=actual, slack=most - actual, binding=False,
        )  # fmt: skip

    each = "No supplier may deliver more than 55 % of all goods, by weight"
    return (
        *(limit("supplier_share", each, name, "share", 0.55, share["supplier", name])
          for name in MADE_IN),
        limit("made_in_china", "At most 60 % of all goods, by weight, may be made in China",
              "CN", "share", 0.6, share["country", "CN"]),
        limit("refined_in_china",
              "At most 85 % of the refining of all goods, by mass, may be done in China",
              "CN", "share", 0.85, share["refining", "CN"]),
        limit("spread", "The HHI of suppliers may be at most 5,000 points", "", "hhi", 5000.0, hhi),
        RuleResult(
            rule="two_sources_F", sentence="At least 2 suppliers must deliver F", item="F",
            member="", metric="count", sense="min", limit=2.0, actual=1.0, slack=-1.0,
            binding=True, relaxed=1.0, penalty_cost=50_000.0,
        ),
    )  # fmt: skip


def made_plan() -> Plan:
    """The plan."""
    orders = tuple(flows.orders())
    stock, service = flows.stock_and_service(orders)
    cover = flows.cover(stock)
    charges = tuple(flows.charges(stock, service, cover))
    volumes = _volumes(orders)
    mix = _mix(volumes)
    tables = Tables(
        awards=_awards(volumes),
        moves=_moves(volumes),
        mix=tuple(mix),
        rule_check=_rule_check(mix, _hhi(mix)["supplier"]),
        outcomes=risk.outcomes(orders, charges, service),
        tree=risk.tree(),
        licence_exposure=risk.exposure(orders),
        licence_use=risk.licence_use(),
        stress=risk.stress(),
        sensitivity=risk.sensitivity(),
        worst_probabilities=risk.worst_probabilities(),
        orders=orders,
        issues=tuple(flows.issues(service)),
        service=tuple(service),
        stock_plan=tuple(stock),
        cover=tuple(cover),
        costs=tuple(flows.build_ups(orders)),
        charges=charges,
        assumptions=(
            Assumption(kind="setting", subject="currency", value="USD", where="Settings!B2"),
            Assumption(kind="default", subject="Offers.lead_days", value="0",
                       where="rows 2, 3, 4, 5", money=1_234_567.8),
            Assumption(kind="warning", subject="blank-capacity", value="VN01 has no capacity for M "
                       "and is taken to be unlimited", where="Offers!E3", money=900_000.0),
        ),
    )  # fmt: skip
    return Plan(made_data(), _facts(tables), tables)


def _awards(volumes: dict[tuple[str, str], float]) -> tuple[Award, ...]:
    names = {row.supplier: row.name for row in made_data().suppliers}
    described = {row.item: row.description for row in made_data().items}
    whole = sum(volumes.values())
    return tuple(
        Award(
            supplier=supplier, supplier_name=names[supplier] or "", country=MADE_IN[supplier],
            item=item, description=described[item] or "",
            licences=LICENCE if (supplier, item) == ("CN01", "M") else "none",
            award=3 * OFFERS[supplier, item][0], volume=volume,
            share_of_item=volume / sum(v for (_, i), v in volumes.items() if i == item),
            share_of_weight=volume / whole,
            today=80_000.0 if (supplier, item) == ("CN01", "M") else 0.0,
            spend=volume * OFFERS[supplier, item][1],
            landed_cost=volume * flows.landed((supplier, item)),
            landed_unit_cost=flows.landed((supplier, item)), orders=3.0, first_period=1,
        )
        for (supplier, item), volume in volumes.items()
    )  # fmt: skip


def _moves(volumes: dict[tuple[str, str], float]) -> tuple[Move, ...]:
    return tuple(
        Move(
            supplier=row.supplier, supplier_name=row.supplier_name, country=row.country,
            item=row.item, today=row.today, plan=row.award, change=row.award - row.today,
            move="less" if row.today else "new",
        )
        for row in _awards(volumes)
    )  # fmt: skip


def _hhi(mix: list[MixRow]) -> dict[str, float]:
    points: dict[str, float] = {}
    for row in mix:
        points[row.dimension] = points.get(row.dimension, 0.0) + 10_000 * row.share**2
    return points


def _facts(tables: Tables) -> Facts:
    costs: dict[str, float] = {}
    for order in tables.orders:
        costs["landed"] = costs.get("landed", 0.0) + PROBABILITY[order.outcome] * order.cost
    for row in tables.charges:
        costs[row.component] = costs.get(row.component, 0.0) + PROBABILITY[row.outcome] * row.amount
    expected = sum(costs.values())
    return Facts(
        status="optimal", objective=expected, bound=expected * 0.997, gap=0.003,
        gap_without_unavoidable_shortage=0.004, seconds=1.23, costs=costs,
        cash_cost=sum(row.probability * row.cash_cost for row in tables.outcomes),
        penalty_cost=sum(row.probability * row.penalty_cost for row in tables.outcomes),
        shortage=sum(row.probability * row.shortage for row in tables.outcomes),
        unavoidable_shortage=0.0, hhi=_hhi(list(tables.mix)), in_stock_at_end=12_345.0,
        spread=spread_of(tables.outcomes, 0.9), size=Size(2, 1200, 80, 900),
        without_risk=risk.without_risk(tables.outcomes),
    )  # fmt: skip
