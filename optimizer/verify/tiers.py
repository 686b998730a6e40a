"""Price breaks: which tier is reached, what is bought at it, what it saves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.results import TierRow
from optimizer.verify.case import Case
from optimizer.verify.flows import LaneKey
from optimizer.verify.ladder import Ladder
from optimizer.verify.sources import OfferKey
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, at_most, same, words


def check_tiers(case: Case) -> Iterator[Violation]:
    """Tiers exist, carry the right discount and add up to what the lanes deliver."""
    carried: defaultdict[tuple[str, LaneKey], float] = defaultdict(float)
    for row in case.tables.tiers:
        lane = (row.supplier, row.item, row.site, row.mode)
        ladder = case.ladders.get((row.supplier, row.item))
        tier = ladder.find(row.from_quantity) if ladder else None
        if ladder is None or tier is None:
            yield words(Check.TIER, _place(row), "a row in PriceBreaks", "no row")
            continue
        carried[row.outcome, lane] += row.quantity
        yield from _discount(case, row, ladder, tier)
    lanes = dict.fromkeys(carried)
    lanes.update(
        dict.fromkeys(k for k in case.flows.delivered if (k[1][0], k[1][1]) in case.ladders)
    )
    for outcome, lane in lanes:
        supplier, item, site, mode = lane
        place = f"{item} of {supplier} to {site} by {mode}, outcome {outcome}"
        delivered = case.flows.delivered.get((outcome, lane), 0.0)
        actual = carried.get((outcome, lane), 0.0)
        tolerance = case.tolerance.quantity
        yield from same(Check.TIER_QUANTITY, place, delivered, actual, tolerance)


def check_tiers_reached(case: Case) -> Iterator[Violation]:
    """The expected volume decides: one tier for everything, or tiers filled in order."""
    expected: defaultdict[OfferKey, defaultdict[int, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for row in case.tables.tiers:
        key = (row.supplier, row.item)
        ladder = case.ladders.get(key)
        tier = ladder.find(row.from_quantity) if ladder else None
        if tier is not None:
            expected[key][tier] += case.worlds[row.outcome].probability * row.quantity
    for key, ladder in case.ladders.items():
        volume = case.flows.volume.get(key, 0.0)
        if ladder.incremental:
            yield from _filling(case, key, ladder, volume, expected[key])
        else:
            yield from _reached(case, key, ladder, volume, expected[key])


def _reached(
    case: Case, key: OfferKey, ladder: Ladder, volume: float, expected: dict[int, float]
) -> Iterator[Violation]:
    tolerance = case.tolerance.quantity
    for tier, quantity in expected.items():
        if quantity <= tolerance:
            continue
        place = f"{key[1]} of {key[0]} from {ladder.starts[tier]:g}"
        yield from at_most(Check.TIER_REACHED, place, volume, ladder.starts[tier], tolerance)
        # At the very border both tiers agree with the volume: a price may rise there.
        yield from at_most(Check.TIER_REACHED, place, ladder.end(tier), volume, tolerance)


def _filling(
    case: Case, key: OfferKey, ladder: Ladder, volume: float, expected: dict[int, float]
) -> Iterator[Violation]:
    for tier, start in enumerate(ladder.starts):
        place = f"{key[1]} of {key[0]} from {start:g}"
        filled = ladder.filled(tier, volume)
        actual = expected.get(tier, 0.0)
        yield from same(Check.TIER_FILLING, place, filled, actual, case.tolerance.quantity)


def _discount(case: Case, row: TierRow, ladder: Ladder, tier: int) -> Iterator[Violation]:
    lane = case.lane(row.supplier, row.item, row.site, row.mode)
    if lane is None:
        yield words(Check.TIER, _place(row), "a lane by that mode", "none")
        return
    offer = case.sources.offers[row.supplier, row.item]
    discount = ladder.discounts[tier] * case.landing.on_price(offer, lane)
    yield from same(Check.TIER_DISCOUNT, _place(row), discount, row.discount, unit(discount))


def _place(row: TierRow) -> str:
    return (
        f"{row.item} of {row.supplier} to {row.site} by {row.mode} from {row.from_quantity:g}, "
        f"outcome {row.outcome}"
    )
