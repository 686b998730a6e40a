"""What every result table is derived from: the order rows and what they are expected to bring.

The tables are made from one set of cleaned rows, not each from the variables, so that they agree
with each other to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.problem import FREE, LaneKey, OfferKey, Problem
from models.solution import Solution
from optimizer.contract.data import Data
from optimizer.contract.goods import Item
from optimizer.contract.results import OrderRow, TierRow
from optimizer.contract.supply import Country, Offer, Supplier
from optimizer.results.amounts import summed
from optimizer.results.orders import order_rows, tier_rows


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Input, problem and solution, with the rows that all other tables are derived from.

    ``award`` (offer: contracted), ``volume`` (lane: delivered by T), ``saving`` (lane: tier
    discounts, without duty) and ``landed`` (offer: landed cost less tier discounts, not
    discounted) are expectations over the outcomes.
    """

    data: Data
    problem: Problem
    solution: Solution
    orders: tuple[OrderRow, ...]
    tiers: tuple[TierRow, ...]
    award: Mapping[OfferKey, float]
    volume: Mapping[LaneKey, float]
    saving: Mapping[LaneKey, float]
    landed: Mapping[OfferKey, float]
    items: Mapping[str, Item]
    suppliers: Mapping[str, Supplier]
    countries: Mapping[str, Country]
    offers: Mapping[OfferKey, Offer]

    def spend(self, lane: LaneKey) -> float:
        """Expected spend on a lane: list and tier prices, without freight, duty and factors."""
        price = self.problem.pricing.list_price.get((lane[0], lane[1]), 0.0)
        return self.volume.get(lane, 0.0) * price - self.saving.get(lane, 0.0)

    def weight(self, item: str) -> float:
        """Weight of one unit of an item."""
        return self.items[item].weight

    def licences(self, offer: OfferKey) -> tuple[str, ...]:
        """The licences that an offer needs."""
        return self.problem.classes.get(self.problem.supply.stock_class.get(offer, FREE), ())


def basis(data: Data, problem: Problem, solution: Solution) -> Basis:
    """Order and tier rows of a solution, and the expectations over its outcomes."""
    chance = problem.outcomes
    orders = order_rows(problem, solution)
    tiers = tier_rows(problem, solution)
    scale = problem.pricing.discount_scale
    return Basis(
        data=data,
        problem=problem,
        solution=solution,
        orders=orders,
        tiers=tiers,
        award=summed(((r.supplier, r.item), chance[r.outcome] * r.quantity) for r in orders),
        volume=summed((lane_of(r), chance[r.outcome] * r.delivered) for r in orders),
        saving=summed(
            (lane_of(r), chance[r.outcome] * r.quantity * r.discount / scale.get(lane_of(r), 1.0))
            for r in tiers
        ),
        landed=summed(
            [
                ((r.supplier, r.item), chance[r.outcome] * r.delivered * r.landed_unit_cost)
                for r in orders
            ]
            + [((r.supplier, r.item), -chance[r.outcome] * r.quantity * r.discount) for r in tiers]
        ),
        items={item.item: item for item in data.items},
        suppliers={supplier.supplier: supplier for supplier in data.suppliers},
        countries={country.country: country for country in data.countries},
        offers={(offer.supplier, offer.item): offer for offer in data.offers},
    )


def lane_of(row: OrderRow | TierRow) -> LaneKey:
    """The lane of an order or of a tier's volume."""
    return row.supplier, row.item, row.site, row.mode
