"""Index sets of ordering: lanes, what is decided when, contracts, what carries a yes or no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, TypeVar

from models.bounds import Bounds
from models.needs import uncertain_offers
from models.problem import LaneKey, LinkKey, Measure, OfferKey, Problem, offer_of

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


OrderKey: TypeAlias = tuple[str, str, str, str, int, str]
"""lane, period, outcome: the index of an order that exists"""


class Delivery(NamedTuple):
    """What comes of an order of period t in an outcome: when, and which share of it (above 0).

    order: the index of the variable, which outcomes that cannot be told apart share.
    """

    lane: LaneKey
    t: int
    w: str
    arrival: int
    share: float
    order: OrderKey


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Lists of the values of each key, in the order given."""
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


class OrderIndex:
    """Index sets of ordering.  ``bounds`` are the limits that keep links tight.

    ``eased``: the problem at its easiest, where limits will be taken away; else the problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.eased = problem.scope.eased or problem
        self.bounds = Bounds(self.eased)
        self._by_outcome: dict[str, dict[str, list[Any]]] = {}

    # --- ordering -------------------------------------------------------------------------------

    @cached_property
    def outcomes(self) -> list[str]:
        """Names of the outcomes."""
        return list(self.problem.outcomes)

    def by_outcome(self, name: str, keys: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
        """The indices of the variable of that name by their outcome, sorted once."""
        if name not in self._by_outcome:
            self._by_outcome[name] = grouped((key[-1], key) for key in keys)
        return self._by_outcome[name]

    def decided_in(self, t: int, w: str) -> str:
        """The outcome whose orders of period t outcome w shares: nothing known tells them apart."""
        return self.problem.shares_orders.get((t, w), w)

    @cached_property
    def deciding(self) -> dict[int, list[str]]:
        """The outcomes with orders of their own in each period."""
        return {
            t: [w for w in self.outcomes if self.decided_in(t, w) == w]
            for t in self.problem.horizon.numbers
        }

    @cached_property
    def late_periods(self) -> frozenset[int]:
        """The periods in which the orders of two outcomes may differ."""
        return frozenset(t for t, deciding in self.deciding.items() if len(deciding) > 1)

    @property
    def courses(self) -> list[str]:
        """One outcome for each course that orders can take: what is known only grows."""
        return self.deciding[self.problem.horizon.periods]

    @cached_property
    def chance_of_course(self) -> dict[str, float]:
        """The probability that orders take a course."""
        last, chance = self.problem.horizon.periods, dict.fromkeys(self.courses, 0.0)
        for w, p in self.problem.outcomes.items():
            chance[self.decided_in(last, w)] += p
        return chance

    @property
    def looks_at_tail(self) -> bool:
        """Whether more than the expected cost is minimised; with one outcome all is the same."""
        return len(self.outcomes) > 1 and self.problem.aim.measure is not Measure.EXPECTED

    @cached_property
    def priced_together(self) -> dict[str, list[str]]:
        """Outcomes whose price tiers count together, under the name of the first of them.

        Tiers look at expected volumes, and so does an expected cost: it does not matter which
        outcome a discount falls in.  Where the cost of single outcomes counts, it does.
        """
        if self.looks_at_tail:
            return {w: [w] for w in self.outcomes}
        return {self.outcomes[0]: self.outcomes}

    @cached_property
    def chance_of_tiers(self) -> dict[str, float]:
        """The probability of outcomes that are priced together."""
        chance = self.problem.outcomes
        return {
            name: 1.0 if len(group) == len(chance) else sum(chance[w] for w in group)
            for name, group in self.priced_together.items()
        }

    @cached_property
    def orders(self) -> list[OrderKey]:
        """(lane, period, outcome) of every possible order, once for outcomes that share it.

        What delivers nothing in any of them comes to the same by whichever lane, so of such lanes
        of an offer only the first is there.
        """
        coming = {delivery.order for delivery in self.deliveries}
        found, in_vain = [], set()
        for lane, t in self.problem.supply.order_periods:
            for w in self.deciding[t]:
                order = (*lane, t, w)
                if order not in coming and not self.is_limited(lane):
                    if (offer_of(lane), t, w) in in_vain:
                        continue
                    in_vain.add((offer_of(lane), t, w))
                found.append(order)
        return found

    @cached_property
    def carried(self) -> frozenset[tuple[LaneKey, int, str]]:
        """(lane, period, outcome) of every order that exists."""
        return frozenset((order[:4], order[4], order[5]) for order in self.orders)

    @cached_property
    def orders_of_offer(self) -> dict[tuple[OfferKey, int, str], list[OrderKey]]:
        """The orders of an offer in a period and an outcome with orders of its own."""
        return grouped(((order[:2], order[4], order[5]), order) for order in self.orders)

    @cached_property
    def orders_of_supplier(self) -> dict[tuple[str, int, str], list[OrderKey]]:
        """The orders of a supplier in a period and an outcome with orders of its own."""
        return grouped(((order[0], order[4], order[5]), order) for order in self.orders)

    @cached_property
    def orders_of_row(self) -> dict[tuple[str, int, str], list[OrderKey]]:
        """The orders that share the capacity of a row of Lanes, where that is limited."""
        supply = self.problem.supply
        row = {l: r for l, r in supply.lane_row.items() if r in supply.row_capacity}
        return grouped(
            ((row[order[:4]], order[4], order[5]), order)
            for order in self.orders
            if row and order[:4] in row
        )

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """Everything that is delivered by T in some outcome, by lane, period and outcome."""
        arrival, deliverable = self.problem.supply.arrival, self.problem.supply.deliverable
        known = {
            t: [(w, self.decided_in(t, w)) for w in self.outcomes]
            for t in self.problem.horizon.numbers
        }
        found = []
        for lane, t in self.problem.supply.order_periods:
            for w, decided in known[t]:
                at = arrival.get((lane, t, w))
                if at is not None:
                    share = deliverable.get((offer_of(lane), t, w), 1.0) if deliverable else 1.0
                    if share > 0:
                        found.append(Delivery(lane, t, w, at, share, (*lane, t, decided)))
        return found

    @cached_property
    def deliveries_in(self) -> dict[str, list[Delivery]]:
        """What is delivered in each outcome."""
        return grouped((delivery.w, delivery) for delivery in self.deliveries)

    @cached_property
    def expected_of_lane(self) -> dict[LaneKey, dict[OrderKey, float]]:
        """What one unit of each order of a lane is expected to deliver by T."""
        expected: dict[LaneKey, dict[OrderKey, float]] = defaultdict(dict)
        chance = self.problem.outcomes
        for one in self.deliveries:
            orders, comes = expected[one.lane], chance[one.w] * one.share
            orders[one.order] = orders.get(one.order, 0.0) + comes
        return dict(expected)

    def is_limited(self, lane: LaneKey) -> bool:
        """Whether a lane has a limit or a cost of its own."""
        row = self.problem.supply.lane_row.get(lane, "")
        return row in self.problem.supply.row_capacity or lane in self.link_of_lane

    @cached_property
    def lanes_of_offer(self) -> dict[OfferKey, list[LaneKey]]:
        """The lanes that carry an offer."""
        return grouped((offer_of(lane), lane) for lane in self.problem.supply.lanes)

    @cached_property
    def periods_of_lane(self) -> dict[LaneKey, list[int]]:
        """The periods in which a lane can be ordered on."""
        return grouped(self.problem.supply.order_periods)

    @cached_property
    def lanes_of_order(self) -> dict[tuple[OfferKey, int], list[LaneKey]]:
        """The lanes of one order (an offer in a period)."""
        return grouped(((offer_of(l), t), l) for l, t in self.problem.supply.order_periods)

    @cached_property
    def offers_of_supplier(self) -> dict[tuple[str, int], list[OfferKey]]:
        """The offers of a supplier that can be ordered in a period."""
        return grouped(((o[0], t), o) for o, t in self.lanes_of_order)

    @cached_property
    def lanes_of_supplier(self) -> dict[tuple[str, int], list[LaneKey]]:
        """The lanes of a supplier in a period."""
        return grouped(((l[0], t), l) for l, t in self.problem.supply.order_periods)

    @cached_property
    def lanes_of_row(self) -> dict[tuple[str, int], list[LaneKey]]:
        """The lanes that share a row of Lanes in a period, where its capacity is limited."""
        supply = self.problem.supply
        rows = {l: row for l, row in supply.lane_row.items() if row in supply.row_capacity}
        if not rows:
            return {}
        return grouped(((rows[l], t), l) for l, t in self.problem.supply.order_periods if l in rows)

    @cached_property
    def link_of_lane(self) -> dict[LaneKey, LinkKey]:
        """What the fixed cost of a lane is paid for, where it has one."""
        supply = self.problem.supply
        rows = supply.lane_row
        links = ((l, (rows[l], l[0], l[2])) for l in supply.lanes if l in rows)
        return {lane: link for lane, link in links if link in supply.lane_fixed_cost}

    # --- contracts under risk --------------------------------------------------------------------

    @cached_property
    def excused(self) -> set[tuple[OfferKey, str]]:
        """(offer, outcome) where some order would not be delivered in full: force majeure."""
        share = self.problem.supply.deliverable
        return {(o, w) for (o, _, w), part in share.items() if part < 1}

    @cached_property
    def uncertain(self) -> set[OfferKey]:
        """Offers that can be ordered and that some outcome does not deliver in full."""
        return {o for o in uncertain_offers(self.problem) if o in self.lanes_of_offer}

    # --- what carries a yes or no ---------------------------------------------------------------

    @cached_property
    def used_suppliers(self) -> list[str]:
        """Suppliers whose use costs something."""
        with_offers = {offer[0] for offer in self.lanes_of_offer}
        return sorted(k for k in self.problem.supply.supplier_cost if k in with_offers)

    @cached_property
    def awarded_offers(self) -> list[OfferKey]:
        """Offers whose award costs something or has a minimum."""
        supply = self.problem.supply
        return sorted(
            o for o in self.lanes_of_offer if o in supply.offer_cost or o in supply.min_award
        )

    @cached_property
    def placed_orders(self) -> list[tuple[OfferKey, int, str]]:
        """Orders that are a yes or no: they cost something or have a minimum.

        Once for outcomes that share them, and not where late orders count pro rata.
        """
        supply = self.problem.supply
        return [
            (o, t, w)
            for o, t in self.lanes_of_order
            if (o in supply.min_order or o in supply.order_cost) and not self.is_pro_rata(t)
            for w in self.deciding[t]
        ]

    def is_pro_rata(self, t: int) -> bool:
        """Whether minimum orders and order costs of the period are spread over the quantity."""
        return self.problem.late_orders_pro_rata and t in self.late_periods

    def full_order(self, o: OfferKey, t: int) -> float:
        """The largest order of an offer in a period (unit): its capacity, else what sites take.

        Without a capacity a minimum order is never too large for the offer, so at least that.
        """
        supply = self.problem.supply
        capacity = supply.offer_capacity.get((o, t))
        if capacity is not None:
            return capacity
        takes = sum(self.bounds.most[lane] for lane in self.lanes_of_order[o, t])
        return max(takes, supply.min_order.get(o, 0.0))
