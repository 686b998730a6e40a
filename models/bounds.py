"""How much an optimal plan can order: bounds that keep yes-or-no links tight.

A link ``order <= M x yes`` is the tighter the smaller M is, and wrong if M cuts off an optimum.
Every bound here is either physical (capacity, storage) or holds for at least one optimal plan.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from models.beyond import beyond_demand
from models.needs import most_needed, uncertain_offers
from models.problem import LaneKey, OfferKey, Problem, offer_of


class Bounds:
    """Bounds of one problem.  All quantities in the unit, over the horizon unless said."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    @cached_property
    def most(self) -> Mapping[LaneKey, float]:
        """The most that is ordered on a lane over the horizon, in any outcome.

        The least of: what the capacities of its offer, supplier and lane row let through; and what
        the site can take, which is all demand the item can serve there, plus what can be kept:
        the storage, or where that is unlimited what a plan can have reason to buy beyond demand
        (models.beyond).
        """
        supply = self._problem.supply
        periods: dict[LaneKey, float] = defaultdict(float)
        for lane, t in supply.order_periods:
            periods[lane] += self.in_period(lane, t)
        return {lane: min(periods.get(lane, 0.0), self.takes(lane)) for lane in supply.lanes}

    def in_period(self, lane: LaneKey, t: int) -> float:
        """What capacities let through on a lane in one period (unit per period)."""
        supply = self._problem.supply
        offer = offer_of(lane)
        return min(
            supply.offer_capacity.get((offer, t), math.inf),
            supply.supplier_capacity.get((lane[0], t), math.inf) + self._buildable(lane[0], t),
            supply.row_capacity.get(supply.lane_row.get(lane, ""), math.inf),
        )

    def takes(self, lane: LaneKey) -> float:
        """What the lane's site can take of its item over the horizon, before capacities.

        An order that is delivered in part only has to be larger by as much, within what the award
        band and overbooking allow.
        """
        offer = offer_of(lane)
        wanted = self.receives(lane) / self._least_delivered.get(offer, 1.0)
        return min(wanted, self._contracted.get(offer, math.inf))

    def receives(self, lane: LaneKey) -> float:
        """What can be delivered on the lane over the horizon, before capacities."""
        return self._usable[lane[1], lane[2]] + self._kept(lane)

    def of_offer(self, offer: OfferKey) -> float:
        """The most that an offer is expected to deliver over the horizon, by all its lanes.

        The least of: its lanes one by one; what its own and its supplier's capacity let through,
        once, however many lanes share it, as far as that is expected to come; and what its sites
        take, once for all modes.
        """
        supply = self._problem.supply
        lanes, periods = self._lanes_of_offer[offer], self._periods_of_offer[offer]
        through = 0.0
        for t in periods:
            comes = self._expected_share(offer, t)
            if comes > 0:
                through += comes * min(
                    supply.offer_capacity.get((offer, t), math.inf),
                    supply.supplier_capacity.get((offer[0], t), math.inf)
                    + self._buildable(offer[0], t),
                )
        award = supply.max_award.get(offer, math.inf)
        return min(self.total(dict.fromkeys(lanes, 1.0)), through, award)

    def _expected_share(self, offer: OfferKey, t: int) -> float:
        """The share of a full order that is expected to come by T, by whichever lane most does."""
        supply = self._problem.supply
        return sum(
            chance * supply.deliverable.get((offer, t, w), 1.0)
            for w, chance in self._problem.outcomes.items()
            if any((lane, t, w) in supply.arrival for lane in self._lanes_of_offer[offer])
        )

    def total(self, coefficients: Mapping[LaneKey, float]) -> float:
        """The most that a weighted sum of expected lane volumes can come to."""
        by_place: dict[tuple[str, str], list[LaneKey]] = defaultdict(list)
        for lane in coefficients:
            by_place[lane[1], lane[2]].append(lane)
        total = 0.0
        for place, lanes in by_place.items():
            one_by_one = sum(coefficients[lane] * self.most[lane] for lane in lanes)
            kept = [self._kept(lane) for lane in lanes]
            stored = max(kept) if self._is_stored(place[1]) else sum(kept)
            together = self._usable[place] + stored
            total += min(one_by_one, max(coefficients[lane] for lane in lanes) * together)
        return total

    def _kept(self, lane: LaneKey) -> float:
        site = lane[2]
        return self._problem.holdings.storage[site] if self._is_stored(site) else self._beyond[lane]

    def _is_stored(self, site: str) -> bool:
        holdings = self._problem.holdings
        return site in holdings.storage and site not in holdings.overflow_cost

    @cached_property
    def _beyond(self) -> Mapping[LaneKey, float]:
        return beyond_demand(self._problem, self._usable)

    @cached_property
    def _lanes_of_offer(self) -> Mapping[OfferKey, list[LaneKey]]:
        lanes: dict[OfferKey, list[LaneKey]] = defaultdict(list)
        for lane in self._problem.supply.lanes:
            lanes[offer_of(lane)].append(lane)
        return lanes

    @cached_property
    def _periods_of_offer(self) -> Mapping[OfferKey, set[int]]:
        periods: dict[OfferKey, set[int]] = defaultdict(set)
        for lane, t in self._problem.supply.order_periods:
            periods[offer_of(lane)].add(t)
        return periods

    def _buildable(self, supplier: str, t: int) -> float:
        factor = self._problem.supply.calendar_factor.get((supplier, t), 1.0)
        return factor * sum(
            p.max_modules * p.capacity
            for p in self._problem.projects
            if p.supplier == supplier and t >= p.first_period
        )

    @cached_property
    def _least_delivered(self) -> Mapping[OfferKey, float]:
        least: dict[OfferKey, float] = {}
        for (offer, _, _), share in self._problem.supply.deliverable.items():
            if share > 0:
                least[offer] = min(share, least.get(offer, 1.0))
        return least

    @cached_property
    def _contracted(self) -> Mapping[OfferKey, float]:
        """What can be called off in an outcome where there is a largest award: band x award."""
        supply = self._problem.supply
        largest: dict[OfferKey, float] = dict(supply.max_award)
        for offer in uncertain_offers(self._problem):
            booked = supply.overbooking * self.most_needed.get(offer[1], 0.0)
            largest[offer] = min(booked, largest.get(offer, math.inf))
        if len(self._problem.outcomes) == 1:
            return largest
        return {
            offer: band.most * largest[offer]
            for offer, band in supply.call_off.items()
            if offer in largest
        }

    @cached_property
    def most_needed(self) -> Mapping[str, float]:
        """Item -> expected demand, also of what it may replace, and its largest cover targets."""
        return most_needed(self._problem)

    @cached_property
    def _usable(self) -> Mapping[tuple[str, str], float]:
        """Demand that an item can serve at a site, also as a substitute, in the largest outcome."""
        problem = self._problem
        stands_in = defaultdict(list)
        for option in problem.substitutions:
            for site in option.sites:
                stands_in[option.item, site].append(option)
        by_outcome: dict[tuple[str, str, str], float] = defaultdict(float)
        for ((item, site, _), _, outcome), quantity in problem.needs.demand.items():
            by_outcome[item, site, outcome] += quantity
            for option in stands_in[item, site]:
                replaced = quantity * option.max_share
                by_outcome[option.substitute, site, outcome] += replaced * option.ratio
        usable: dict[tuple[str, str], float] = defaultdict(float)
        for (item, site, _), quantity in by_outcome.items():
            usable[item, site] = max(usable[item, site], quantity)
        return usable
