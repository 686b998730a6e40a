"""The price at which each offer without an award would win one."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from models.problem import Metric, OfferKey
from optimizer.assemble.ground import ground_of
from optimizer.assemble.quotes import Quote, quotes_of
from optimizer.contract.explain_results import OfferPrice
from optimizer.solve.edits import column_bounds
from optimizer.solve.outcome import Status
from optimizer.studies.explain.interval import Interval, Point
from optimizer.studies.explain.near import Newcomer
from optimizer.studies.explain.price import Prices
from optimizer.studies.explain.reference import Reference
from optimizer.studies.explain.sizes import Sizes
from optimizer.studies.explain.winning import Bid, finite, status_of_points, winning

NO_LANE = "It cannot be ordered within the horizon: no lane, not qualified in time, or too late."
NO_PLAN = "At no price: with such an award no plan keeps every rule, minimum and capacity."
NOT_FOR_NOTHING = "Not even for nothing: what comes with it costs more than it saves."
NOT_FOUND = "Not found to win even for nothing; that is not proven."
EMPTY = "Such an award can be ordered so that nothing of it is delivered."
SPENT = "Rules on spend look at its price as it is now."


def offers_without_award(reference: Reference) -> list[OfferKey]:
    """Active offers of which the plan orders nothing."""
    bought = {(row.supplier, row.item) for row in reference.plan.tables.awards}
    active = ((row.supplier, row.item) for row in reference.data.offers if row.active)
    return [offer for offer in active if offer not in bought]


def prices_to_win(reference: Reference, prices: Prices, sizes: Sizes) -> tuple[OfferPrice, ...]:
    """Every active offer without an award, the one that is closest to an award first.

    An award of exactly that size, or none: the price is flat, and everything else decided anew.
    """
    quotes = quotes_of(ground_of(reference.data))
    offers = sorted(
        offers_without_award(reference), key=lambda offer: (_dearness(reference, offer), offer)
    )
    rows = [_priced(reference, prices, sizes, offer, quotes[offer]) for offer in offers]
    rows.sort(key=lambda row: -math.inf if row.change is None else -row.change)
    unknown = [row for row in rows if row.change is None]
    return (*(row for row in rows if row.change is not None), *unknown)


def _dearness(reference: Reference, offer: OfferKey) -> float:
    """Its list price beside the cheapest of its item: what is near is asked first."""
    listed = reference.problem.pricing.list_price
    if offer not in listed:
        return math.inf
    cheapest = min(price for (_, item), price in listed.items() if item == offer[1])
    return listed[offer] / cheapest if cheapest > 0 else listed[offer]


def _priced(
    reference: Reference, prices: Prices, sizes: Sizes, offer: OfferKey, quote: Quote
) -> OfferPrice:
    supplier, item = offer
    price = quote.price
    if offer not in sizes.offers or not sizes.of_offer(offer) > 0:
        return OfferPrice(supplier=supplier, item=item, size=0.0, currency=quote.currency,
                          price=price, status=Status.INFEASIBLE.value, note=NO_LANE)  # fmt: skip
    size = sizes.of_offer(offer)
    column = reference.loaded.compiled.column_of["award", offer]
    # With price breaks that only lower it, the flat price now is the dearest that there is.
    tiers = reference.problem.pricing.tiers.get(offer)
    falling = tiers is None or min(tier.discount for tier in tiers.tiers) >= 0
    bid = Bid(
        subject=f"price of {item} from {supplier}",
        who=Newcomer(supplier, frozenset((item,))),
        own=prices.flat(offer, price),
        held=(column_bounds(column, size, size),),
        worth={item: 1.0},
        size=size,
        now=price,
        offered=falling,
    )
    points, found = winning(reference, prices, bid)
    known = found is not None and math.isfinite(found.found)
    return OfferPrice(
        supplier=supplier,
        item=item,
        size=size,
        currency=quote.currency,
        price=price,
        wins_at=found.found if found is not None and known else None,
        least=finite(found.least) if found is not None else None,
        most=finite(found.most) if found is not None else None,
        change=found.found / price - 1.0 if found is not None and known and price > 0 else None,
        status=status_of_points(points),
        note=note_on(reference, points, found, (offer,)),
    )


def note_on(
    reference: Reference,
    points: Sequence[Point],
    found: Interval | None,
    offers: Collection[OfferKey],
) -> str:
    """What stands in the way of an award to some offers of one supplier."""
    if points and points[-1].status is Status.INFEASIBLE:
        return NO_PLAN
    if found is not None and found.found == math.inf:
        return EMPTY
    if found is not None and found.found < 0 and _lost_for_nothing(reference, points, found):
        return NOT_FOR_NOTHING
    if found is not None and found.found <= 0:
        return NOT_FOUND
    spends = any(
        scope.metric in (Metric.SPEND, Metric.SPEND_SHARE)
        and any((lane[0], lane[1]) in offers for lane in scope.total)
        for scope in reference.problem.rules
    )
    return SPENT if spends else ""


def _lost_for_nothing(reference: Reference, points: Sequence[Point], found: Interval) -> bool:
    """Whether it is proven to cost more than the plan at a price of 0.

    Where it is not known how steep the cost is in the price, no price below 0 is proven to lose.
    """
    return found.most < 0 or any(one.at <= 0 and one.bound > reference.found for one in points)
