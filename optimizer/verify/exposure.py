"""Licence exposure and Licence use: what comes under each licence, and who lives on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from optimizer.contract.risk_results import ExposureRow, LicenceUse
from optimizer.verify.case import Case
from optimizer.verify.licensing import class_of
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, same, words

ByOutcome = defaultdict[str, float]


@dataclass(slots=True)
class Exposed:
    """Of one item under one licence: expected orders, and by outcome what arrives and costs."""

    ordered: float = 0.0
    delivered: ByOutcome = field(default_factory=lambda: defaultdict(float))
    money: ByOutcome = field(default_factory=lambda: defaultdict(float))


def check_exposure(case: Case) -> Iterator[Violation]:
    """Licence exposure adds up the plan's orders, as expected and where least arrives."""
    due = _exposed(case)
    rows = {(row.licence, row.item): row for row in case.tables.licence_exposure}
    for key, exposed in due.items():
        if key not in rows and exposed.ordered > case.tolerance.quantity:
            yield words(Check.EXPOSURE_ROW, _pair(key), "a row in Licence exposure", "no row")
    for key, row in rows.items():
        yield from _exposure(case, row, due.get(key, Exposed()), _pair(key))


def check_licence_use(case: Case) -> Iterator[Violation]:
    """Licence use adds up what Issues serve with goods of each licence, from wherever they came."""
    served: defaultdict[tuple[str, str, str], ByOutcome] = defaultdict(lambda: defaultdict(float))
    for issue in case.tables.issues:
        for licence in class_of(issue.licences):
            served[licence, issue.item, issue.end_use][issue.outcome] += issue.serves
    rows = {(row.licence, row.item, row.end_use): row for row in case.tables.licence_use}
    for key, by_outcome in served.items():
        if key not in rows and _expected(case, by_outcome) > case.tolerance.quantity:
            place = f"{key[1]} for {key[2]} under {key[0]}"
            yield words(Check.LICENCE_USE_ROW, place, "a row in Licence use", "no row")
    demands = _demands(case)
    for key, row in rows.items():
        demand = demands.get((row.item, row.end_use), 0.0)
        yield from _use(case, row, served.get(key, {}), demand)


def _exposed(case: Case) -> Mapping[tuple[str, str], Exposed]:
    found: defaultdict[tuple[str, str], Exposed] = defaultdict(Exposed)
    for order in case.flows.orders:
        if order.taken is None:
            continue
        for licence in case.licensing.of(*order.offer_key):
            exposed = found[licence, order.row.item]
            exposed.ordered += order.world.probability * order.row.quantity
            exposed.delivered[order.row.outcome] += order.delivered
            cost = order.delivered * order.taken.build_up.landed
            exposed.money[order.row.outcome] += cost
    for row in case.tables.tiers:
        ladder = case.ladders.get((row.supplier, row.item))
        lane = case.lane(row.supplier, row.item, row.site, row.mode)
        tier = ladder.find(row.from_quantity) if ladder else None
        if ladder is None or lane is None or tier is None:
            continue
        on_price = case.landing.on_price(case.sources.offers[row.supplier, row.item], lane)
        for licence in case.licensing.of(row.supplier, row.item):
            saved = row.quantity * ladder.discounts[tier] * on_price
            found[licence, row.item].money[row.outcome] -= saved
    return found


def _exposure(case: Case, row: ExposureRow, due: Exposed, place: str) -> Iterator[Violation]:
    quantity = case.tolerance.quantity
    delivered, money = _expected(case, due.delivered), _expected(case, due.money)
    worst = due.money.get(row.worst_outcome, 0.0)
    for name, expected, actual, tolerance in (
        ("ordered", due.ordered, row.ordered, quantity),
        ("delivered", delivered, row.delivered, quantity),
        ("money", money, row.money, case.tolerance.money(money, row.money)),
        ("money at worst", worst, row.money_at_worst, case.tolerance.money(money, worst)),
    ):
        yield from same(Check.EXPOSURE, f"{place}: {name}", expected, actual, tolerance)
    yield from _worst(case, Check.EXPOSURE, due.delivered, row.delivered_at_worst,
                      row.worst_outcome, place)  # fmt: skip


def _use(
    case: Case, row: LicenceUse, served: Mapping[str, float], demand: float
) -> Iterator[Violation]:
    place = f"{row.item} for {row.end_use} under {row.licence}"
    quantity = case.tolerance.quantity
    expected = _expected(case, served)
    share = expected / demand if demand > quantity else row.share
    for name, due, actual, tolerance in (
        ("demand", demand, row.demand, quantity),
        ("served", expected, row.served, quantity),
        ("share", share, row.share, unit(1.0)),
    ):
        yield from same(Check.LICENCE_USE, f"{place}: {name}", due, actual, tolerance)
    yield from _worst(case, Check.LICENCE_USE, served, row.served_at_worst,
                      row.worst_outcome, place)  # fmt: skip


def _worst(
    case: Case, check: Check, by_outcome: Mapping[str, float], least: float, name: str, place: str
) -> Iterator[Violation]:
    """The least of all outcomes, in an outcome in which it is that little."""
    due = min(by_outcome.get(outcome, 0.0) for outcome in case.worlds)
    tolerance = case.tolerance.quantity
    yield from same(check, f"{place}: at worst", due, least, tolerance)
    stands = by_outcome.get(name, 0.0)
    yield from same(check, f"{place}: in the worst outcome", due, stands, tolerance)


def _expected(case: Case, by_outcome: Mapping[str, float]) -> float:
    return sum(case.worlds[name].probability * amount for name, amount in by_outcome.items())


def _demands(case: Case) -> Mapping[tuple[str, str], float]:
    """Expected demand of the horizon by item and end use."""
    demands: defaultdict[tuple[str, str], float] = defaultdict(float)
    for use, periods in case.needs.by_use.items():
        for world in case.worlds.values():
            quantity = sum(case.needs.of_use(use, period, world) for period in periods)
            demands[use[0], use[2]] += world.probability * quantity
    return demands


def _pair(key: tuple[str, str]) -> str:
    return f"{key[1]} under {key[0]}"
