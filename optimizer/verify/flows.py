"""The plan's orders with what they come to, and expected quantities added up from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optimizer.contract.plan import Tables
from optimizer.contract.results import OrderRow
from optimizer.contract.supply import Lane, Offer
from optimizer.verify.ladder import Ladder
from optimizer.verify.landed import BuildUp, Landing
from optimizer.verify.lanes import Lanes
from optimizer.verify.sources import OfferKey, Sources
from optimizer.verify.world import World

LaneKey = tuple[str, str, str, str]
"""Supplier, item, site, mode."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The active offer and the row of Lanes that an order uses, and what one unit costs."""

    offer: Offer
    lane: Lane
    build_up: BuildUp


@dataclass(frozen=True, slots=True)
class Ordered:
    """A row of Orders with what was recomputed for it.

    ``taken`` is None where no active offer or lane fits; then arrival and delivery are the row's.
    """

    row: OrderRow
    world: World
    taken: Taken | None
    arrival: int | None
    delivered: float

    @property
    def offer_key(self) -> OfferKey:
        """Supplier and item."""
        return (self.row.supplier, self.row.item)

    @property
    def lane_key(self) -> LaneKey:
        """Supplier, item, site and mode."""
        return (self.row.supplier, self.row.item, self.row.site, self.row.mode)


@dataclass(frozen=True, slots=True)
class Flows:
    """Expected over outcomes, but for ``placed`` and ``delivered``.

    ``award``: what is ordered; ``volume`` and ``lane_volume``: what arrives by T; ``saved``: what
    price breaks take off list prices, per lane, without duty; ``saved_duty``: with the duty.
    ``placed``: orders by outcome, supplier, item and period; ``delivered``: by outcome and lane.
    """

    orders: tuple[Ordered, ...]
    award: Mapping[OfferKey, float]
    volume: Mapping[OfferKey, float]
    lane_volume: Mapping[LaneKey, float]
    saved: Mapping[LaneKey, float]
    saved_duty: Mapping[LaneKey, float]
    placed: Mapping[tuple[str, str, str, int], float]
    delivered: Mapping[tuple[str, LaneKey], float]


def flows_of(
    tables: Tables,
    worlds: Mapping[str, World],
    sources: Sources,
    lanes: Lanes,
    landing: Landing,
    ladders: Mapping[OfferKey, Ladder],
) -> Flows:
    """From Orders and Tiers; tiers that do not exist are left out (and found elsewhere)."""
    orders = tuple(_ordered(row, worlds, sources, lanes, landing) for row in tables.orders)
    award: defaultdict[OfferKey, float] = defaultdict(float)
    volume: defaultdict[OfferKey, float] = defaultdict(float)
    lane_volume: defaultdict[LaneKey, float] = defaultdict(float)
    placed: defaultdict[tuple[str, str, str, int], float] = defaultdict(float)
    delivered: defaultdict[tuple[str, LaneKey], float] = defaultdict(float)
    for order in orders:
        row, chance = order.row, order.world.probability
        award[order.offer_key] += chance * row.quantity
        volume[order.offer_key] += chance * order.delivered
        lane_volume[order.lane_key] += chance * order.delivered
        placed[row.outcome, row.supplier, row.item, row.period] += row.quantity
        delivered[row.outcome, order.lane_key] += order.delivered
    saved: defaultdict[LaneKey, float] = defaultdict(float)
    saved_duty: defaultdict[LaneKey, float] = defaultdict(float)
    for tier_row in tables.tiers:
        key = (tier_row.supplier, tier_row.item)
        ladder = ladders.get(key)
        tier = ladder.find(tier_row.from_quantity) if ladder else None
        lane = lanes.modes(*key, tier_row.site).get(tier_row.mode) if ladder else None
        if ladder is None or tier is None or lane is None:
            continue
        amount = worlds[tier_row.outcome].probability * tier_row.quantity * ladder.discounts[tier]
        lane_key = (*key, tier_row.site, tier_row.mode)
        saved[lane_key] += amount
        saved_duty[lane_key] += amount * landing.on_price(sources.offers[key], lane)
    return Flows(orders, award, volume, lane_volume, saved, saved_duty, placed, delivered)


def of_offer(lanes: Iterable[tuple[LaneKey, float]], site: str | None) -> dict[OfferKey, float]:
    """Amounts by lane, added up by offer; of one site or of all."""
    total: defaultdict[OfferKey, float] = defaultdict(float)
    for (supplier, item, place, _), amount in lanes:
        if site in (None, place):
            total[supplier, item] += amount
    return total


def _ordered(
    row: OrderRow,
    worlds: Mapping[str, World],
    sources: Sources,
    lanes: Lanes,
    landing: Landing,
) -> Ordered:
    world = worlds[row.outcome]
    offer = sources.offers.get((row.supplier, row.item))
    lane = None
    if offer is not None and offer.active:
        lane = lanes.modes(row.supplier, row.item, row.site).get(row.mode)
    if offer is None or lane is None:
        return Ordered(row, world, None, row.arrival, row.delivered)
    arrival = landing.arrival(offer, lane, row.period, world)
    delivered = 0.0 if arrival is None else row.quantity * world.deliverable(offer, row.period)
    build_up = landing.of(offer, lane, row.period, world)
    return Ordered(row, world, Taken(offer, lane, build_up), arrival, delivered)
