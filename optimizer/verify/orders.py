"""Each order by itself: who, where, when, what arrives, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.contract.results import CostBuildUp, OrderRow
from optimizer.verify.case import Case
from optimizer.verify.flows import Ordered, Taken
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, at_least, same, words


def check_orders(case: Case) -> Iterator[Violation]:
    """An active offer, a lane, a site that wants the item, in time; arrival, delivery and cost."""
    for ordered in case.flows.orders:
        row = ordered.row
        place = place_of(case, row)
        if case.offer(row.supplier, row.item) is None:
            yield words(Check.OFFER, place, "an active offer", "none")
            continue
        if ordered.taken is None:
            yield words(Check.LANE, place, "a lane by that mode", "none")
            continue
        if (row.item, row.site) not in case.needs.wanted:
            yield words(Check.SITE, place, "a site that wants the item", "not wanted there")
        first = case.sources.first_period(ordered.taken.offer, case.clock)
        yield from at_least(Check.FIRST_PERIOD, place, first, row.period, 0)
        if not _ever_arrives(case, ordered.taken, row.period):
            yield words(Check.NEVER_ARRIVES, place, "arrives in some outcome", "never arrives")
        yield from _arrival(case, ordered, place)
        yield from _cost(case, ordered, ordered.taken, place)


def discounted(case: Case, ordered: Ordered) -> float:
    """Landed cost of an order, recomputed; 0 if it does not arrive."""
    if ordered.taken is None:
        return ordered.row.cost
    if ordered.arrival is None:
        return 0.0
    factor = case.clock.discount(ordered.arrival)
    return ordered.delivered * ordered.taken.build_up.landed * factor


def check_build_ups(case: Case) -> Iterator[Violation]:
    """Costs shows, for every delivery, how its landed cost comes about."""
    rows = {(c.outcome, c.supplier, c.item, c.site, c.mode, c.period): c for c in case.tables.costs}
    for ordered in case.flows.orders:
        row = ordered.row
        key = (row.outcome, row.supplier, row.item, row.site, row.mode, row.period)
        found = rows.pop(key, None)
        if ordered.taken is None:
            continue
        place = place_of(case, row)
        if found is not None:
            yield from _build_up(case, ordered, ordered.taken, found, place)
        elif ordered.delivered > case.tolerance.quantity:
            yield words(Check.BUILD_UP, place, "a row in Costs", "no row")
    for outcome, supplier, item, site, mode, period in rows:
        place = (
            f"{item} of {supplier} to {site} by {mode} in {case.clock.name(period)}, "
            f"outcome {outcome}"
        )
        yield words(Check.BUILD_UP, place, "an order", "none")


def place_of(case: Case, row: OrderRow) -> str:
    """The order in words."""
    return (
        f"{row.item} of {row.supplier} to {row.site} by {row.mode} in "
        f"{case.clock.name(row.period)}, outcome {row.outcome}"
    )


def _ever_arrives(case: Case, taken: Taken, period: int) -> bool:
    return any(
        case.landing.arrival(taken.offer, taken.lane, period, world) is not None
        for world in case.worlds.values()
    )


def _arrival(case: Case, ordered: Ordered, place: str) -> Iterator[Violation]:
    row = ordered.row
    if row.arrival != ordered.arrival:
        yield words(
            Check.ARRIVAL, place, case.clock.name(ordered.arrival), case.clock.name(row.arrival)
        )
    tolerance = case.tolerance.quantity
    yield from same(Check.DELIVERED, place, ordered.delivered, row.delivered, tolerance)


def _cost(case: Case, ordered: Ordered, taken: Taken, place: str) -> Iterator[Violation]:
    row = ordered.row
    if ordered.arrival is not None:  # what never lands has no landed cost, and is never discounted
        landed = taken.build_up.landed
        yield from same(Check.LANDED, place, landed, row.landed_unit_cost, unit(landed))
        factor = case.clock.discount(ordered.arrival)
        where = f"{place}: discount factor"
        yield from same(Check.ORDER_COST, where, factor, row.discount_factor, unit(factor))
    cost = discounted(case, ordered)
    yield from same(Check.ORDER_COST, place, cost, row.cost, case.tolerance.money(cost, row.cost))


def _build_up(
    case: Case, ordered: Ordered, taken: Taken, found: CostBuildUp, place: str
) -> Iterator[Violation]:
    offer, built = taken.offer, taken.build_up
    for name, expected, actual in (
        ("price", offer.price, found.price),
        ("rate", case.sources.rate(offer), found.rate),
        ("factor", built.factor, found.factor),
        ("price_add", built.price_add, found.price_add),
        ("price_base", built.price_base, found.price_base),
        ("freight", built.freight, found.freight),
        ("duty", built.duty, found.duty),
        ("duty_rate x dutiable", built.duty, found.duty_rate * found.dutiable),
        ("landed", built.landed, found.landed),
    ):
        if expected != actual:  # nearly all are exactly the same: their place is not needed
            where = f"{place}: {name}"
            yield from same(Check.BUILD_UP, where, expected, actual, unit(expected, actual))
    currency = offer.currency or case.sources.base_currency
    if found.currency != currency:
        yield words(Check.BUILD_UP, f"{place}: currency", currency, found.currency)
    where = f"{place}: quantity"
    quantity = case.tolerance.quantity
    yield from same(Check.BUILD_UP, where, ordered.delivered, found.quantity, quantity)
