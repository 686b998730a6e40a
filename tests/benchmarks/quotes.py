"""A random market: who makes what, at what price, how it travels and how much is needed."""

from __future__ import annotations

import dataclasses
import random
from collections import defaultdict
from collections.abc import Sequence

from optimizer.contract.goods import Demand, StockRow
from optimizer.contract.supply import Lane, Offer, PriceBreak, Supplier

# Levels of price, and of freight per unit, by place in the list of countries: the first is the
# cheap one that a buyer hangs on.
_LEVEL = (0.7, 0.9, 0.95, 1.25, 1.15, 1.3, 1.0, 1.2)
_FREIGHT = (1.0, 1.2, 1.1, 1.5, 1.8, 2.0, 0.2, 1.4)
_DUTY = (0.1, 0.0, 0.0, 0.0, 0.05, 0.1, 0.0, 0.0)
_DAYS = (20, 15, 15, 25, 25, 40, 3, 25)
# The capacity of all offers of an item, and that of a supplier beside its offers'.
_SLACK, _SHARED = 2.5, 0.6
# Periods that stock lasts for.
_COVERED = 3
_LEAST_ORDERS, _BULK = 60, 15
_BREAKS = ((0.12, 0.96), (0.3, 0.9))


class Market:
    """Numbers drawn in a fixed order, so that one seed is one market."""

    def __init__(
        self,
        rng: random.Random,
        items: Sequence[str],
        sites: Sequence[str],
        suppliers: int,
        periods: int,
        countries: Sequence[str],
    ) -> None:
        """Draw prices and sizes of the items and homes of the suppliers."""
        self._rng = rng
        self._items, self._sites = items, sites
        self._periods, self._countries = periods, countries
        self.price = {item: round(rng.lognormvariate(2.7, 0.6), 2) for item in items}
        self.monthly = {item: rng.lognormvariate(6.0, 0.7) for item in items}
        # Half of the suppliers are where it is cheap.
        self.home = {
            f"K{n:03d}": 0 if n % 2 == 0 else 1 + (n // 2) % (len(countries) - 1)
            for n in range(suppliers)
        }
        self._skill = {name: rng.uniform(0.9, 1.15) for name in self.home}
        self._volume = dict.fromkeys(self.home, 0.0)

    def demand(self) -> list[Demand]:
        """Every item at every site in every period."""
        rng = self._rng
        share = {site: rng.uniform(0.5, 1.5) for site in self._sites}
        return [
            Demand(item=item, site=site, period=t,
                   quantity=float(round(self.monthly[item] * share[site] * rng.uniform(0.7, 1.3))))
            for item in self._items
            for site in self._sites
            for t in range(1, self._periods + 1)
        ]  # fmt: skip

    def stock(self, demand: Sequence[Demand]) -> list[StockRow]:
        """What lasts until the slowest source can deliver, as with anyone who buys already."""
        need: dict[tuple[str, str], float] = defaultdict(float)
        for row in demand:
            if row.period <= _COVERED:
                need[row.item, row.site] += row.quantity
        return [StockRow(item=i, site=s, quantity=quantity) for (i, s), quantity in need.items()]

    def offers(self, quotes: int) -> list[Offer]:
        """So many offers of each item, with capacities that have to be shared out."""
        rng, made = self._rng, []
        for item in self._items:
            need = self.monthly[item] * len(self._sites)
            for supplier in sorted(rng.sample(sorted(self.home), min(quotes, len(self.home)))):
                level = _LEVEL[self.home[supplier]] * self._skill[supplier]
                capacity = float(round(need * _SLACK / quotes * rng.uniform(0.6, 1.4)))
                self._volume[supplier] += capacity
                made.append(
                    Offer(
                        supplier=supplier,
                        item=item,
                        price=round(self.price[item] * level * rng.uniform(0.92, 1.08), 2),
                        capacity=capacity,
                        lead_days=float(rng.choice((10, 20, 30))),
                    )
                )
        return made

    def suppliers(self) -> list[Supplier]:
        """Each with less capacity than its offers have together."""
        return [
            Supplier(supplier=name, country=self._countries[home],
                     capacity=float(round(max(1.0, _SHARED * self._volume[name]))))
            for name, home in self.home.items()
        ]  # fmt: skip

    def lanes(self) -> list[Lane]:
        """One from each supplier to each site."""
        rng = self._rng
        return [
            Lane(
                supplier=name,
                site=site,
                freight=round(_FREIGHT[home] * rng.uniform(0.5, 1.5), 2),
                duty_rate=_DUTY[home],
                transit_days=float(_DAYS[home]),
            )
            for name, home in self.home.items()
            for site in self._sites
        ]

    # --- what needs a yes or no -----------------------------------------------------------------

    def with_costs(self, suppliers: Sequence[Supplier]) -> list[Supplier]:
        """Onboarding and yearly cost of a supplier, about 3 % of what it could sell."""
        rng = self._rng
        worth = self._typical_worth()
        return [
            dataclasses.replace(one, onboarding_cost=round(worth * rng.uniform(0.02, 0.08)),
                                fixed_cost=round(worth * rng.uniform(0.005, 0.02)))
            for one in suppliers
        ]  # fmt: skip

    def with_minimums(self, offers: Sequence[Offer]) -> list[Offer]:
        """Qualification, a least award of some 5 to 20 % of the item; and some a least order."""
        rng, made = self._rng, []
        for n, one in enumerate(offers):
            need = self.monthly[one.item] * len(self._sites)
            changed = dataclasses.replace(
                one,
                qualified=False,
                qualification_cost=round(
                    self.price[one.item] * need * self._periods * rng.uniform(0.005, 0.03)
                ),
                min_award=round(12 * need * rng.choice((0.05, 0.1, 0.2))),
            )
            if n % _LEAST_ORDERS == 0:
                changed = dataclasses.replace(
                    changed,
                    min_order=round(min(0.3 * need, 0.5 * one.capacity)),
                    order_cost=round(0.02 * need),
                )
            made.append(changed)
        return made

    def with_approvals(self, lanes: Sequence[Lane]) -> list[Lane]:
        """A fixed cost for each source at each site."""
        rng = self._rng
        worth = self._typical_worth() / len(self._sites)
        return [
            dataclasses.replace(one, fixed_cost=round(worth * rng.uniform(0.002, 0.01)))
            for one in lanes
        ]

    def price_breaks(self, offers: Sequence[Offer]) -> list[PriceBreak]:
        """Some offers are cheaper in bulk, for the whole quantity."""
        return [
            PriceBreak(supplier=one.supplier, item=one.item, price=round(one.price * factor, 2),
                       from_quantity=round(12 * self.monthly[one.item] * len(self._sites) * share))
            for one in offers[::_BULK]
            for share, factor in _BREAKS
        ]  # fmt: skip

    def _typical_worth(self) -> float:
        total = sum(self.price[item] * self.monthly[item] for item in self._items)
        return total * len(self._sites) * self._periods / len(self.home)
