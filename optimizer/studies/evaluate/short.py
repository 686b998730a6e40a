"""Why an award that was asked for cannot be contracted in full, as well as can be said."""

from __future__ import annotations

import math
from collections import defaultdict

from models.problem import OfferKey, Problem
from optimizer.contract.data import Data
from optimizer.contract.results import OrderRow

_FULL = 1.0 - 1e-6


class Shortfalls:
    """What limits the orders of a plan, worked out once for all its offers."""

    def __init__(self, data: Data, problem: Problem, orders: tuple[OrderRow, ...]) -> None:
        self._problem = problem
        self._unit = data.settings.unit
        self._active = {(offer.supplier, offer.item): offer.active for offer in data.offers}
        self._periods: dict[OfferKey, set[int]] = defaultdict(set)
        self._rows: dict[OfferKey, set[str]] = defaultdict(set)
        for lane, t in problem.supply.order_periods:
            self._periods[lane[0], lane[1]].add(t)
            self._rows[lane[0], lane[1]].add(problem.supply.lane_row.get(lane, ""))
        self._of_offer: dict[OfferKey, float] = defaultdict(float)
        self._of_supplier: dict[str, float] = defaultdict(float)
        self._of_row: dict[str, float] = defaultdict(float)
        self._of_licence: dict[str, float] = defaultdict(float)
        for order in orders:
            quantity = problem.outcomes[order.outcome] * order.quantity
            offer = order.supplier, order.item
            self._of_offer[offer] += quantity
            self._of_supplier[order.supplier] += quantity
            lane = (*offer, order.site, order.mode)
            self._of_row[problem.supply.lane_row.get(lane, "")] += quantity
            delivered = problem.outcomes[order.outcome] * order.delivered
            for licence in self._licences(offer):
                self._of_licence[licence] += delivered

    def why(self, offer: OfferKey, asked: float) -> str:
        """What keeps the plan from contracting what was asked for with an offer."""
        supply, (supplier, item) = self._problem.supply, offer
        if not self._active.get(offer, False):
            return "the offer is not active"
        if not self._periods[offer]:
            return "nothing that is ordered from now on arrives within the horizon"
        bought = self._of_offer[offer]
        if bought >= supply.max_award.get(offer, math.inf) * _FULL:
            return f"no more may be awarded than {self._amount(supply.max_award[offer])}"
        if asked < supply.min_order.get(offer, 0.0):
            return f"it is below the minimum order of {self._amount(supply.min_order[offer])}"
        through = self._offer_through(offer)
        if bought >= through * _FULL:
            return f"{supplier} can make {self._amount(through)} of {item} in time"
        through = self._supplier_through(supplier)
        if self._of_supplier[supplier] >= through * _FULL:
            return f"{supplier} can make {self._amount(through)} in time, of all items together"
        for licence in self._licences(offer):
            quota = supply.quota.get(licence, math.inf)
            if self._of_licence[licence] >= quota * _FULL:
                return f"the quota of licence {licence} is {self._amount(quota)}"
        if all(self._row_full(row) for row in self._rows[offer]):
            return "its lanes carry no more in time"
        return "dates, minimum orders, storage, or what else is bought leave no room"

    def _licences(self, offer: OfferKey) -> tuple[str, ...]:
        name = self._problem.supply.stock_class.get(offer, "")
        return self._problem.classes.get(name, ())

    def _offer_through(self, offer: OfferKey) -> float:
        """What an offer's own capacity lets through in the periods in which it can be ordered."""
        capacity = self._problem.supply.offer_capacity
        return sum(capacity.get((offer, t), math.inf) for t in self._periods[offer])

    def _supplier_through(self, supplier: str) -> float:
        periods = {t for (k, _), found in self._periods.items() if k == supplier for t in found}
        capacity = self._problem.supply.supplier_capacity
        return sum(capacity.get((supplier, t), math.inf) for t in periods)

    def _row_full(self, row: str) -> bool:
        per_period = self._problem.supply.row_capacity.get(row, math.inf)
        times = {
            t for lane, t in self._problem.supply.order_periods
            if self._problem.supply.lane_row.get(lane, "") == row
        }  # fmt: skip
        return self._of_row[row] >= per_period * len(times) * _FULL

    def _amount(self, quantity: float) -> str:
        return f"{quantity:,.0f} {self._unit}"
