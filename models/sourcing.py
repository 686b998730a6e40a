"""Ordering: what is awarded and ordered, within capacities, minimums and licence quotas."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from models.index import Index, entry
from models.problem import LaneKey, OfferKey
from models.sums import total, weighted


def share_delivered(ix: Index, lane: LaneKey, t: int, w: str) -> float:
    """phi: the share of an order that is delivered by T in an outcome; 0 if it comes too late."""
    supply = ix.problem.supply
    if (lane, t, w) not in supply.arrival:
        return 0.0
    return supply.deliverable.get(((lane[0], lane[1]), t, w), 1.0)


def ordered_in(m: Any, lane: LaneKey, t: int, w: str) -> Any:
    """The order of a lane and period as it stands in an outcome.

    Outcomes that nothing known by then tells apart share one variable: non-anticipativity.
    """
    return entry(m.order, (*lane, t, m.ix.decided_in(t, w)), 0.0)


def orders_of_lane(m: Any, lane: LaneKey, w: str) -> Any:
    """All orders of a lane as they stand in an outcome."""
    ix, order = m.ix, m.order
    keys = ((*lane, t, ix.decided_in(t, w)) for t in ix.periods_of_lane[lane])
    return total(order[key] for key in keys if key in order)


def yes_of(m: Any, o: OfferKey, t: int, w: str) -> Any:
    """The tightest yes-or-no that an order of offer o in t depends on, or 1."""
    for variable, index in ((m.placed, (*o, t, w)), (m.awarded, o), (m.use, o[0])):
        if index in variable:
            return variable[index]
    return 1.0


# --- definitions --------------------------------------------------------------------------------


def called_off_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """Every offer with a lane, once for each course that orders can take."""
    for o in ix.lanes_of_offer:
        for w in ix.courses:
            yield *o, w


def called_off_definition(m: Any, k: str, i: str, w: str) -> Any:
    r"""All orders of an offer in an outcome.

    .. math:: called\_off_{o,w} = \sum_{(l,t): o(l)=o} order_{l,t,w}

    Unit: quantity over the horizon.
    """
    ix = m.ix
    return m.called_off[k, i, w] == total(
        m.order[order]
        for t in ix.problem.horizon.numbers
        for order in ix.orders_of_offer.get(((k, i), t, ix.decided_in(t, w)), ())
    )


def award_definition_index(ix: Index) -> Iterator[OfferKey]:
    """Every offer with a lane."""
    yield from ix.lanes_of_offer


def award_definition(m: Any, *o: str) -> Any:
    r"""What is contracted with an offer is what its orders come to, expected over outcomes.

    .. math:: award_o = \sum_w p_w\, called\_off_{o,w}

    Unit: quantity over the horizon.
    """
    chance = m.ix.chance_of_course
    return m.award[o] == weighted((p, m.called_off[(*o, w)]) for w, p in chance.items())


def lane_volume_definition_index(ix: Index) -> Iterator[LaneKey]:
    """Every lane that can be ordered on."""
    yield from ix.periods_of_lane


def lane_volume_definition(m: Any, k: str, i: str, s: str, mode: str) -> Any:
    r"""What a lane is expected to deliver by the end of the horizon.

    .. math:: lane\_volume_l = \sum_w p_w \sum_{t: a(l,t,w) \le T} \phi_{o(l),t,w}\, order_{l,t,w}

    Unit: quantity over the horizon.
    """
    lane = (k, i, s, mode)
    expected = m.ix.expected_of_lane.get(lane, {})
    return m.lane_volume[lane] == weighted(
        (comes, m.order[order]) for order, comes in expected.items()
    )


def volume_definition_index(ix: Index) -> Iterator[OfferKey]:
    """Every offer with a lane."""
    yield from ix.lanes_of_offer


def volume_definition(m: Any, *o: str) -> Any:
    r"""What an offer is expected to deliver: the sum of its lanes.

    .. math:: volume_o = \sum_{l: o(l)=o} lane\_volume_l

    Unit: quantity over the horizon.
    """
    lanes = (l for l in m.ix.lanes_of_offer[o] if l in m.ix.periods_of_lane)
    return m.volume[o] == total(m.lane_volume[l] for l in lanes)


# --- capacity -----------------------------------------------------------------------------------


def supplier_capacity_index(ix: Index) -> Iterator[tuple[str, int, str]]:
    """Suppliers with a limited capacity, in periods in which their offers' do not do."""
    supply, offer_capacity = ix.problem.supply, ix.eased.supply.offer_capacity
    for (k, t), offers in ix.offers_of_supplier.items():
        if (k, t) not in supply.supplier_capacity:
            continue
        through = sum(offer_capacity.get((o, t), math.inf) for o in offers)
        if through > supply.supplier_capacity[k, t]:
            for w in ix.deciding[t]:
                yield k, t, w


def supplier_capacity(m: Any, k: str, t: int, w: str) -> Any:
    r"""Nobody can be asked for more than they can make, with what has been built by then.

    .. math:: \sum_{l: k(l)=k} order_{l,t,w} \le C_{k,t}\, use_k
              + f_{k,t} \sum_{p: k(p)=k,\ t \ge b_p} capacity_p\, modules_p

    Unit: quantity per period.  use = 1 where using the supplier costs nothing; f: calendar factor.
    """
    ix = m.ix
    ordered = total(m.order[order] for order in ix.orders_of_supplier[k, t, w])
    capacity = ix.problem.supply.supplier_capacity[k, t]
    factor = ix.problem.supply.calendar_factor.get((k, t), 1.0)
    built = weighted(
        (factor * p.capacity, m.modules[p.name])
        for p in ix.problem.projects
        if p.supplier == k and t >= p.first_period
    )
    return ordered <= capacity * entry(m.use, k, 1.0) + built


