"""Links: nothing happens without its yes.

A yes-or-no variable (use, awarded, placed, lane_used) exists only where saying yes costs something
or has a minimum.  Links are written lane by lane, with the least bound that is valid there: the
relaxation is the tighter for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from models.index import Index
from models.problem import LinkKey, OfferKey
from models.sourcing import ordered_in, orders_of_lane


def order_needs_placing_index(ix: Index) -> Iterator[tuple[str, str, str, str, int, str]]:
    """Orders on lanes that take less than their offer's capacity lets through."""
    capacity = ix.eased.supply.offer_capacity
    for o, t, w in ix.placed_orders:
        for lane in ix.lanes_of_order[o, t]:
            carried = (lane, t, w) in ix.carried
            if carried and ix.bounds.most[lane] < capacity.get((o, t), math.inf):
                yield *lane, t, w


def order_needs_placing(m: Any, k: str, i: str, s: str, mode: str, t: int, w: str) -> Any:
    r"""Nothing is ordered on a lane unless the order is placed; never more than the site can take.

    .. math:: order_{l,t,w} \le \bar q_l\, placed_{o(l),t,w}

    Unit: quantity per period.  q: the most that the lane can carry (models.bounds).
    """
    lane = (k, i, s, mode)
    return ordered_in(m, lane, t, w) <= m.ix.bounds.most[lane] * m.placed[k, i, t, w]


def lane_needs_award_index(ix: Index) -> Iterator[tuple[str, str, str, str, str]]:
    """Lanes of offers whose award, or whose supplier's use, is a decision of its own.

    Not where the offer's capacity says as much: it needs the same yes, period by period.
    """
    awarded, used = set(ix.awarded_offers), set(ix.used_suppliers)
    capacity = ix.eased.supply.offer_capacity
    for lane, periods in ix.periods_of_lane.items():
        offer = (lane[0], lane[1])
        through = sum(capacity.get((offer, t), math.inf) for t in periods)
        if (offer in awarded or lane[0] in used) and ix.bounds.most[lane] < through:
            for w in ix.courses:
                yield *lane, w


def lane_needs_award(m: Any, k: str, i: str, s: str, mode: str, w: str) -> Any:
    r"""Nothing travels from an offer that is not awarded, or a supplier that is not used.

    .. math:: \sum_t order_{l,t,w} \le \bar q_l\, awarded_{o(l)} \quad (\text{or } use_{k(l)})

    Unit: quantity over the horizon.  One row a lane: tighter than one for the whole offer.
    """
    lane = (k, i, s, mode)
    yes = m.awarded[k, i] if (k, i) in m.awarded else m.use[k]
    carried = orders_of_lane(m, lane, w)
    return carried <= m.ix.bounds.most[lane] * yes


def award_needs_supplier_index(ix: Index) -> Iterator[OfferKey]:
    """Offers with a decision of their own, of suppliers with one."""
    used = set(ix.used_suppliers)
    yield from (o for o in ix.awarded_offers if o[0] in used)


def award_needs_supplier(m: Any, *o: str) -> Any:
    r"""An offer is awarded only if its supplier is used.

    .. math:: awarded_o \le use_{k(o)}
    """
    return m.awarded[o] <= m.use[o[0]]


def placing_needs_award_index(ix: Index) -> Iterator[tuple[str, str, int, str]]:
    """Orders that can be placed, of offers or suppliers with a decision of their own."""
    awarded, used = set(ix.awarded_offers), set(ix.used_suppliers)
    for o, t, w in ix.placed_orders:
        if o in awarded or o[0] in used:
            yield *o, t, w


def placing_needs_award(m: Any, k: str, i: str, t: int, w: str) -> Any:
    r"""An order is placed only with an awarded offer of a used supplier.

    .. math:: placed_{o,t,w} \le awarded_o \quad (\text{or } use_{k(o)})
    """
    yes = m.awarded[k, i] if (k, i) in m.awarded else m.use[k]
    return m.placed[k, i, t, w] <= yes


def lane_needs_approval_index(ix: Index) -> Iterator[tuple[str, str, str, str, str]]:
    """Lanes with a fixed cost."""
    for lane in ix.link_of_lane:
        if lane in ix.periods_of_lane:
            for w in ix.courses:
                yield *lane, w


def lane_needs_approval(m: Any, k: str, i: str, s: str, mode: str, w: str) -> Any:
    r"""A lane with a fixed cost carries nothing unless that is paid.

    .. math:: \sum_t order_{l,t,w} \le \bar q_l\, lane\_used_{r(l),k,s}

    Unit: quantity over the horizon.
    """
    lane = (k, i, s, mode)
    link: LinkKey = m.ix.link_of_lane[lane]
    carried = orders_of_lane(m, lane, w)
    return carried <= m.ix.bounds.most[lane] * m.lane_used[link]
