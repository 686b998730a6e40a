"""Price breaks.

The volume of each tier is kept per lane and outcome, so that discounts of duty and of an outcome
are exact without splitting every order by tier.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyomo.environ import quicksum

from models.index import Index, entry
from models.problem import BreakType, LaneKey, OfferKey
from models.sourcing import ordered_in, share_delivered


def tiered_offers(ix: Index) -> Iterator[OfferKey]:
    """Offers with price breaks that can be ordered."""
    yield from (o for o in sorted(ix.problem.pricing.tiers) if o in ix.lanes_of_offer)


def tier_reached_index(ix: Index) -> Iterator[tuple[str, str, int]]:
    """(offer, number of the tier)"""
    for o in tiered_offers(ix):
        for n in range(len(ix.problem.pricing.tiers[o].tiers)):
            yield *o, n


def tier_volume_index(ix: Index) -> Iterator[tuple[str, str, str, str, int, str]]:
    """(lane, number of the tier, outcomes that are priced together)"""
    for o in tiered_offers(ix):
        for lane in ix.lanes_of_offer[o]:
            if lane in ix.periods_of_lane:
                for n in range(len(ix.problem.pricing.tiers[o].tiers)):
                    for w in ix.priced_together:
                        yield *lane, n, w


def expected_tier_volume(m: Any, o: OfferKey, n: int) -> Any:
    """What an offer is expected to deliver at tier n (unit over the horizon)."""
    return quicksum(
        p * m.tier_volume[(*lane, n, w)]
        for lane in m.ix.lanes_of_offer[o]
        if lane in m.ix.periods_of_lane
        for w, p in m.ix.chance_of_tiers.items()
    )


def tier_end(ix: Index, o: OfferKey, n: int) -> float:
    """Where tier n ends: where the next begins, or the most that the offer can deliver."""
    tiers = ix.problem.pricing.tiers[o].tiers
    if n + 1 < len(tiers):
        return tiers[n + 1].start
    return max(tiers[n].start, ix.bounds.of_offer(o))


def tiers_carry_deliveries_index(ix: Index) -> Iterator[tuple[str, str, str, str, str]]:
    """(lane, outcomes that are priced together) of offers with price breaks."""
    for k, i, s, mode, n, w in tier_volume_index(ix):
        if n == 0:
            yield k, i, s, mode, w


def tiers_carry_deliveries(m: Any, k: str, i: str, s: str, mode: str, w: str) -> Any:
    r"""Everything that is delivered is delivered at some tier.

    .. math:: \sum_n tier\_volume_{l,n,w} = \sum_{t: a(l,t,w) \le T} \phi_{o(l),t,w}\, order_{l,t,w}

    Unit: quantity over the horizon.  Outcomes that are priced together: their expected volume.
    """
    lane: LaneKey = (k, i, s, mode)
    tiers = m.ix.problem.pricing.tiers[k, i].tiers
    at_tiers = quicksum(m.tier_volume[(*lane, n, w)] for n in range(len(tiers)))
    if len(m.ix.outcomes) > 1 and len(m.ix.priced_together) == 1:
        return at_tiers == m.lane_volume[lane]
    delivered = quicksum(
        share_delivered(m.ix, lane, t, w) * ordered_in(m, lane, t, w)
        for t in m.ix.periods_of_lane[lane]
    )
    return at_tiers == delivered


def one_tier_index(ix: Index) -> Iterator[OfferKey]:
    """Offers whose price break holds for all units."""
    for o in tiered_offers(ix):
        if ix.problem.pricing.tiers[o].type is BreakType.ALL_UNITS:
            yield o


def one_tier(m: Any, *o: str) -> Any:
    r"""With a price for all units, one tier is reached.

    .. math:: \sum_n tier\_reached_{o,n} \le awarded_o

    awarded (else use, else 1).
    """
    count = len(m.ix.problem.pricing.tiers[o].tiers)
    yes = m.awarded[o] if o in m.awarded else entry(m.use, o[0], 1.0)
    return quicksum(m.tier_reached[(*o, n)] for n in range(count)) <= yes


def tier_floor_index(ix: Index) -> Iterator[tuple[str, str, int]]:
    """Tiers that begin above 0 (all units), or that have to be full before the next (incremental).

    For incremental breaks the index is the tier that has to be full.
    """
    for k, i, n in tier_reached_index(ix):
        breaks = ix.problem.pricing.tiers[k, i]
        if breaks.type is BreakType.ALL_UNITS and breaks.tiers[n].start > 0:
            yield k, i, n
        if breaks.type is BreakType.INCREMENTAL and n + 1 < len(breaks.tiers):
            yield k, i, n


def tier_floor(m: Any, k: str, i: str, n: int) -> Any:
    r"""A tier counts only from its quantity on; incremental tiers fill in order.

    .. math:: \text{all units:} \quad \bar v_{o,n} \ge from_{o,n}\, tier\_reached_{o,n} \qquad
              \text{incremental:} \quad \bar v_{o,n} \ge
              (from_{o,n+1} - from_{o,n})\, tier\_reached_{o,n+1}

    Unit: expected quantity over the horizon (v: what is expected to be delivered at the tier).
    """
    breaks = m.ix.problem.pricing.tiers[k, i]
    volume = expected_tier_volume(m, (k, i), n)
    start = breaks.tiers[n].start
    if breaks.type is BreakType.ALL_UNITS:
        return volume >= start * m.tier_reached[k, i, n]
    return volume >= (breaks.tiers[n + 1].start - start) * m.tier_reached[k, i, n + 1]


def tier_ceiling(m: Any, k: str, i: str, n: int) -> Any:
    r"""Nothing is delivered at a tier that is not reached, and no more than it holds.

    .. math:: \text{all units:} \quad \bar v_{o,n} \le from_{o,n+1}\, tier\_reached_{o,n} \qquad
              \text{incremental:} \quad \bar v_{o,n} \le
              (from_{o,n+1} - from_{o,n})\, tier\_reached_{o,n}

    Unit: expected quantity over the horizon.  After the last tier: the most that can be delivered.
    """
    breaks = m.ix.problem.pricing.tiers[k, i]
    room = tier_end(m.ix, (k, i), n)
    if breaks.type is BreakType.INCREMENTAL:
        room -= breaks.tiers[n].start
    return expected_tier_volume(m, (k, i), n) <= room * m.tier_reached[k, i, n]