def offer_capacity_index(ix: Index) -> Iterator[tuple[str, str, int, str]]:
    """Offers with a limited capacity, in periods in which they can be ordered."""
    for o, t in ix.lanes_of_order:
        if (o, t) in ix.problem.supply.offer_capacity:
            for w in ix.deciding[t]:
                yield *o, t, w


def offer_capacity(m: Any, k: str, i: str, t: int, w: str) -> Any:
    r"""An order is at most the offer's capacity, and nothing unless it is placed.

    .. math:: \sum_{l: o(l)=o} order_{l,t,w} \le C_{o,t}\, yes_{o,t,w}

    Unit: quantity per period.  yes: placed, else awarded, else use, else 1.  Nothing where late
    orders count pro rata and not even a full order reaches the minimum.
    """
    o, ix = (k, i), m.ix
    ordered = total(m.order[order] for order in ix.orders_of_offer[o, t, w])
    capacity = ix.problem.supply.offer_capacity[o, t]
    if ix.is_pro_rata(t) and ix.problem.supply.min_order.get(o, 0.0) > capacity:
        return ordered <= 0.0
    return ordered <= capacity * yes_of(m, o, t, w)


def lane_capacity_index(ix: Index) -> Iterator[tuple[str, int, str]]:
    """Rows of Lanes with a limited capacity, in periods in which they can be used."""
    for row, t in ix.lanes_of_row:
        for w in ix.deciding[t]:
            yield row, t, w


def lane_capacity(m: Any, row: str, t: int, w: str) -> Any:
    r"""All that travels by one row of Lanes shares its capacity.

    .. math:: \sum_{l: r(l)=r} order_{l,t,w} \le C_r

    Unit: quantity per period of the order.
    """
    ordered = total(m.order[order] for order in m.ix.orders_of_row[row, t, w])
    return ordered <= m.ix.problem.supply.row_capacity[row]


def licence_quota_index(ix: Index) -> Iterator[tuple[str, str]]:
    """Licences with a quota that an offer needs."""
    supply, classes = ix.problem.supply, ix.problem.classes
    needed = {x for o in ix.lanes_of_offer for x in classes.get(ix.class_of(o), ())}
    for licence in sorted(needed & supply.quota.keys()):
        for w in ix.outcomes:
            yield licence, w


def licence_quota(m: Any, licence: str, w: str) -> Any:
    r"""No more can be delivered under a licence than its quota.

    .. math:: \sum_{(l,t): x \in X_{o(l)}} \phi_{o(l),t,w}\, order_{l,t,w} \le Q_x

    Unit: quantity over the horizon.
    """
    ix, classes = m.ix, m.ix.problem.classes
    delivered = weighted(
        (one.share, m.order[one.order])
        for one in ix.deliveries_in.get(w, ())
        if licence in classes.get(ix.class_of((one.lane[0], one.lane[1])), ())
    )
    return delivered <= ix.problem.supply.quota[licence]


# --- minimums and maximums ----------------------------------------------------------------------


def minimum_award_index(ix: Index) -> Iterator[OfferKey]:
    """Offers with a minimum award."""
    yield from (o for o in ix.awarded_offers if o in ix.problem.supply.min_award)


def minimum_award(m: Any, *o: str) -> Any:
    r"""What an offer is expected to deliver is nothing, or at least its minimum award.

    .. math:: volume_o \ge L_o\, awarded_o

    Unit: quantity over the horizon.
    """
    return m.volume[o] >= m.ix.problem.supply.min_award[o] * m.awarded[o]


def maximum_award_index(ix: Index) -> Iterator[OfferKey]:
    """Offers with a maximum award."""
    yield from (o for o in ix.lanes_of_offer if o in ix.problem.supply.max_award)


def maximum_award(m: Any, *o: str) -> Any:
    r"""No more is contracted than the maximum award.

    .. math:: award_o \le U_o\, awarded_o

    Unit: quantity over the horizon.  awarded = 1 where it has no variable.
    """
    yes = entry(m.awarded, o, 1.0)
    return m.award[o] <= m.ix.problem.supply.max_award[o] * yes


def minimum_order_index(ix: Index) -> Iterator[tuple[str, str, int, str]]:
    """Orders with a minimum."""
    for o, t, w in ix.placed_orders:
        if o in ix.problem.supply.min_order:
            yield *o, t, w


def minimum_order(m: Any, k: str, i: str, t: int, w: str) -> Any:
    r"""An order is nothing, or at least the minimum order.

    .. math:: \sum_{l: o(l)=o} order_{l,t,w} \ge M_o\, placed_{o,t,w}

    Unit: quantity per order (an offer in a period, all sites and modes together).
    """
    o = (k, i)
    ordered = total(m.order[order] for order in m.ix.orders_of_offer[o, t, w])
    return ordered >= m.ix.problem.supply.min_order[o] * m.placed[(*o, t, w)]
